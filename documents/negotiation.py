"""The negotiation table: topics down, documents across, and in each cell the words and where they stand.

Nothing here reads the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.exchange import Selection, Standing, answer_address, answered_address, changed, proposal_address
from documents.models import Document, Link, Proposal, Topic


@dataclass(frozen=True)
class Quote:
    """Words of a document, the address where they stand, and what to say when the text has changed since."""

    words: str
    address: str
    changed: str = ""


@dataclass(frozen=True)
class Entry:
    """One proposal in a cell of the table, or a document that answers as a whole (then without a standing).

    ``links`` is what brought an entry here that is not of the row's own topic.
    """

    document: Document
    quotes: tuple[Quote, ...]
    standing: Standing | None = None
    links: tuple[Link, ...] = ()

    @property
    def proposal(self) -> Proposal | None:
        return self.standing.proposal if self.standing else None

    @property
    def is_visiting(self) -> bool:
        return bool(self.links)


@dataclass(frozen=True)
class Cell:
    document: Document
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Row:
    """One topic (none: proposals without one) with a cell for each document, in order of date."""

    topic: Topic | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Topics down, documents across: those that have something in one of the rows."""

    documents: tuple[Document, ...]
    rows: tuple[Row, ...]


def table(selection: Selection) -> Table:
    """The negotiation table of what is selected."""
    rows: dict[int | None, list[Proposal]] = defaultdict(list)
    for proposal in selection.proposals:
        rows[proposal.topic_id].append(proposal)
    topics: list[Topic | None] = [topic for topic in selection.exchange.topics if topic.pk in rows]
    topics += [None] if None in rows else []
    whole = [_row(selection, topic, rows[topic.pk if topic else None]) for topic in topics]
    filled = {cell.document.pk for row in whole for cell in row.cells if cell.entries}
    return Table(
        tuple(document for document in selection.exchange.documents if document.pk in filled),
        tuple(Row(row.topic, tuple(cell for cell in row.cells if cell.document.pk in filled)) for row in whole),
    )


def _row(selection: Selection, topic: Topic | None, proposals: list[Proposal]) -> Row:
    standings = selection.exchange.standings
    own = {proposal.pk for proposal in proposals}
    entries: dict[int, list[Entry]] = defaultdict(list)
    for proposal in proposals:
        standing = standings[proposal.pk]
        entries[proposal.document_id].append(Entry(proposal.document, quotes(standing), standing))
    for document, proposal, links in _visitors(selection, own):
        visiting = standings[proposal.pk] if proposal else None
        words = _distinct(_quote(link, proposal) for link in links)
        entries[document.pk].append(Entry(document, words, visiting, links))
    cells = tuple(Cell(document, tuple(entries[document.pk])) for document in selection.exchange.documents)
    return Row(topic, cells)


def _visitors(selection: Selection, own: set[int]) -> Iterable[tuple[Document, Proposal | None, tuple[Link, ...]]]:
    """Proposals of other topics, and whole documents, that answer or are answered by those of a row."""
    found: dict[tuple[int, int | None], tuple[Document, Proposal | None, list[Link]]] = {}
    for link in selection.links:
        if link.answered_id in own and link.answer_id not in own:
            document, proposal = link.later_document, link.answer
        elif link.answer_id in own and link.answered_id not in own:
            document, proposal = link.answered.document, link.answered
        else:
            continue
        key = (document.pk, proposal.pk if proposal else None)
        found.setdefault(key, (document, proposal, []))[2].append(link)
    return [(document, proposal, tuple(links)) for document, proposal, links in found.values()]


def quotes(standing: Standing) -> tuple[Quote, ...]:
    """The words of a proposal that its links quote; without any, its own first words."""
    links = (*standing.answers, *standing.answered)
    if links:
        return _distinct(_quote(link, standing.proposal) for link in links)
    proposal = standing.proposal
    return (Quote(opening(proposal.words or proposal.first_passage.text), proposal_address(proposal)),)


def _quote(link: Link, proposal: Proposal | None) -> Quote:
    """The words that a link quotes from this proposal, or from the document that answers as a whole."""
    if proposal is not None and link.answered_id == proposal.pk:
        return Quote(link.answered_words, answered_address(link), changed(link.answered_quotation))
    return Quote(link.answer_words, answer_address(link), changed(link.answer_quotation))


def _distinct(found: Iterable[Quote]) -> tuple[Quote, ...]:
    kept: dict[str, Quote] = {}
    for quote in found:
        kept.setdefault(quote.words, quote)
    return tuple(kept.values())


def opening(text: str, limit: int = 200) -> str:
    """The first words of a text, at most ``limit`` characters, cut between words and marked when cut."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(None, 1)[0].rstrip(" ,;:.") + " …"
