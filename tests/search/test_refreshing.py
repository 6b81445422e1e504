"""``refresh_index`` brings the index to agree with the database, and says what it did in one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from haystack import connections
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

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
from search.fields import Shelf
from search.indexing import pending
from search.indexing.building import Progress, building_turn
from search.indexing.following import Following
from search.indexing.preparing import prepared
from search.indexing.refreshing import refresh as refresh_with
from search.indexing.stamps import stamps
from search.indexing.turns import Turn
from tests.search.conftest import Commit, MakeDocument


def refresh(**options: object) -> str:
    out = StringIO()
    call_command("refresh_index", stdout=out, **options)
    return out.getvalue().strip()


def test_it_builds_an_index_where_there_is_none(space_exchange: Collection, search_index: Path) -> None:
    assert refresh() == "Search index built: 3 documents."
    assert SearchQuerySet().models(Document, Proposal, Footnote).count() == 27


def test_when_nothing_changed_nothing_is_written(searchable: Collection, search_index: Path) -> None:
    def files() -> list[tuple[str, int]]:
        return sorted((path.name, path.stat().st_mtime_ns) for path in search_index.rglob("*"))

    before = files()
    assert refresh() == "Search index up to date: 3 documents."
    assert files() == before


def test_it_builds_anew_when_asked(searchable: Collection) -> None:
    assert refresh(rebuild=True) == "Search index built: 3 documents."


@pytest.mark.parametrize(
    ("model", "changes", "updated"),
    [
        (Passage, {"text": "changed"}, 1),
        (Footnote, {"text": "changed"}, 1),
        (Proposal, {"title": "changed"}, 1),
        (Proposal, {"summary": "changed"}, 1),
        (Participation, {"name": "changed"}, 2),
    ],
)
def test_it_mends_what_changed_behind_its_back(
    searchable: Collection, model: type[Any], changes: dict[str, str], updated: int
) -> None:
    row = model.objects.filter(document__slug="nsam-129").order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**changes)

    assert refresh() == f"Search index mended: {updated} updated, 0 removed, 3 documents in all."
    assert SearchQuerySet().filter(content="changed").count()
    assert refresh() == "Search index up to date: 3 documents."


def test_it_follows_shared_names(searchable: Collection) -> None:
    Person.objects.filter(slug="john-f-kennedy").update(name="Jack")
    Topic.objects.filter(slug="weather").update(slug="clouds")

    assert refresh() == "Search index mended: 4 updated, 0 removed, 3 documents in all."


def test_it_takes_out_what_is_no_longer_published(searchable: Collection) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft")

    assert refresh() == "Search index mended: 4 updated, 11 removed, 2 documents in all."
    assert not SearchQuerySet().filter(content="McGhee").count()


def test_it_builds_anew_after_a_new_version(
    searchable: Collection, search_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.analysis.VERSION", 99_999)
    connections.reload("default")

    assert not connections["default"].get_backend().exists()
    assert refresh() == "Search index built: 3 documents."
    assert SearchQuerySet().filter(content="rescue").count()
    monkeypatch.undo()
    connections.reload("default")


def test_it_builds_anew_what_is_damaged(searchable: Collection, search_index: Path) -> None:
    for file in search_index.rglob("*"):
        if file.is_file() and file.name != "current":
            file.write_bytes(b"damaged")
    connections.reload("default")

    assert refresh() == "Search index built: 3 documents."
    assert SearchQuerySet().filter(content="rescue").count() == 2


def test_it_does_what_was_left_undone(searchable: Collection, backend: Backend) -> None:
    key = Document.objects.get(slug="nsam-129").pk
    pending.note(backend.index_name(), [f"document.{key}", "document.999999"])

    assert refresh() == "Search index up to date: 3 documents."
    assert not pending.noted(backend.index_name())


def test_an_engine_that_fails_is_a_sentence(searchable: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise SearchBackendError("The search engine does not answer.")

    monkeypatch.setattr(type(connections["default"].get_backend()), "writing", fail)
    with pytest.raises(CommandError, match="The search engine does not answer"):
        refresh(rebuild=True)


# Building


class _Stopped(Exception):
    pass


def _stop(progress: Progress) -> None:
    raise _Stopped


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds by portions of one unit."""
    monkeypatch.setattr("search.indexing.building.PORTION", 1)
    monkeypatch.setattr("search.indexing.building.LAST", 0)


@pytest.mark.usefixtures("one_by_one")
def test_a_build_that_was_stopped_goes_on(space_exchange: Collection, backend: Backend) -> None:
    with pytest.raises(_Stopped):
        refresh_with(say=_stop)
    assert not backend.exists()
    [begun] = backend.held(building=True)
    said: list[Progress] = []

    assert str(refresh_with(say=said.append)) == "Search index built: 3 documents."
    assert said[-1].done == said[-1].total == 3
    assert len(said) == len(stamps()) - 1
    assert begun in backend.held()
    assert str(refresh_with()) == "Search index up to date: 3 documents."
    call_command("check_index", dry_run=True, stdout=StringIO())


@pytest.mark.usefixtures("one_by_one")
def test_a_build_that_was_stopped_keeps_nothing_that_was_withdrawn_since(
    space_exchange: Collection, backend: Backend
) -> None:
    withdrawn = Document.objects.get(slug="nsam-129")
    with backend.writing(building=True) as writer:  # stopped after the pieces of a document, before the document
        for entry in prepared([f"document.{withdrawn.pk}"]):
            if entry.shelf is Shelf.PIECES:
                writer.add(entry)
    Document.objects.filter(pk=withdrawn.pk).update(status="draft")

    refresh_with()
    assert f"document.{withdrawn.pk}" not in dict(backend.keys())


@pytest.mark.usefixtures("one_by_one")
def test_while_an_index_is_built_the_old_one_answers_and_follows(
    make_document: MakeDocument, commit: Commit, backend: Backend
) -> None:
    with commit():
        documents = [make_document(f"d{number}", "space") for number in range(3)]
    answers = []

    def edit(progress: Progress) -> None:
        with commit():
            if not answers:
                documents[0].status = "draft"
                documents[0].save()
                make_document("e", "space comet")
        answers.append((SearchQuerySet().filter(content="space").count(), len(backend.words("comet", 2))))

    refresh_with(rebuild=True, say=edit)
    assert set(answers) == {(3, 1)}
    assert SearchQuerySet().filter(content="space").count() == 3
    assert SearchQuerySet().filter(content="comet").count() == 1
    assert str(refresh_with()) == "Search index up to date: 3 documents."


def test_whoever_comes_while_another_builds_waits_and_finds_it_done(
    searchable: Collection, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [Turn(building_turn(backend)).key])
    out = StringIO()
    write = out.write

    def end_the_other(text: str) -> int:
        if "Another process is building" in text:
            other.close()
        return write(text)

    monkeypatch.setattr(out, "write", end_the_other)
    call_command("refresh_index", rebuild=True, stdout=out)
    assert out.getvalue().splitlines() == [
        "Another process is building the search index: waiting for it.",
        "Search index up to date: 3 documents.",
    ]


# Checking


def check(**options: object) -> str:
    out = StringIO()
    call_command("check_index", stdout=out, **options)
    return out.getvalue().strip()


def test_an_index_that_agrees_is_said_to(searchable: Collection) -> None:
    assert check() == f"The search index agrees with the database: {len(stamps())} units."


def test_without_an_index_there_is_nothing_to_check(space_exchange: Collection, search_index: Path) -> None:
    with pytest.raises(CommandError, match="There is no search index yet"):
        check()


def _is_note(key: str) -> bool:
    return key.startswith("documents.footnote.")


def _is_passage(key: str) -> bool:
    return key.startswith("passage.")


def _without(index: Following, key: Callable[[str], bool], twice: bool = False) -> None:
    """Writes the first document again without the entries of such keys, or with these a second time."""
    unit = f"document.{Document.objects.get(slug='nsam-129').pk}"
    with index.writing() as writer:
        writer.remove(unit)
        for entry in prepared([unit]):
            if twice or not key(entry.key):
                writer.add(entry)
    if twice:
        with index.writing() as writer:
            for entry in filter(lambda entry: key(entry.key), prepared([unit])):
                writer.add(entry)


def _surplus(index: Following) -> None:
    with index.writing() as writer:
        for entry in prepared([f"document.{Document.objects.get(slug='nsam-129').pk}"]):
            values = {**entry.values, "unit": ("document.999999",)}
            writer.add(replace(entry, key=f"{entry.key}9", values=values, stamp=entry.stamp and "old"))


def _noted(index: Following) -> None:
    pending.note(index.index_name(), ["document.999999"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda index: _without(index, lambda key: True), "Missing: 1 (document"),
        (
            lambda index: _without(index, lambda key: key.startswith("documents.footnote")),
            "Without some of its entries",
        ),
        (lambda index: _without(index, lambda key: key.startswith("passage.")), "Without some of its entries"),
        (lambda index: _without(index, lambda key: key.startswith("passage."), twice=True), "With an entry twice: 1"),
        (lambda index: Passage.objects.update(text="changed"), "In another state than the database: 3"),
        (lambda index: Document.objects.filter(slug="nsam-129").update(status="draft"), "not public: 11"),
        (_surplus, "Not in the database, or not public: 1 (document 999999)"),
        (_noted, "Noted as changed and not followed yet: 1."),
    ],
    ids=["missing", "note", "passages", "twice", "stale", "withdrawn", "surplus", "noted"],
)
def test_a_check_tells_and_repairs(
    searchable: Collection, backend: Backend, fault: Callable[[Following], Any], said: str
) -> None:
    fault(backend)

    out = StringIO()
    with pytest.raises(CommandError, match="Nothing was repaired"):
        call_command("check_index", dry_run=True, stdout=out)
    assert said in out.getvalue()
    assert check().endswith("Repaired.")
    assert check(dry_run=True).startswith("The search index agrees with the database")


# Stamps


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Document, {"title": "changed"}),
        (Document, {"short_title": "changed"}),
        (Document, {"kind": "treaty"}),
        (Document, {"position": 999}),
        (Document, {"slug": "changed"}),
        (Document, {"sort_date": "1900-01-01"}),
        (Collection, {"slug": "changed"}),
        (Collection, {"title": "changed"}),
        (Collection, {"position": 999}),
        (Passage, {"text": "changed"}),
        (Passage, {"kind": "source"}),
        (Footnote, {"text": "changed"}),
        (Footnote, {"kind": "authorial"}),
        (Footnote, {"position": 999}),
        (Proposal, {"title": "changed"}),
        (Proposal, {"ident": "changed"}),
        (Proposal, {"summary": "changed"}),
        (Proposal, {"words": "changed"}),
        (Proposal, {"topic": None}),
        (Topic, {"name": "changed"}),
        (Topic, {"slug": "changed"}),
        (Participation, {"role": "copy"}),
        (Participation, {"name": "changed"}),
        (Person, {"name": "changed"}),
        (Person, {"slug": "changed"}),
        (Person, {"sort_name": "changed"}),
        (Person, {"description": "changed"}),
        (DocumentDate, {"earliest": "1900-01-01"}),
        (DocumentDate, {"latest": "2100-01-01"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else next(iter(value)),
)
def test_whatever_is_indexed_shows_in_the_stamps(
    space_exchange: Collection, model: type[Any], changes: dict[str, object]
) -> None:
    before = stamps()
    row = model.objects.order_by("pk").first()
    if model in (Person, Topic):
        row = model.objects.exclude(**{"participations" if model is Person else "proposals": None}).first()
    model.objects.filter(pk=row.pk).update(**changes)

    assert stamps() != before


def test_a_person_that_another_name_is_used_for_has_another_stamp(space_exchange: Collection) -> None:
    before = stamps()
    part = Participation.objects.exclude(person=None).first()
    Participation.objects.filter(pk=part.pk).update(name="Another name")

    changed = {unit for unit, stamp in stamps().items() if before[unit] != stamp}
    assert changed == {f"document.{part.document_id}", f"person.{part.person_id}"}
