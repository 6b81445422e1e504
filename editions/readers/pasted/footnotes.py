"""Makes footnotes of the lines that were found to be notes, and tells what was doubtful about them."""

from __future__ import annotations

import re
from collections import Counter

from editions.model import Block, BlockKind, Footnote, NoteKind, NoteMarker, Remark, Text
from editions.readers.pasted.layouts import FoundNote
from editions.readers.pasted.ledger import Mark, Role, Segment
from editions.readers.pasted.notes import SOURCE, Marker, Notes
from editions.readers.pasted.passages import Source, joined_lines
from editions.readers.pasted.wrapping import Wrapping

STARS = {"*": "star", "†": "dagger", "‡": "double-dagger", "§": "section"}
STRETCH = re.compile(r"\S+(?:\s+\S+)*")
SPACES = re.compile(r"\s+")


class Footnotes:
    """The notes of a text, each with a name of its own."""

    def __init__(self, notes: Notes, wrapping: Wrapping) -> None:
        self.notes = notes
        self.wrapping = wrapping
        self.ids = _ids([note.label for note in notes.found])

    def marks(self) -> list[Mark]:
        """Returns the markers, and what steps over the notes where a sentence goes on behind them."""
        marks = [Mark(m.start, m.end, NoteMarker(self.ids[m.note]), Role.MARKER) for m in self.notes.markers]
        marks += [Mark(n.lines[0].start, n.lines[-1].end, None, None) for n in self.notes.found]
        return marks + [Mark(line.start, line.end, None, Role.NOTES_HEADING) for line in self.notes.headings]

    def read(self, source: Source, segments: list[Segment]) -> tuple[Footnote, ...]:
        """Returns the footnotes, and adds what they take of the source to the segments."""
        numeric = any(note.label.isdigit() for note in self.notes.found)
        return tuple(
            self._footnote(note, ident, source, segments, numeric)
            for note, ident in zip(self.notes.found, self.ids, strict=True)
        )

    def _footnote(
        self, note: FoundNote, ident: str, source: Source, segments: list[Segment], numeric: bool
    ) -> Footnote:
        first = note.lines[0]
        label_end = first.start + len(source.text[first.start : note.text_start].rstrip())
        segments.append(Segment(first.start, label_end, Role.NOTE_LABEL))
        blocks = []
        for group in joined_lines(list(note.lines), frozenset(), self.wrapping):
            start = note.text_start if group[0] is first else group[0].start
            words = self._words(start, group[-1].end, source, segments)
            blocks.append(Block(BlockKind.PARAGRAPH, (Text(words),), line=group[0].number))
        return Footnote(ident, note.label, tuple(blocks), _kind(note, blocks, numeric), first.number)

    def _words(self, start: int, end: int, source: Source, segments: list[Segment]) -> str:
        parts = []
        for at, stop, _ in source.pieces(start, end):
            segments.extend(
                Segment(match.start(), match.end(), Role.NOTE) for match in STRETCH.finditer(source.text, at, stop)
            )
            parts.append(source.text[at:stop])
        return SPACES.sub(" ", "".join(parts)).strip()

    def remarks(self, source: Source) -> list[Remark]:
        """Tells which notes nothing calls, and which markers may be numbers of the text."""
        placed = {marker.note: marker for marker in self.notes.markers}
        found = []
        for at, (note, ident) in enumerate(zip(self.notes.found, self.ids, strict=True)):
            marker, key = placed.get(at), ident.removeprefix("fn")
            if marker is None:
                message = f"Note {note.label} is called nowhere in the text. Put [^{key}] where it belongs."
                found.append(Remark(note.lines[0].number, message, 0.2))
            elif not marker.sure:
                found.append(_doubt(note, key, marker, source))
        return found


def _doubt(note: FoundNote, key: str, marker: Marker, source: Source) -> Remark:
    line = source.text.count("\n", 0, marker.start) + 1
    words = " ".join(source.text[max(0, marker.start - 60) : marker.start].rstrip().rsplit("\n", 1)[-1].split()[-3:])
    message = f"The {note.label} after “{words}” is read as the call of that note. If it is a number, move [^{key}]."
    return Remark(line, message, 0.7)


def _kind(note: FoundNote, blocks: list[Block], numeric: bool) -> NoteKind:
    """A note that begins with "Source:" is the source note; stars beside numbered notes are the author's."""
    words = blocks[0].content[0] if blocks and blocks[0].content else None
    if isinstance(words, Text) and SOURCE.match(words.value):
        return NoteKind.SOURCE
    return NoteKind.AUTHORIAL if numeric and not note.label.isdigit() else NoteKind.EDITORIAL


def _ids(labels: list[str]) -> list[str]:
    """Names notes by their labels; where a label comes again, as on the next page, it is counted."""
    seen: Counter[str] = Counter()
    ids = []
    for label in labels:
        key = label if label.isdigit() else "-".join([STARS[label[0]], *([str(len(label))] if len(label) > 1 else [])])
        seen[key] += 1
        ids.append(f"fn{key}" if seen[key] == 1 else f"fn{key}.{seen[key]}")
    return ids
