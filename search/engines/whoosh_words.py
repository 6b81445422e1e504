"""A field of words in one segment: which words there are, which entries have them, and where."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress

from search.distance import Near
from search.engines.whoosh_file import File
from search.engines.whoosh_sets import bits, mask, members

#: Sorts after every text that begins alike.
_LAST = "\U0010ffff"
#: Entries are looked up one by one when there are so many times as many to look through.
_SPARSE = 12


class Set:
    """Entries of a segment as bits."""

    def __init__(self, found: int) -> None:
        self.bits = found
        self.weight = 100 + found.bit_length() // 8


class Postings:
    """The entries of a segment that have one of some terms, in order, and how often each has them."""

    def __init__(self, entries: array[int], frequencies: Sequence[int], size: int) -> None:
        self.entries = entries
        self.frequencies = frequencies
        self.bits = bits(entries, size)
        self._size = size
        self.weight = 300 + 8 * len(entries) + size // 8

    def within(self, wanted: int) -> tuple[Sequence[int], Sequence[int]]:
        """Those in a set, which all have a term, and how often each does."""
        count = wanted.bit_count()
        if count == len(self.entries):
            return self.entries, self.frequencies
        if count * _SPARSE < len(self.entries):
            numbers = members(wanted)
            return numbers, [self.frequencies[bisect_left(self.entries, number)] for number in numbers]
        inside = mask(wanted, self._size)
        chosen = [inside[entry] for entry in self.entries]
        return list(compress(self.entries, chosen)), list(compress(self.frequencies, chosen))


class Placed:
    """A term of a segment with its places."""

    def __init__(self, entries: array[int], frequencies: array[int], places: memoryview) -> None:
        self._entries = entries
        self._starts = array("I", accumulate(frequencies, initial=0))
        self._places = places
        self.weight = 200 + 8 * len(entries)

    def places(self, entry: int) -> Sequence[int]:
        """Where an entry has it."""
        at = bisect_left(self._entries, entry)
        if at == len(self._entries) or self._entries[at] != entry:
            return ()
        return self._places[self._starts[at] : self._starts[at + 1]]


class Words:
    """The terms of a field, in the order of their forms; each is a form together with its stem."""

    def __init__(self, file: File, name: str, size: int) -> None:
        self._size = size
        self.forms = file.texts(f"words.{name}.forms")
        self._stems = file.texts(f"words.{name}.stems")
        self._stem_starts = file.numbers(f"words.{name}.stems.starts")
        self._stem_terms = file.numbers(f"words.{name}.stems.terms")
        self._letters = file.numbers(f"words.{name}.letters")
        self._starts = file.numbers(f"words.{name}.starts")
        self._entries = file.numbers(f"words.{name}.entries")
        self._frequencies = file.numbers(f"words.{name}.frequencies")
        self._place_starts = file.numbers(f"words.{name}.places.starts")
        self._places = file.numbers(f"words.{name}.places")
        lengths = file.numbers(f"words.{name}.lengths")
        #: How many words each entry has.
        self.lengths = array(lengths.format, lengths.tobytes())

    @cached_property
    def total(self) -> int:
        """How many words all entries have."""
        return sum(self.lengths)

    @cached_property
    def having(self) -> int:
        """The set of the entries that have the field."""
        return bits([number for number, length in enumerate(self.lengths) if length], self._size)

    # Which terms

    def with_stem(self, stem: str) -> Sequence[int]:
        at = bisect_left(self._stems, stem)
        if at == len(self._stems) or self._stems[at] != stem:
            return ()
        return self._stem_terms[self._stem_starts[at] : self._stem_starts[at + 1]]

    def with_form(self, form: str) -> range:
        at = end = bisect_left(self.forms, form)
        while end < len(self.forms) and self.forms[end] == form:
            end += 1
        return range(at, end)

    def beginning(self, prefix: str) -> range:
        return range(bisect_left(self.forms, prefix), bisect_left(self.forms, prefix + _LAST))

    def like(self, pattern: str) -> list[int]:
        """Those whose form fits a pattern of ``?`` and ``*``."""
        fits = _wild(pattern)
        beginning = re.split(r"[?*]", pattern)[0]
        return [number for number in self.beginning(beginning) if fits.fullmatch(self.forms[number])]

    def near(self, word: str, most: int) -> list[int]:
        """Those whose form is so many letters away from a word at most."""
        near = Near(word, most)
        wanted = letters(word)
        return [
            number
            for number, found in enumerate(self._letters)
            # A letter that is changed takes one kind of letter away and brings another.
            if (found ^ wanted).bit_count() <= 2 * most and near.distance(self.forms[number]) is not None
        ]

    # Which entries

    def number_with(self, term: int, apart_from: int) -> int:
        """How many entries have a term, apart from those of a set."""
        if not apart_from:
            return self._starts[term + 1] - self._starts[term]
        return (self.set_of((term,)).bits & ~apart_from).bit_count()

    def set_of(self, terms: Iterable[int]) -> Set:
        """The entries that have one of these terms."""
        found: set[int] = set()
        for term in terms:
            found.update(self._entries[self._starts[term] : self._starts[term + 1]])
        return Set(bits(found, self._size))

    def postings(self, terms: Sequence[int]) -> Postings:
        if len(terms) == 1:
            return Postings(*self._listed(terms[0]), self._size)
        sums: dict[int, int] = {}
        for term in terms:
            for entry, frequency in zip(*self._listed(term), strict=True):
                sums[entry] = sums.get(entry, 0) + frequency
        entries = array(self._entries.format, sorted(sums))
        return Postings(entries, array("I", map(sums.__getitem__, entries)), self._size)

    def placed(self, term: int) -> Placed:
        entries, frequencies = self._listed(term)
        return Placed(entries, frequencies, self._places[self._place_starts[term] : self._place_starts[term + 1]])

    def whole(self, term: int) -> tuple[array[int], array[int], memoryview]:
        """All there is of a term: its entries, how often each has it, and the places of all one after the other."""
        return *self._listed(term), self._places[self._place_starts[term] : self._place_starts[term + 1]]

    def terms(self) -> list[tuple[str, str]]:
        """Each form with its stem."""
        stems = [""] * len(self.forms)
        for number, stem in enumerate(self._stems):
            for term in self._stem_terms[self._stem_starts[number] : self._stem_starts[number + 1]]:
                stems[term] = stem
        return list(zip(self.forms, stems, strict=True))

    def _listed(self, term: int) -> tuple[array[int], array[int]]:
        found = slice(self._starts[term], self._starts[term + 1])
        return (
            array(self._entries.format, self._entries[found].tobytes()),
            array(self._frequencies.format, self._frequencies[found].tobytes()),
        )


def letters(word: str) -> int:
    """The kinds of letters that a word has, as bits; some kinds share a bit."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def _wild(pattern: str) -> re.Pattern[str]:
    """What a pattern fits. Each stretch between two stars is met where it is met first, so nothing is tried twice."""
    first, *rest = ("".join("." if each == "?" else re.escape(each) for each in part) for part in pattern.split("*"))
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return re.compile(f"{first}{middle}.*{rest[-1]}" if rest else first, re.DOTALL)
