"""Narrowing an exchange: which proposals and links are left, and what the filters count."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from documents.exchange import Exchange
from documents.models import Collection
from documents.selection import Narrowing, file_name, filters, in_words, select
from tests.documents.test_exchange import MEDICINE, WEATHER, a_document, a_link, a_proposal


@pytest.fixture
def exchange() -> Exchange:
    """Two letters and a note without a side; S1 and S2 are answered by R1 and R2, S3 has no topic, M1 answers R1."""
    sent, reply, memo = (
        a_document(1, "sent"),
        a_document(2, "reply", "second", day=9),
        a_document(3, "memo", "", day=20),
    )
    asked = [a_proposal(sent, 1, WEATHER), a_proposal(sent, 2, MEDICINE), a_proposal(sent, 3)]
    given = [a_proposal(reply, 1, WEATHER), a_proposal(reply, 2, MEDICINE), a_proposal(memo, 1, WEATHER)]
    links = [
        a_link(1, given[0], "accepts", asked[0]),
        a_link(2, given[1], "declines", asked[1]),
        a_link(3, given[2], "extends", given[0]),
    ]
    found = Exchange([sent, reply, memo], [*asked, *given], links)
    found.collection = Collection(slug="talks", title="Talks", first_side="East")
    for document in found.documents:
        document.collection = found.collection
    return found


def left(exchange: Exchange, query: str) -> list[str]:
    return [proposal.ident for proposal in select(exchange, Narrowing.of(QueryDict(query))).proposals]


@pytest.mark.parametrize(
    ("query", "idents"),
    [
        ("", ["S1", "S2", "S3", "R1", "R2", "M1"]),
        ("topic=weather", ["S1", "R1", "M1"]),
        ("topic=weather&topic=medicine", ["S1", "S2", "R1", "R2", "M1"]),
        ("topic=~", ["S3"]),
        ("state=accepts&state=declines", ["S1", "S2", "R1", "R2"]),
        ("state=unanswered", ["S3", "R2"]),
        ("document=reply", ["R1", "R2"]),
        ("side=first", ["S1", "S2", "S3"]),
        ("side=none", ["M1"]),
        ("side=first&side=second&topic=medicine", ["S2", "R2"]),
        ("topic=weather&state=extends&document=memo", ["M1"]),
        ("topic=weather&state=declines", []),
        ("topic=", ["S1", "S2", "S3", "R1", "R2", "M1"]),
        ("side=nonsense", []),
    ],
)
def test_filters_narrow_together_and_values_of_one_add_up(exchange: Exchange, query: str, idents: list[str]) -> None:
    assert left(exchange, query) == idents


def test_a_proposal_comes_with_what_it_answers_and_what_answers_it(exchange: Exchange) -> None:
    selection = select(exchange, Narrowing(document=("reply",)))
    assert [proposal.ident for proposal in selection.shown] == ["S1", "S2", "R1", "R2", "M1"]
    assert [link.pk for link in selection.links] == [1, 2, 3]
    assert [document.slug for document in selection.documents] == ["sent", "reply", "memo"]


def test_only_links_of_a_relation_that_is_chosen_remain(exchange: Exchange) -> None:
    assert [link.pk for link in select(exchange, Narrowing(state=("accepts", "unanswered"))).links] == [1]


def test_a_document_that_answers_as_a_whole_brings_what_it_answers(exchange: Exchange) -> None:
    whole = a_document(4, "whole", day=21)
    whole.collection = exchange.collection
    links = [*exchange.links, a_link(9, whole, "carries-out", exchange.proposals[2])]
    grown = Exchange([*exchange.documents, whole], exchange.proposals, links, collection=exchange.collection)
    assert [link.pk for link in select(grown, Narrowing(document=("whole",))).links] == [9]
    assert [link.pk for link in select(grown, Narrowing(topic=("weather",))).links] == [1, 3]


def counted(exchange: Exchange, query: str, name: str) -> dict[str, int]:
    found = {each.name: each for each in filters(exchange, Narrowing.of(QueryDict(query)))}
    return {choice.value: choice.count for choice in found[name].choices}


def test_each_value_says_how_many_it_leaves(exchange: Exchange) -> None:
    assert counted(exchange, "", "topic") == {"weather": 3, "medicine": 2, "~": 1}
    assert counted(exchange, "", "side") == {"first": 3, "second": 2, "none": 1}
    assert counted(exchange, "", "document") == {"sent": 3, "reply": 2, "memo": 1}
    assert counted(exchange, "", "state") == {"accepts": 2, "extends": 2, "declines": 2, "unanswered": 2}


def test_counts_heed_the_other_filters_and_not_their_own(exchange: Exchange) -> None:
    assert counted(exchange, "side=first&topic=weather", "topic") == {"weather": 1, "medicine": 1, "~": 1}
    assert counted(exchange, "side=first&topic=weather", "side") == {"first": 1, "second": 1, "none": 1}
    for query in ("", "side=second", "state=accepts"):
        for value, count in counted(exchange, query, "topic").items():
            assert len(left(exchange, f"{query}&topic={value}")) == count


def test_a_filter_with_a_single_value_is_not_offered() -> None:
    alone = a_document(1, "alone")
    found = Exchange([alone], [a_proposal(alone, 1, WEATHER)], [])
    assert filters(found, Narrowing()) == ()


def test_a_narrowing_is_said_in_words_and_kept_in_the_address(exchange: Exchange) -> None:
    narrowing = Narrowing.of(QueryDict("topic=weather&topic=~&state=declines&side=first&topic=weather"))
    assert in_words(exchange, narrowing) == "Weather or Without a topic; Declined; East"
    assert Narrowing.of(QueryDict(narrowing.query)) == narrowing
    assert not Narrowing.of(QueryDict("page=2&topic="))


def test_files_are_named_after_the_selection(exchange: Exchange) -> None:
    assert file_name(exchange, Narrowing(), "talks", "csv") == "talks-exchange.csv"
    weather = Narrowing(topic=("weather",), state=("accepts",))
    assert file_name(exchange, weather, "talks", "svg") == "talks-exchange-weather-accepted.svg"
    assert file_name(exchange, Narrowing(topic=('"\r\nx: <ü>',)), "talks", "svg") == "talks-exchange-x-u.svg"


def test_the_tally_counts_what_is_left(exchange: Exchange) -> None:
    assert select(exchange).tally == (
        ("accepts", "Accepted", 1),
        ("extends", "Extended", 1),
        ("declines", "Declined", 1),
        ("unanswered", "No explicit answer", 2),
    )
    assert select(exchange, Narrowing(topic=("medicine",))).tally[0] == ("declines", "Declined", 1)
