"""The lines that a Word document makes: what an editor sees as its source, and what is restored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import chain

from editions.model import LineBreak
from editions.readers.docx.content import Note, Paragraph, Part, Row, Table
from editions.readers.docx.rich import RichText, joined
from editions.readers.pasted.opening import MEMO_WITH_COLON

#: Lines of a paragraph no longer than this stand on their own, as in a letterhead; longer ones are broken lines.
SHORT = 100
BREAK = re.compile(r"[ \t]*\n[ \t]*")


@dataclass
class Line:
    """A line of the text: its words, with the label that Word prints before them, and the paragraph it is from."""

    text: str
    rich: RichText
    paragraph: Paragraph
    label: str = ""


@dataclass
class Layout:
    """Lines are counted from 1. ``shown`` has all; ``lines`` those of paragraphs; ``tables`` begin at theirs."""

    shown: list[str] = field(default_factory=list)
    lines: dict[int, Line] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words of the paragraphs, each on the line where it is shown, and nothing where tables and notes are."""
        last = max(self.lines, default=0)
        return "\n".join(self.lines[n].text if n in self.lines else "" for n in range(1, last + 1))


def lay_out(parts: list[Part], notes: list[Note]) -> Layout:
    """Puts paragraphs, tables and notes on lines, an empty line between two."""
    layout = Layout()
    for part in chain.from_iterable(map(_spread, parts)):
        if isinstance(part, Table):
            layout.tables[len(layout.shown) + 1] = part
            layout.shown += [*map(_row, part.rows), ""]
            continue
        for index, rich in enumerate(_lines(part.rich)):
            label = part.label.text if part.label and not index else ""
            text = f"{label} {rich.text}" if label else rich.text
            layout.shown += [text, ""]
            layout.lines[len(layout.shown) - 1] = Line(text, rich, part, label)
    for note in notes:
        layout.notes[len(layout.shown) + 1] = note
        layout.shown += [f"[{note.label}] " + " / ".join(_flat(p.rich.text) for p in note.paragraphs).strip()]
    return layout


def _spread(part: Part) -> list[Part]:
    """Takes memorandum headings out of the table in which Word sets them: TO in one cell, to whom in the next."""
    if not isinstance(part, Table) or not all(_is_memo(row) for row in part.rows):
        return [part]
    spread: list[Part] = []
    for row in part.rows:
        word, says = row.cells[0][0], row.cells[1] or [Paragraph(RichText())]
        spread += [replace(word, rich=joined(word.rich, says[0].rich)), *says[1:]]
    return spread


def _is_memo(row: Row) -> bool:
    return len(row.cells) == 2 and len(row.cells[0]) == 1 and _names_a_heading(row.cells[0][0])


def _names_a_heading(paragraph: Paragraph) -> bool:
    return bool(MEMO_WITH_COLON.fullmatch(f"{paragraph.rich.text.strip().rstrip(':')}:"))


def _lines(rich: RichText) -> list[RichText]:
    """Splits a paragraph at line breaks when its lines are short, or at empty lines; else they become line breaks."""
    pieces = _split(rich, re.compile(r"\n"))
    if len(pieces) > 1 and max(len(piece.text.strip()) for piece in pieces) > SHORT:
        pieces = [_broken(piece) for piece in _split(rich, re.compile(r"\n\s*\n"))]
    pieces = [piece for piece in pieces if piece.text.strip() or piece.anchors]
    if pieces:
        pieces[0].said = rich.said
    return pieces


def _split(rich: RichText, at: re.Pattern[str]) -> list[RichText]:
    pieces, start = [], 0
    for match in at.finditer(rich.text):
        pieces.append(rich.part(start, match.start()))
        start = match.end()
    return [*pieces, rich.part(start, len(rich.text))]


def _broken(rich: RichText) -> RichText:
    """Returns the characters with a line break for each line feed within them."""
    start = len(rich.text) - len(rich.text.lstrip())
    breaks = [(m.start(), LineBreak()) for m in BREAK.finditer(rich.text.rstrip()) if m.start() > start]
    anchors = sorted([*rich.anchors, *breaks], key=lambda anchor: anchor[0])
    return RichText(rich.text.replace("\n", " "), rich.looks, anchors)


def _row(row: Row) -> str:
    return " | ".join(" / ".join(_flat(p.rich.text) for p in cell) for cell in row.cells)


def _flat(text: str) -> str:
    return " ".join(text.split())
