"""The engine under Haystack: real Whoosh, asked through search query sets."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from haystack.exceptions import SearchBackendError
from haystack.query import SQ, SearchQuerySet

from documents.models import Person, Topic
from search.query import Choice
from search.engines.whoosh import Backend
from search.reading import read
from tests.search.conftest import Commit, MakeDocument, give_date, give_proposal, give_sender

pytestmark = pytest.mark.usefixtures("search_index")


def found(typed: str) -> list[str]:
    """The slugs of documents and the ids of the rest, best first."""
    return [_name(result) for result in SearchQuerySet().filter(content=read(typed).query)]


def _name(result: object) -> str:
    return getattr(result.object, "slug", "") or result.object.ident


@pytest.fixture
def twelve(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        for number in range(12):
            make_document(f"d{number:02}", "space", position=number)


@pytest.mark.parametrize("start", range(13))
@pytest.mark.parametrize("length", [1, 3, 5, 20])
def test_slices_are_what_they_say(twelve: None, start: int, length: int) -> None:
    names = [_name(result) for result in SearchQuerySet().filter(content="space")[start : start + length]]

    assert names == [f"d{number:02}" for number in range(12)][start : start + length]


def test_the_count_is_exact_and_needs_no_slice(twelve: None) -> None:
    assert SearchQuerySet().filter(content="space").count() == 12
    assert len(SearchQuerySet().filter(content="space")[2:5]) == 3


def test_facets_are_whole_slugs_whatever_they_contain(
    make_document: MakeDocument, commit: Commit, backend: Backend
) -> None:
    with commit():
        topic = Topic.objects.create(slug="running-and-jumping", name="Running, and jumping")
        document = make_document("d", "space")
        give_proposal(document, "A1", "Space", topic)
        give_sender(document, Person.objects.create(slug="lodge-henry-cabot-jr", name="Lodge, Henry Cabot, Jr."))

    counts = SearchQuerySet().filter(content="space").facet("from").facet("topic").facet_counts()["fields"]
    assert counts == {"from": [("lodge-henry-cabot-jr", 2)], "topic": [("running-and-jumping", 2)]}


def test_facets_ignore_the_choice_on_their_own_field(
    make_document: MakeDocument, commit: Commit, backend: Backend
) -> None:
    with commit():
        for number, kind in enumerate(["letter", "letter", "note"]):
            give_date(make_document(f"d{number}", "space", kind=kind), date(1960 + number, 1, 1))

    narrowed = SearchQuerySet().narrow(Choice("kind", ("note",))).facet("kind").facet("year")
    assert narrowed.count() == 1
    assert narrowed.facet_counts()["fields"] == {"kind": [("letter", 2), ("note", 1)], "year": [("1962", 1)]}


def test_a_date_of_several_years_counts_in_each(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        give_date(make_document("d", "space"), date(1961, 12, 1), date(1962, 2, 1))

    assert SearchQuerySet().filter(year="1961").count() == SearchQuerySet().filter(year="1962").count() == 1


def test_filters_of_haystack_are_choices(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        make_document("a", "space", kind="letter")
        make_document("b", "space", kind="note")
        make_document("c", "moon", kind="note")

    everything = SearchQuerySet()
    assert everything.count() == 3
    assert everything.filter(kind__in=["letter", "note"], content="space").count() == 2
    assert everything.filter(SQ(content="moon") | SQ(kind="letter")).count() == 2
    assert everything.exclude(content="space").count() == 1


def test_sorting_may_be_mixed_and_what_has_no_date_comes_last(
    make_document: MakeDocument, commit: Commit, backend: Backend
) -> None:
    with commit():
        for name, day in (("a", 1), ("b", 2), ("c", 2), ("undated", 0)):
            document = make_document(name, "space", position=ord(name[0]))
            if day:
                give_date(document, date(1962, 3, day))

    ordered = SearchQuerySet().filter(content="space")
    assert [_name(result) for result in ordered.order_by("-sort_date", "place")] == ["b", "c", "a", "undated"]
    assert [_name(result) for result in ordered.order_by("sort_date", "-place")] == ["a", "c", "b", "undated"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("naive", {"accents"}),
        ("naïve", {"accents"}),
        ("a", {"letters", "accents"}),
        ("x", {"letters"}),
        ('"ussr space"', {"letters"}),
        ('"space x"', set()),
        ("NOT naive", {"letters"}),
        ("naive OR NOT naive", {"letters", "accents"}),
        ("nai*", {"accents"}),
        ("zebra*", set()),
        ("zebra OR naive", {"accents"}),
        ("NOT NOT naive", {"accents"}),
    ],
)
def test_queries(make_document: MakeDocument, commit: Commit, backend: Backend, typed: str, expected: set[str]) -> None:
    with commit():
        make_document("letters", "a U.S.S.R. space", "x")
        make_document("accents", "a naïve view")

    assert set(found(typed)) == expected


def test_words_may_stand_in_text_notes_and_title(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        make_document("d", "the moon", notes=("a comet",), title="Planets")

    assert found("moon comet planet") == ["d"]
    assert found('"moon a comet"') == []
    assert set(found("comet")) == {"fn1", "d"}


def test_an_empty_index_has_no_results(backend: Backend) -> None:
    result = SearchQuerySet().filter(content="space").facet("kind")

    assert result.count() == 0
    assert result.facet_counts()["fields"] == {"kind": []}


def test_the_engine_takes_no_text() -> None:
    with pytest.raises(TypeError, match="query values only"):
        Backend("default", PATH="/nowhere", SILENTLY_FAIL=False).search("space OR 1=1")


def test_an_index_that_cannot_be_opened_is_an_error_with_a_sentence() -> None:
    nowhere = Backend("default", PATH="/proc/nowhere", SILENTLY_FAIL=False)

    with pytest.raises(SearchBackendError, match="cannot be opened"):
        nowhere.search(read("space").query)


def test_waiting_for_the_lock_has_an_end(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        document = make_document("d", "space")
    backend.timeout = 0.1
    holder = backend.index.writer()

    with pytest.raises(SearchBackendError, match="has been writing"):
        backend.remove(document)

    holder.cancel()
    backend.remove(document)
    assert found("space") == []


def test_what_could_not_be_done_in_time_is_done_by_the_next(
    make_document: MakeDocument, commit: Commit, backend: Backend, caplog: pytest.LogCaptureFixture
) -> None:
    with commit():
        make_document("d", "space")
    backend.timeout = 0.1
    holder = backend.index.writer()
    with commit():
        make_document("e", "space")
    holder.cancel()

    assert "The search index is behind" in caplog.text
    assert found("space") == ["d"]
    with commit():
        make_document("f", "moon")
    assert set(found("space")) == {"d", "e"}
    assert not backend.pending.files()


def test_a_removal_waits_for_the_writer_before_it(
    make_document: MakeDocument, commit: Commit, backend: Backend
) -> None:
    with commit():
        document = make_document("d", "space")
    holder = backend.index.writer()
    threading.Timer(0.3, holder.cancel).start()

    backend.remove(document)

    assert found("space") == []


def test_haystack_may_update_and_clear_models(make_document: MakeDocument, commit: Commit, backend: Backend) -> None:
    with commit():
        document = make_document("d", "space", notes=("space",))
    index = SearchQuerySet().query.backend._unified.get_index(type(document))

    index.clear()
    assert found("space") == ["fn1"]
    index.update()
    assert set(found("space")) == {"fn1", "d"}
    backend.clear()
    assert found("space") == []
