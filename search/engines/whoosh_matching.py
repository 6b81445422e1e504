"""Runs a query value on a shelf: which entries match, as sets, and what BM25 says of them.

The score of an entry is worked out only once it is known to match.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from haystack.exceptions import SearchBackendError

from search import fields
from search.engines.whoosh_leaves import Pattern, Term, Together
from search.engines.whoosh_segment import OpenSegment
from search.engines.whoosh_sets import members
from search.engines.whoosh_shelf import Live, Shelf
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

#: BM25: how soon more of a word says no more, and how much the length of an entry counts.
K1, B = 1.2, 0.75

#: Of each entry of a segment, by its number.
Scores = list[float]


class Matching:
    """A query with filters, on one state of a shelf."""

    def __init__(self, state: Shelf, shelf: fields.Shelf, query: Query, filters: Iterable[Query]) -> None:
        self._state = state
        self._is_pieces = shelf is fields.Shelf.PIECES
        self._query = query
        self._filters = list(filters)
        self._idfs: dict[Term, float] = {}

    def matched(self, live: Live) -> int:
        """The set of a segment's entries that match the query and every filter."""
        within = live.entries
        for query in (*self._filters, self._query):
            within = self._having(live.segment, query, within)
        return within

    def scores(self, live: Live, matched: int) -> list[tuple[float, int]]:
        """What each of a set of entries that match scores, with its number."""
        scores = [0.0] * live.segment.size
        self._score(live.segment, self._query, matched, scores)
        return [(scores[number], number) for number in members(matched)]

    # Which entries

    def _having(self, segment: OpenSegment, query: Query, within: int) -> int:
        """Those of a set that match."""
        if not within:
            return 0
        match query:
            case Leaf():
                return self._with_words(segment, query, within)
            case Choice(field, values):
                return within & segment.recent(query, lambda: segment.values(field).one_of(values)).bits
            case Dates():
                return within & segment.recent(query, lambda: segment.dated(query)).bits
            case And(parts):
                for part in sorted(parts, key=_cost):
                    within = self._having(segment, part, within)
                return within
            case Or(parts):
                found = 0
                for part in parts:
                    found |= self._having(segment, part, within & ~found)
                return found
            case Not(part):
                return within & ~self._having(segment, part, within)
            case Everything():
                return within
        raise SearchBackendError(f"Whoosh cannot run {query!r}.")

    def _with_words(self, segment: OpenSegment, leaf: Leaf, within: int) -> int:
        if voice := self._voice(leaf):
            within = self._having(segment, voice, within)
        for part in self._parts(leaf):
            if within:
                found = part.found(segment)
                within = found.having(within) if isinstance(part, Together) else within & found.bits
        return within

    # What they score

    def _score(self, segment: OpenSegment, query: Query, matched: int, scores: Scores) -> None:
        """Adds what entries that match score."""
        match query:
            case Leaf():
                for part in self._parts(query) if matched else ():
                    self._score_part(segment, part, matched, scores)
            case And(parts):
                for part in parts:
                    self._score(segment, part, matched, scores)
            case Or(parts):
                for part in parts:
                    self._score(segment, part, self._having(segment, part, matched), scores)

    def _score_part(self, segment: OpenSegment, part: Term | Together | Pattern, matched: int, scores: Scores) -> None:
        if isinstance(part, Pattern):
            for number in members(matched):
                scores[number] += 1.0
            return
        terms = part.terms_asked
        name = terms[0].field
        lengths, (_, average) = segment.words(name).lengths, self._state.average(name)
        weight = sum(map(self._idf, terms)) * (K1 + 1)
        fixed, by_length = K1 * (1 - B), K1 * B / average
        for number, frequency in zip(*part.found(segment).within(matched), strict=True):
            scores[number] += weight * frequency / (frequency + fixed + by_length * lengths[number])

    def _idf(self, term: Term) -> float:
        if term not in self._idfs:
            self._idfs[term] = self._state.idf(term.field, term.found)
        return self._idfs[term]

    # What a leaf asks for

    def _voice(self, leaf: Leaf) -> Choice | None:
        """In pieces, a voice is a value."""
        field = getattr(leaf, "field", fields.ALL)
        return Choice("voice", (field,)) if self._is_pieces and field in fields.VOICES else None

    def _parts(self, leaf: Leaf) -> Sequence[Term | Together | Pattern]:
        """What an entry must have, all of it."""
        field = fields.ALL if self._voice(leaf) else getattr(leaf, "field", fields.ALL)
        match leaf:
            case Word():
                return (Term(field, leaf.stem, exact=False),)
            case Exact():
                return (Term(field, leaf.form, exact=True),)
            case Phrase():
                return _phrase([Term(field, text, leaf.exact) for text in leaf.terms], leaf.slop)
            case Prefix() | Wildcard() | Fuzzy():
                return (Pattern(field, leaf),)
        raise SearchBackendError(f"Whoosh cannot run {leaf!r}.")


def _phrase(terms: Sequence[Term], slop: int) -> Sequence[Term | Together]:
    """A near phrase is each two of its words near each other."""
    if len(terms) < 2:
        return terms or [Term(fields.ALL, "", exact=True)]
    if not slop:
        return (Together(tuple(terms)),)
    pairs = combinations(enumerate(terms), 2)
    return [Together((first, second), slop, end - start) for (start, first), (end, second) in pairs]


def _cost(query: Query) -> int:
    """What is looked up last when entries must have several things: the places of words."""
    return 2 if isinstance(query, Phrase) else 0 if isinstance(query, Leaf | Choice) else 1
