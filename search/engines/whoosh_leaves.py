"""What a query asks of one field of words, looked up in one segment."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock

from search.engines.whoosh_segment import OpenSegment
from search.engines.whoosh_sets import bits, members
from search.engines.whoosh_words import Placed, Postings, Set
from search.query import Fuzzy, Prefix, Wildcard


@dataclass(frozen=True)
class Term:
    """A stem, or with ``exact`` a form, in a field."""

    field: str
    text: str
    exact: bool

    @property
    def terms_asked(self) -> tuple[Term, ...]:
        return (self,)

    def found(self, segment: OpenSegment) -> Postings:
        return segment.recent(self, lambda: segment.words(self.field).postings(self.terms(segment)))

    def placed(self, segment: OpenSegment) -> list[Placed]:
        words = segment.words(self.field)
        return [
            segment.recent((self.field, term), lambda term=term: words.placed(term)) for term in self.terms(segment)
        ]

    def terms(self, segment: OpenSegment) -> Sequence[int]:
        words = segment.words(self.field)
        return words.with_form(self.text) if self.exact else words.with_stem(self.text)


@dataclass(frozen=True)
class Pattern:
    """Every form of a field that a leaf means."""

    field: str
    leaf: Prefix | Wildcard | Fuzzy

    def found(self, segment: OpenSegment) -> Set:
        return segment.recent(self, lambda: segment.words(self.field).set_of(self._terms(segment)))

    def _terms(self, segment: OpenSegment) -> Sequence[int]:
        words = segment.words(self.field)
        match self.leaf:
            case Prefix():
                return words.beginning(self.leaf.form)
            case Wildcard():
                return words.like(self.leaf.form)
            case Fuzzy():
                return words.near(self.leaf.form, self.leaf.distance)


@dataclass(frozen=True)
class Together:
    """Terms next to each other, in this order. With ``slop``, two terms, the second about ``apart`` after the first."""

    terms_asked: tuple[Term, ...]
    slop: int = 0
    apart: int = 1

    def found(self, segment: OpenSegment) -> Phrased:
        return segment.recent(self, lambda: Phrased(self, segment))


class Phrased:
    """The entries of a segment that have a phrase. An entry is looked into when it is asked for, once."""

    def __init__(self, asked: Together, segment: OpenSegment) -> None:
        self._asked = asked
        self._size = segment.size
        self._candidates = -1
        for term in asked.terms_asked:
            self._candidates &= term.found(segment).bits
        self._placed = [term.placed(segment) for term in asked.terms_asked] if self._candidates else []
        self._found: dict[int, int] = {}
        self._bits = 0
        self._lock = Lock()
        self.weight = 300 + segment.size // 4 + 50 * self._candidates.bit_count()

    def having(self, wanted: int) -> int:
        """Those of a set that have it."""
        with self._lock:
            unknown = wanted & self._candidates
            self._candidates &= ~unknown
            counted = {entry: self._count(entry) for entry in members(unknown)}
            found = {entry: count for entry, count in counted.items() if count}
            self._found |= found
            self._bits |= bits(found, self._size)
            return self._bits & wanted

    def within(self, wanted: int) -> tuple[Sequence[int], Sequence[int]]:
        """Those in a set, which all have it, and how often each does."""
        numbers = members(wanted)
        return numbers, [self._found[number] for number in numbers]

    def _count(self, entry: int) -> int:
        """How often an entry has it."""
        places = [list(chain.from_iterable(each.places(entry) for each in placed)) for placed in self._placed]
        if self._asked.slop:
            return _near(places[0], places[1], self._asked.apart, self._asked.slop)
        starts = set(places[0])
        for number, each in enumerate(places[1:], 1):
            starts.intersection_update([place - number for place in each])
        return len(starts)


def _near(first: Sequence[int], second: list[int], apart: int, slop: int) -> int:
    """How many of the first places have one of the second that is at most ``slop`` from where it should be."""
    second = sorted(second)
    found = 0
    for place in first:
        at = bisect_left(second, place + apart - slop)
        found += at < len(second) and second[at] <= place + apart + slop
    return found
