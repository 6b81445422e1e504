"""Reads the marks within a block of archive text: emphasis, notes, page breaks, cells, corrections, gaps, references,
mentions."""

from __future__ import annotations

import re

from editions.errors import ReadError
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

PLAIN = re.compile(r"[^\\*\[\]{}\n|]+")
#: The end of one cell and the beginning of the next, with the white space after it.
CELL = re.compile(r"\|[ \t\n]*")
PAGE = re.compile(r"\{page[ \n](?P<label>(?:\\.|[^\\}@])+?)(?:[ \n]@(?P<facsimile>(?:\\.|[^\\}])+))?\}", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
NOTE_KEY = re.compile(r"\[\^([^\]\s]+)\]")
DEEPEST = 20
SPAN_KINDS = {kind.value: kind for kind in EmphasisKind}
MENTION_KINDS = {kind.value: kind for kind in MentionKind}


def read_inlines(text: str, line: int, *, cells: bool = False) -> Inlines:
    """Reads the text of one block, which begins on ``line``; ``cells`` says that it is a row, where | ends a cell.

    Raises ``ReadError`` where a mark is not closed.
    """
    return _Reader(text, line, cells).whole()


class _Reader:
    def __init__(self, text: str, line: int, cells: bool) -> None:
        self.text = text
        self.cells = cells
        self.first_line = line
        self.at = 0
        self.depth = 0

    def whole(self) -> Inlines:
        content = self.until("")
        if self.at < len(self.text):
            raise self.error(
                f"“{self.text[self.at]}” closes nothing. Write \\{self.text[self.at]} for the character itself."
            )
        return content

    def error(self, message: str, at: int | None = None) -> ReadError:
        return ReadError(message, self.first_line + self.text.count("\n", 0, self.at if at is None else at))

    def until(self, closing: str) -> Inlines:
        """Reads inlines up to a closing character that is not theirs, and stops before it."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(
                f"marks stand within marks more than {DEEPEST} deep. Close some, or write \\[ and \\* for signs."
            )
        found: list[Inline] = []
        while self.at < len(self.text) and self.text[self.at] not in "]}":
            if closing == "*" and self.text[self.at] == "*":
                break
            if self.cells and self.depth == 1 and self.text[self.at] == "|":
                found = _without_end_space(found)
            found.extend(self.one())
        self.depth -= 1
        return tuple(_merged(found))

    def one(self) -> list[Inline]:
        if plain := PLAIN.match(self.text, self.at):
            self.at = plain.end()
            return [Text(plain[0])]
        match self.text[self.at]:
            case "|":
                return [self.bar()]
            case "\\":
                return [self.escaped()]
            case "\n":
                self.at += 1
                return [Text(" ")]
            case "*":
                return [self.italic()]
            case "[":
                return [self.bracket()]
            case _:
                return [self.brace()]

    def bar(self) -> Inline:
        if not self.cells or self.depth > 1:
            self.at += 1
            return Text("|")
        cell = CELL.match(self.text, self.at)
        assert cell is not None
        self.at = cell.end()
        return CellBreak()

    def escaped(self) -> Inline:
        self.at += 2
        character = self.text[self.at - 1 : self.at]
        return LineBreak() if character in ("", "\n") else Text(character)

    def italic(self) -> Inline:
        start = self.at
        self.at += 1
        content = self.until("*")
        if self.text[self.at : self.at + 1] != "*":
            raise self.error(
                "this * opens italics that nothing closes. Close them with *, or write \\* for a star.", start
            )
        self.at += 1
        return Emphasis(EmphasisKind.ITALIC, content)

    def bracket(self) -> Inline:
        if note := NOTE_KEY.match(self.text, self.at):
            self.at = note.end()
            return NoteMarker(f"fn{note[1]}")
        start = self.at
        self.at += 1
        content = self.until("]")
        if self.text[self.at : self.at + 1] != "]":
            raise self.error("this [ is never closed. Close it with ], or write \\[ for the bracket itself.", start)
        self.at += 1
        opening = self.text[self.at : self.at + 1]
        if opening == "(":
            self.at += 1
            return Reference(self.raw(")", start), content)
        if opening == "{":
            self.at += 1
            return self.span(self.raw("}", start), content, start)
        raise self.error(
            "after [words] comes (identifier) for a reference, {bold} and its like for emphasis or {person p1} for "
            "a name; write \\[ and \\] for brackets of the text.",
            start,
        )

    def span(self, words: str, content: Inlines, start: int) -> Inline:
        if words in SPAN_KINDS:
            return Emphasis(SPAN_KINDS[words], content)
        kind, _, target = words.partition(" ")
        if kind in MENTION_KINDS:
            return Mention(MENTION_KINDS[kind], target, content)
        raise self.error(
            f"“{kind}” is not a kind of emphasis or name. Use one of: {', '.join([*SPAN_KINDS, *MENTION_KINDS])}.",
            start,
        )

    def brace(self) -> Inline:
        start = self.at
        if self.text.startswith("{~~", self.at):
            return self.correction()
        if page := PAGE.match(self.text, self.at):
            self.at = page.end()
            return PageBreak(_unescaped(page["label"]), _unescaped(page["facsimile"] or ""))
        self.at += 1
        word, _, rest = self.raw("}", start).partition(" ")
        if word == "gap":
            return Gap(rest)
        raise self.error(
            f"{{{word}}} is not a mark. Within text there are {{page 12}}, {{page 12 @0024}}, {{gap reason}} and "
            "{~~printed~>corrected~~}{>>reason<<}; write \\{ for a brace.",
            start,
        )

    def correction(self) -> Inline:
        start = self.at
        self.at += 3
        printed = self.raw("~>", start)
        corrected = self.raw("~~}", start)
        if not self.text.startswith("{>>", self.at):
            raise self.error("a correction says why: put {>>reason<<} right after it.", start)
        self.at += 3
        return Correction(printed, corrected, self.raw("<<}", start))

    def raw(self, closing: str, start: int) -> str:
        """Reads characters, escapes undone, up to and over ``closing``."""
        value = []
        while not self.text.startswith(closing, self.at):
            if self.at >= len(self.text):
                raise self.error(f"“{closing}” is missing for the mark that begins here.", start)
            if self.text[self.at] == "\\":
                self.at += 1
            character = self.text[self.at : self.at + 1]
            value.append(" " if character == "\n" else character)
            self.at += 1
        self.at += len(closing)
        return "".join(value)


def _without_end_space(found: list[Inline]) -> list[Inline]:
    merged = _merged(found)
    if merged and isinstance(merged[-1], Text):
        words = merged.pop()
        assert isinstance(words, Text)
        merged += [Text(words.value.rstrip(" "))] if words.value.strip(" ") else []
    return merged


def _unescaped(words: str) -> str:
    return ESCAPE.sub(r"\1", words).replace("\n", " ")


def _merged(found: list[Inline]) -> list[Inline]:
    """Joins neighboring runs of text."""
    merged: list[Inline] = []
    for inline in found:
        if isinstance(inline, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].value + inline.value)
        else:
            merged.append(inline)
    return merged
