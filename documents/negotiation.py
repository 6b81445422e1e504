"""The negotiation table: topics down, documents across, and in each cell the words and where they stand.

Nothing here reads the database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from documents.exchange import Standing, answer_address, answered_address, changed, proposal_address
from documents.models import Document, Link, Proposal, Topic
from documents.selection import NO_TOPIC, Narrowing, Selection

#: A table with more proposals than this is a table of counts, until it is narrowed.
MOST_IN_TABLE = 300


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
    """One topic (none: proposals without one) with a cell for each document, in order of date.

    ``count`` is the number of proposals that are its own.
    """

    topic: Topic | None
    count: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A document at the head of its column; ``elsewhere`` is its collection when that is another."""

    document: Document
    count: int
    elsewhere: str = ""


@dataclass(frozen=True)
class Table:
    """Topics down, documents across: those that have something in one of the rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def is_wide(self) -> bool:
        """Whether its columns are too many to stand beside each other on a page."""
        return len(self.columns) > 3


@dataclass(frozen=True)
class Count:
    """How many proposals a document has on a topic, and the parameters of the address that shows them."""

    number: int
    query: str


@dataclass(frozen=True)
class CountRow:
    topic: Topic | None
    cells: tuple[Count, ...]
    all: Count


@dataclass(frozen=True)
class Counts:
    """Topics down, documents across, and how many proposals there are in each cell."""

    columns: tuple[Column, ...]
    rows: tuple[CountRow, ...]


def table(selection: Selection) -> Table:
    """The negotiation table of what is selected."""
    rows = _by_topic(selection)
    whole = [_row(selection, topic, proposals) for topic, proposals in rows]
    filled = {cell.document.pk for row in whole for cell in row.cells if cell.entries}
    return Table(
        tuple(column for column in _columns(selection) if column.document.pk in filled),
        tuple(
            Row(row.topic, row.count, tuple(cell for cell in row.cells if cell.document.pk in filled)) for row in whole
        ),
    )


def counts(selection: Selection, narrowing: Narrowing) -> Counts:
    """The table of what is selected with numbers instead of words; each leads to what it counts."""
    columns = [column for column in _columns(selection) if column.count]
    rows = []
    for topic, proposals in _by_topic(selection):
        number = Counter(proposal.document_id for proposal in proposals)
        own = replace(narrowing, topic=(topic.slug if topic else NO_TOPIC,))
        cells = tuple(
            Count(number[column.document.pk], replace(own, document=(column.document.slug,)).query)
            for column in columns
        )
        rows.append(CountRow(topic, cells, Count(len(proposals), own.query)))
    return Counts(tuple(columns), tuple(rows))


def _columns(selection: Selection) -> list[Column]:
    exchange = selection.exchange
    number = Counter(proposal.document_id for proposal in selection.proposals)
    return [
        Column(document, number[document.pk], "" if exchange.is_own(document) else str(document.collection))
        for document in exchange.documents
    ]


def _by_topic(selection: Selection) -> list[tuple[Topic | None, list[Proposal]]]:
    """The chosen proposals by topic, in the order of topics; those without one come last."""
    rows: dict[int | None, list[Proposal]] = defaultdict(list)
    for proposal in selection.proposals:
        rows[proposal.topic_id].append(proposal)
    topics: list[Topic | None] = [*selection.exchange.topics, None]
    keyed = [(topic, topic.pk if topic else None) for topic in topics]
    return [(topic, rows[key]) for topic, key in keyed if key in rows]


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
    return Row(topic, len(proposals), cells)


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
