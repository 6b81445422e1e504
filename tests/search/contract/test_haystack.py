"""From the database through Haystack to each engine and back: what is published is found by search query sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from haystack import connections
from haystack.exceptions import SearchBackendError
from haystack.query import SQ, SearchQuerySet

from documents.models import Person, Topic
from search.query import Choice, Phrase, Query, Word
from tests.search.asking import ask
from tests.search.conftest import Commit, MakeDocument, give_date, give_proposal, give_sender

pytestmark = pytest.mark.usefixtures("searched")


def found(query: Query | str) -> list[str]:
    """The slugs of documents and the ids of the rest, best first."""
    return [_name(result) for result in SearchQuerySet().filter(content=query)]


def _name(result: object) -> str:
    return getattr(result.object, "slug", "") or result.object.ident


@pytest.fixture
def published(make_document: MakeDocument, commit: Commit) -> None:
    """Three documents: two of them dated, one with a note, a proposal and a sender."""
    with commit():
        letter = make_document("letter", "space and the moon", notes=("a comet",), kind="letter", position=1)
        give_date(letter, date(1962, 3, 7))
        give_proposal(letter, "A1", "Stations", Topic.objects.create(slug="orbits", name="In, or out of, orbit"))
        give_sender(letter, Person.objects.create(slug="lodge-henry-cabot-jr", name="Lodge, Henry Cabot, Jr."))
        give_date(make_document("memo", "space", kind="memorandum", position=2), date(1961, 12, 1), date(1962, 2, 1))
        make_document("undated", "space", "moon", kind="memorandum", position=3)


def test_what_is_published_is_found(published: None) -> None:
    assert set(found(Word("space"))) == {"letter", "memo", "undated", "A1"}
    assert set(found("moon comet")) == {"letter"}
    assert found(Phrase(("a", "comet"), "note")) in (["fn1", "letter"], ["letter", "fn1"])
    assert set(found("lodge")) == {"letter", "lodge-henry-cabot-jr"}


def test_an_edit_and_a_withdrawal_are_followed(published: None, commit: Commit) -> None:
    letter = SearchQuerySet().filter(content=Word("comet"), type="document")[0].object
    with commit():
        letter.footnotes.update(text="a meteor")
        letter.title = "Renamed"
        letter.save()
    assert set(found("meteor")) == {"letter", "fn1"}
    assert found("comet") == []

    with commit():
        letter.status = "draft"
        letter.save()
    assert set(found("space")) == {"memo", "undated"}
    assert connections["default"].get_backend().words("meteor", 10) == []


def test_counts_and_slices_need_no_results_before_them(published: None) -> None:
    space = SearchQuerySet().filter(content=Word("space"))

    assert space.count() == 4
    assert [_name(result) for result in space[1:3]] == found(Word("space"))[1:3]
    assert len(space[3:9]) == 1


def test_filters_of_haystack_are_choices(published: None) -> None:
    everything = SearchQuerySet()

    assert everything.filter(kind__in=["letter", "memorandum"], type="document").count() == 3
    assert everything.filter(SQ(content="comet") | SQ(kind="memorandum")).count() == 4
    assert everything.filter(type="document").exclude(content="comet").count() == 2
    assert everything.filter(year="1961").count() == 1


def test_facets_are_whole_values_and_add_up(published: None) -> None:
    narrowed = SearchQuerySet().filter(content=Word("space")).narrow(Choice("kind", ("memorandum",)))
    counts = narrowed.facet("kind").facet("from").facet("topic").facet("year").facet_counts()["fields"]

    assert narrowed.count() == 2
    assert counts == {
        "kind": [("letter", 2), ("memorandum", 2)],
        "from": [],
        "topic": [],
        "year": [("1961", 1), ("1962", 1)],
    }


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date", ["memo", "letter", "undated"]),
        ("-date", ["letter", "memo", "undated"]),
        ("place", ["letter", "memo", "undated"]),
    ],
)
def test_what_has_no_date_comes_last_in_any_order(published: None, order: str, expected: Sequence[str]) -> None:
    ordered = SearchQuerySet().filter(content="space", type="document").order_by(order)

    assert [_name(result) for result in ordered] == expected


def test_the_page_says_what_was_found(published: None, client: Client) -> None:
    answer = ask(client, "comet")

    assert answer.total == 2
    assert answer.counts("type") == {"Documents": 1, "Notes": 1}
    assert "<mark>comet</mark>" in answer.html
    assert client.get(reverse("search"), {"q": "comet", "from": 'no "one", at all'}).status_code == 200


def test_an_index_can_be_made_anew_while_it_answers(published: None) -> None:
    backend = connections["default"].get_backend()
    units = sorted(backend.held())
    backend.rebuild(units)

    assert len(units) == 4
    assert sorted(backend.held()) == units
    assert set(found(Word("space"))) == {"letter", "memo", "undated", "A1"}


@pytest.mark.parametrize("command", ["rebuild_index", "clear_index"])
def test_commands_of_haystack_say_what_to_do_instead(published: None, command: str) -> None:
    with pytest.raises(SearchBackendError, match="refresh_index"):
        call_command(command, interactive=False, verbosity=0)

    assert set(found(Word("space"))) == {"letter", "memo", "undated", "A1"}
