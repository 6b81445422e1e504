"""Several processes write and read at once, as web workers and an import do: nothing is lost, nothing is refused."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable

import haystack
import pytest
from django.db import connection, transaction
from haystack.query import SearchQuerySet

from documents.models import Document, Passage
from search.reading import read
from search.refreshing import refresh
from tests.search.conftest import MakeDocument

ROUNDS = 8
WRITERS = 3


def _in_a_process(work: Callable[[], None]) -> multiprocessing.Process:
    def run() -> None:
        # The child opens its own connections, and keeps the parent's so that they are not closed on its behalf.
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


def _write(own: str) -> None:
    for number in range(ROUNDS):
        with transaction.atomic():
            Passage.objects.filter(document__slug=own).update(text=f"{own} state{number}")
            Document.objects.get(slug=own).save()
        with transaction.atomic():
            shared = Document.objects.select_for_update().get(slug="shared")
            shared.title += f" {own}x{number}"
            shared.save()
    with transaction.atomic():
        Document.objects.get(slug=f"{own}-gone").delete()


def _look() -> None:
    for _ in range(40):
        assert SearchQuerySet().filter(content=read("shared").query).count() == 1
        assert SearchQuerySet().filter(content=read("state0 OR NOT state0").query)[0:20]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("search_index")
def test_nothing_is_lost(make_document: MakeDocument) -> None:
    writers = [f"writer{number}" for number in range(WRITERS)]
    make_document("shared")
    for own in writers:
        make_document(own, f"{own} before")
        make_document(f"{own}-gone", "goner").passages.all().delete()

    processes = [_in_a_process(lambda own=own: _write(own)) for own in writers] + [_in_a_process(_look)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0] * len(processes)
    assert str(refresh()) == f"Search index up to date: {WRITERS + 1} documents."
    for own in writers:
        assert SearchQuerySet().filter(content=read(f"{own} state{ROUNDS - 1}").query).count() == 1
        assert SearchQuerySet().filter(content=read(" ".join(f"{own}x{n}" for n in range(ROUNDS))).query).count() == 1
