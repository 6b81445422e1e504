"""The negotiation table as rows: one for each proposal and each link by which it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from documents.exchange import Exchange, Standing, answer_address, answered_address, done, proposal_address
from documents.models import Document, Link, Proposal
from documents.naming import written
from documents.negotiation import opening
from documents.selection import Selection


@dataclass(frozen=True)
class Row:
    """A proposal with what one link makes of it, or alone; ``base`` begins every address."""

    exchange: Exchange
    proposal: Proposal
    link: Link | None
    base: str

    @property
    def standing(self) -> Standing:
        return self.exchange.standings[self.proposal.pk]

    @property
    def answer(self) -> Proposal | None:
        return self.link.answer if self.link else None

    @property
    def later(self) -> Document | None:
        return self.link.later_document if self.link else None


def rows(selection: Selection, base: str) -> Iterator[Row]:
    """The proposals that are chosen or answered by one, in order of date, each with its links of the selection.

    A proposal that only answers stands in the rows of what it answers; a chosen one has a row of its own in any case.
    """
    chosen = {proposal.pk for proposal in selection.proposals}
    links: dict[int, list[Link]] = {}
    for link in selection.links:
        links.setdefault(link.answered_id, []).append(link)
    for proposal in selection.shown:
        for link in links.get(proposal.pk, []):
            yield Row(selection.exchange, proposal, link, base)
        if proposal.pk in chosen and proposal.pk not in links:
            yield Row(selection.exchange, proposal, None, base)


def _date(document: Document | None) -> str:
    """When it was written, in brackets where an editor supplied it."""
    date = written(document) if document else None
    if date is None:
        return ""
    return f"[{date.display}]" if date.supplied else date.display


def _words(row: Row) -> str:
    """The words that are answered; of a proposal without an answer its own, from their beginning."""
    if row.link:
        return row.link.answered_words
    return opening(row.proposal.words or row.proposal.first_passage.text)


def _became(row: Row) -> str:
    if row.link:
        return done(row.link)
    return "no explicit answer" if row.standing.is_unanswered else ""


def _answer_url(row: Row) -> str:
    return row.base + answer_address(row.link) if row.link else ""


def _url(row: Row) -> str:
    return row.base + (answered_address(row.link) if row.link else proposal_address(row.proposal))


def _side(row: Row, document: Document | None) -> str:
    return row.exchange.sides[document.side] if document and document.side else ""


#: The columns in their order, each with what stands in it.
COLUMNS: dict[str, Callable[[Row], str]] = {
    "topic": lambda row: row.proposal.topic.name if row.proposal.topic else "",
    "document": lambda row: row.proposal.document.name,
    "collection": lambda row: str(row.proposal.document.collection),
    "date": lambda row: _date(row.proposal.document),
    "side": lambda row: _side(row, row.proposal.document),
    "proposal": lambda row: row.proposal.ident,
    "title": lambda row: row.proposal.title,
    "is_new": lambda row: "yes" if row.standing.is_new else "no",
    "words": _words,
    "url": _url,
    "became": _became,
    "relation": lambda row: row.link.get_relation_display() if row.link else "",
    "answering_document": lambda row: row.later.name if row.later else "",
    "answering_collection": lambda row: str(row.later.collection) if row.later else "",
    "answering_date": lambda row: _date(row.later),
    "answering_side": lambda row: _side(row, row.later),
    "answering_proposal": lambda row: row.answer.ident if row.answer else "",
    "answering_title": lambda row: row.answer.title if row.answer else "",
    "answering_words": lambda row: row.link.answer_words if row.link else "",
    "answering_url": _answer_url,
    "note": lambda row: row.link.note if row.link else "",
}


def cells(found: Iterable[Row]) -> Iterator[Iterable[str]]:
    """What stands in each column, row by row."""
    return ((read(row) for read in COLUMNS.values()) for row in found)
