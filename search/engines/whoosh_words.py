"""A field of words in one segment: which words there are, which entries have them, and where."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress

from search.engines.whoosh_files import Reader
from search.engines.whoosh_schema import (
    Places,
    beginning_of_stem,
    form_of,
    length_of,
    stem_of,
    terms_of_form,
)
from search.engines.whoosh_sets import bits, mask, members
from search.language.distance import Near

#: Sorts after every text that begins alike.
_LAST = "\U0010ffff"
#: Entries are looked up one by one when there are so many times as many to look through.
_SPARSE = 12
_places = Places()


class Set:
    """Entries of a segment as bits."""

    def __init__(self, found: int) -> None:
        self.bits = found
        self.weight = 100 + found.bit_length() // 8


class Postings:
    """The entries of a segment that have one of some terms, in order, and how often each has them."""

    def __init__(self, entries: array[int], frequencies: Sequence[float], size: int) -> None:
        self.entries = entries
        self.frequencies = frequencies
        self.bits = bits(entries, size)
        self._size = size
        self.weight = 300 + 8 * len(entries) + size // 8

    def within(self, wanted: int) -> tuple[Sequence[int], Sequence[float]]:
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

    def __init__(self, entries: array[int], places: list[bytes]) -> None:
        self._entries = entries
        self._places = places
        self.weight = 200 + 50 * len(entries) + sum(map(len, places))

    def places(self, entry: int) -> Sequence[int]:
        """Where an entry has it."""
        at = bisect_left(self._entries, entry)
        if at == len(self._entries) or self._entries[at] != entry:
            return ()
        return _places.decode_positions(self._places[at])


class Words:
    """The terms of a field, in the order of their texts."""

    def __init__(self, reader: Reader, name: str, size: int) -> None:
        self._size = size
        self._reader = reader
        found = reader.terms(name)
        self._texts, self._numbers_with, self._starts = found.texts, found.numbers_with, found.starts
        #: How many words each entry has.
        self.lengths = reader.numbers(length_of(name), size)

    @cached_property
    def total(self) -> int:
        """How many words all entries have."""
        return sum(self.lengths)

    @cached_property
    def having(self) -> int:
        """The set of the entries that have the field."""
        return bits([number for number, length in enumerate(self.lengths) if length], self._size)

    # Which terms

    def with_stem(self, stem: str) -> list[int]:
        return [term for term in self.beginning(beginning_of_stem(stem)) if stem_of(self._texts[term]) == stem]

    def with_form(self, form: str) -> list[int]:
        places = ((bisect_left(self._texts, text), text) for text in terms_of_form(form))
        return [at for at, text in places if at < len(self._texts) and self._texts[at] == text]

    def beginning(self, prefix: str) -> range:
        return range(bisect_left(self._texts, prefix), bisect_left(self._texts, prefix + _LAST))

    def like(self, pattern: str) -> list[int]:
        """Those whose form fits a pattern of ``?`` and ``*``."""
        fits = _wild(pattern)
        beginning = re.split(r"[?*]", pattern)[0]
        return [number for number in self.beginning(beginning) if fits.fullmatch(form_of(self._texts[number]))]

    def near(self, word: str, most: int) -> list[int]:
        """Those whose form is so many letters away from a word at most."""
        near = Near(word, most)
        wanted = _letters(word)
        return [
            number
            for number, found in enumerate(self._letters)
            # A letter that is changed takes one kind of letter away and brings another.
            if (found ^ wanted).bit_count() <= 2 * most and near.distance(form_of(self._texts[number])) is not None
        ]

    @cached_property
    def _letters(self) -> array[int]:
        return array("I", (_letters(form_of(text)) for text in self._texts))

    # Which entries

    def counts(self, prefix: str, apart_from: int) -> Iterator[tuple[str, int]]:
        """The forms that begin like this, and how many entries have each, apart from those of a set."""
        forms: defaultdict[str, list[int]] = defaultdict(list)
        for term in self.beginning(prefix):
            forms[form_of(self._texts[term])].append(term)
        for form, terms in forms.items():
            if len(terms) == 1 and not apart_from:
                yield form, self._numbers_with[terms[0]]
            else:
                yield form, (self.set_of(terms).bits & ~apart_from).bit_count()

    def set_of(self, terms: Iterable[int]) -> Set:
        """The entries that have one of these terms."""
        found: set[int] = set()
        for term in terms:
            found.update(self._reader.entries(self._starts[term]))
        return Set(bits(found, self._size))

    def postings(self, terms: Sequence[int]) -> Postings:
        found = [self._reader.postings(self._starts[term]) for term in terms]
        if len(found) == 1:
            return Postings(found[0].entries, found[0].frequencies, self._size)
        sums: dict[int, float] = {}
        for each in found:
            for entry, frequency in zip(each.entries, each.frequencies, strict=True):
                sums[entry] = sums.get(entry, 0.0) + frequency
        entries = array("I", sorted(sums))
        return Postings(entries, array("f", map(sums.__getitem__, entries)), self._size)

    def placed(self, term: int) -> Placed:
        found = self._reader.postings(self._starts[term], places=True)
        return Placed(found.entries, found.places)


def _letters(word: str) -> int:
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
