"""Finds where the pages of a printed source begin: "[Page 888]" in the text, and the page numbers and running heads
that come along on lines of their own when pages are copied from a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from editions.model import PageBreak, Remark
from editions.readers.pasted.ledger import Line, Mark, Role

PAGE_BREAK = re.compile(r"\[(?:Page|page|PAGE|pp?\.|pg\.) (?P<label>[\w-]{1,20})\]")
#: Lines that are the number of a page: "Page 888 of 900" and "- 888 -" say so, "888" may be any number.
SAID = re.compile(
    r"(?:Page|page|PAGE|pp?\.)\s+(?P<label>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|[-–—]\s?(?P<dashed>\d{1,4}|[ivxlc]{1,7})\s?[-–—]"
)
BARE = re.compile(r"\d{1,4}")
#: A running head with its page number: "888 Foreign Relations, 1961–1963", "Space Cooperation 889".
HEAD = re.compile(r"(?P<left>\d{1,4})\s+(?P<after>\D.{3,90})|(?P<before>\D.{3,90}?)\s+(?P<right>\d{1,4})")
#: The same, with the gap that the print had between the two.
SPREAD_HEAD = re.compile(r"\d{1,4}\s{3,}[A-Z“]\S+ .{3,80}?\S|[A-Z“]\S+ .{3,80}?\S\s{3,}\d{1,4}")
SENTENCE_END = re.compile(r"[.!?:;][”\"’')\]]*\d{0,3}$")
LONGEST_HEAD = 100
#: Page numbers without form feeds have at least this many lines between them.
FEWEST_LINES = 4


@dataclass(frozen=True)
class Pages:
    """``marks`` are page breaks and running heads; ``taken`` are the lines that are nothing else, by their place in
    the list of lines; ``remarks`` tell what was a judgement; ``top`` is the page on which the text begins, where
    its number stands below."""

    marks: tuple[Mark, ...] = ()
    taken: frozenset[int] = frozenset()
    remarks: tuple[Remark, ...] = ()
    top: PageBreak | None = None


@dataclass(frozen=True)
class _Number:
    """The number of a page: the line it is on, by its place in the list, and where its digits are in the source."""

    index: int
    label: str
    start: int
    end: int
    said: bool = False

    @property
    def value(self) -> int:
        return int(self.label) if self.label.isdigit() else 0


def find_pages(lines: list[Line], wrapped: bool) -> Pages:
    """Finds the page breaks of a text; ``wrapped`` says that its lines end where those of the print do.

    Numbers alone on a line count only where the text was copied page by page: beside a form feed, or in sequence in a
    text with the line ends of the print.
    """
    marks = [
        Mark(line.start + m.start(), line.start + m.end(), PageBreak(m["label"]), Role.PAGE_BREAK)
        for line in lines
        if "[" in line.text
        for m in PAGE_BREAK.finditer(line.text)
    ]
    if not wrapped and not any(line.after_feed for line in lines):
        said = [number for index, line in enumerate(lines) if (number := _said(index, line))]
        return _pages(lines, marks, said, [])
    heads = _running_heads(lines)
    return _pages(lines, marks, _numbers(lines, wrapped, heads), heads)


def _pages(lines: list[Line], marks: list[Mark], numbers: list[_Number], heads: list[int]) -> Pages:
    at_foot = bool(numbers) and _at_foot(lines, numbers, set(heads))
    marks += _breaks(lines, numbers, at_foot)
    feet = set(numbers) if at_foot else _feet(numbers)
    remarks = [_number_remark(lines[n.index], n, n in feet) for n in numbers]
    placed = {number.index: number for number in numbers}
    for index in heads:
        marks += _rest_of_head(lines[index], placed.get(index))
    if heads:
        words, others = lines[heads[0]].text[:60], len(heads) - 1
        more = f" So {'is' if others == 1 else 'are'} {others} more like it." if others else ""
        message = (
            f"“{words}” is read as the head of a page and left out of the text.{more} Put back what belongs to it."
        )
        remarks.append(Remark(lines[heads[0]].number, message, 0.8))
    taken = frozenset({*placed, *heads})
    top = PageBreak(numbers[0].label) if numbers and (at_foot or numbers[0] in _feet(numbers)) else None
    return Pages(tuple(sorted(marks, key=lambda mark: (mark.start, mark.end))), taken, tuple(remarks), top)


def _said(index: int, line: Line) -> _Number | None:
    match = SAID.fullmatch(line.text) if len(line.text) < 20 else None
    if match is None:
        return None
    return _Number(index, match["label"] or match["dashed"], line.start, line.end, said=True)


def _numbers(lines: list[Line], wrapped: bool, heads: list[int]) -> list[_Number]:
    """Finds the lines that are page numbers, and the numbers within running heads."""
    found: list[_Number] = []
    for index in heads:
        if match := HEAD.fullmatch(lines[index].text):
            name = "left" if match["left"] else "right"
            at = lines[index].start
            found.append(_Number(index, match[name], at + match.start(name), at + match.end(name), said=True))
    edges = _edges(lines) | {index + step for index in heads for step in (-1, 1)}
    bare = []
    for index, line in enumerate(lines):
        if number := _said(index, line):
            found.append(number)
        elif len(line.text) <= 4 and BARE.fullmatch(line.text) and index:
            bare.append(_Number(index, line.text, line.start, line.end))
    found += [
        number for number in bare if number.index in edges or (wrapped and _in_sequence(number, [*found, *bare], lines))
    ]
    return sorted(found, key=lambda number: number.start)


def _in_sequence(number: _Number, others: list[_Number], lines: list[Line]) -> bool:
    """The page before or after it is there too, some lines away; or it cuts a sentence in two."""
    if any(abs(o.value - number.value) == 1 and abs(o.index - number.index) > FEWEST_LINES for o in others[:400]):
        return True
    if not 0 < number.index < len(lines) - 1:
        return False
    return not SENTENCE_END.search(lines[number.index - 1].text) and lines[number.index + 1].text[:1].islower()


def _edges(lines: list[Line]) -> set[int]:
    """The first and last lines of pages that form feeds separate."""
    feeds = [index for index, line in enumerate(lines) if line.after_feed and index]
    return {*feeds, *(index - 1 for index in feeds), *([len(lines) - 1] if feeds else [])}


def _running_heads(lines: list[Line]) -> list[int]:
    """Lines at the edge of pages, or beside a page number, whose words come again on other pages."""
    edges = {near for index in _edges(lines) for near in (index - 1, index, index + 1)}
    beside = {near for i, line in enumerate(lines) if BARE.fullmatch(line.text) for near in (i - 1, i + 1)}
    alike: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) <= LONGEST_HEAD and not SENTENCE_END.search(line.text):
            words = re.sub(r"[\d\W]+", " ", line.text).strip().casefold()
            if len(words) >= 8 and " " in words:
                alike.setdefault(words, []).append(index)
    found = [index for index, line in enumerate(lines) if SPREAD_HEAD.fullmatch(line.text)]
    for same in alike.values():
        at_edge = [index for index in same if index in edges or index in beside]
        if len(at_edge) >= 2:
            found += at_edge
        elif len(same) >= 2 and _counts_up([lines[index].text for index in same]):
            found += same
    return sorted(set(found))


def _counts_up(texts: list[str]) -> bool:
    """All are heads with a page number, and the numbers rise."""
    matches = [HEAD.fullmatch(text) for text in texts]
    values = [int(match["left"] or match["right"]) for match in matches if match]
    return len(values) == len(texts) and all(a < b for a, b in pairwise(values))


def _at_foot(lines: list[Line], numbers: list[_Number], heads: set[int]) -> bool:
    """Whether the numbers stand below their pages: before form feeds, or one ends the text and none begins it."""
    above = sum(lines[n.index].after_feed or lines[max(n.index - 1, 0)].after_feed for n in numbers)
    feeds = {index - 1 for index, line in enumerate(lines) if line.after_feed}
    below = sum(n.index in feeds or n.index + 1 in feeds for n in numbers)
    if above != below:
        return below > above
    rest = set(range(numbers[-1].index + 1, min(len(lines), numbers[-1].index + 4)))
    return len(lines) - numbers[-1].index <= 3 and rest <= heads and numbers[0].index > 2


def _breaks(lines: list[Line], numbers: list[_Number], at_foot: bool) -> list[Mark]:
    """Page breaks at the numbers; a number at the foot of a page says that the next page begins there.

    Where the number of the next page stands right below it, that one is the break.
    """
    feet = _feet(numbers)
    if not at_foot:
        return [Mark(n.start, n.end, None if n in feet else PageBreak(n.label), Role.PAGE_BREAK) for n in numbers]
    marks = []
    for number, following in zip(numbers, [*numbers[1:], None], strict=True):
        label = following.label if following else ""
        if following is None and number.index < len(lines) - 2 and number.value:
            label = str(number.value + 1)
        marks.append(Mark(number.start, number.end, PageBreak(label) if label else None, Role.PAGE_BREAK))
    return marks


def _feet(numbers: list[_Number]) -> set[_Number]:
    """Numbers at the foot of a page, with the number of the next page right below them."""
    return {a for a, b in pairwise(numbers) if b.index - a.index <= 2 and b.value == a.value + 1}


def _rest_of_head(line: Line, number: _Number | None) -> list[Mark]:
    """What remains of a running head before and after the number of the page."""
    ends = [line.start, *((number.start, number.end) if number else ()), line.end]
    return [
        Mark(start, end, None, Role.RUNNING_HEAD)
        for start, end in zip(ends[::2], ends[1::2], strict=True)
        if start < end
    ]


def _number_remark(line: Line, number: _Number, at_foot: bool) -> Remark:
    where = f"page {number.label} ends here" if at_foot else f"page {number.label} begins here"
    message = f"{number.label} is read as the number of a page: {where}. If it belongs to the text, put it back there."
    return Remark(line.number, message, 0.9 if number.said else 0.7)
