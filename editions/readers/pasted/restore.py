"""Restores an edition from pasted text, and accounts for every character of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Inline, NoteMarker, PageBreak, Remark, Text
from editions.readers.pasted.blocks import read_blocks
from editions.readers.pasted.drafts import Draft
from editions.readers.pasted.footnotes import Footnotes
from editions.readers.pasted.heading import read_metadata
from editions.readers.pasted.ledger import Line, Mark, Role, Segment, account, lines_of
from editions.readers.pasted.notes import Notes, find_notes
from editions.readers.pasted.pages import find_pages
from editions.readers.pasted.passages import BrokenWord, Source, broken_words, joined_lines
from editions.readers.pasted.wrapping import find_wrapping

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


class _Restorer:
    def __init__(self, source: str) -> None:
        self.text = source
        self.segments: list[Segment] = []
        lines = lines_of(source)
        wrapping = find_wrapping(lines)
        pages = find_pages(lines, bool(wrapping))
        paged = frozenset(lines[index].start for index in pages.taken)
        notes: Notes = find_notes(_on_pages(lines, paged), wrapping)
        groups = joined_lines(lines, paged | notes.taken, wrapping, _alone(lines, notes))
        broken = broken_words([*groups, *(list(note.lines) for note in notes.found)], source)
        self.footnotes = Footnotes(notes, wrapping)
        within = frozenset(line.start for note in notes.found for line in note.lines)
        marks = [*_outside(pages.marks, lines, within), *(word.mark for word in broken), *self.footnotes.marks()]
        self.source = Source(source, marks)
        self.passages = [passage for group in groups if (passage := self.source.passage(group)).text]
        self.remarks = [*pages.remarks, *_on_broken(broken), *self.footnotes.remarks(self.source)]
        self.marks_done = 0
        self.pending: list[Inline] = [pages.top] if pages.top else []

    def restoration(self) -> Restoration:
        blocks = tuple(self._block(draft) for draft in read_blocks(self.passages))
        self._pass_marks(len(self.text) + 1)
        blocks = self._with_rest(blocks)
        footnotes = self.footnotes.read(self.source, self.segments)
        edition = Edition(blocks=blocks, footnotes=footnotes)
        edition = identify(replace(edition, metadata=read_metadata(edition)))
        remarks = tuple(sorted(self.remarks, key=lambda remark: remark.line))
        return Restoration(edition, remarks, account(self.text, self.segments))

    def _block(self, draft: Draft) -> Block:
        passage = draft.passage
        start = passage.source_at(draft.start) if draft.start or draft.label else passage.start
        end = passage.source_at(draft.end) if draft.end is not None else passage.end
        label = ""
        self._pass_marks(start)
        if self.text.startswith(draft.label or "\0", start):  # no page begins within the label
            label = draft.label
            self.segments.append(Segment(start, start + len(label), Role.LABEL))
            start += len(label)
        content = (*self.pending, *self._inlines(start, end))
        self.pending = []
        if draft.remark:
            self.remarks.append(Remark(passage.number, draft.remark, draft.confidence))
        children = tuple(self._block(child) for child in draft.children)
        return Block(draft.kind, content, label, children, line=passage.number)

    def _pass_marks(self, until: int) -> None:
        """Takes the marks before a place, which belong to no block, into the next one."""
        marks = self.source.marks
        while self.marks_done < len(marks) and marks[self.marks_done].start < until:
            mark = marks[self.marks_done]
            self._account(mark)
            if mark.inline:
                self.pending.append(mark.inline)
            self.marks_done += 1

    def _with_rest(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Page breaks and markers after the last block become the end of it."""
        if not self.pending:
            return blocks
        if not blocks:
            return (Block(BlockKind.PARAGRAPH, tuple(self.pending), line=1),)
        last = blocks[-1]
        if last.blocks:
            return (*blocks[:-1], replace(last, blocks=self._with_rest(last.blocks)))
        return (*blocks[:-1], replace(last, content=(*last.content, *self.pending)))

    def _inlines(self, start: int, end: int) -> tuple[Inline, ...]:
        """Turns part of the source into text, markers and page breaks; a page break leaves one space behind."""
        if not self.source.marked(start, end):
            self._words(start, end, Role.TEXT)
            words = SPACES.sub(" ", self.text[start:end].strip())
            return (Text(words),) if words else ()
        content: list[Inline] = []
        after_marker = False
        for at, stop, mark in self.source.pieces(start, end):
            words = SPACES.sub(" ", self.text[at:stop])
            if not content or (isinstance(content[-1], PageBreak) and _space_before_last(content)):
                words = words.lstrip()
            elif after_marker and words[:1].isalnum():
                words = f" {words}"  # "space.1I now": what was copied lost the space after the marker
            self._words(at, stop, Role.TEXT)
            _add(content, words)
            after_marker = bool(mark and mark.inline) or (after_marker and not words)
            if mark:
                self._account(mark)
                if mark.inline:
                    if isinstance(mark.inline, NoteMarker):
                        _close_up(content)
                    content.append(mark.inline)
        self.marks_done = max(self.marks_done, self.source.first_mark(end))
        if content and isinstance(content[-1], Text):
            stripped = content[-1].value.rstrip()
            content[-1:] = [Text(stripped)] if stripped else []
        return tuple(content)

    def _words(self, start: int, end: int, role: Role) -> None:
        """Accounts for the words between two places, without the white space around them."""
        words = self.text[start:end].strip()
        if words:
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
            self.segments.append(Segment(start, start + len(words), role))

    def _account(self, mark: Mark) -> None:
        if mark.role:
            self.segments.append(Segment(mark.start, mark.end, mark.role))


def _add(content: list[Inline], words: str) -> None:
    """Adds words, to the words before them if nothing stands between, with one space at most."""
    if not words:
        return
    if content and isinstance(content[-1], Text):
        value = content[-1].value
        content[-1] = Text(value + (words.lstrip() if value.endswith(" ") else words))
    else:
        content.append(Text(words))


def _close_up(content: list[Inline]) -> None:
    """A marker stands at the end of the word before it."""
    if content and isinstance(content[-1], Text):
        words = content[-1].value.rstrip()
        content[-1:] = [Text(words)] if words else []


def _space_before_last(content: list[Inline]) -> bool:
    """Whether the words before the last of the content end in a space, or there are none."""
    before = content[-2] if len(content) > 1 else None
    return before is None or (isinstance(before, Text) and before.value.endswith(" "))


def _on_broken(broken: list[BrokenWord]) -> list[Remark]:
    """One remark for all words that were put together."""
    if not broken:
        return []
    words = list(dict.fromkeys(word.word for word in broken))
    shown = ", ".join(words[:8]) + (f" and {len(words) - 8} more" if len(words) > 8 else "")
    message = f"Words broken at line ends are put together: {shown}. Put back a hyphen that belongs to the word."
    return [Remark(broken[0].line, message, 0.8)]


def _on_pages(lines: list[Line], paged: frozenset[int]) -> list[Line]:
    """The lines that are not page numbers or heads; what comes after one of these begins a page."""
    kept: list[Line] = []
    turned = False
    for line in lines:
        if line.start in paged:
            turned = True
        else:
            kept.append(line._replace(after_feed=True) if turned else line)
            turned = False
    return kept


def _alone(lines: list[Line], notes: Notes) -> frozenset[int]:
    """Where the lines begin that are a marker and nothing else."""
    ends = {marker.start: marker.end for marker in notes.markers}
    return frozenset(line.start for line in lines if ends.get(line.start) == line.end)


def _outside(marks: tuple[Mark, ...], lines: list[Line], notes: frozenset[int]) -> list[Mark]:
    """The marks that are not within the line of a note; there, "[Page 888]" is words of the note."""
    starts = [line.start for line in lines]
    return [mark for mark in marks if lines[bisect_right(starts, mark.start) - 1].start not in notes]
