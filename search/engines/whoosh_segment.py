"""A segment of an index, open for reading. It never changes, so what was read of it is kept while there is room."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress
from pathlib import Path
from typing import NamedTuple

from whoosh.codec.base import Segment

from search.engines.whoosh_file import SEPARATOR, File
from search.engines.whoosh_recent import Kept, Recent
from search.engines.whoosh_sets import bits, mask, members
from search.engines.whoosh_words import Set, Words
from search.query import Dates

#: What is kept of all segments, in bytes.
_RECENT = Recent(96_000_000)
#: A field of so few values is counted by looking at the set of each.
_FEW_VALUES = 64
#: The values of entries are looked up one by one when at most one of so many entries is to be counted.
_SPARSE = 6
_LAST_DAY, _FIRST_DAY = 99_991_231, 1


class StoredSegment(Segment):
    """What Whoosh's table of contents has of a segment: its name, how much it holds, and what was taken out of it."""

    def __init__(self, index: str, size: int, words: int, deleted: int) -> None:
        super().__init__(index)
        self.size = size
        self.deleted = deleted
        self._words = words

    @property
    def live(self) -> int:
        """The set of entries that it still has."""
        return ((1 << self.size) - 1) & ~self.deleted

    @property
    def words(self) -> int:
        """About how many words the entries have that it still has."""
        return self._words * self.live.bit_count() // self.size + 1

    @property
    def file_name(self) -> str:
        return str(self.make_filename(".entries"))


class Record(NamedTuple):
    """What is told of an entry when it is found."""

    key: str
    document: str
    unit: str
    stamp: str
    place: str
    oldest: str
    newest: str


class OpenSegment:
    """The entries of a segment, numbered from 0."""

    def __init__(self, path: Path) -> None:
        self._name = str(path)
        self._file = File(path)
        self._words: dict[str, Words] = {}
        self._values: dict[str, Values] = {}
        self._record_starts = self._file.numbers("records.starts")
        self._records = self._file.numbers("records")
        self.earliest = self._file.numbers("earliest")
        self.latest = self._file.numbers("latest")
        self.size = len(self.earliest)

    def recent(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was worked out of this segment lately; made, when it is not there."""
        return _RECENT.get((self._name, key), make)

    def words(self, name: str) -> Words:
        if name not in self._words:
            self._words[name] = Words(self._file, name, self.size)
        return self._words[name]

    def values(self, name: str) -> Values:
        if name not in self._values:
            self._values[name] = Values(self._file, name, self.size)
        return self._values[name]

    @property
    def fields_of_words(self) -> list[str]:
        return self._named("words.")

    @property
    def fields_of_values(self) -> list[str]:
        return self._named("values.")

    def _named(self, kind: str) -> list[str]:
        return sorted({name.split(".")[1] for name in self._file.names if name.startswith(kind)})

    def record(self, number: int) -> Record:
        found = self._records[self._record_starts[number] : self._record_starts[number + 1]]
        return Record(*bytes(found).decode().split(SEPARATOR))

    def records(self, wanted: int) -> Iterator[Record]:
        return map(self.record, members(wanted))

    def ranks(self, order: str) -> memoryview:
        """For each entry its place in an order."""
        return self._file.numbers(f"order.{order}")

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


class Values:
    """A field of values in one segment: by value its entries, and by entry its values, as numbers of the values."""

    def __init__(self, file: File, name: str, size: int) -> None:
        self._size = size
        self.values = file.texts(f"values.{name}.values")
        self._starts = file.numbers(f"values.{name}.starts")
        self._entries = file.numbers(f"values.{name}.entries")
        self._of_starts = file.numbers(f"values.{name}.of.starts")
        self._of = file.numbers(f"values.{name}.of")

    def having(self, value: int) -> memoryview:
        """The entries with a value."""
        return self._entries[self._starts[value] : self._starts[value + 1]]

    def one_of(self, values: Sequence[str]) -> Set:
        """The entries with one of these values."""
        found = []
        for value in values:
            at = bisect_left(self.values, value)
            if at < len(self.values) and self.values[at] == value:
                found.append(self.having(at))
        return Set(bits(list(chain.from_iterable(found)), self._size))

    def counts(self, wanted: int) -> dict[str, int]:
        """How many entries of a set have each value."""
        if not self.values or not wanted:
            return {}
        if wanted.bit_count() * _SPARSE < self._size:
            of, starts = self._of, self._of_starts
            found = Counter(chain.from_iterable(of[starts[each] : starts[each + 1]] for each in members(wanted)))
        elif len(self.values) <= _FEW_VALUES:
            found = Counter({at: (each & wanted).bit_count() for at, each in enumerate(self._sets)})
        else:
            inside = mask(wanted, self._size)
            found = Counter(compress(self._of, map(inside.__getitem__, self._entries_of)))
        return {self.values[at]: count for at, count in found.items() if count}

    @cached_property
    def _sets(self) -> list[int]:
        return [bits(self.having(at), self._size) for at in range(len(self.values))]

    @cached_property
    def _entries_of(self) -> list[int]:
        """The entry of each number in the list of values by entry."""
        starts = self._of_starts
        return [entry for entry in range(self._size) for _ in range(starts[entry], starts[entry + 1])]
