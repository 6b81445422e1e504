"""A field of values in one segment: by value its entries, and by entry its values."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain, compress

from search.engines.whoosh_files import Reader
from search.engines.whoosh_sets import bits, mask, members
from search.engines.whoosh_words import Set

#: A field of so few values is counted by looking at the set of each.
_FEW_VALUES = 64
#: The values of entries are looked up one by one when at most one of so many entries is to be counted.
_SPARSE = 6


class Values:
    """The values of a field in order; they are known by their numbers."""

    def __init__(self, reader: Reader, name: str, size: int) -> None:
        self._size = size
        self._reader = reader
        found = reader.terms(name)
        self._values, self._starts = found.texts, found.starts

    def having(self, value: str) -> Sequence[int]:
        """The entries with a value."""
        at = bisect_left(self._values, value)
        if at < len(self._values) and self._values[at] == value:
            return self._reader.entries(self._starts[at])
        return ()

    def one_of(self, values: Sequence[str]) -> Set:
        """The entries with one of these values."""
        return Set(bits(list(chain.from_iterable(map(self.having, values))), self._size))

    def counts(self, wanted: int) -> dict[str, int]:
        """How many entries of a set have each value."""
        if not self._values or not wanted:
            return {}
        if wanted.bit_count() * _SPARSE < self._size:
            of, starts = self._by_entry
            found = Counter(chain.from_iterable(of[starts[each] : starts[each + 1]] for each in members(wanted)))
        elif len(self._values) <= _FEW_VALUES:
            found = Counter({at: (each & wanted).bit_count() for at, each in enumerate(self._sets)})
        else:
            inside = mask(wanted, self._size)
            entries, values = self._pairs
            found = Counter(compress(values, map(inside.__getitem__, entries)))
        return {self._values[at]: count for at, count in found.items() if count}

    @cached_property
    def _sets(self) -> list[int]:
        return [bits(self._reader.entries(start), self._size) for start in self._starts]

    @cached_property
    def _pairs(self) -> tuple[array[int], array[int]]:
        """Entries, and beside each of them a value that it has."""
        entries, values = array("I"), array("I")
        for value, start in enumerate(self._starts):
            found = self._reader.entries(start)
            entries.extend(found)
            values.extend([value] * len(found))
        return entries, values

    @cached_property
    def _by_entry(self) -> tuple[array[int], array[int]]:
        """The values of the entries, one entry after the other, and where those of each begin."""
        of: list[list[int]] = [[] for _ in range(self._size)]
        for entry, value in zip(*self._pairs, strict=True):
            of[entry].append(value)
        return array("I", chain.from_iterable(of)), array("I", accumulate(map(len, of), initial=0))
