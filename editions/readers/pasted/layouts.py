"""Finds the ways in which the lines of a text may be notes: as a list at the end, or after what calls them.

Notes begin with "1.", "1)", "[1]", "(1)", "¹", "1 ", a digit glued to their first word, or a star. Whether a layout is
right shows only when its markers are placed (``notes``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from editions.readers.pasted.ledger import Line
from editions.readers.pasted.markers import SUPERSCRIPTS, Row, candidates
from editions.readers.pasted.wrapping import Wrapping, goes_on

#: How notes begin, by the name of the style. Which number glued digits are depends on the note that is expected.
STYLES = {
    "point": re.compile(r"(?P<label>\d{1,3})[.)]\s+(?:\^\s+)?(?=\S)"),
    "glued": re.compile(r"(?!\d+[.)]\s)(?P<label>\d{1,7})(?=[^\s.)])"),
    "bracket": re.compile(r"\[\^?(?P<label>\d{1,3})\]:?\s*(?=\S)"),
    "parenthesis": re.compile(r"\((?P<label>\d{1,3})\)\s*(?=\S)"),
    "superscript": re.compile(r"(?P<label>[⁰¹²³⁴-⁹]{1,3})\s*(?=\S)"),
    "space": re.compile(r"(?P<label>\d{1,3})\s+(?=[A-Z“\"‘'(\[])"),
}
STAR = re.compile(r"(?P<label>\*{1,4}|[†‡§]{1,3})\s*(?=[^\s*])")
FIRST = frozenset("0123456789[(⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§")
HEADING = re.compile(r"(?:(?:Foot|End)?[Nn]otes?|FOOTNOTES|ENDNOTES|NOTES)(?: and [Rr]eferences)?\s*:?|[_—–=-]{3,}")
ORDINAL = re.compile(r"(?:st|nd|rd|th|d)\b|[^\w“\"‘'(\[]")
NUMBER = re.compile(r"\d+")
#: How many numbers may be missing between two notes.
GAP = 3
#: How far above a note the line that calls it may be.
REACH = 150


@dataclass(frozen=True)
class FoundNote:
    """A note: its label, the lines that hold it, where its words begin in the first of them."""

    label: str
    lines: tuple[Line, ...]
    text_start: int


@dataclass(frozen=True)
class Region:
    """Lines of the text, and the notes that they may call."""

    body: tuple[Line, ...]
    notes: tuple[FoundNote, ...]


@dataclass(frozen=True)
class Layout:
    """A way to read the notes; ``near`` says that a note stands right after what calls it, ``set_off`` that its number
    is in brackets or raised, as numbers of a list seldom are."""

    regions: tuple[Region, ...]
    headings: tuple[Line, ...] = ()
    near: bool = False
    set_off: bool = False


@dataclass(frozen=True)
class _Start:
    """A line, by its place in the list, that may begin a note; ``size`` is the length of what is before its words."""

    index: int
    label: str
    size: int


class Layouts:
    """The layouts of some lines; ``of`` gives the candidates of a line, found once."""

    def __init__(self, lines: list[Line], wrapping: Wrapping) -> None:
        self.lines = lines
        self.wrapping = wrapping
        self.firsts = [index for index, line in enumerate(lines) if index and line.text[0] in FIRST]
        self._found: dict[int, list[Row]] | None = None
        self._calls: dict[str, list[int]] = {}
        self._sure: dict[str, list[int]] = {}

    @cached_property
    def numbers(self) -> Counter[str]:
        """How often each number stands in the lines."""
        return Counter(number for line in self.lines for number in NUMBER.findall(line.text))

    def of(self, line: Line) -> list[Row]:
        return self._by_line()[line.start]

    def numbered(self) -> Iterator[Layout]:
        for style, pattern in STYLES.items():
            starts = list(self._starts(pattern))
            if starts and style != "glued":
                yield from self._lists(starts, style in ("bracket", "superscript"))
            if starts:
                yield from self._scattered(starts, style)

    def starred(self) -> Iterator[Layout]:
        if starts := list(self._starts(STAR)):
            yield from self._scattered(starts, "star")

    def _starts(self, pattern: re.Pattern[str]) -> Iterator[_Start]:
        for index in self.firsts:
            if match := pattern.match(self.lines[index].text):
                yield _Start(index, match["label"].translate(SUPERSCRIPTS), match.end())

    def _lists(self, starts: list[_Start], set_off: bool) -> Iterator[Layout]:
        """Lists of notes at the end, from 1, or from another number where a part of a text was pasted."""
        ones = [at for at, start in enumerate(starts) if start.label == "1"]
        for first in ones[-3:] or [0]:
            run = [starts[first]]
            for start in starts[first + 1 :]:
                if 0 < int(start.label) - int(run[-1].label) <= (GAP if ones else 1):
                    run.append(start)
            if ones or len(run) > 1:
                yield replace(self._list(run), set_off=set_off)

    def _list(self, run: list[_Start]) -> Layout:
        top = run[0].index
        ends = [start.index for start in run[1:]] + [self._end_of_list(run)]
        notes = tuple(self._note(s, s.label, s.size, end) for s, end in zip(run, ends, strict=True))
        above = self.lines[top - 1]
        headings = (above,) if top > 1 and HEADING.fullmatch(above.text) else ()
        body = (*self.lines[: top - len(headings)], *self.lines[ends[-1] :])
        return Layout((Region(body, notes),), headings)

    def _end_of_list(self, run: list[_Start]) -> int:
        """The last note ends with its paragraph, unless other notes of the list have several."""
        starts = {start.index for start in run}
        inner = range(run[0].index, run[-1].index)
        spread = any(self.lines[index].after_blank and index not in starts for index in inner)
        last = self.lines[run[-1].index]
        for end in range(run[-1].index + 1, len(self.lines)):
            if self.lines[end].after_blank and not spread and self.lines[end].indent <= last.indent:
                return end
        return len(self.lines)

    def _scattered(self, starts: list[_Start], style: str) -> Iterator[Layout]:
        """Notes right after the paragraph, or at the foot of the page, that calls them."""
        self._by_line()
        found: list[tuple[int, int, FoundNote]] = []
        top = group = expected = 0
        for start in starts:
            if found and start.index < found[-1][1]:
                continue
            below = bool(found) and start.index == found[-1][1] and not self.lines[start.index].after_feed
            if not below:
                top, group = (found[-1][1] if found else 0), start.index
            label = self._called(start, style, (top, group), expected + 1)
            if not label and below and self._next(start, style, expected + 1):
                label = str(expected + 1)
            if label:
                end = self._end(start.index, STAR if style == "star" else STYLES[style])
                size = start.size - len(start.label) + len(label) if style == "glued" else start.size
                found.append((start.index, end, self._note(start, label, size, end)))
                expected = int(label) if label.isdigit() else 0
        if found:
            yield self._layout(found)

    def _called(self, start: _Start, style: str, above: tuple[int, int], expected: int) -> str:
        """Returns the label of the note that begins here if the lines above it call that note, else ""."""
        if style == "star":
            return start.label if self._calls_within(self._sure, start.label, *above) else ""
        labels = [str(number) for number in range(expected, expected + GAP + 1)]
        if start.label.isdigit() and len(start.label) < 4 and (expected == 1 or (start.label == "1" and self.wrapping)):
            labels.append(start.label)
        for label in labels:
            if start.label == label or (style == "glued" and start.label.startswith(label)):
                near, exact = self._nearest(above), start.label == label
                weak = exact and label == str(expected) and style not in ("point", "space")
                if (self._calls_within(self._sure, label, *above) if exact else expected > 1) and (
                    exact or self._calls_within(self._sure, label, near, above[1])
                ):
                    return label
                if weak and (self._calls_within(self._calls, label, near, above[1]) or self._glued(start, expected)):
                    return label
        return ""

    def _glued(self, start: _Start, expected: int) -> bool:
        """A number glued to a capital is a note where its turn has come: "3See footnote 2"."""
        return expected > 1 and self.lines[start.index].text[start.size : start.size + 1].isupper()

    def _next(self, start: _Start, style: str, expected: int) -> bool:
        """Right below a note stands the next one, even if nothing calls it."""
        words = self.lines[start.index].text[start.size :]
        return start.label == str(expected) and (style != "glued" or not ORDINAL.match(words))

    def _nearest(self, above: tuple[int, int]) -> int:
        """Where the paragraph right above a group of notes begins."""
        top, group = above
        at = group - 1
        while self.wrapping and at > top and not self.lines[at].after_blank and group - at < REACH:
            at -= 1
        return max(at, top)

    def _calls_within(self, calls: dict[str, list[int]], label: str, top: int, group: int) -> bool:
        places = calls.get(label, [])
        at = bisect_left(places, max(top, group - REACH))
        return at < len(places) and places[at] < group

    def _end(self, index: int, pattern: re.Pattern[str]) -> int:
        """A note goes on in the lines that its print broke, and in indented paragraphs below it."""
        end = index + 1
        while end < len(self.lines):
            above, line = self.lines[end - 1], self.lines[end]
            deeper = line.after_blank and line.indent >= self.lines[index].indent + 4
            joined = self.wrapping.joins(above, line) or (self.wrapping and goes_on(above, line))
            if not (joined or deeper) or line.after_feed or pattern.match(line.text):
                break
            end += 1
        return end

    def _note(self, start: _Start, label: str, size: int, end: int) -> FoundNote:
        first = self.lines[start.index]
        return FoundNote(label, tuple(self.lines[start.index : end]), first.start + size)

    def _layout(self, found: list[tuple[int, int, FoundNote]]) -> Layout:
        regions: list[Region] = []
        headings: list[Line] = []
        groups: list[list[tuple[int, int, FoundNote]]] = []
        for item in found:
            if groups and item[0] == groups[-1][-1][1] and not self.lines[item[0]].after_feed:
                groups[-1].append(item)
            else:
                groups.append([item])
        at = 0
        for group in groups:
            body = self.lines[at : group[0][0]]
            if len(body) > 1 and HEADING.fullmatch(body[-1].text):
                headings.append(body.pop())
            regions.append(Region(tuple(body), tuple(note for _, _, note in group)))
            at = group[-1][1]
        return Layout(tuple(regions), tuple(headings), near=True)

    def _by_line(self) -> dict[int, list[Row]]:
        """Finds the candidates of every line, and which lines may call a label."""
        if self._found is None:
            labels = set(self._labels())
            self._found = {line.start: candidates(line, labels.__contains__) for line in self.lines}
            for index, line in enumerate(self.lines):
                for candidate in chain.from_iterable(self._found[line.start]):
                    self._calls.setdefault(candidate.label, []).append(index)
                    if candidate.sure:
                        self._sure.setdefault(candidate.label, []).append(index)
        return self._found

    def _labels(self) -> Iterable[str]:
        for index in self.firsts:
            text = self.lines[index].text
            for pattern in (*STYLES.values(), STAR):
                if match := pattern.match(text):
                    label = match["label"].translate(SUPERSCRIPTS)
                    yield from (label[:size] for size in range(1, min(len(label), 3) + 1))
