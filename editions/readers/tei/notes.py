"""Reads the footnotes of a text, which stand in TEI where they are called."""

from __future__ import annotations

import re

from lxml import etree

from editions.model import Block, Footnote, NoteKind, block_text
from editions.readers.tei.context import Context
from editions.readers.tei.exact import read_exactly
from editions.readers.tei.flow import read_blocks

TYPES = {
    "source": "source",
    "authorial": "authorial",
    "author": "authorial",
    "editorial": "editorial",
    "summary": "editorial",
    "footnote": "editorial",
    "endnote": "editorial",
    "commentary": "editorial",
    "textual": "editorial",
}
#: How the editors say that the note is not theirs.
IN_ORIGINAL = re.compile(r"\[(?:Foot)?note in (?:the )?(?:source text|original|source)\b[^\]]*\]\W*$", re.IGNORECASE)


def read_notes(context: Context) -> tuple[Footnote, ...]:
    """Returns all notes of the text in the order in which they begin, those within notes too."""
    return tuple(_note(context, element) for element in context.notes)


def read_exact_notes(context: Context) -> tuple[Footnote, ...]:
    """Returns the notes that ``editions.writers.tei`` wrote."""
    return tuple(
        Footnote(
            name.id, name.label, read_exactly(context, element), NoteKind(element.get("type")), context.line(element)
        )
        for element, name in context.notes.items()
    )


def _note(context: Context, element: etree._Element) -> Footnote:
    name = context.notes[element]
    blocks = read_blocks(context, element)
    if not blocks:
        context.remark(element, f"note {name.label} is empty.", 0.5)
    return Footnote(name.id, name.label, blocks, _kind(context, element, blocks), context.line(element))


def _kind(context: Context, element: etree._Element, blocks: tuple[Block, ...]) -> NoteKind:
    if found := context.word(element, "type", TYPES):
        return NoteKind(found)
    words = block_text(blocks[0]) if blocks else ""
    if words.startswith("Source:"):
        return NoteKind.SOURCE
    said = (element.get("resp") or "").strip("# ").casefold() == "author" or IN_ORIGINAL.search(words)
    return NoteKind.AUTHORIAL if said else NoteKind.EDITORIAL
