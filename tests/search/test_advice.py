"""When nothing is found, the page says which part fails and what to drop; what it offers finds something."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from search.page.advice import Advice, advise
from search.page.asked import Asked
from tests.search.asking import ask, follow

pytestmark = pytest.mark.usefixtures("searchable")


def advice(address: str) -> Advice:
    asked = Asked.of(QueryDict(address))
    assert asked.query
    return advise(asked, asked.query)


def test_the_part_that_fails_can_be_left_out(client: Client) -> None:
    weather, zebra = advice("q=weather+zebra").parts

    assert (weather.count > 0, weather.without) == (True, "")
    assert zebra.count == 0
    assert follow(client, zebra.without).total == weather.count


def test_a_part_is_left_out_only_where_that_finds_something() -> None:
    assert [part.without for part in advice("q=zebra+quagga").parts] == ["", ""]


def test_dates_and_kinds_are_parts_of_a_search(client: Client) -> None:
    space, dates = advice("q=space+date:1871").parts

    assert dates.words == "written in 1871"
    assert follow(client, dates.without).total == space.count > 0


def test_the_words_of_a_phrase_are_offered_apart(client: Client) -> None:
    [phrase] = advice('q="satellites+weather"').parts

    assert phrase.apart and phrase.apart.count > 0
    assert follow(client, phrase.apart.address).total == phrase.apart.count


def test_each_filter_that_keeps_results_away_is_named(client: Client) -> None:
    found = advice("q=cosmonauts&kind=memorandum&type=document&after=1962&before=1962")

    assert [change.words for change in found.filters] == ["the filter “Kind of document”"]
    assert all(follow(client, change.address).total == change.count > 0 for change in found.filters)
    assert follow(client, found.address_without_filters).total == found.without_filters > 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("zebra", "Nothing in the archive has any form of “zebra”."),
        ("from:zebra", "Nothing in the archive is from someone named “zebra”."),
        ("date:1871", "Nothing in the archive is written in 1871."),
    ],
)
def test_nothing_is_said_in_a_sentence(client: Client, typed: str, sentence: str) -> None:
    assert sentence in ask(client, typed).words


@pytest.mark.parametrize(("typed", "is_advised"), [("zebra", True), ("from:zebra", True), ("date:1871", False)])
def test_spelling_is_advised_on_words_only(client: Client, typed: str, is_advised: bool) -> None:
    assert ("Check the spelling" in ask(client, typed).words) is is_advised
