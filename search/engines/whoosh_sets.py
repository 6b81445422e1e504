"""Sets of results as the bits of one number, so that filters and exact counts cost next to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from search.query import Choice


class Shelf:
    """One state of the index, open for reading, with what is worked out once for it."""

    def __init__(self, searcher: Searcher, state: tuple[int, ...]) -> None:
        self.searcher = searcher
        self.state = state
        self.size = searcher.doc_count_all()
        self._values: dict[str, dict[str, int]] = {}
        self._columns: dict[str, list[str]] = {}

    @cached_property
    def reader(self) -> IndexReader:
        return self.searcher.reader()

    def values(self, field: str) -> dict[str, int]:
        """For each value of a field, the set of results that have it."""
        if field not in self._values:
            found = {}
            if field in self.reader.schema:
                for term in self.reader.lexicon(field):
                    ids = self.reader.postings(field, term).all_ids()
                    found[term.decode()] = bits(ids, self.size)
            self._values[field] = found
        return self._values[field]

    def column(self, field: str) -> Sequence[str]:
        """The value that each result has in a field kept for sorting."""
        if field not in self._columns:
            column = self.reader.column_reader(field) if self.size else []
            self._columns[field] = [_text(value) for value in column]
        return self._columns[field]

    def chosen(self, choice: Choice) -> int:
        """The set of results that a filter lets through."""
        union = 0
        for value in choice.values:
            union |= self.values(choice.field).get(value, 0)
        return union

    def counts(self, field: str, matched: int, choices: Iterable[Choice]) -> list[tuple[str, int]]:
        """How many of the matched results have each value, under every filter but those on the field itself."""
        for choice in choices:
            if choice.field != field:
                matched &= self.chosen(choice)
        found = [(value, (members & matched).bit_count()) for value, members in self.values(field).items()]
        return sorted((pair for pair in found if pair[1]), key=lambda pair: (-pair[1], pair[0]))


def bits(ids: Iterable[int], size: int) -> int:
    """The set of these numbers below ``size``."""
    marks = bytearray(size // 8 + 1)
    for number in ids:
        marks[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(marks, "little")


def members(whole: int, size: int) -> bytes:
    """The set as bytes, for asking about single numbers: ``found[n >> 3] >> (n & 7) & 1``."""
    return whole.to_bytes(size // 8 + 1, "little")


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
