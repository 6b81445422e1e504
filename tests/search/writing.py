"""Processes that write and read one archive at once, as web workers and an import do."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
import traceback
from collections.abc import Callable, Sequence

import haystack
from django.db import connection, transaction
from haystack.query import SearchQuerySet

from documents.models import Collection, Document, Footnote, Participation, Passage, Person
from search.language.reading import read

#: No transaction has to wait longer for its search to find what it wrote.
LONGEST = 10.0


def in_a_process(work: Callable[[], None]) -> multiprocessing.Process:
    """A process that does this work with connections of its own, and ends with 1 when it fails."""

    def run() -> None:
        # What the parent opened is kept, so that it is not closed on its behalf.
        inherited = connection.connection
        connection.connection = None
        haystack.connections.reload("default")
        status = 0
        try:
            work()
        except BaseException:
            traceback.print_exc()
            status = 1
        finally:
            connection.close()
            os._exit(status if inherited is not None else 2)

    return multiprocessing.get_context("fork").Process(target=run)


def together(works: Sequence[Callable[[], None]], seconds: float) -> list[int | None]:
    """Does all of these works at once and returns how each process ended; None for one that did not in time."""
    processes = [in_a_process(work) for work in works]
    for process in processes:
        process.start()
    end = time.monotonic() + seconds
    for process in processes:
        process.join(max(0.1, end - time.monotonic()))
    ended = [process.exitcode for process in processes]
    for process in processes:
        process.kill()
    return ended


def prepare(writers: int) -> None:
    """Makes what ``write`` changes."""
    collection = Collection.objects.create(slug="many", title="Many")
    for number in range(writers):
        for kind in ("own", "open", "gone"):
            document = Document.objects.create(
                slug=f"{kind}{number}", title=f"{kind}{number}", collection=collection, status="published"
            )
            Passage.objects.create(document=document, ident="p1", position=1, kind="paragraph", text="before", html="")
        person = Person.objects.create(slug=f"person{number}", name=f"Person{number}")
        Participation.objects.create(document=document, role="from", person=person, name=person.name)
    Document.objects.create(slug="shared", title="shared", collection=collection, status="published")


def write(number: int, seconds: float) -> None:
    """Changes documents of its own and one that all share, and finds each change in the index that it made."""
    chance, turn, end = random.Random(number), 0, time.monotonic() + seconds
    while time.monotonic() < end or turn < 3:
        turn += 1
        state = f"writer{number}state{turn}"
        chance.choice([_edit, _publish, _share, _roll_back])(number, state)
        _edit(number, state)
        _wait_for(lambda state=state: _found(state) == 1, state)
    with transaction.atomic():
        Participation.objects.get(document__slug=f"gone{number}").delete()
        Document.objects.get(slug=f"gone{number}").delete()


def look(seconds: float) -> None:
    """Searches all the while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert _found("shared", "title:") == 1
        assert SearchQuerySet().filter(content=read("before OR NOT before").query)[0:20]


def _edit(number: int, state: str) -> None:
    with transaction.atomic():
        document = Document.objects.get(slug=f"own{number}")
        Passage.objects.filter(document=document).update(text=state)
        Footnote.objects.filter(document=document).delete()
        document.save()


def _publish(number: int, state: str) -> None:
    with transaction.atomic():
        document = Document.objects.get(slug=f"open{number}")
        document.status = "draft" if document.is_published else "published"
        document.save()


def _share(number: int, state: str) -> None:
    with transaction.atomic():
        shared = Document.objects.select_for_update().get(slug="shared")
        shared.title += f" {state}"
        shared.title = " ".join(["shared", *shared.title.split()[1:][-20:]])
        shared.save()


def _roll_back(number: int, state: str) -> None:
    try:
        with transaction.atomic():
            _edit(number, "never")
            raise ZeroDivisionError
    except ZeroDivisionError:
        return


def _found(word: str, field: str = "text:") -> int:
    return SearchQuerySet().models(Document).filter(content=read(f"{field}{word}").query).count()


def _wait_for(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, f"{what} is not found"
        time.sleep(0.01)
