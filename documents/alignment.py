"""Two documents beside each other, proposal to proposal. Nothing here reads the database.

The left document keeps its order. A passage of the right one stands beside what it answers (or what answers it);
the longest run of pairs that keeps the order of both documents fixes the rest, and a proposal that had to leave its
own place is pointed to from there. Every passage of both documents stands on the page exactly once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.exchange import Exchange
from documents.models import Document, Link, Passage, Proposal


@dataclass(frozen=True)
class Segment:
    """Passages that belong together: those of one proposal (or of proposals that share a passage), or other text."""

    index: int
    passages: tuple[Passage, ...]
    proposals: tuple[Proposal, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_text(self) -> bool:
        """True for passages that neither propose nor answer anything."""
        return not self.proposals and not self.links


@dataclass(frozen=True)
class Row:
    """What stands side by side. An empty side is a gap.

    ``pointers`` are segments of the right document that belong here too but stand in another row, which ``is_moved``
    tells apart: True where the segment left its own place, False where it is a second answer.
    """

    left: Segment | None = None
    right: tuple[Segment, ...] = ()
    links: tuple[Link, ...] = ()
    pointers: tuple[Segment, ...] = ()
    is_moved: bool = False

    @property
    def is_text(self) -> bool:
        sides = [*self.right, *([self.left] if self.left else [])]
        return bool(sides) and all(segment.is_text for segment in sides)


def align(exchange: Exchange, left: Document, right: Document, passages: Iterable[Passage]) -> tuple[Row, ...]:
    """Aligns two documents of an exchange; ``passages`` are those of both, in order."""
    ours, theirs = _passages(passages, left), _passages(passages, right)
    between = [
        link for link in exchange.links if {link.later_document.pk, link.answered.document_id} == {left.pk, right.pk}
    ]
    lefts = segments(left, ours, exchange.proposals, between)
    rights = segments(right, theirs, exchange.proposals, between)
    return _Layout(lefts, rights).rows()


def _passages(passages: Iterable[Passage], document: Document) -> list[Passage]:
    return [passage for passage in passages if passage.document_id == document.pk]


def segments(
    document: Document, passages: Sequence[Passage], proposals: Iterable[Proposal], links: Sequence[Link]
) -> tuple[Segment, ...]:
    """Cuts a document into segments. Proposals that share a passage share a segment."""
    place = {passage.ident: number for number, passage in enumerate(passages)}
    own = [proposal for proposal in proposals if proposal.document_id == document.pk]
    spans = [(place[each.first_passage.ident], place[each.last_passage.ident]) for each in own]
    spans += [
        (place[link.answer_place], place[link.answer_place])
        for link in links
        if link.answering_document_id == document.pk and link.answer_place in place
    ]
    found: list[Segment] = []
    for start, end in _cover(_joined(spans), len(passages)):
        inside = tuple(each for each in own if start <= place[each.first_passage.ident] <= end)
        keys = {proposal.pk for proposal in inside}
        held = tuple(
            link
            for link in links
            if link.answered_id in keys
            or link.answer_id in keys
            or (link.answering_document_id == document.pk and start <= place.get(link.answer_place, -1) <= end)
        )
        found.append(Segment(len(found), tuple(passages[start : end + 1]), inside, held))
    return tuple(found)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cover(spans: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The spans and the stretches between them, so that everything from 0 to ``size`` is covered once."""
    covered, at = [], 0
    for start, end in spans:
        if at < start:
            covered.append((at, start - 1))
        covered.append((start, end))
        at = end + 1
    if at < size:
        covered.append((at, size - 1))
    return covered


def longest_run(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both numbers grow."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, right) in enumerate(ordered):
        length = bisect_left(tails, right)
        if tails[length : length + 1] == [right]:
            before.append(-1)
            continue
        before.append(ends[length - 1] if length else -1)
        tails[length:] = [right, *tails[length + 1 :]]
        ends[length:] = [number, *ends[length + 1 :]]
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(ordered[at])
        at = before[at]
    return run[::-1]


class _Layout:
    """Places the segments of the right document beside those of the left."""

    def __init__(self, lefts: Sequence[Segment], rights: Sequence[Segment]) -> None:
        self.lefts, self.rights = lefts, rights
        self.pairs = sorted(
            {(ours.index, theirs.index) for ours in lefts for theirs in rights if set(ours.links) & set(theirs.links)}
        )
        self.run = longest_run(self.pairs)
        self.home = {theirs: ours for ours, theirs in self.run}
        taken = {ours for ours, _ in self.run}
        for ours, theirs in sorted(self.pairs, key=lambda pair: (pair[0] in taken, pair)):
            self.home.setdefault(theirs, ours)

    def rows(self) -> tuple[Row, ...]:
        rows: list[Row] = []
        bounds = [(-1, -1), *self.run, (len(self.lefts), len(self.rights))]
        for (left, right), (next_left, next_right) in pairwise(bounds):
            if left >= 0:
                rows.append(self._pair(self.lefts[left]))
            rows += self._zone(self.lefts[left + 1 : next_left], self.rights[right + 1 : next_right])
        return tuple(rows)

    def _zone(self, lefts: Sequence[Segment], rights: Sequence[Segment]) -> list[Row]:
        """The rows between two pairs of the run: text that opens and closes both sides stands side by side."""
        opening: list[Row] = []
        closing: list[Row] = []
        if lefts and rights and lefts[0].is_text and rights[0].is_text:
            opening = [Row(lefts[0], (rights[0],))]
            lefts, rights = lefts[1:], rights[1:]
        if lefts and rights and lefts[-1].is_text and rights[-1].is_text:
            closing = [Row(lefts[-1], (rights[-1],))]
            lefts, rights = lefts[:-1], rights[:-1]
        return [*opening, *map(self._pair, lefts), *map(self._alone, rights), *closing]

    def _pair(self, left: Segment) -> Row:
        """A segment of the left document with what stands beside it."""
        partners = [theirs for ours, theirs in self.pairs if ours == left.index]
        beside = tuple(self.rights[index] for index in partners if self.home[index] == left.index)
        pointers = tuple(self.rights[index] for index in partners if self.home[index] != left.index)
        held = {link.pk for index in partners for link in self.rights[index].links}
        return Row(left, beside, tuple(link for link in left.links if link.pk in held), pointers)

    def _alone(self, right: Segment) -> Row:
        """A segment of the right document in its own place: itself, or a pointer to where it stands instead."""
        if right.index in self.home:
            return Row(pointers=(right,), links=right.links, is_moved=True)
        return Row(right=(right,))
