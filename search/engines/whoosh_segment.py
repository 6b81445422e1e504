"""A segment of an index, open for reading. It never changes, so what was read of it is kept while there is room."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable
from functools import cached_property
from pathlib import Path

from whoosh.codec.base import Segment
from whoosh.columns import VarBytesColumn

from search.engines.whoosh_files import Reader
from search.engines.whoosh_recent import Kept, Recent
from search.engines.whoosh_schema import length_of
from search.engines.whoosh_sets import bits
from search.engines.whoosh_values import Values
from search.engines.whoosh_words import Set, Words
from search.fields import WORDS
from search.query import Dates

#: What is kept of all segments, in bytes.
_RECENT = Recent(96_000_000)
_LAST_DAY, _FIRST_DAY = 99_991_231, 1


class OpenSegment:
    """The entries of a segment, numbered from 0."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._name = (str(folder), segment.segment_id())
        self._words: dict[str, Words] = {}
        self._values: dict[str, Values] = {}
        self._texts: dict[str, Callable[[int], bytes]] = {}
        self._ranks: dict[str, array[int]] = {}
        self.reader = Reader(folder, segment)
        self.size: int = segment.doc_count_all()
        self.earliest = self.reader.numbers("earliest", self.size)
        self.latest = self.reader.numbers("latest", self.size)

    def recent(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was worked out of this segment lately; made, when it is not there."""
        return _RECENT.get((self._name, key), make)

    def words(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(self.reader, name, self.size)
        return self._words[name]

    def values(self, name: str) -> Values:
        if name not in self._values:
            self._values[name] = Values(self.reader, name, self.size)
        return self._values[name]

    @cached_property
    def number_of_words(self) -> int:
        """How many words all entries have in all fields."""
        names = {name for shelf in WORDS.values() for name in shelf}
        return sum(sum(self.reader.numbers(length_of(name), self.size)) for name in names)

    def text(self, name: str, number: int) -> str:
        """What a column of texts has of an entry."""
        if name not in self._texts:
            self._texts[name] = self.reader.column(name, VarBytesColumn()) or (lambda number: b"")
        return self._texts[name](number).decode()

    def ranks(self, order: str) -> array[int]:
        """For each entry its place in an order; of those that have the same text for it, by key."""
        if order not in self._ranks:
            texts = [(self.text(order, number), self.text("key", number)) for number in range(self.size)]
            ranks = self._ranks[order] = array("I", bytes(4 * self.size))
            for rank, number in enumerate(sorted(range(self.size), key=texts.__getitem__)):
                ranks[number] = rank
        return self._ranks[order]

    def dated(self, dates: Dates) -> Set:
        """The entries that may be of these days."""
        last = int(dates.last.strftime("%Y%m%d")) if dates.last else _LAST_DAY
        first = int(dates.first.strftime("%Y%m%d")) if dates.first else _FIRST_DAY
        return Set(
            bits(
                [
                    number
                    for number, (earliest, latest) in enumerate(zip(self.earliest, self.latest, strict=True))
                    if (0 < earliest <= last and latest >= first) or (dates.undated and not latest)
                ],
                self.size,
            )
        )
