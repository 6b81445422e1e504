"""The account of a source: every character of it belongs to exactly one segment with a role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    TEXT = "text"  # words of the reading text
    NOTE = "note"  # words of a footnote
    LABEL = "label"  # number or bullet of an item, number of a document
    MARKER = "marker"  # where a footnote is called
    NOTE_LABEL = "note label"  # the number in front of a footnote
    PAGE_BREAK = "page break"
    SPACE = "space"


@dataclass(frozen=True, order=True)
class Segment:
    """Characters ``start`` to ``end`` (excluded) of the source."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its number from 1, where its words begin and end in the source, and its indentation."""

    number: int
    start: int
    end: int
    indent: int
    after_blank: bool
    text: str


PAGE_BREAK = re.compile(r"\[(?:Page|p\.) (?P<label>[\w-]+)\]")


def lines_of(source: str) -> list[Line]:
    """Cuts a source into its lines, blank ones left out, white space (no-break space too) stripped at both ends."""
    lines: list[Line] = []
    at, blank = 0, True
    for number, raw in enumerate(source.split("\n"), 1):
        text = raw.strip()
        if text:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, at + indent, at + indent + len(text), indent, blank, text))
        blank = not text
        at += len(raw) + 1
    return lines


def account(source: str, segments: list[Segment]) -> tuple[Segment, ...]:
    """Completes the segments with the white space between them; raises ``ValueError`` if anything else is left out."""
    whole: list[Segment] = []
    at = 0
    for segment in [*sorted(segments), Segment(len(source), len(source), Role.SPACE)]:
        if segment.start < at:
            raise ValueError(f"characters {segment.start} to {at} of the source are accounted for twice")
        if segment.start > at:
            if source[at : segment.start].strip():
                raise ValueError(f"characters {at} to {segment.start} of the source are not accounted for")
            whole.append(Segment(at, segment.start, Role.SPACE))
        if segment.end > segment.start:
            whole.append(segment)
        at = segment.end
    return tuple(whole)
