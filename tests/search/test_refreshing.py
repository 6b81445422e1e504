"""``refresh_index`` brings the index to agree with the database, and says what it did in one line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from haystack import connections
from haystack.query import SearchQuerySet

from documents.models import Collection, Document, Footnote, Participation, Passage, Person, Proposal, Topic
from search.engines.whoosh import Backend


def refresh(**options: object) -> str:
    out = StringIO()
    call_command("refresh_index", stdout=out, **options)
    return out.getvalue().strip()


def test_it_builds_an_index_where_there_is_none(space_exchange: Collection, search_index: Path) -> None:
    assert refresh() == "Search index built: 3 documents."
    assert SearchQuerySet().count() == 27


def test_when_nothing_changed_nothing_is_written(searchable: Collection, search_index: Path) -> None:
    def files() -> list[tuple[str, int]]:
        return sorted((path.name, path.stat().st_mtime_ns) for path in search_index.rglob("*"))

    before = files()
    assert refresh() == "Search index up to date: 3 documents."
    assert files() == before


def test_it_builds_anew_when_asked(searchable: Collection) -> None:
    assert refresh(rebuild=True) == "Search index built: 3 documents."


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Passage, {"text": "changed"}),
        (Footnote, {"text": "changed"}),
        (Proposal, {"title": "changed"}),
        (Proposal, {"summary": "changed"}),
        (Participation, {"name": "changed"}),
    ],
)
def test_it_mends_what_changed_behind_its_back(searchable: Collection, model: type, changes: dict[str, str]) -> None:
    row = model.objects.filter(document__slug="nsam-129").order_by("pk").first()
    model.objects.filter(pk=row.pk).update(**changes)

    assert refresh() == "Search index mended: 1 updated, 0 removed, 3 documents in all."
    assert SearchQuerySet().filter(content="changed").count()
    assert refresh() == "Search index up to date: 3 documents."


def test_it_follows_shared_names(searchable: Collection) -> None:
    Person.objects.filter(slug="john-f-kennedy").update(name="Jack")
    Topic.objects.filter(slug="weather").update(slug="clouds")

    assert refresh() == "Search index mended: 3 updated, 0 removed, 3 documents in all."


def test_it_takes_out_what_is_no_longer_published(searchable: Collection) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft")

    assert refresh() == "Search index mended: 0 updated, 1 removed, 2 documents in all."
    assert not SearchQuerySet().filter(content="McGhee").count()


def test_it_builds_anew_after_a_new_version(searchable: Collection, search_index: Path) -> None:
    old = connections["default"].get_backend().version
    connections.reload("default")

    with patch("search.analysis.VERSION", 99_999):
        assert refresh() == "Search index built: 3 documents."
        assert not (search_index / old).exists()
    connections.reload("default")


def test_it_builds_anew_what_is_damaged(searchable: Collection, search_index: Path) -> None:
    for file in search_index.glob("whoosh-*/*.seg"):
        file.write_bytes(b"damaged")
    connections.reload("default")

    assert refresh() == "Search index built: 3 documents."
    assert SearchQuerySet().filter(content="rescue").count() == 2


def test_it_does_what_was_left_undone(searchable: Collection) -> None:
    backend: Backend = connections["default"].get_backend()
    backend.pending.add([Document.objects.get(slug="nsam-129").pk, 999_999])

    assert refresh() == "Search index up to date: 3 documents."
    assert not backend.pending.files()


def test_an_engine_that_fails_is_a_sentence(searchable: Collection) -> None:
    backend: Backend = connections["default"].get_backend()
    backend.timeout = 0.1
    backend.setup()
    holder = backend.index.writer()
    try:
        with pytest.raises(CommandError, match="Another process has been writing"):
            refresh(rebuild=True)
    finally:
        holder.cancel()
