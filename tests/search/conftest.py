"""Small documents of the tests' own, and the transaction they are made in, committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from haystack import connections

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Footnote,
    Participation,
    Passage,
    Person,
    Proposal,
    Topic,
)
from search.engines.backend import Backend

MakeDocument = Callable[..., Document]
Commit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def make_document(db: None) -> MakeDocument:
    """Makes a document with a passage for each text: ``make_document("a", "one passage", notes=("a note",))``."""

    def make(slug: str, *texts: str, notes: tuple[str, ...] = (), **values: Any) -> Document:
        if "collection" not in values:
            values["collection"], _ = Collection.objects.get_or_create(slug="tests", defaults={"title": "Tests"})
        document = Document.objects.create(slug=slug, **{"title": slug.title(), "status": "published", **values})
        for number, text in enumerate(texts, 1):
            Passage.objects.create(
                document=document,
                ident=f"p{number}",
                position=number,
                kind="paragraph",
                number=number,
                text=text,
                html=f"<p>{text}</p>",
            )
        for number, text in enumerate(notes, 1):
            Footnote.objects.create(
                document=document,
                ident=f"fn{number}",
                label=str(number),
                position=number,
                text=text,
                html=f"<p>{text}</p>",
            )
        return document

    return make


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    """``with commit():`` does what a committed transaction would have done at its end."""

    @contextmanager
    def committed() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return committed


@pytest.fixture
def backend(search_index: Path) -> Backend:
    return connections["default"].get_backend()


def give_date(document: Document, earliest: date, latest: date | None = None) -> None:
    DocumentDate.objects.create(document=document, display=str(earliest), earliest=earliest, latest=latest or earliest)
    document.sort_date = earliest
    document.save()


def give_sender(document: Document, person: Person) -> None:
    Participation.objects.create(document=document, role="from", person=person, name=person.name)


def give_proposal(document: Document, ident: str, title: str, topic: Topic | None = None) -> Proposal:
    passage = document.passages.first()
    return Proposal.objects.create(
        document=document, ident=ident, title=title, topic=topic, first_passage=passage, last_passage=passage
    )
