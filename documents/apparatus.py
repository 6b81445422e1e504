"""The differences of two witnesses as a list, like the critical apparatus of a printed edition.

An entry has a lemma, which is the reading of the base, a bracket, and the reading of the witness with its siglum:
"organization ] organisation FRUS". What is omitted has no reading, what is added stands after the word before it. A
lemma that stands several times in its passage has the number of the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from documents.collation_page import CollationPage
from documents.collation_rows import Pair, Words, label
from editions.collation.table import ACCIDENTALS, TRANSPOSITION, Section, Segment

#: A longer reading is given by its first and its last words.
LONG = 14
ENDS = 5
LAST_WORD = re.compile(r"\w[\w'’-]*\W*\Z")


@dataclass(frozen=True)
class Entry:
    """One difference. ``base`` and ``witness`` are the readings in full, empty where there is none.

    ``occurrence`` tells which of several equal words of the passage the lemma is, or is 0.
    """

    number: int
    sort: str
    pair: Pair
    base: str
    witness: str
    lemma: str
    occurrence: int = 0

    @property
    def is_accidental(self) -> bool:
        return self.sort in ACCIDENTALS

    @property
    def label(self) -> str:
        return label(self.sort)

    @property
    def reading(self) -> str:
        """The reading of the witness, shortened; of a paragraph that moved, where it stands."""
        if self.sort == TRANSPOSITION:
            return self.pair.witness.name if self.pair.witness else ""
        return shortened(self.witness)


@dataclass(frozen=True)
class Placed:
    """The entries of one place in the base: "passage 3", or "after passage 3" for what only the witness has there."""

    name: str
    address: str
    entries: tuple[Entry, ...]


def placed(page: CollationPage, section: Section) -> Iterator[Placed]:
    """Yields the entries of a section, place by place; only the differences that the page shows."""
    for (name, address), found in groupby(_all(page, section), key=lambda each: each[0]):
        yield Placed(name, address, tuple(entry for _, entry in found))


def _all(page: CollationPage, section: Section) -> Iterator[tuple[tuple[str, str], Entry]]:
    """Yields every entry with the name and address of its place."""
    before: Words | None = None
    for row in page.table.section(section):
        pair = page.pair(row)
        place = (pair.base.name, pair.base.address) if pair.base else _after(before)
        yield from ((place, entry) for entry in entries(pair))
        before = pair.base or before


def _after(words: Words | None) -> tuple[str, str]:
    return (f"after {words.name}", words.address) if words else ("at the beginning", "")


def entries(pair: Pair) -> Iterator[Entry]:
    """Yields what is shown of one row, a transposition first."""
    row = pair.row
    if row.number in pair.numbers:
        yield Entry(row.number, TRANSPOSITION, pair, row.base_text, row.witness_text, shortened(row.base_text))
    before = ""
    for segment in row.segments:
        if segment.number in pair.numbers:
            lemma, start = _lemma(segment, before)
            text = "".join(each.base for each in row.segments)
            yield Entry(
                segment.number,
                segment.sort.value,
                pair,
                segment.base.strip(),
                segment.witness.strip(),
                shortened(lemma),
                _occurrence(lemma, start, text),
            )
        before += segment.base


def _lemma(segment: Segment, before: str) -> tuple[str, int]:
    """The reading of the base and where it begins; of an addition, the word that it follows."""
    if segment.base.strip():
        return segment.base.strip(), len(before) + len(segment.base) - len(segment.base.lstrip())
    word = LAST_WORD.search(before)
    return (word[0].strip(), word.start()) if word else ("", 0)


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
