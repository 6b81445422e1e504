"""Filters narrow, combine and count exactly, by plain links."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from search.fields import FILTERS
from tests.search.asking import ask, follow

pytestmark = pytest.mark.usefixtures("searchable")


def test_every_count_is_what_following_its_link_gives(client: Client) -> None:
    before = ask(client, "space")

    for name in FILTERS:
        for label, count in before.counts(name).items():
            assert follow(client, before.address_of(name, label)).total == count, (name, label)


def test_counts_stay_right_when_filters_are_combined(client: Client) -> None:
    before = ask(client, "space", type="proposal", topic="weather")

    for name in set(FILTERS) - {"type", "topic"}:
        for label, count in before.counts(name).items():
            assert follow(client, before.address_of(name, label)).total == count, (name, label)


def test_values_of_one_filter_are_alternatives(client: Client) -> None:
    one, other = ask(client, "space", topic="weather"), ask(client, "space", topic="rescue", type="proposal")
    both = ask(client, "space", topic=["weather", "rescue"], type="proposal")

    assert one.total
    assert both.total == ask(client, "space", topic="weather", type="proposal").total + other.total
    assert both.counts("topic")["Search and rescue"] == other.total


def test_chosen_filters_are_chips_that_take_them_away(client: Client) -> None:
    answer = ask(client, "space", **{"type": "proposal", "from": "john-f-kennedy"})

    assert 'href="/search/?q=space&amp;from=john-f-kennedy"' in answer.html
    assert "From: John F. Kennedy" in answer.words
    assert "Remove all filters" in answer.words


def test_filters_alone_list_all_they_let_through(client: Client) -> None:
    answer = ask(client, "", type="document")

    assert answer.addresses == [
        "/documents/nsam-129/",
        "/documents/kennedy-1962-03-07/",
        "/documents/khrushchev-1962-03-20/",
    ]
    assert all("?" not in link for link in answer.links)


def test_a_value_chosen_that_finds_nothing_is_all_there_is(client: Client) -> None:
    answer = ask(client, "zebra", kind="letter")

    assert answer.counts("kind") == {"Letter": 0}
    assert " more" not in answer.words


def test_an_unknown_value_finds_nothing_and_breaks_nothing(client: Client) -> None:
    answer = ask(client, "space", kind='<script>"')

    assert answer.status == 200
    assert "<script>&quot;" not in answer.html
    assert "Kind of document: <script>" in answer.words
    assert "Without the filters" in answer.words


@pytest.mark.parametrize(
    ("sort", "first"), [("date", "/documents/nsam-129/"), ("-date", "/documents/khrushchev-1962-03-20/")]
)
def test_sorted_by_date(client: Client, sort: str, first: str) -> None:
    assert ask(client, "", type="document", sort=sort).addresses[0] == first


def test_all_results_are_reached_by_paging(client: Client) -> None:
    first = ask(client, "space OR the")
    pages = [ask(client, "space OR the", page=page).addresses for page in range(1, -(-first.total // 20) + 1)]
    found = list(itertools.chain.from_iterable(pages))

    assert first.total > 20
    assert len(found) == len(set(found)) == first.total


@pytest.mark.parametrize("page", ["999", "0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_not_there_gives_one_that_is(client: Client, page: str) -> None:
    assert ask(client, "space OR the", page=page).addresses
