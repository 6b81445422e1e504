"""The account of a source: every character of it belongs to exactly one segment with a role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from editions.model import NoteMarker, PageBreak


class Role(StrEnum):
    TEXT = "text"  # words of the reading text
    NOTE = "note"  # words of a footnote
    LABEL = "label"  # number or bullet of an item, number of a document
    MARKER = "marker"  # where a footnote is called
    NOTE_LABEL = "note label"  # the number in front of a footnote
    NOTES_HEADING = "heading of the notes"  # a line such as "Notes", or the rule above footnotes
    PAGE_BREAK = "page break"
    RUNNING_HEAD = "running head"  # the title that a page repeats above or below its text
    HYPHEN = "hyphen"  # a hyphen that only a line end put there
    SPACE = "space"


class Segment(NamedTuple):
    """Characters ``start`` to ``end`` (excluded) of the source."""

    start: int
    end: int
    role: Role


class Line(NamedTuple):
    """A line that is not blank: its number from 1, where its words begin and end in the source, its indentation, and
    whether a blank line or a form feed comes before it."""

    number: int
    start: int
    end: int
    indent: int
    after_blank: bool
    text: str
    after_feed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something between the words, from ``start`` to ``end`` of the source.

    ``inline`` is what it becomes, ``role`` what it is in the account; a mark without a role only steps over what is
    accounted for elsewhere, such as a footnote within a paragraph that goes on below it.
    """

    start: int
    end: int
    inline: NoteMarker | PageBreak | None
    role: Role | None


FORM_FEED = "\f"
LINE_PART = re.compile(r"[^\f]+")


def lines_of(source: str) -> list[Line]:
    """Cuts a source into its lines, blank ones left out, white space (no-break space too) stripped at both ends.

    A form feed ends a line too, but does not count as one.
    """
    lines: list[Line] = []
    at, blank, feed = 0, True, False
    for number, raw in enumerate(source.split("\n"), 1):
        parts = list(LINE_PART.finditer(raw)) if FORM_FEED in raw else None
        for begin, part in [(m.start(), m[0]) for m in parts] if parts is not None else [(0, raw)]:
            feed = feed or FORM_FEED in raw[:begin]
            text = part.strip()
            if text:
                indent = len(part) - len(part.lstrip())
                start = at + begin + indent
                lines.append(Line(number, start, start + len(text), indent, blank, text, feed))
                feed = raw.endswith(FORM_FEED)
            blank = not text
        feed = feed or (FORM_FEED in raw and not raw.strip())
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
