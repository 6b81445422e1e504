"""What the page of a collation shows, as values: what a reader chose to see, rows, and groups of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from documents.variants import Side
from editions.collation.table import ACCIDENTALS, TRANSPOSITION, Place, Row, Section, Sort

#: A body passage or a note, by its address.
NUMBERED = re.compile(r"(?P<kind>p|fn)(?P<number>\d+)")
KINDS = {"p": "passage", "fn": "note"}
TITLES = {Section.TEXT: "The text", Section.PARATEXT: "Around the text", Section.NOTE: "Notes"}
#: The sorts of difference in the order of the legend.
ORDER = (
    Sort.OMISSION.value,
    Sort.ADDITION.value,
    Sort.SUBSTITUTION.value,
    TRANSPOSITION,
    Sort.SPELLING.value,
    Sort.PUNCTUATION.value,
    Sort.CASE.value,
)
#: What each sort is called, one and several.
NAMES = {
    Sort.OMISSION.value: ("omission", "omissions"),
    Sort.ADDITION.value: ("addition", "additions"),
    Sort.SUBSTITUTION.value: ("substitution", "substitutions"),
    TRANSPOSITION: ("moved paragraph", "moved paragraphs"),
    Sort.SPELLING.value: ("in spelling", "in spelling"),
    Sort.PUNCTUATION.value: ("in punctuation", "in punctuation"),
    Sort.CASE.value: ("in capitals", "in capitals"),
}


def counted(sort: str, count: int) -> str:
    """So many differences of a sort, in words: "2 omissions", "14 in spelling"."""
    return f"{count:,} {NAMES[sort][count != 1]}"


def label(sort: str) -> str:
    """What a difference of this sort is a matter of, in a word or two: "spelling", "omission"."""
    return NAMES[sort][0].removeprefix("in ")


@dataclass(frozen=True)
class Selection:
    """What a reader wants to see of a collation: which accidentals are hidden, and whether what is alike is folded."""

    hidden: frozenset[Sort] = frozenset()
    is_folded: bool = False

    @classmethod
    def read(cls, hide: Iterable[str], alike: str) -> Selection:
        """Reads the parameters of an address; what they may not say is as if it were not there."""
        names = {sort.value: sort for sort in ACCIDENTALS}
        return cls(frozenset(names[name] for name in hide if name in names), alike == "fold")

    def query(self, view: str = "") -> str:
        """The part of an address that says so, with its question mark; empty when there is nothing to say."""
        said = [("view", view)] if view else []
        said += [("hide", sort) for sort in ORDER if sort in self.hidden]
        said += [("alike", "fold")] if self.is_folded else []
        return f"?{urlencode(said)}" if said else ""


@dataclass(frozen=True)
class Words:
    """What one side has in a row: where it stands there, and its words as HTML."""

    side: Side
    place: Place
    html: SafeString

    @property
    def kind(self) -> str:
        found = NUMBERED.fullmatch(self.place.ident)
        return KINDS[found["kind"]] if found else self.place.kind

    @property
    def number(self) -> str:
        """The number of the passage or note; empty for what is called by its kind, such as a signature."""
        found = NUMBERED.fullmatch(self.place.ident)
        return found["number"] if found else ""

    @property
    def name(self) -> str:
        """What it is called in a sentence: "passage 3", "the signature"."""
        return f"{self.kind} {self.number}" if self.number else f"the {self.kind}"

    @property
    def address(self) -> str:
        return self.side.address(self.place.ident)


@dataclass(frozen=True)
class Pair:
    """A row as the page shows it; one of its sides may be a gap. ``numbers`` are those of the differences shown."""

    row: Row
    base: Words | None
    witness: Words | None
    numbers: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Tells whether the sides have the same to show: no difference, hidden ones included, and no correction."""
        corrected = any(not one.in_base for segment in self.row.segments for one in segment.corrections)
        return not self.row.numbers and not corrected


class Look(StrEnum):
    """How a group of rows is drawn."""

    ALIKE = "alike"
    CHANGED = "changed"
    MOVED = "moved"
    POINTER = "pointer"  # where the witness has a paragraph that moved: it leads to where that is shown
    OMITTED = "omitted"
    ADDED = "added"


@dataclass(frozen=True)
class Group:
    """Rows that are drawn alike and belong together; ``previous`` and ``following`` are differences beside it, or 0."""

    look: Look
    pairs: tuple[Pair, ...]
    previous: int = 0
    following: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its differences, in order; none for a pointer, whose differences stand elsewhere."""
        if self.look is Look.POINTER:
            return ()
        return tuple(sorted(number for pair in self.pairs for number in pair.numbers))

    @property
    def length(self) -> str:
        """How long it is on the side that has it, or on that of the base: "3 passages, 240 words"."""
        words = sum(len((pair.row.base_text or pair.row.witness_text).split()) for pair in self.pairs)
        noun = "note" if self.pairs[0].row.section is Section.NOTE else "passage"
        return f"{_count(len(self.pairs), noun)}, {_count(words, 'word')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


@dataclass(frozen=True)
class Part:
    """The rows of one section."""

    section: Section
    groups: tuple[Group, ...]

    @property
    def title(self) -> str:
        return TITLES[self.section]

    @property
    def differences(self) -> int:
        """How many differences of it are shown."""
        return sum(len(group.numbers) for group in self.groups)


@dataclass(frozen=True)
class Tallied:
    """How many differences there are of one sort, what that is, and whether the reader hides them."""

    sort: str
    count: int
    meaning: str
    is_hidden: bool

    @property
    def said(self) -> str:
        return counted(self.sort, self.count)

    @property
    def is_accidental(self) -> bool:
        return self.sort in ACCIDENTALS

    @property
    def label(self) -> str:
        return label(self.sort)
