"""Writes an edition as archive text, so that ``editions.readers.archive_text`` reads the same edition again."""

from __future__ import annotations

import re
from typing import Any

import yaml

from editions.dates import HistoricalDate
from editions.identify import explicit_ids
from editions.model import (
    ROW_KINDS,
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Footnote,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Mention,
    Metadata,
    NoteKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
)

SPECIAL = re.compile(r"([\\*\[\]{}^])")
INSIDE = re.compile(r"([\\~<>{}()@])")
#: What would be read as the mark of a block, of a note or of front matter at the start of a paragraph.
OPENING = re.compile(r"(?=(?:#|>|-|\d{1,4}\.)(?:\s|$)|---)")
NUMBER_OPENING = re.compile(r"(\d{1,4})(?=\.(?:\s|$))")
NOTE_OPENING = re.compile(r"(\[\^[^\]]*\]):")
NUMERIC_LABEL = re.compile(r"\d{1,4}\.")


def write_archive_text(edition: Edition, *, front_matter: bool = True) -> str:
    """Returns the edition in archive text, ending in one line feed; without front matter only its text."""
    ids = explicit_ids(edition)
    parts = [_front_matter(edition.metadata)] if front_matter and edition.metadata != Metadata() else []
    parts += [_block(block, ids) for block in edition.blocks]
    parts += [_footnote(note) for note in edition.footnotes]
    return "\n\n".join(parts) + "\n" if parts else ""


def _front_matter(metadata: Metadata) -> str:
    values: dict[str, Any] = {}
    for name, value in vars(metadata).items():
        if isinstance(value, HistoricalDate):
            values[name] = f"[{value.display}]" if value.supplied else value.display
        elif value:
            values[name] = list(value) if isinstance(value, tuple) else value
    return "---\n" + yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=10**6) + "---"


def _block(block: Block, ids: frozenset[str]) -> str:
    text = _cells(block.content) if block.kind in ROW_KINDS else _inlines(block.content)
    mark = _explicit_mark(block) if block.id in ids else _mark(block, text)
    children = [_indented(_block(child, ids)) for child in block.blocks]
    own = mark + (_protected(text, mark) if mark in ("", "# ") else text)
    return "\n\n".join([own.rstrip(" "), *children])


def _mark(block: Block, text: str) -> str:
    """Returns the shortest mark that says what the block is."""
    match block.kind:
        case BlockKind.PARAGRAPH if not block.label and text:
            return ""
        case BlockKind.QUOTATION if not block.label:
            return "> "
        case BlockKind.ITEM if NUMERIC_LABEL.fullmatch(block.label):
            return f"{block.label} "
        case BlockKind.ITEM if block.label == "•":
            return "- "
        case BlockKind.HEADING if not block.label:
            return "# "
        case BlockKind.HEADING if NUMERIC_LABEL.fullmatch(block.label):
            return f"# {block.label} "
        case _:
            return _explicit_mark(block, with_id=False)


def _explicit_mark(block: Block, *, with_id: bool = True) -> str:
    words = [block.kind.value]
    words += [f"#{block.id}"] if with_id else []
    words += [_label(block.label)] if block.label else []
    return "{" + " ".join(words) + "} "


def _protected(text: str, mark: str) -> str:
    """Escapes what would be read as a mark at the start of a block that has none, or as the number of a heading."""
    if match := NUMBER_OPENING.match(text):
        return f"{match[1]}\\{text[match.end() :]}"
    if mark == "" and OPENING.match(text):
        return f"\\{text}"
    return NOTE_OPENING.sub(r"\1\\:", text, count=1) if NOTE_OPENING.match(text) else text


def _footnote(note: Footnote) -> str:
    key = note.id.removeprefix("fn")
    words = [] if note.kind is NoteKind.EDITORIAL else [note.kind.value]
    words += [] if note.label == key else ["label=" + _label(note.label)]
    mark = f"[^{key}]" + ("{" + " ".join(words) + "}" if words else "") + ":"
    first, *rest = [_indented(_block(block, frozenset())) for block in note.blocks] or [""]
    return "\n\n".join([f"{mark} {first.lstrip(' ')}".rstrip(" "), *rest])


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _label(label: str) -> str:
    return re.sub(r"([\\~<>{}()#\s])", r"\\\1", label)


def _cells(content: Inlines) -> str:
    """Writes a row: a bar ends a cell, and a bar of the text is escaped."""
    parts = [_inline(i, False).replace("|", "\\|") if isinstance(i, Text) else _inline(i, False) for i in content]
    return "".join(parts).strip(" ")


def _inlines(content: Inlines, italic: bool = False) -> str:
    return "".join(_inline(inline, italic) for inline in content)


def _inline(inline: Inline, italic: bool) -> str:
    """Writes one inline; ``italic`` says that it stands directly within italics, where a star would close them."""
    match inline:
        case Text(value):
            return SPECIAL.sub(r"\\\1", value)
        case Emphasis(EmphasisKind.ITALIC, content) if not italic:
            return f"*{_inlines(content, italic=True)}*"
        case Emphasis(kind, content):
            return f"[{_inlines(content)}]{{{kind.value}}}"
        case NoteMarker(note):
            return f"[^{note.removeprefix('fn')}]"
        case PageBreak(label, facsimile):
            return f"{{page {_inside(label)} @{_inside(facsimile)}}}" if facsimile else f"{{page {_inside(label)}}}"
        case CellBreak():
            return " | "
        case Gap(reason):
            return f"{{gap {_inside(reason)}}}"
        case Correction(printed, corrected, reason):
            return f"{{~~{_inside(printed)}~>{_inside(corrected)}~~}}{{>>{_inside(reason)}<<}}"
        case Reference(target, content):
            return f"[{_inlines(content)}]({_inside(target)})"
        case Mention(kind, target, content):
            return f"[{_inlines(content)}]{{{f'{kind.value} {_inside(target)}' if target else kind.value}}}"
        case LineBreak():
            return "\\\n"


def _inside(text: str) -> str:
    return INSIDE.sub(r"\\\1", text)
