"""The rows that are derived from an edition, as the values of their fields by key. No database is touched here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from editions.correct import corrections
from editions.model import (
    BODY_KINDS,
    Block,
    BlockKind,
    Edition,
    NoteMarker,
    note_text,
    reading_text,
    walk,
)
from editions.writers.plain import anchors_in

#: A passage with a number in the margin; one of more digits than a printed work could have is a name like any other.
BODY_ID = re.compile(r"p(\d{1,9})")

Rows = dict[Any, dict[str, Any]]


def passage_rows(edition: Edition, html: dict[str, str]) -> Rows:
    """The passages by ident, in reading order."""
    found: Rows = {}
    for position, (block, depth, numbered) in enumerate(_with_depth(edition.blocks)):
        number = BODY_ID.fullmatch(block.id) if numbered else None
        found[block.id] = {
            "ident": block.id,
            "position": position,
            "kind": block.kind.value,
            "label": block.label,
            "number": int(number[1]) if number else None,
            "depth": depth,
            "text": reading_text(block.content),
            "html": html[block.id],
        }
    return found


def footnote_rows(edition: Edition, html: dict[str, str]) -> Rows:
    """The notes by ident; ``passage`` is the ident of the passage that calls the note first, or empty."""
    called = _markers(edition)
    found: Rows = {}
    for position, note in enumerate(edition.footnotes):
        passage, offset = called.get(note.id, ("", 0))
        found[note.id] = {
            "passage": passage,
            "offset": offset,
            "ident": note.id,
            "label": note.label,
            "kind": note.kind.value,
            "position": position,
            "text": note_text(note),
            "html": html[note.id],
        }
    return found


def correction_rows(edition: Edition) -> Rows:
    """The corrections by position, from 1."""
    return {
        position: {
            "ident": placed.place,
            "position": position,
            "printed": placed.correction.printed,
            "corrected": placed.correction.corrected,
            "reason": placed.correction.reason,
        }
        for position, placed in enumerate(corrections(edition), 1)
    }


def _with_depth(blocks: tuple[Block, ...], depth: int = 0, numbered: bool = True) -> Iterator[tuple[Block, int, bool]]:
    for block in blocks:
        yield block, depth, numbered and block.kind in BODY_KINDS
        yield from _with_depth(block.blocks, depth + 1, numbered and block.kind is not BlockKind.MEMO)


def _markers(edition: Edition) -> dict[str, tuple[str, int]]:
    """Where each note is called first: the id of the block, and the offset into its reading text."""
    found: dict[str, tuple[str, int]] = {}
    for block in walk(edition.blocks):
        for inline, offset in anchors_in(block.content):
            if isinstance(inline, NoteMarker):
                found.setdefault(inline.note, (block.id, offset))
    return found
