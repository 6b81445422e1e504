"""Running heads and printed page numbers: told by what stands at the edges of many pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from editions.model import Remark
from editions.readers.pdf.pages import Line, Page

BARE = re.compile(r"[-–—\[(. ]*(?P<label>\d{1,4}|[ivxlc]{1,8})[-–—\]). ]*")
NUMBER = re.compile(r"\d+")
AT_AN_END = re.compile(r"^(?P<first>\d{1,4})\s|\s(?P<last>\d{1,4})$")
LONGEST_HEAD = 100
MOST_NAMED = 6


@dataclass(frozen=True)
class Headed:
    """Pages without their heads, each with the label that is printed on it or that the file gives it."""

    pages: list[Page]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Head:
    """A line that may be a head: its page, and the number of a page that it begins or ends with, if it does."""

    page: int
    line: Line
    number: int | None


def take_heads(pages: list[Page]) -> Headed:
    """Takes running heads and page numbers off the pages; what is taken off is said, but for bare numbers."""
    candidates = [head for page in pages for head in _edges(page)]
    ahead = _ahead(candidates)
    words = Counter(text for page in pages for text in {NUMBER.sub("#", head.line.text) for head in _edges(page)})
    heads = [head for head in candidates if _is_head(head, ahead, words[NUMBER.sub("#", head.line.text)], len(pages))]
    taken = {(head.page, head.line) for head in heads}
    labels = {page.number: _label(page, ahead, heads) for page in pages}
    left = [replace(page, label=labels[page.number], lines=_without(page, taken)) for page in pages]
    return Headed(left, (*_heads_left_out(heads), *_no_labels(left)))


def _edges(page: Page) -> list[_Head]:
    """The two lines highest and the two lowest on a page, where heads and feet stand."""
    ordered = sorted(page.lines, key=lambda line: -line.y)
    edges = dict.fromkeys([*ordered[:2], *ordered[-2:]]) if len(ordered) > 1 else {}
    return [_Head(page.number, line, _number(line)) for line in edges if len(line.text) <= LONGEST_HEAD]


def _number(line: Line) -> int | None:
    if bare := BARE.fullmatch(line.text):
        return int(bare["label"]) if bare["label"].isdecimal() else None
    at_end = AT_AN_END.search(line.text)
    return int(at_end["first"] or at_end["last"]) if at_end else None


def _ahead(candidates: list[_Head]) -> int | None:
    """Returns how far the printed numbers are ahead of the file's own count, where several agree."""
    counts = Counter(difference for _, difference in {(h.page, h.number - h.page) for h in candidates if h.number})
    difference, count = counts.most_common(1)[0] if counts else (0, 0)
    bare = [head for head in candidates if head.number and BARE.fullmatch(head.line.text)]
    return difference if count > 1 else bare[0].number - bare[0].page if bare and bare[0].number else None


def _is_head(head: _Head, ahead: int | None, times: int, pages: int) -> bool:
    if head.number is not None and ahead is not None and head.number - head.page == ahead:
        return True
    roman = BARE.fullmatch(head.line.text) and head.number is None
    return bool(roman) or times >= 3 or (times == 2 and pages <= 4)


def _label(page: Page, ahead: int | None, heads: list[_Head]) -> str:
    """Returns the label of a page: as printed, or else as the pages around it count, or else as the file says."""
    own = [head for head in heads if head.page == page.number]
    for head in own:
        if (bare := BARE.fullmatch(head.line.text)) and not bare["label"].isdecimal():
            return bare["label"]
    first = min((head.page for head in heads if head.number is not None), default=0)
    if ahead is not None and first and page.number >= first:
        return str(page.number + ahead)
    return page.label


def _heads_left_out(heads: list[_Head]) -> list[Remark]:
    groups: dict[str, list[_Head]] = {}
    for head in heads:
        if not BARE.fullmatch(head.line.text):
            groups.setdefault(NUMBER.sub("#", head.line.text), []).append(head)
    remarks = []
    for group in groups.values():
        numbers = [str(head.page) for head in group]
        where = ", ".join(numbers[:MOST_NAMED]) + (" and more" if len(numbers) > MOST_NAMED else "")
        pages = "page" if len(numbers) == 1 else "pages"
        message = f"“{group[0].line.text}” is read as a running head and left out ({pages} {where} of the file)."
        remarks.append(Remark(1, message, 0.8))
    return remarks


def _no_labels(pages: list[Page]) -> list[Remark]:
    if len(pages) < 2 or any(page.label for page in pages):
        return []
    message = (
        "No page numbers are printed on these pages, so page breaks have the numbers that the file counts. Correct "
        "them where the printed edition has others."
    )
    return [Remark(1, message, 0.5)]


def _without(page: Page, taken: set[tuple[int, Line]]) -> tuple[Line, ...]:
    return tuple(line for line in page.lines if (page.number, line) not in taken)
