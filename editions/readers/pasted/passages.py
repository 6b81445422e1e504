"""Puts the lines of a text together to passages, a paragraph or another block each, with the words that can be read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from editions.readers.pasted.ledger import Line, Mark, Role
from editions.readers.pasted.wrapping import Wrapping, hyphen_at_end, joins_title

WHITE = re.compile(r"\s*")
MEMO_LINE = re.compile(r"(?:TO|FROM|SUBJECT|RE|REF|THROUGH|Subject|Re)\s*:\s*\S")


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of the text, or several that belong together.

    ``start`` and ``end`` are its place in the source, ``text`` its words without markers and page breaks, ``number``,
    ``indent`` and ``after_blank`` those of its first line; ``offsets`` and ``places`` tell where the pieces of
    ``text`` begin in it and in the source.
    """

    number: int
    start: int
    end: int
    indent: int
    after_blank: bool
    text: str
    offsets: tuple[int, ...]
    places: tuple[int, ...]

    def source_at(self, offset: int) -> int:
        """Returns where in the source the character at an offset of ``text`` stands."""
        at = bisect_right(self.offsets, offset) - 1
        return self.places[at] + offset - self.offsets[at] if at >= 0 else self.start


class Source:
    """A source with the marks in it, in order."""

    def __init__(self, text: str, marks: list[Mark]) -> None:
        self.text = text
        self.marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self.starts = [mark.start for mark in self.marks]

    def marks_within(self, start: int, end: int) -> list[Mark]:
        return self.marks[self.first_mark(start) : self.first_mark(end)]

    def marked(self, start: int, end: int) -> bool:
        """Whether a mark begins between two places."""
        at = self.first_mark(start)
        return at < len(self.starts) and self.starts[at] < end

    def first_mark(self, place: int) -> int:
        """Returns how many marks begin before a place."""
        return bisect_left(self.starts, place)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, Mark | None]]:
        """Yields the stretches of words between two places, each with the mark that follows it."""
        at, glued = start, False
        for mark in [*self.marks_within(start, end), None]:
            if glued:
                at = _skip_white(self.text, at, mark.start if mark else end)
                glued = at == (mark.start if mark else end)
            yield at, max(at, mark.start if mark else end), mark
            if mark:
                glued = glued or (mark.role is Role.HYPHEN and mark.start >= at)
                at = max(at, mark.end)

    def passage(self, lines: list[Line]) -> Passage:
        first, end = lines[0], lines[-1].end
        if not self.marked(first.start, end):
            text = first.text if len(lines) == 1 else self.text[first.start : end].replace("\n", " ")
            return Passage(first.number, first.start, end, first.indent, first.after_blank, text, (0,), (first.start,))
        parts: list[str] = []
        offsets: list[int] = []
        places: list[int] = []
        length = 0
        for start, stop, _ in self.pieces(first.start, end):
            words = self.text[start:stop]
            if not parts:
                stripped = words.lstrip()
                start += len(words) - len(stripped)
                words = stripped
            if words:
                parts.append(words)
                offsets.append(length)
                places.append(start)
                length += len(words)
        text = "".join(parts).rstrip()
        if "\n" in text:
            text = text.replace("\n", " ")
        return Passage(
            first.number, first.start, end, first.indent, first.after_blank, text, tuple(offsets), tuple(places)
        )


def _skip_white(text: str, start: int, end: int) -> int:
    match = WHITE.match(text, start, end)
    return match.end() if match else start


def joined_lines(
    lines: list[Line], taken: frozenset[int], wrapping: Wrapping, alone: frozenset[int] = frozenset()
) -> list[list[Line]]:
    """Puts the lines that are not ``taken`` (by where they begin) into groups that make one passage each.

    A sentence that a page break or a note interrupts goes on behind it. Markers ``alone`` on a line go with what stands
    above them.
    """
    groups: list[list[Line]] = []
    across = False
    for line in lines:
        if line.start in taken:
            across = True
            continue
        if line.start in alone and groups:
            groups[-1].append(line)
            continue
        above = groups[-1][-1] if groups else None
        title = bool(groups) and len(groups[-1]) < 3 and (len(groups) <= 2 or bool(MEMO_LINE.match(groups[-1][0].text)))
        if above and (
            wrapping.joins(above, line, across=across or line.after_feed)
            or (title and not across and joins_title(above, line))
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
        across = False
    return groups


@dataclass(frozen=True)
class BrokenWord:
    """A word that a line end broke: its hyphen, what it is put together, and the line."""

    mark: Mark
    word: str
    line: int


def broken_words(groups: list[list[Line]], source: str) -> list[BrokenWord]:
    """Finds the hyphens that are there only because a line ended.

    Where the text has the word with its hyphen elsewhere and nowhere without it, the hyphen stays.
    """
    found: list[BrokenWord] = []
    for group in groups:
        for above, line in pairwise(group):
            word = hyphen_at_end(above.text, line.text)
            if word:
                hyphen = Mark(above.end - 1, above.end, None, Role.HYPHEN)
                found.append(BrokenWord(hyphen, word, above.number))
    if not found:
        return []
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", source.casefold()))
    return [broken for broken in found if not _keeps_hyphen(broken, source, words)]


def _keeps_hyphen(broken: BrokenWord, source: str, words: set[str]) -> bool:
    before = re.search(r"[^\W\d_]+$", source[max(0, broken.mark.start - 60) : broken.mark.start])
    if before is None:
        return True
    size = len(before[0])
    hyphenated = f"{broken.word[:size]}-{broken.word[size:]}".casefold()
    return broken.word.casefold() not in words and hyphenated in words
