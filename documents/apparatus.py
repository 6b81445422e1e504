"""The differences of two witnesses as a list, like the critical apparatus of a printed edition.

An entry has a lemma, which is the reading of the base, a bracket, and the reading of the witness with its siglum:
"organization] organisation FRUS". What is omitted has no reading; the lemma of what is added is the word before it, and
punctuation is given with the word that it follows. A lemma that stands several times in its passage has the number of
the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from documents.collation_page import CollationPage
from documents.collation_rows import TITLES, Pair, Words, label
from editions.collation.table import ACCIDENTALS, TRANSPOSITION, Corrected, Section, Segment

#: A longer reading is given by its first and its last words.
LONG = 14
ENDS = 5
WORD = r"\w[\w'’-]*"
#: The word before a place, with what stands between; and the word after it.
BEFORE = re.compile(rf"{WORD}\W*\Z")
AFTER = re.compile(rf"\W*{WORD}")


class Verb(StrEnum):
    """What a witness does, where it has no other reading; the abbreviations are those of printed editions."""

    NONE = ""
    OMITS = "om."
    ADDS = "add."
    TRANSPOSES = "transp."


@dataclass(frozen=True)
class Entry:
    """One difference. ``base`` and ``witness`` are the readings in full, empty where there is none.

    ``occurrence`` tells which of several equal words of the passage the lemma is, or is 0. ``corrections`` are those
    of a slip that the base has here.
    """

    number: int
    sort: str
    pair: Pair
    base: str
    witness: str
    lemma: str
    verb: Verb
    reading: str
    occurrence: int = 0
    corrections: tuple[Corrected, ...] = ()

    @property
    def label(self) -> str:
        """What it is a matter of, where that is only how words are written."""
        return label(self.sort) if self.sort in ACCIDENTALS else ""


@dataclass(frozen=True)
class Placed:
    """The entries of one place in the base: "passage 3", or "after passage 3" for what only the witness has there."""

    name: str
    address: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listed:
    """The entries of one section, place by place."""

    section: Section
    places: tuple[Placed, ...]

    @property
    def title(self) -> str:
        return TITLES[self.section]


def apparatus(page: CollationPage) -> list[Listed]:
    """The differences that a page shows; sections without any are left out."""
    found = [Listed(section, tuple(_placed(pairs))) for section, pairs in page.pairs.items()]
    return [each for each in found if each.places]


def _placed(pairs: Iterable[Pair]) -> Iterator[Placed]:
    for (name, address), found in groupby(_all(pairs), key=lambda each: each[0]):
        yield Placed(name, address, tuple(entry for _, entry in found))


def _all(pairs: Iterable[Pair]) -> Iterator[tuple[tuple[str, str], Entry]]:
    """Yields every entry with the name and address of its place."""
    before: Words | None = None
    for pair in pairs:
        place = (pair.base.name, pair.base.address) if pair.base else _after(before)
        yield from ((place, entry) for entry in entries(pair))
        before = pair.base or before


def _after(words: Words | None) -> tuple[str, str]:
    return (f"after {words.name}", words.address) if words else ("at the beginning", "")


def entries(pair: Pair) -> Iterator[Entry]:
    """Yields what is shown of one row, a transposition first."""
    row = pair.row
    if row.number in pair.numbers:
        place = f"as {pair.witness.name}" if pair.witness else ""
        texts = row.base_text, row.witness_text
        yield Entry(row.number, TRANSPOSITION, pair, *texts, shortened(row.base_text), Verb.TRANSPOSES, place)
    text = "".join(segment.base for segment in row.segments)
    start = 0
    for segment in row.segments:
        if segment.number in pair.numbers:
            yield _entry(segment, pair, text, start)
        start += len(segment.base)


def _entry(segment: Segment, pair: Pair, text: str, start: int) -> Entry:
    """``text`` is that of the base, in which the segment begins at ``start``."""
    base, witness = segment.base.strip(), segment.witness.strip()
    lemma, at, verb, reading = base, start + len(segment.base) - len(segment.base.lstrip()), Verb.NONE, witness
    before, after = BEFORE.search(text[:start]), AFTER.match(text[start + len(segment.base) :])
    if not re.search(r"\w", base + witness) and (before or after):
        if before and not (segment.base or segment.witness)[0].isspace():
            lemma, at, reading = before[0] + base, before.start(), before[0] + witness
        elif after:
            lemma, reading = base + after[0], witness + after[0]
    elif not base:
        lemma, at, verb = (before[0].strip(), before.start(), Verb.ADDS) if before else ("", 0, Verb.ADDS)
    elif not witness:
        verb = Verb.OMITS
    lemma, reading = " ".join(lemma.split()), shortened(reading)
    corrections = tuple(one for one in segment.corrections if one.in_base)
    sort, occurrence = segment.sort.value, _occurrence(lemma, at, text)
    return Entry(segment.number, sort, pair, base, witness, shortened(lemma), verb, reading, occurrence, corrections)


def _occurrence(lemma: str, start: int, text: str) -> int:
    if not lemma:
        return 0
    begins = r"(?<!\w)" if lemma[0].isalnum() else ""
    ends = r"(?!\w)" if lemma[-1].isalnum() else ""
    places = [found.start() for found in re.finditer(begins + re.escape(lemma) + ends, text)]
    return sum(place <= start for place in places) if len(places) > 1 else 0


def shortened(words: str) -> str:
    """A reading as an apparatus gives it: in full, or its first and last words."""
    parts = words.split()
    if len(parts) <= LONG:
        return " ".join(parts)
    return f"{' '.join(parts[:ENDS])} … {' '.join(parts[-ENDS:])}"
