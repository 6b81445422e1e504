"""Standings, negotiation table and alignment, over a small exchange that no database knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from documents.alignment import align, longest_run, segments
from documents.exchange import NEW, UNANSWERED, Exchange
from documents.models import Document, Link, Passage, Proposal, Topic
from documents.negotiation import opening, table
from documents.selection import Narrowing, select

WEATHER = Topic(pk=1, slug="weather", name="Weather", position=1)
MEDICINE = Topic(pk=2, slug="medicine", name="Medicine", position=2)


def a_document(key: int, slug: str, side: str = "first", day: int | None = 1) -> Document:
    return Document(pk=key, slug=slug, title=slug, side=side, sort_date=date(1962, 3, day) if day else None)


def a_passage(document: Document, number: int) -> Passage:
    text = f"Words of passage {number}."
    return Passage(
        pk=document.pk * 100 + number, document=document, ident=f"p{number}", position=number, number=number, text=text
    )


def a_proposal(
    document: Document, number: int, topic: Topic | None = None, at: int | None = None, to: int | None = None
) -> Proposal:
    first = a_passage(document, at or number)
    ident = f"{document.slug[0].upper()}{number}"
    return Proposal(
        pk=document.pk * 10 + number,
        document=document,
        ident=ident,
        title=f"Proposal {ident}",
        topic=topic,
        position=number,
        first_passage=first,
        last_passage=a_passage(document, to or at or number),
    )


def a_link(key: int, answer: Proposal | Document, relation: str, answered: Proposal) -> Link:
    start = {"answer": answer} if isinstance(answer, Proposal) else {"answering_document": answer, "answer_ident": "p1"}
    return Link(
        pk=key,
        relation=relation,
        answered=answered,
        answer_words=f"answer {key}",
        answered_words=f"asked {key}",
        **start,
    )


@pytest.fixture
def kennedy() -> Document:
    return a_document(1, "kennedy", day=7)


@pytest.fixture
def reply() -> Document:
    return a_document(2, "reply", "second", day=20)


def states(exchange: Exchange, proposal: Proposal) -> frozenset[str]:
    return exchange.standings[proposal.pk].states


def test_documents_stand_in_order_of_date_and_undated_ones_last(kennedy: Document, reply: Document) -> None:
    undated = a_document(3, "undated", day=None)
    assert Exchange([undated, reply, kennedy], [], []).documents == (kennedy, reply, undated)


def test_a_proposal_knows_what_became_of_it_and_what_it_answers(kennedy: Document, reply: Document) -> None:
    asked, given = a_proposal(kennedy, 1), a_proposal(reply, 2)
    exchange = Exchange([kennedy, reply], [asked, given], [a_link(1, given, "accepts", asked)])
    assert exchange.standings[asked.pk].outcome == "accepted by R2"
    assert exchange.standings[given.pk].summary == "accepts K1"


def test_a_document_as_a_whole_can_answer(kennedy: Document, reply: Document) -> None:
    asked = a_proposal(kennedy, 1)
    exchange = Exchange([kennedy, reply], [asked], [a_link(1, reply, "carries-out", asked)])
    assert exchange.standings[asked.pk].outcome == "carried out by reply"


def test_no_explicit_answer_is_told_only_where_the_document_was_answered(kennedy: Document, reply: Document) -> None:
    asked, other = a_proposal(kennedy, 1), a_proposal(kennedy, 2)
    assert states(Exchange([kennedy, reply], [asked], []), asked) == frozenset()
    assert states(Exchange([kennedy, reply], [asked], [], [(reply.pk, kennedy.pk)]), asked) == {UNANSWERED}
    given = a_proposal(reply, 1)
    linked = Exchange([kennedy, reply], [asked, other, given], [a_link(1, given, "accepts", asked)])
    assert states(linked, other) == {UNANSWERED}


def test_a_proposal_is_new_where_its_document_answers_and_it_does_not(kennedy: Document, reply: Document) -> None:
    given = a_proposal(reply, 1)
    assert states(Exchange([kennedy, reply], [given], []), given) == frozenset()
    assert states(Exchange([kennedy, reply], [given], [], [(reply.pk, kennedy.pk)]), given) == {NEW}


def test_proposals_of_a_document_that_carries_out_a_request_are_not_new(kennedy: Document, reply: Document) -> None:
    asked, given = a_proposal(kennedy, 1), a_proposal(reply, 1)
    carried = Exchange([kennedy, reply], [asked, given], [a_link(1, reply, "carries-out", asked)])
    deferred = Exchange([kennedy, reply], [asked, given], [a_link(1, reply, "defers", asked)])
    assert NEW not in states(carried, given)
    assert NEW in states(deferred, given)


@pytest.fixture
def crossed(kennedy: Document, reply: Document) -> Exchange:
    """K1 and K2 are answered by R2 and R1; R1 answers K3 too; K4 is passed over, R3 is new."""
    asked = [a_proposal(kennedy, number, WEATHER if number < 3 else MEDICINE, at=number + 1) for number in (1, 2, 3, 4)]
    given = [a_proposal(reply, number, WEATHER, at=number + 1) for number in (1, 2, 3)]
    links = [
        a_link(1, given[1], "accepts", asked[0]),
        a_link(2, given[0], "recasts", asked[1]),
        a_link(3, given[0], "takes-up", asked[2]),
    ]
    return Exchange([kennedy, reply], [*asked, *given], links)


def idents(found: Sequence[Proposal]) -> list[str]:
    return [proposal.ident for proposal in found]


def test_an_exchange_narrows_to_a_topic_a_relation_and_a_state(crossed: Exchange) -> None:
    assert idents(select(crossed).proposals) == ["K1", "K2", "K3", "K4", "R1", "R2", "R3"]
    assert idents(select(crossed, Narrowing(topic=("medicine",))).proposals) == ["K3", "K4"]
    assert idents(select(crossed, Narrowing(topic=("medicine",))).shown) == ["K3", "K4", "R1"]
    assert idents(select(crossed, Narrowing(state=("recasts",))).proposals) == ["K2", "R1"]
    assert idents(select(crossed, Narrowing(state=("new",))).proposals) == ["R3"]
    assert idents(select(crossed, Narrowing(state=("unanswered",))).proposals) == ["K4"]
    assert idents(select(crossed, Narrowing(topic=("medicine",), state=("takes-up",))).shown) == ["K3", "R1"]
    assert select(crossed, Narrowing(topic=("nothing of the kind",))).proposals == ()
    assert select(crossed, Narrowing(state=("nonsense",))).proposals == ()


def test_a_narrowed_exchange_still_knows_the_whole(crossed: Exchange) -> None:
    selection = select(crossed, Narrowing(state=("accepts",)))
    assert not any(selection.exchange.standings[each.pk].is_unanswered for each in selection.proposals)


def test_the_table_has_topics_down_and_documents_across(crossed: Exchange) -> None:
    found = table(select(crossed))
    assert [row.topic for row in found.rows] == [WEATHER, MEDICINE]
    assert [column.document.slug for column in found.columns] == ["kennedy", "reply"]
    weather = [[entry.proposal.ident for entry in cell.entries if entry.proposal] for cell in found.rows[0].cells]
    assert weather == [["K1", "K2", "K3"], ["R1", "R2", "R3"]]


def test_an_answer_of_another_topic_visits_the_row(crossed: Exchange) -> None:
    medicine = table(select(crossed)).rows[1].cells[1].entries
    assert [(entry.proposal and entry.proposal.ident, entry.is_visiting) for entry in medicine] == [("R1", True)]
    assert [quote.words for quote in medicine[0].quotes] == ["answer 3"]


def test_a_document_as_a_whole_stands_in_the_row_it_answers(kennedy: Document, reply: Document) -> None:
    asked = a_proposal(kennedy, 1, WEATHER)
    exchange = Exchange([kennedy, reply], [asked], [a_link(1, reply, "carries-out", asked)])
    entry = table(select(exchange)).rows[0].cells[1].entries[0]
    assert (entry.proposal, entry.document, entry.quotes[0].words) == (None, reply, "answer 1")


def test_a_column_with_nothing_in_it_is_left_out(crossed: Exchange) -> None:
    found = table(select(crossed, Narrowing(state=("unanswered",))))
    assert [column.document.slug for column in found.columns] == ["kennedy"]
    assert all(len(row.cells) == 1 for row in found.rows)


def test_proposals_without_a_topic_come_last(kennedy: Document) -> None:
    exchange = Exchange([kennedy], [a_proposal(kennedy, 1), a_proposal(kennedy, 2, WEATHER)], [])
    assert [row.topic for row in table(select(exchange)).rows] == [WEATHER, None]


def test_a_proposal_without_links_quotes_its_own_first_words(kennedy: Document) -> None:
    exchange = Exchange([kennedy], [a_proposal(kennedy, 1, WEATHER)], [])
    (quote,) = table(select(exchange)).rows[0].cells[0].entries[0].quotes
    assert quote.words == "Words of passage 1."
    assert quote.address == "/documents/kennedy/#proposal-k1"


@pytest.mark.parametrize(
    ("text", "opened"),
    [("Short.", "Short."), ("one two three four", "one two …"), ("one, two, three four", "one …")],
)
def test_openings_end_between_words(text: str, opened: str) -> None:
    assert opening(text, 10) == opened


@pytest.mark.parametrize(
    ("pairs", "run"),
    [
        ([], []),
        ([(0, 0), (1, 1)], [(0, 0), (1, 1)]),
        ([(0, 3), (1, 1), (2, 2)], [(1, 1), (2, 2)]),
        ([(0, 0), (1, 2), (2, 2)], [(0, 0), (1, 2)]),
        ([(0, 1), (0, 2), (1, 3)], [(0, 1), (1, 3)]),
    ],
)
def test_the_longest_run_keeps_both_orders(pairs: list[tuple[int, int]], run: list[tuple[int, int]]) -> None:
    assert [left for left, _ in longest_run(pairs)] == [left for left, _ in run]
    assert len(longest_run(pairs)) == len(run)


def test_segments_cover_a_document_once(kennedy: Document) -> None:
    passages = [a_passage(kennedy, number) for number in range(1, 7)]
    shared = [a_proposal(kennedy, 1, at=2), a_proposal(kennedy, 2, at=2, to=3), a_proposal(kennedy, 3, at=5)]
    found = segments(kennedy, passages, shared, [])
    assert [[passage.ident for passage in segment.passages] for segment in found] == [
        ["p1"],
        ["p2", "p3"],
        ["p4"],
        ["p5"],
        ["p6"],
    ]
    assert [idents(segment.proposals) for segment in found] == [[], ["K1", "K2"], [], ["K3"], []]


def aligned(exchange: Exchange, left: Document, right: Document) -> list[str]:
    """The rows in short: "K1|R2", "p1|p1" for other text, "|>R1" for a pointer."""
    passages = [a_passage(document, number) for document in (left, right) for number in range(1, 7)]

    def name(segment: object) -> str:
        proposals = getattr(segment, "proposals", ())
        return "+".join(idents(proposals)) or segment.passages[0].ident  # type: ignore[attr-defined]

    rows = align(exchange, left, right, passages)
    return [
        f"{name(row.left) if row.left else ''}|"
        + " ".join([*map(name, row.right), *(f">{name(each)}" for each in row.pointers)])
        for row in rows
    ]


def test_documents_align_proposal_to_proposal(crossed: Exchange, kennedy: Document, reply: Document) -> None:
    assert aligned(crossed, kennedy, reply) == ["p1|p1", "K1|R2", "K2|R1", "K3|>R1", "K4|", "|>R2", "|R3", "p6|p5"]


def test_the_other_way_round_the_reply_keeps_its_order(crossed: Exchange, kennedy: Document, reply: Document) -> None:
    rows = aligned(crossed, reply, kennedy)
    assert [row.split("|")[0] for row in rows if row.split("|")[0]] == ["p1", "R1", "R2", "R3", "p5"]


def test_documents_without_links_stand_in_their_own_order(kennedy: Document, reply: Document) -> None:
    exchange = Exchange([kennedy, reply], [a_proposal(kennedy, 2), a_proposal(reply, 1)], [])
    assert aligned(exchange, kennedy, reply) == ["p1|", "K2|", "|R1", "p3|p2"]


def test_every_passage_stands_on_the_page_once(crossed: Exchange, kennedy: Document, reply: Document) -> None:
    passages = [a_passage(document, number) for document in (kennedy, reply) for number in range(1, 7)]
    rows = align(crossed, kennedy, reply, passages)
    shown = [
        passage.pk
        for row in rows
        for segment in (*([row.left] if row.left else []), *row.right)
        for passage in segment.passages
    ]
    assert sorted(shown) == sorted(passage.pk for passage in passages)
