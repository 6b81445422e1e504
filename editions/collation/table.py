"""The table of a collation: two witnesses of one text side by side, row by row and word by word.

The vocabulary is that of textual criticism, after the TEI Guidelines P5 (chapters 12 and 13): an ``<app>`` holds the
reading of the base, its ``<lem>``, and that of the witness, a ``<rdg>``; readings differ by omission, addition,
substitution or transposition. Omitted is what the base has and the witness lacks, added what only the witness has.
Differences of spelling, punctuation and case are told apart from those of wording, so that a reader can leave them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Section(StrEnum):
    """What a row is taken from."""

    TEXT = "text"  # what the document says
    PARATEXT = "paratext"  # what its edition sets around it: number, title, author, release, source line
    NOTE = "note"  # a footnote with all its paragraphs


class Fate(StrEnum):
    """What became of the words of a row."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"  # it stands elsewhere in the witness, and its words may differ as well
    OMITTED = "omitted"  # only in the base
    ADDED = "added"  # only in the witness


class Sort(StrEnum):
    """How two readings differ; the last three are accidentals, which change how words are written, not which."""

    SAME = "same"
    OMISSION = "omission"
    ADDITION = "addition"
    SUBSTITUTION = "substitution"
    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    CASE = "case"


ACCIDENTALS = frozenset({Sort.SPELLING, Sort.PUNCTUATION, Sort.CASE})
#: How ``Table.counts`` calls a moved row, beside the sorts of segments.
TRANSPOSITION = "transposition"


@dataclass(frozen=True)
class Corrected:
    """What a witness prints is put right in its reading text; ``in_base`` says whether that witness is the base."""

    printed: str
    corrected: str
    reason: str
    in_base: bool = True


@dataclass(frozen=True)
class Segment:
    """Readings against each other. The segments of a row, joined, are its words on either side, as printed.

    ``base`` is empty for an addition, ``witness`` for an omission; both begin with the white space in front of them.
    Quotation marks, apostrophes and dashes of another shape are no difference, so both are needed where they are the
    same. ``number`` counts differences through the table, from 1; it is 0 where there is none.
    """

    base: str
    witness: str
    sort: Sort = Sort.SAME
    number: int = 0
    corrections: tuple[Corrected, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a row stands in one of the two: ``ident`` is the address of the passage or note ("p3", "fn1").

    ``kind`` is that of the block or note, ``position`` counts the rows that this side has in its section, from 0 and in
    its own order. ``begins`` is false where the row continues a paragraph, because the other side begins one there.
    """

    ident: str
    kind: str
    position: int
    begins: bool = True


@dataclass(frozen=True)
class Row:
    """A paragraph or note, on both sides or on one; ``number`` is that of the transposition when it moved, or 0.

    Rows stand in the order of the base, those that only the witness has where they stand in it. A row that moved
    stands once, where the base has it; the ``position`` of ``witness`` tells where it would stand there.
    """

    section: Section
    fate: Fate
    base: Place | None
    witness: Place | None
    segments: tuple[Segment, ...]
    number: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all differences in the row."""
        found = (self.number, *(segment.number for segment in self.segments))
        return tuple(number for number in found if number)

    @property
    def base_text(self) -> str:
        return "".join(segment.base for segment in self.segments).strip()

    @property
    def witness_text(self) -> str:
        return "".join(segment.witness for segment in self.segments).strip()


@dataclass(frozen=True)
class Table:
    """All rows: those of the text, then those of the paratext, then the notes; differences are numbered in this order.

    The words of each section are on both sides all there, each once and in order (by ``position``).
    """

    rows: tuple[Row, ...] = ()

    def section(self, section: Section) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.section is section)

    @property
    def differences(self) -> int:
        return max((number for row in self.rows for number in row.numbers), default=0)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many differences there are, by section and sort: ``{"text": {"omission": 2}, "note": {}, ...}``.

        Transpositions are counted with them. What a section does not have is left out.
        """
        return {section.value: dict(sorted(_counted(self.section(section)).items())) for section in Section}

    def to_json(self) -> list[dict[str, Any]]:
        """The rows as lists and dictionaries, without what is empty or as usual: ``from_json`` gives the table back."""
        return [_row_to_json(row) for row in self.rows]

    @classmethod
    def from_json(cls, rows: Iterable[dict[str, Any]]) -> Table:
        """Reads what ``to_json`` wrote; raises ``KeyError`` or ``ValueError`` for anything else."""
        return cls(tuple(_row_from_json(row) for row in rows))


def _counted(rows: Iterable[Row]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found.update(segment.sort.value for segment in row.segments if segment.number)
        found.update([TRANSPOSITION] if row.number else [])
    return found


def _row_to_json(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {"section": row.section.value, "fate": row.fate.value}
    for name, place in (("base", row.base), ("witness", row.witness)):
        if place:
            values[name] = {"ident": place.ident, "kind": place.kind, "position": place.position}
            values[name] |= {} if place.begins else {"begins": False}
    values |= {"number": row.number} if row.number else {}
    return values | {"segments": [_segment_to_json(segment) for segment in row.segments]}


def _segment_to_json(segment: Segment) -> dict[str, Any]:
    values: dict[str, Any] = {"base": segment.base, "witness": segment.witness, "sort": segment.sort.value}
    values |= {"number": segment.number} if segment.number else {}
    if segment.corrections:
        values["corrections"] = [
            {"printed": one.printed, "corrected": one.corrected, "reason": one.reason, "in_base": one.in_base}
            for one in segment.corrections
        ]
    return values


def _row_from_json(values: dict[str, Any]) -> Row:
    return Row(
        section=Section(values["section"]),
        fate=Fate(values["fate"]),
        base=Place(**values["base"]) if "base" in values else None,
        witness=Place(**values["witness"]) if "witness" in values else None,
        segments=tuple(_segment_from_json(segment) for segment in values["segments"]),
        number=values.get("number", 0),
    )


def _segment_from_json(values: dict[str, Any]) -> Segment:
    return Segment(
        base=values["base"],
        witness=values["witness"],
        sort=Sort(values["sort"]),
        number=values.get("number", 0),
        corrections=tuple(Corrected(**one) for one in values.get("corrections", ())),
    )
