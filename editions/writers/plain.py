"""Writes the reading text of an edition: no markers, no page breaks, one line for each block."""

from __future__ import annotations

from editions.model import (
    Block,
    Edition,
    Footnote,
    Inlines,
    NoteMarker,
    PageBreak,
    Span,
    block_text,
    reading_text,
    walk,
)
from editions.model import note_text as _note_text


def write_plain(edition: Edition) -> str:
    """Returns the reading text, labels of items and headings included, bullets left out."""
    return "\n".join(text for block in walk(edition.blocks) if (text := line_of(block)))


def line_of(block: Block) -> str:
    """Returns the line that a block makes in the reading text."""
    return block_text(block).strip()


def note_line(note: Footnote) -> str:
    return _note_text(note).strip()


def anchors(edition: Edition) -> list[tuple[NoteMarker | PageBreak, int]]:
    """Returns the markers and page breaks of an edition with their offsets into ``write_plain``.

    An anchor stands at the end of the word before it, not after the space that may follow; a page that begins with a
    block begins with its label.
    """
    found: list[tuple[NoteMarker | PageBreak, int]] = []
    at = 0
    for block in walk(edition.blocks):
        line = line_of(block)
        words = reading_text(block.content)
        prefix = len(line) - len(words.strip())
        empty = len(words) - len(words.lstrip())
        for anchor, offset in anchors_in(block.content):
            before_label = offset == 0 and isinstance(anchor, PageBreak)
            found.append((anchor, at if before_label else at + prefix + max(offset - empty, 0)))
        at += len(line) + 1 if line else 0
    return found


def anchors_in(content: Inlines, start: int = 0) -> list[tuple[NoteMarker | PageBreak, int]]:
    """Returns the markers and page breaks within inlines, with their offsets into the reading text of these."""
    found: list[tuple[NoteMarker | PageBreak, int]] = []
    text = ""
    for inline in content:
        if isinstance(inline, NoteMarker | PageBreak):
            found.append((inline, start + len(text.rstrip())))
        elif isinstance(inline, Span):
            found += anchors_in(inline.content, start + len(text))
        text += reading_text((inline,))
    return found
