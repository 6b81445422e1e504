"""Cuts a text into what is compared: words, punctuation, and marks such as note markers and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from editions.model import (
    Block,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    Footnote,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Mention,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
    reading_text,
)

LETTER = r"[\w\u0300-\u036f]"
TOKEN = re.compile(
    rf"""(?P<space>\s*)
    (?: (?P<word> \d+(?:[.,]\d+)+ | {LETTER}+(?:['’‐‑-]{LETTER}+)*)  # a number; a word, apostrophe and hyphen inside
      | (?P<mark> \S)                                                 # punctuation, one character at a time
    )""",
    re.X,
)


class TokenKind(StrEnum):
    WORD = "word"
    PUNCTUATION = "punctuation"
    MARK = "mark"  # a note marker, page break, gap, line break or correction, as a reader would say it


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark as it is compared; ``style`` is the emphasis, reference or mention it stands in.

    ``space`` is the white space in front of it, which is no difference.
    """

    text: str
    kind: TokenKind
    style: tuple[str, ...] = ()
    space: str = field(default="", compare=False)


Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Part:
    """A block or note as it is compared: ``depth`` is 1 or more for a block within another."""

    id: str = field(compare=False)
    kind: str
    label: str
    depth: int
    tokens: Tokens


def block_parts(edition: Edition, *, marks: bool = True) -> list[Part]:
    """Returns the blocks of an edition as they are compared, in reading order."""
    labels = {note.id: note.label for note in edition.footnotes}
    return [
        Part(block.id, block.kind.value, block.label, depth, tokens_of(block.content, labels, marks=marks))
        for block, depth in _with_depth(edition.blocks)
    ]


def note_parts(edition: Edition, *, marks: bool = True) -> list[Part]:
    """Returns the notes of an edition as they are compared, each with all its blocks."""
    labels = {note.id: note.label for note in edition.footnotes}
    return [
        Part(note.id, note.kind.value, note.label, 0, tuple(_note_tokens(note, labels, marks)))
        for note in edition.footnotes
    ]


def tokens_of(content: Inlines, labels: dict[str, str], *, marks: bool = True) -> Tokens:
    """Returns inlines as words, punctuation and marks; ``labels`` are those of notes by their ids."""
    return tuple(_tokens(content, labels, ()) if marks else _words(reading_text(content), ()))


def _with_depth(blocks: tuple[Block, ...], depth: int = 0) -> Iterator[tuple[Block, int]]:
    for block in blocks:
        yield block, depth
        yield from _with_depth(block.blocks, depth + 1)


def _note_tokens(note: Footnote, labels: dict[str, str], marks: bool) -> Iterator[Token]:
    for number, (block, _) in enumerate(_with_depth(note.blocks)):
        if number and marks:
            yield Token("¶", TokenKind.MARK, space="\n")
        yield from _words(block.label, ())
        for at, token in enumerate(tokens_of(block.content, labels, marks=marks)):
            yield Token(token.text, token.kind, token.style, "\n") if at == 0 and number else token


def _words(text: str, style: tuple[str, ...]) -> Iterator[Token]:
    for found in TOKEN.finditer(text):
        space, word, mark = found.groups()
        yield Token(word, TokenKind.WORD, style, space) if word else Token(mark, TokenKind.PUNCTUATION, style, space)


def _tokens(content: Inlines, labels: dict[str, str], style: tuple[str, ...]) -> Iterator[Token]:
    space = ""
    for inline in content:
        found = _inline(inline, labels, style)
        for token in found:
            yield Token(token.text, token.kind, token.style, space + token.space) if space else token
            space = ""
            break
        yield from found
        if isinstance(inline, Text):
            space += inline.value[len(inline.value.rstrip()) :]


def _inline(inline: Inline, labels: dict[str, str], style: tuple[str, ...]) -> Iterator[Token]:
    match inline:
        case Text(value):
            yield from _words(value, style)
        case Correction(printed, corrected, reason):
            yield from _words(corrected, style)
            yield _mark(f"[printed: {printed or 'nothing'}. {reason}]", style, " ")
        case Emphasis(kind, content):
            yield from _tokens(content, labels, (*style, kind.value))
        case Reference(target, content):
            yield from _tokens(content, labels, (*style, f"reference {target}"))
        case Mention(kind, target, content):
            yield from _tokens(content, labels, (*style, f"{kind.value} {target}"))
        case NoteMarker(note):
            yield _mark(f"[note {labels.get(note, note)}]", style)
        case PageBreak(label, facsimile):
            yield _mark(f"[page {label}{f' @{facsimile}' if facsimile else ''}]", style, " ")
        case Gap(reason):
            yield _mark(f"[{reason or 'gap'}]", style, " ")
        case LineBreak():
            yield _mark("⏎", style, " ")
        case CellBreak():
            yield _mark("|", style, " ")


def _mark(text: str, style: tuple[str, ...], space: str = "") -> Token:
    return Token(text, TokenKind.MARK, style, space)
