"""Writes what stands within a block as TEI P5: one case for each inline."""

from __future__ import annotations

import re
from collections.abc import Callable

from editions.model import (
    CellBreak,
    Correction,
    Emphasis,
    EmphasisKind,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Mention,
    MentionKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
)

REND = {
    EmphasisKind.ITALIC: "italic",
    EmphasisKind.BOLD: "bold",
    EmphasisKind.SMALL_CAPS: "smallcaps",
    EmphasisKind.UNDERLINE: "underline",
}
NAMES = {
    MentionKind.PERSON: "persName",
    MentionKind.ORGANIZATION: "orgName",
    MentionKind.PLACE: "placeName",
    MentionKind.TERM: "term",
}
#: What no XML 1.0 document can hold, not even as a reference.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
IN_ATTRIBUTE = {**IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
TEXT_MARKS = re.compile("[&<>\r]")
ATTRIBUTE_MARKS = re.compile('[&<>\r"\n\t]')
SIMPLE_ID = re.compile(r"[A-Za-z][A-Za-z0-9.-]*")


class WriteError(ValueError):
    """An edition cannot be written in this format; the message says which character or part and where."""


def escaped(words: str) -> str:
    """Returns words as XML text; raises ``WriteError`` for a character that XML cannot hold."""
    _refuse_unfit(words)
    return TEXT_MARKS.sub(lambda mark: IN_TEXT[mark[0]], words)


def attribute(name: str, value: str) -> str:
    """Returns an attribute with a space before it, or nothing for an empty value."""
    if not value:
        return ""
    _refuse_unfit(value)
    return f' {name}="{ATTRIBUTE_MARKS.sub(lambda mark: IN_ATTRIBUTE[mark[0]], value)}"'


def _refuse_unfit(words: str) -> None:
    if found := UNFIT.search(words):
        around = UNFIT.sub(" ", words[max(0, found.start() - 20) : found.start() + 20]).strip()
        raise WriteError(
            f"the character U+{ord(found[0]):04X} near “{around}” cannot stand in XML. Take it out of the text."
        )


def xml_id(ident: str) -> str:
    """Returns an identifier in a form that XML takes as one: others than plain words are written in hexadecimal."""
    return ident if SIMPLE_ID.fullmatch(ident) else f"_.{ident.encode().hex()}"


def write_inlines(content: Inlines, marker: Callable[[str], str]) -> str:
    """Returns the inlines as TEI; ``marker`` writes the note that is called, or a pointer to it."""
    return "".join(_inline(inline, marker) for inline in content)


def _inline(inline: Inline, marker: Callable[[str], str]) -> str:
    match inline:
        case Text(value):
            return escaped(value)
        case Emphasis(EmphasisKind.STRUCK, content):
            return f"<del>{write_inlines(content, marker)}</del>"
        case Emphasis(kind, content):
            return f'<hi rend="{REND[kind]}">{write_inlines(content, marker)}</hi>'
        case Mention(kind, target, content):
            return f"<{NAMES[kind]}{attribute('key', target)}>{write_inlines(content, marker)}</{NAMES[kind]}>"
        case Reference(target, content):
            return f"<ref{attribute('target', target)}>{write_inlines(content, marker)}</ref>"
        case NoteMarker(note):
            return marker(note)
        case PageBreak(label, facsimile):
            return f"<pb{attribute('n', label)}{attribute('facs', facsimile)}/>"
        case LineBreak():
            return "<lb/>"
        case CellBreak():
            return '<milestone unit="cell"/>'
        case Gap(reason):
            return f"<gap><desc>{escaped(reason)}</desc></gap>" if reason else "<gap/>"
        case Correction(printed, corrected, reason):
            why = f'<note type="reason">{escaped(reason)}</note>'
            return f"<choice><sic>{escaped(printed)}</sic><corr>{escaped(corrected)}{why}</corr></choice>"
