"""What a query means, in a few lines of Python that are slow and plainly right: engines must agree with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import inf, log

from search import fields
from search.analysis import PARAGRAPH_GAP
from search.fields import Shelf, forms
from search.indexing.entries import Entry
from search.query import (
    And,
    Choice,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)


@dataclass(frozen=True)
class Score:
    """Between what and what a score is. Engines keep lengths in a byte, and differ in what the average is taken of."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.low + other.low, self.high + other.high)

    def __contains__(self, score: float) -> bool:
        return self.low * 0.98 - 0.001 <= score <= self.high * 1.02 + 0.001


class Reference:
    """All entries, and what an engine should find among them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._shelves = {shelf: [] for shelf in Shelf}
        for entry in entries:
            self._shelves[entry.shelf].append(entry)
        self._stocks = {shelf: _Stock(found) for shelf, found in self._shelves.items()}

    def matched(self, shelf: Shelf, query: Query, filters: Sequence[Query]) -> dict[str, tuple[Entry, Score]]:
        """By its key, each entry that matches the query and all filters, with its score."""
        found = {}
        for entry in self._shelves[shelf]:
            score = self._score(entry, query)
            if score is not None and all(self._score(entry, each) is not None for each in filters):
                found[entry.key] = (entry, score)
        return found

    def counts(self, shelf: Shelf, query: Query, filters: Sequence[Query], name: str) -> dict[str, int]:
        matched = self.matched(shelf, query, filters).values()
        return dict(Counter(value for entry, _ in matched for value in set(entry.values.get(name, ()))))

    def words(self, prefix: str) -> list[tuple[str, int]]:
        counts = Counter(
            form
            for found in self._shelves.values()
            for entry in found
            for form in set(_positions(entry, forms(fields.ALL)))
            if form.startswith(prefix)
        )
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _score(self, entry: Entry, query: Query) -> Score | None:
        """None when the entry does not match."""
        match query:
            case Leaf():
                return self._leaf(entry, query)
            case Choice(field, values):
                return None if set(values).isdisjoint(entry.values.get(field, ())) else Score()
            case Dates():
                return Score() if _overlap(entry, query) else None
            case And(parts):
                scores = [self._score(entry, part) for part in parts]
                return None if None in scores else sum(scores, Score())
            case Or(parts):
                scores = [score for part in parts if (score := self._score(entry, part)) is not None]
                return sum(scores, Score()) if scores else None
            case Not(part):
                return Score() if self._score(entry, part) is None else None
            case Everything():
                return Score()
        raise TypeError(query)

    def _leaf(self, entry: Entry, leaf: Leaf) -> Score | None:
        field = leaf.field
        if entry.shelf is Shelf.PIECES and field in fields.VOICES:
            if field not in entry.values.get("voice", ()):
                return None
            field = fields.ALL
        stock = self._stocks[entry.shelf]
        match leaf:
            case Word():
                return stock.score(entry, field, (leaf.stem,))
            case Exact():
                return stock.score(entry, forms(field), (leaf.form,))
            case Phrase(slop=0):
                return stock.score(entry, forms(field) if leaf.exact else field, leaf.terms)
            case Phrase():
                return stock.near(entry, forms(field) if leaf.exact else field, leaf.terms, leaf.slop)
        is_meant = _meant(leaf)
        return Score(1.0, 1.0) if any(map(is_meant, _positions(entry, forms(field)))) else None


class _Stock:
    """The entries of a shelf, for the numbers that BM25 needs of them all."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._kept: dict[tuple[str, str], int] = {}
        self._lengths: dict[str, list[int]] = {}

    def score(self, entry: Entry, field: str, terms: Sequence[str]) -> Score | None:
        """Of a word, or of words next to each other."""
        places = _positions(entry, field)
        starts = set(places.get(terms[0], ()))
        for number, term in enumerate(terms):
            starts &= {place - number for place in places.get(term, ())}
        return self._bm25(entry, field, terms, (len(starts), len(starts))) if starts else None

    def near(self, entry: Entry, field: str, terms: Sequence[str], slop: int) -> Score | None:
        """Of words near each other, the sum over each two of them; how much nearness weighs is left to the engine."""
        places = _positions(entry, field)
        total = Score()
        for (first, one), (second, other) in combinations(enumerate(terms), 2):
            apart = (abs(q - p - (second - first)) for p in places.get(one, ()) for q in places.get(other, ()))
            if not any(distance <= slop for distance in apart):
                return None
            total += self._bm25(entry, field, (one, other), (1 / (1 + slop), inf))
        return total

    def _bm25(self, entry: Entry, field: str, terms: Sequence[str], frequencies: tuple[float, float]) -> Score:
        lengths = self._lengths.get(field) or self._lengths.setdefault(
            field, [_length(each, field) for each in self._entries]
        )
        length = _length(entry, field)
        found = []
        # The average of all entries of the shelf, or of those that have the field.
        for having in (lengths, [each for each in lengths if each]):
            idf = sum(log(1 + (len(having) - n + 0.5) / (n + 0.5)) for n in (self._having(field, t) for t in terms))
            for kept in (length, _in_a_byte(length)):
                norm = 1.2 * (0.25 + 0.75 * kept * len(having) / sum(having))
                found += [idf * 2.2 * (1 / (1 + norm / frequency)) for frequency in frequencies]
        return Score(min(found), max(found))

    def _having(self, field: str, term: str) -> int:
        if (field, term) not in self._kept:
            self._kept[field, term] = sum(term in _positions(entry, field) for entry in self._entries)
        return self._kept[field, term]


def _length(entry: Entry, field: str) -> int:
    return sum(map(len, _positions(entry, field).values()))


def _in_a_byte(length: int) -> int:
    """A length as it comes back from the byte that Lucene and tantivy keep it in: with four binary digits."""
    above = length - 24
    digits = max(0, above.bit_length() - 4) if above > 0 else 0
    return 24 + (above >> digits << digits) if above > 0 else length


_PLACES: dict[tuple[int, str], tuple[Entry, Mapping[str, list[int]]]] = {}


def _positions(entry: Entry, field: str) -> Mapping[str, list[int]]:
    """Where each term of a field stands."""
    if (id(entry), field) not in _PLACES:
        _PLACES[id(entry), field] = (entry, _places(entry, field))
    return _PLACES[id(entry), field][1]


def _places(entry: Entry, field: str) -> dict[str, list[int]]:
    analyzed = entry.words.get(field.removesuffix("_forms"))
    found: dict[str, list[int]] = {}
    place = 0
    for stretch in (analyzed.forms if field.endswith("_forms") else analyzed.stems) if analyzed else ():
        for term in stretch:
            found.setdefault(term, []).append(place)
            place += 1
        place += PARAGRAPH_GAP
    return found


def _overlap(entry: Entry, dates: Dates) -> bool:
    if not entry.earliest:
        return dates.undated
    first, last = (int(day.strftime("%Y%m%d")) if day else None for day in (dates.first, dates.last))
    return (last is None or entry.earliest <= last) and (first is None or entry.latest >= first)


def _meant(leaf: Leaf) -> Callable[[str], bool]:
    match leaf:
        case Prefix():
            return lambda form: form.startswith(leaf.form)
        case Wildcard():
            pattern = re.compile("".join(_wild(each) for each in leaf.form))
            return lambda form: bool(pattern.fullmatch(form))
        case Fuzzy():
            return lambda form: distance(form, leaf.form) <= leaf.distance
    raise TypeError(leaf)


def _wild(character: str) -> str:
    return {"?": ".", "*": ".*"}.get(character) or re.escape(character)


@cache
def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, change, or let change places with the next."""
    if not one or not other:
        return len(one) + len(other)
    found = min(
        distance(one[1:], other) + 1, distance(one, other[1:]) + 1, distance(one[1:], other[1:]) + (one[0] != other[0])
    )
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        found = min(found, distance(one[2:], other[2:]) + 1)
    return found
