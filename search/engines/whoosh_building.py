"""Makes a segment: turns entries, one after the other, into lists of where each word and each value is.

A word is kept once, as its form and its stem together, with its places; what has a stem is what has one of its forms.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from search.analysis import PARAGRAPH_GAP, Analyzed
from search.engines import whoosh_file
from search.engines.whoosh_file import SEPARATOR, joined, narrow
from search.engines.whoosh_segment import OpenSegment, Record
from search.engines.whoosh_sets import members
from search.engines.whoosh_words import letters
from search.entries import Entry
from search.fields import ORDERS

#: A form and its stem.
Term = tuple[str, str]
_Array: TypeAlias = "array[int]"
Lists: TypeAlias = "dict[str, _Array | bytes]"


class Builder:
    """A segment that is being made; its entries are numbered from 0.

    ``words`` is how many words it has so far, ``removed`` which of its entries were taken out again.
    """

    def __init__(self) -> None:
        self.words = 0
        self.removed: set[int] = set()
        self._fields: defaultdict[str, _Field] = defaultdict(_Field)
        self._values: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(lambda: defaultdict(_numbers))
        self._records: list[Record] = []
        self._earliest, self._latest = _numbers(), _numbers()

    @property
    def size(self) -> int:
        return len(self._records)

    def remove(self, unit: str) -> None:
        """Takes out the entries of a unit again."""
        self.removed.update(self._values["unit"].get(unit, ()))

    def add(self, entry: Entry) -> None:
        number = self.size
        for name, terms in entry.words.items():
            self.words += self._fields[name].add(number, terms)
        for name, values in entry.values.items():
            for value in dict.fromkeys(values):
                self._values[name][value].append(number)
        document = next(iter(entry.values.get("document", ())), "")
        self._records.append(
            Record(entry.key, document, entry.unit, entry.stamp, entry.place, entry.oldest, entry.newest)
        )
        self._earliest.append(entry.earliest)
        self._latest.append(entry.latest)

    def take(self, segment: OpenSegment, live: int) -> None:
        """Adds those entries of another segment that are in a set."""
        kept = members(live)
        renumbered = dict(zip(kept, range(self.size, self.size + len(kept)), strict=True))
        for name in segment.fields_of_words:
            self.words += self._fields[name].take(segment, name, renumbered)
        for name in segment.fields_of_values:
            values = segment.values(name)
            for position, value in enumerate(values.values):
                numbers = [renumbered[each] for each in values.having(position) if each in renumbered]
                if numbers:
                    self._values[name][value].extend(numbers)
        self._records += map(segment.record, kept)
        self._earliest.extend(segment.earliest[each] for each in kept)
        self._latest.extend(segment.latest[each] for each in kept)

    def write(self, path: Path) -> None:
        lists: Lists = {"earliest": self._earliest, "latest": self._latest}
        for name, field in self._fields.items():
            lists |= field.lists(f"words.{name}", self.size)
        for name, values in self._values.items():
            lists |= _lists_of_values(f"values.{name}", values, self.size)
        records = [SEPARATOR.join(record).encode() for record in self._records]
        lists["records"] = b"".join(records)
        lists["records.starts"] = _starts(map(len, records))
        for name in ORDERS.values():
            lists[f"order.{name}"] = _ranks([(getattr(record, name), record.key) for record in self._records])
        whoosh_file.write(path, lists)


class _Postings:
    """The entries that have a term, how often each has it, and the places of all of them, one after the other."""

    __slots__ = ("entries", "frequencies", "places")

    def __init__(self) -> None:
        self.entries, self.frequencies, self.places = _numbers(), _numbers(), _numbers()


class _Terms(dict[Term, _Postings]):
    def __missing__(self, term: Term) -> _Postings:
        found = self[term] = _Postings()
        return found


class _Field:
    """A field of words."""

    def __init__(self) -> None:
        self._terms = _Terms()
        self._lengths = _numbers()

    def add(self, number: int, analyzed: Analyzed) -> int:
        """Adds an entry, and returns how many words it has."""
        found: defaultdict[Term, list[int]] = defaultdict(list)
        length = place = 0
        for forms, stems in zip(analyzed.forms, analyzed.stems, strict=True):
            for at, term in enumerate(zip(forms, stems, strict=True), place):
                found[term].append(at)
            length += len(forms)
            place += len(forms) + PARAGRAPH_GAP
        terms = self._terms
        for term, places in found.items():
            postings = terms[term]
            postings.entries.append(number)
            postings.frequencies.append(len(places))
            postings.places.extend(places)
        self._lengthen(number, length)
        return length

    def take(self, segment: OpenSegment, name: str, renumbered: dict[int, int]) -> int:
        words = segment.words(name)
        take = self._take_whole if len(renumbered) == segment.size else self._take_some
        for position, term in enumerate(words.terms()):
            take(term, *words.whole(position), renumbered)
        lengths = words.lengths
        for old, new in renumbered.items():
            if old < len(lengths) and lengths[old]:
                self._lengthen(new, lengths[old])
        return sum(lengths[old] for old in renumbered if old < len(lengths))

    def _take_whole(
        self, term: Term, entries: _Array, frequencies: _Array, places: memoryview, renumbered: dict[int, int]
    ) -> None:
        postings = self._terms[term]
        postings.entries.extend(map(renumbered.__getitem__, entries))
        postings.frequencies.extend(frequencies.tolist())
        postings.places.extend(places.tolist())

    def _take_some(
        self, term: Term, entries: _Array, frequencies: _Array, places: memoryview, renumbered: dict[int, int]
    ) -> None:
        at = 0
        for entry, frequency in zip(entries, frequencies, strict=True):
            if (number := renumbered.get(entry)) is not None:
                postings = self._terms[term]
                postings.entries.append(number)
                postings.frequencies.append(frequency)
                postings.places.extend(places[at : at + frequency])
            at += frequency

    def lists(self, name: str, size: int) -> Lists:
        terms = sorted(self._terms)
        stems = sorted({stem for _, stem in terms})
        by_stem: dict[str, list[int]] = {stem: [] for stem in stems}
        for position, (_, stem) in enumerate(terms):
            by_stem[stem].append(position)
        found = [self._terms[term] for term in terms]
        self._lengthen(size, 0)
        return {
            f"{name}.forms": joined(form for form, _ in terms),
            f"{name}.letters": _numbers(letters(form) for form, _ in terms),
            f"{name}.stems": joined(stems),
            f"{name}.stems.starts": _starts(len(each) for each in by_stem.values()),
            f"{name}.stems.terms": narrow(_flat(by_stem.values())),
            f"{name}.starts": _starts(len(postings.entries) for postings in found),
            f"{name}.entries": narrow(_flat(postings.entries for postings in found)),
            f"{name}.frequencies": narrow(_flat(postings.frequencies for postings in found)),
            f"{name}.places.starts": _starts(len(postings.places) for postings in found),
            f"{name}.places": narrow(_flat(postings.places for postings in found)),
            f"{name}.lengths": narrow(self._lengths[:size]),
        }

    def _lengthen(self, number: int, length: int) -> None:
        """Notes the length of an entry; entries without the field, before it, have none."""
        self._lengths.extend([0] * (number - len(self._lengths)))
        self._lengths.append(length)


def _lists_of_values(name: str, found: dict[str, array[int]], size: int) -> Lists:
    """The entries by value, and the values by entry."""
    values = sorted(found)
    by_entry: list[list[int]] = [[] for _ in range(size)]
    for position, value in enumerate(values):
        for entry in found[value]:
            by_entry[entry].append(position)
    return {
        f"{name}.values": joined(values),
        f"{name}.starts": _starts(len(found[value]) for value in values),
        f"{name}.entries": narrow(_flat(found[value] for value in values)),
        f"{name}.of.starts": _starts(map(len, by_entry)),
        f"{name}.of": narrow(_flat(by_entry)),
    }


def _ranks(texts: Sequence[tuple[str, str]]) -> array[int]:
    """For each text its place among all of them in order."""
    ranks = _numbers([0] * len(texts))
    for rank, number in enumerate(sorted(range(len(texts)), key=texts.__getitem__)):
        ranks[number] = rank
    return narrow(ranks)


def _flat(parts: Iterable[Iterable[int]]) -> array[int]:
    whole = _numbers()
    for part in parts:
        whole.extend(part)
    return whole


def _starts(lengths: Iterable[int]) -> array[int]:
    """Where each part of a flat list begins, and at the end where the last one ends."""
    return narrow(_numbers(accumulate(lengths, initial=0)))


def _numbers(numbers: Iterable[int] = ()) -> array[int]:
    return array("I", numbers)
