"""The rows of a document page: passages and tables, each with its notes and what stands beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from documents.models import Footnote, Proposal
from documents.queries import Block, Note
from documents.tables import TABLE, Table, grouped, is_table, table
from editions.model import BlockKind

#: An item of a list without numbers.
BULLETED = '<span class="label">•</span>'
#: As many characters stand beside what they name, above a memorandum: "PARTICIPANTS:".
SHORT = 14


@dataclass(frozen=True)
class Chip:
    """What became of a proposal, or what it answers: words, and where the words it speaks of stand."""

    words: str
    address: str = ""
    side: str = ""


@dataclass(frozen=True)
class Mark:
    """Stands beside the text: a proposal with its chips, or the chips of a whole document."""

    chips: tuple[Chip, ...]
    proposal: Proposal | None = None
    anchor: str = ""
    words: str = ""
    address: str = ""
    is_changed: bool = False


class CitedNote(NamedTuple):
    """How many documents cite a note, and where they are listed."""

    count: int
    address: str


class Piece(NamedTuple):
    """A passage or note: its opening tag with what comes first in it, its text, in which hits may be marked, and what
    stands after it.

    ``voice`` is who speaks in it: ``text``, ``note``, or ``source`` for what is said of where the document is kept.
    Tag and text are finished here and not in the template, which would take longer over them than the database.
    """

    opening: SafeString
    html: SafeString
    voice: str = "text"
    closing: SafeString = SafeString("")


class Row(NamedTuple):
    """A passage, or a whole table, with what stands beside it."""

    passage: Piece
    marks: list[Mark]
    notes: list[Piece]
    table: Table | None = None


def rows_of(
    blocks: list[Block], footnotes: list[Note], marks: dict[str, list[Mark]], cited: dict[str, CitedNote]
) -> tuple[list[Row], list[Piece]]:
    """Returns the rows, and the notes that no passage calls; ``cited`` are the notes that other documents cite."""
    notes: dict[int | None, list[Piece]] = defaultdict(list)
    for note, name in zip(footnotes, _names(footnotes), strict=True):
        notes[note.passage].append(_note(note, name, cited.get(note.ident)))
    below_memo = _below_memo(blocks)
    rows = []
    for group in grouped(blocks):
        beside = [mark for block in group for mark in marks.get(block.ident, [])]
        below = [note for block in group for note in notes.get(block.pk, [])]
        if is_table(group):
            rows.append(Row(_table_opening(group, bool(beside)), beside, below, table(group)))
        else:
            rows.append(Row(_passage(group[0], marks, group[0].ident in below_memo), beside, below))
    return rows, notes[None]


def _below_memo(blocks: list[Block]) -> set[str]:
    """The passages that are what TO, SUBJECT or PARTICIPANTS names: those of a greater depth that follow it."""
    found: set[str] = set()
    is_below = False
    for block in blocks:
        is_below = block.kind == BlockKind.MEMO.value or (is_below and block.depth > 0)
        if is_below and block.depth > 0:
            found.add(block.ident)
    return found


def _table_opening(group: list[Block], is_marked: bool) -> Piece:
    """The div around a table; unless the text has rows only, the table has an address of its own."""
    ident = f' id="{escape(group[0].ident)}"' if group[0].kind == TABLE else ""
    return Piece(mark_safe(f'<div class="passage is-table{" is-marked" if is_marked else ""}"{ident}>'), mark_safe(""))


def _passage(block: Block, marks: dict[str, list[Mark]], is_below_memo: bool) -> Piece:
    ident = escape(block.ident)
    classes = [
        "passage",
        f"is-{block.kind}",
        "is-deep" if block.depth else "",
        "is-named" if is_below_memo else "",
        "is-short" if block.kind == BlockKind.MEMO.value and len(strip_tags(block.html)) <= SHORT else "",
        "is-bulleted" if BULLETED in block.html else "",
        "is-marked" if block.ident in marks else "",
    ]
    opening = f'<div class="{" ".join(filter(None, classes))}" id="{ident}">'
    if block.number:
        label = f"Passage {block.number}"
        opening += f'<a class="passage-number" href="#{ident}" aria-label="{label}">{block.number}</a>'
    voice = "source" if block.kind == "source" else "text"
    return Piece(mark_safe(opening), mark_safe(block.html), voice)  # editions.writers.html escapes all text


def _names(notes: list[Note]) -> Iterator[str]:
    """What each note is called where it cannot be seen; several with one label are counted."""
    names = [f"{Footnote.Kind(note.kind).label} {note.label}" for note in notes]
    total, seen = Counter(names), Counter[str]()
    for name in names:
        seen[name] += 1
        yield name if total[name] == 1 else f"{name} ({seen[name]} of {total[name]})"


def _note(note: Note, name: str, cited: CitedNote | None) -> Piece:
    ident, label = escape(note.ident), escape(note.label)
    href = f"#marker-{quote(note.ident)}"
    back = f'<a class="note-label" href="{href}" aria-label="Back to the text, note {label}">{label}</a>'
    if note.passage is None:
        back = f'<span class="note-label">{label}</span>'
    opening = f'<aside class="note" id="{ident}" role="doc-footnote" aria-label="{escape(name)}">{back}'
    voice = "source" if note.kind == Footnote.Kind.SOURCE else "note"
    return Piece(mark_safe(opening), mark_safe(note.html), voice, _citing(name, cited))  # as passages


def _citing(name: str, cited: CitedNote | None) -> SafeString:
    if cited is None:
        return SafeString("")
    count, address = cited
    label = f"{name} is cited by {count} document{'' if count == 1 else 's'}"
    return format_html('<a class="note-cited" href="{}" aria-label="{}">Cited by {}</a>', address, label, count)
