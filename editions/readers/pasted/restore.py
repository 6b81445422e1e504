"""Restores an edition from pasted text, and accounts for every character of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Footnote, Inline, NoteKind, NoteMarker, PageBreak, Remark, Text
from editions.readers.pasted.blocks import Draft, read_blocks
from editions.readers.pasted.heading import read_metadata
from editions.readers.pasted.ledger import PAGE_BREAK, Line, Role, Segment, account, lines_of
from editions.readers.pasted.notes import FoundNote, Marker, Notes, find_notes

SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Restoration:
    """An edition, the judgements behind it, and the account of the source: segments that cover it from end to end."""

    edition: Edition
    remarks: tuple[Remark, ...]
    segments: tuple[Segment, ...]


def restore(source: str) -> Restoration:
    """Restores a text that was pasted or typed without markup. Never fails: what is not understood is a paragraph."""
    return _Restorer(source).restoration()


@dataclass(frozen=True)
class _Mark:
    """A note marker or a page break within the source, from ``start`` to ``end``."""

    start: int
    end: int
    inline: NoteMarker | PageBreak


class _Restorer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.segments: list[Segment] = []
        self.remarks: list[Remark] = []
        lines = lines_of(source)
        self.notes: Notes = find_notes(lines)
        self.body = [line for line in lines if line.number not in self.notes.line_numbers]
        self.marks = self._marks()
        self.pending: list[Inline] = []

    def restoration(self) -> Restoration:
        whole = [line for line in self.body if self._plain(line)]
        loose = {line.number for line in self.body} - {line.number for line in whole}
        drafts = read_blocks(whole, self._plain)
        self.loose = [line for line in self.body if line.number in loose]
        blocks = tuple(self._block(draft) for draft in drafts)
        blocks = self._with_rest(blocks)
        footnotes = tuple(self._footnote(note) for note in self.notes.found)
        edition = Edition(blocks=blocks, footnotes=footnotes)
        edition = identify(replace(edition, metadata=read_metadata(edition)))
        self._remark_on_notes()
        return Restoration(
            edition, tuple(sorted(self.remarks, key=lambda r: r.line)), account(self.source, self.segments)
        )

    def _marks(self) -> list[_Mark]:
        found = [_Mark(m.start, m.end, NoteMarker(f"fn{m.label}")) for m in self.notes.markers]
        for line in self.body:
            found += [
                _Mark(line.start + match.start(), line.start + match.end(), PageBreak(match["label"]))
                for match in PAGE_BREAK.finditer(line.text)
            ]
        return sorted(found, key=lambda mark: mark.start)

    def _plain(self, line: Line) -> str:
        """The words of a line without markers and page breaks; positions in it are not those of the source."""
        parts, at = [], line.start
        for mark in self._marks_within(line.start, line.end):
            parts.append(self.source[at : mark.start])
            at = mark.end
        return "".join([*parts, self.source[at : line.end]]).strip()

    def _marks_within(self, start: int, end: int) -> list[_Mark]:
        return [mark for mark in self.marks if start <= mark.start < end]

    def _block(self, draft: Draft) -> Block:
        line = draft.line
        self.pending += self._loose_before(line)
        start, label = line.start, ""
        if draft.label:
            start, label = self._label(line, draft)
        elif draft.label_end:
            start = line.start + draft.label_end
        end = line.start + draft.words_end if draft.words_end is not None else line.end
        content = self._inlines(start, end, Role.TEXT)
        content, self.pending = (*self.pending, *content), []
        if draft.confidence < 1:
            self._remark(line, f"Read as {draft.kind.value}: “{self._plain(line)[:60]}”.", draft.confidence)
        return Block(
            draft.kind, content, label, tuple(self._block(child) for child in draft.children), line=line.number
        )

    def _label(self, line: Line, draft: Draft) -> tuple[int, str]:
        """Returns where the words begin after a label, which may stand behind a page break."""
        start = self.source.index(draft.label, line.start, line.end)
        for mark in self._marks_within(line.start, start):
            self.pending.append(mark.inline)
            self._note_segment(mark)
        self.segments.append(Segment(start, start + len(draft.label), Role.LABEL))
        return start + len(draft.label), draft.label

    def _loose_before(self, line: Line) -> list[Inline]:
        """Page breaks and markers that stand on lines of their own above this one."""
        found: list[Inline] = []
        while self.loose and self.loose[0].number < line.number:
            loose = self.loose.pop(0)
            found += self._inlines(loose.start, loose.end, Role.TEXT)
        return found

    def _with_rest(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Page breaks and markers after the last block become the end of it."""
        rest = [inline for line in self.loose for inline in self._inlines(line.start, line.end, Role.TEXT)]
        if not rest:
            return blocks
        if not blocks:
            return (Block(BlockKind.PARAGRAPH, tuple(rest), line=self.loose[0].number),)
        return (*blocks[:-1], replace(blocks[-1], content=(*blocks[-1].content, *rest)))

    def _inlines(self, start: int, end: int, role: Role) -> tuple[Inline, ...]:
        """Turns part of the source into text, markers and page breaks; a page break leaves one space behind."""
        content: list[Inline] = []
        at = start
        for mark in [*self._marks_within(start, end), None]:
            stop = mark.start if mark else end
            words = SPACES.sub(" ", self.source[at:stop])
            if not content or (isinstance(content[-1], PageBreak) and _ends_in_space(content[:-1])):
                words = words.lstrip()
            elif content and words[:1].isalnum():
                words = f" {words}"  # "space.1I now": what was copied lost the space after the marker
            self._text_segments(at, stop, role)
            if words:
                content.append(Text(words))
            if mark:
                self._note_segment(mark)
                content.append(mark.inline)
                at = mark.end
        if content and isinstance(content[-1], Text):
            stripped = content[-1].value.rstrip()
            content[-1:] = [Text(stripped)] if stripped else []
        return tuple(content)

    def _text_segments(self, start: int, end: int, role: Role) -> None:
        for match in re.finditer(r"\S+(?:\s+\S+)*", self.source[start:end]):
            self.segments.append(Segment(start + match.start(), start + match.end(), role))

    def _note_segment(self, mark: _Mark) -> None:
        role = Role.MARKER if isinstance(mark.inline, NoteMarker) else Role.PAGE_BREAK
        self.segments.append(Segment(mark.start, mark.end, role))

    def _footnote(self, note: FoundNote) -> Footnote:
        first = note.lines[0]
        self.segments.append(Segment(first.start, first.start + len(self._note_label(note)), Role.NOTE_LABEL))
        blocks = []
        for line in note.lines:
            start = note.text_start if line is first else line.start
            self._text_segments(start, line.end, Role.NOTE)
            words = SPACES.sub(" ", self.source[start : line.end]).strip()
            blocks.append(Block(BlockKind.PARAGRAPH, (Text(words),), line=line.number))
        source = blocks[0].content[0] if blocks[0].content else None
        kind = (
            NoteKind.SOURCE if isinstance(source, Text) and source.value.startswith("Source:") else NoteKind.EDITORIAL
        )
        return Footnote(f"fn{note.label}", note.label, tuple(blocks), kind, first.number)

    def _note_label(self, note: FoundNote) -> str:
        return self.source[note.lines[0].start : note.text_start].rstrip()

    def _remark_on_notes(self) -> None:
        placed = {marker.label: marker for marker in self.notes.markers}
        for note in self.notes.found:
            line, marker = note.lines[0], placed.get(note.label)
            if marker is None:
                self._remark(
                    line, f"Note {note.label} is called nowhere in the text. Put [^{note.label}] where it belongs.", 0.2
                )
            elif marker.score < 3:
                words = " ".join(self.source[: marker.start].rsplit("\n", 1)[-1].split()[-3:])
                self._remark(
                    self._line_at(marker),
                    f"The {note.label} after “{words}” is read as the marker of note {note.label}.",
                    0.7,
                )

    def _line_at(self, marker: Marker) -> Line:
        return next(line for line in self.body if line.start <= marker.start < line.end)

    def _remark(self, line: Line, message: str, confidence: float) -> None:
        self.remarks.append(Remark(line.number, message, confidence))


def _ends_in_space(content: list[Inline]) -> bool:
    return not content or (isinstance(content[-1], Text) and content[-1].value.endswith(" "))
