"""Writes an edition as standoff JSON: its reading text, and everything else by offsets into it."""

from __future__ import annotations

import re
from typing import Any

from editions.model import Edition, Inlines, NoteMarker, PageBreak, Reference, inlines, reading_text, walk
from editions.references.context import Context
from editions.references.found import references_in
from editions.writers.plain import anchors, note_line, write_plain

#: A document of the series: other things that are cited are left out, and a note stands for its document.
DOCUMENT = re.compile(r"(?P<volume>frus[^/#]+)/(?P<document>d\d+)(?:#.*)?")


def write_standoff(edition: Edition, ident: str, context: Context | None = None) -> dict[str, Any]:
    """Returns a JSON-ready dictionary with id, number, title, date, place, senders, recipients, text, footnotes, pages
    and references; offsets count characters of ``text``; a note that nothing calls has offset 0.

    ``references`` are those to documents of Foreign Relations, marked or found by words with a number in them:
    "#d36" is of the volume of ``context``, "frus1961-63v06#d35" of another. What else a text cites is not listed.
    """
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
        "references": _references(edition, context or Context()),
    }


def _references(edition: Edition, context: Context) -> list[dict[str, str]]:
    labels = {note.id: f"footnote {note.label}" for note in edition.footnotes}
    places = [("text", block.content) for block in walk(edition.blocks)]
    places += [(labels[note.id], block.content) for note in edition.footnotes for block in walk(note.blocks)]
    found = [(where, target, words) for where, content in places for target, words in _marked(content)]
    spans = {(found.place, found.start, found.end): found for found in reversed(references_in(edition, context))}
    found += [(labels.get(one.place, "text"), one.target, one.words) for one in reversed(spans.values())]
    return [
        {"in": where, "target": f"{'' if match['volume'] == context.volume else match['volume']}#{match['document']}"}
        for where, target, words in found
        if (match := DOCUMENT.fullmatch(target)) and any(map(str.isdigit, words))
    ]


def _marked(content: Inlines) -> list[tuple[str, str]]:
    return [
        (inline.target, reading_text(inline.content)) for inline in inlines(content) if isinstance(inline, Reference)
    ]
