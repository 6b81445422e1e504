"""Sets the words of two readings against each other, and sorts what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from editions.collation.pairing import Stretch, tokens
from editions.collation.reading import Word
from editions.collation.spelling import letters, shape, spelling_key
from editions.collation.table import Corrected, Segment, Sort
from editions.compare import Change, runs


@dataclass(frozen=True)
class _Span:
    """Words from ``a1`` up to ``a2`` of the base against those from ``b1`` up to ``b2`` of the witness."""

    a1: int
    a2: int
    b1: int
    b2: int
    sort: Sort


def segments(base: Stretch | None, witness: Stretch | None) -> tuple[Segment, ...]:
    """Returns the words of two stretches against each other; differences have no numbers yet."""
    ours, theirs = base.words if base else (), witness.words if witness else ()
    spans = list(_spans(ours, theirs))
    found = [Segment(_text(ours[s.a1 : s.a2]), _text(theirs[s.b1 : s.b2]), s.sort) for s in spans]
    for stretch, in_base in ((base, True), (witness, False)):
        for at, corrected in _corrected(stretch, [(s.a1, s.a2) if in_base else (s.b1, s.b2) for s in spans], found):
            found[at] = replace(found[at], corrections=(*found[at].corrections, replace(corrected, in_base=in_base)))
    return tuple(found)


def _text(words: Sequence[Word]) -> str:
    return "".join(f" {word.text}" if word.space else word.text for word in words)


def _spans(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[_Span]:
    """Words that are the same join in one span, and so do neighbours that differ in the same way."""
    a = b = 0
    waiting: tuple[int, int] | None = None
    for run in (*runs(tokens(ours), tokens(theirs)), None):
        if run is not None and run.change is not Change.EQUAL:
            waiting = waiting or (a, b)
            a, b = a + len(run.old), b + len(run.new)
            continue
        if waiting:
            yield _Span(waiting[0], a, waiting[1], b, _sort_of(ours[waiting[0] : a], theirs[waiting[1] : b]))
            waiting = None
        if run is not None:
            both = list(zip(ours[a : a + len(run.old)], theirs[b : b + len(run.new)], strict=True))
            for sort, group in groupby(both, key=lambda pair: _sort_of_one(*pair)):
                size = len(list(group))
                yield _Span(a, a + size, b, b + size, sort)
                a, b = a + size, b + size


def _sort_of_one(ours: Word, theirs: Word) -> Sort:
    """How two words with the same key differ."""
    mine, other = shape(ours.text), shape(theirs.text)
    if mine == other:
        return Sort.SAME
    return Sort.CASE if mine.casefold() == other.casefold() else Sort.SPELLING


def _sort_of(ours: Sequence[Word], theirs: Sequence[Word]) -> Sort:
    """How readings differ whose words do not stand against each other one by one."""
    mine, other = ("".join(letters(word.text) for word in side) for side in (ours, theirs))
    if not mine and not other:
        return Sort.PUNCTUATION
    if mine == other or spelling_key(mine) == spelling_key(other):
        return Sort.SPELLING
    if not theirs:
        return Sort.OMISSION
    return Sort.SUBSTITUTION if ours else Sort.ADDITION


def _corrected(
    stretch: Stretch | None, ranges: list[tuple[int, int]], found: list[Segment]
) -> Iterator[tuple[int, Corrected]]:
    """The corrections in a stretch, each with its segment: the first that differs of those in which it stands."""
    if stretch is None:
        return
    for one in stretch.passage.corrections:
        start, end = one.start - stretch.start, one.end - stretch.start
        touching = [at for at, (first, last) in enumerate(ranges) if _touch(start, end, first, last)]
        differing = [at for at in touching if found[at].sort is not Sort.SAME]
        for at in (differing or touching)[:1]:
            yield at, Corrected(one.correction.printed, one.correction.corrected, one.correction.reason)


def _touch(start: int, end: int, first: int, last: int) -> bool:
    """Whether two ranges of words have one in common; an empty one stands within the other, or where it is."""
    if start == end or first == last:
        return first <= start <= last if start == end else start < first < end
    return start < last and first < end
