"""Where each proposal stands when an exchange is drawn by date across and topic down: its column and its row.

Row 0 has the documents themselves. Every topic has as many rows as its fullest column needs; a proposal stands in the
row of what it answers on the same topic, as near as a free one is, so that most lines run straight.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from documents.models import Proposal, Topic
from documents.selection import Selection


@dataclass(frozen=True)
class Band:
    """The rows of one topic (none: proposals without one)."""

    topic: Topic | None
    first: int
    count: int


@dataclass
class Grid:
    """Columns and rows by the keys of boxes: ``d12`` is a document, ``p34`` a proposal."""

    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    bands: list[Band] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)

    @property
    def height(self) -> int:
        """How many rows there are, with that of the documents."""
        return max(self.rows.values(), default=0) + 1

    def is_free(self, row: int, after: int, before: int) -> bool:
        """Whether no box stands in a row between two columns."""
        return not any((column, row) in self.taken for column in range(after + 1, before))

    def put(self, key: str, column: int, row: int) -> None:
        self.columns[key], self.rows[key] = column, row
        self.taken.add((column, row))


def grid(selection: Selection) -> Grid:
    """Gives every document and every proposal that is shown its place."""
    found = Grid()
    order = {document.pk: place for place, document in enumerate(selection.documents)}
    for document in selection.documents:
        found.put(f"d{document.pk}", order[document.pk], 0)
    by_topic: dict[int | None, list[Proposal]] = defaultdict(list)
    for proposal in selection.shown:
        by_topic[proposal.topic_id].append(proposal)
    partners = _partners(selection)
    first = 1
    for topic in [*selection.exchange.topics, None]:
        own = by_topic.get(topic.pk if topic else None, [])
        if own:
            count = _place(found, own, order, first, partners)
            found.bands.append(Band(topic, first, count))
            first += count
    return found


def _partners(selection: Selection) -> dict[int, list[int]]:
    """What each proposal is linked to, by key."""
    found: dict[int, list[int]] = defaultdict(list)
    for link in selection.links:
        if link.answer_id is not None:
            found[link.answer_id].append(link.answered_id)
            found[link.answered_id].append(link.answer_id)
    return found


def _place(found: Grid, own: list[Proposal], order: dict[int, int], first: int, partners: dict[int, list[int]]) -> int:
    """Places the proposals of one topic, column by column; returns how many rows they take."""
    columns: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in own:
        columns[order[proposal.document_id]].append(proposal)
    count = max(len(column) for column in columns.values())
    placed: dict[int, int] = {}
    for column in sorted(columns):
        free = list(range(first, first + count))
        wished = [(_wish(placed, partners[each.pk]), each) for each in columns[column]]
        for wish, proposal in sorted(wished, key=lambda pair: pair[0] is None):
            row = min(free, key=lambda each: (abs(each - (first if wish is None else wish)), each))
            free.remove(row)
            placed[proposal.pk] = row
            found.put(f"p{proposal.pk}", column, row)
    return count


def _wish(placed: dict[int, int], partners: list[int]) -> int | None:
    """The row that a proposal would stand in: that of the latest it is joined to."""
    rows = [placed[key] for key in partners if key in placed]
    return rows[-1] if rows else None
