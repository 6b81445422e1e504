"""Writes an edition as standoff JSON: its reading text, and everything else by offsets into it."""

from __future__ import annotations

from typing import Any

from editions.model import Edition, Inlines, NoteMarker, PageBreak, Reference, inlines, walk
from editions.writers.plain import anchors, note_line, write_plain


def write_standoff(edition: Edition, ident: str) -> dict[str, Any]:
    """Returns a JSON-ready dictionary with id, number, title, date, place, senders, recipients, text, footnotes, pages
    and references; offsets count characters of ``text``; a note that nothing calls has offset 0."""
    metadata, marks = edition.metadata, anchors(edition)
    offsets: dict[str, int] = {}
    for inline, offset in marks:
        if isinstance(inline, NoteMarker):
            offsets.setdefault(inline.note, offset)
    return {
        "id": ident,
        "number": metadata.number or None,
        "title": metadata.title,
        "date": metadata.written.iso if metadata.written else None,
        "place": metadata.place or None,
        "senders": list(metadata.senders),
        "recipients": list(metadata.recipients),
        "text": write_plain(edition),
        "footnotes": [
            {"label": note.label, "offset": offsets.get(note.id, 0), "text": note_line(note)}
            for note in edition.footnotes
        ],
        "pages": [{"label": inline.label, "offset": at} for inline, at in marks if isinstance(inline, PageBreak)],
        "references": _references(edition),
    }


def _references(edition: Edition) -> list[dict[str, str]]:
    found = [("text", block.content) for block in walk(edition.blocks)]
    found += [(f"footnote {note.label}", block.content) for note in edition.footnotes for block in walk(note.blocks)]
    return [{"in": where, "target": target} for where, content in found for target in _targets(content)]


def _targets(content: Inlines) -> list[str]:
    return [inline.target for inline in inlines(content) if isinstance(inline, Reference)]
