"""Joins the lines of pages to paragraphs, with page breaks where pages begin, and gathers the notes of all pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from editions.model import Remark
from editions.readers.pdf.pages import Line, Page

NOTE = re.compile(r"(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|[*†‡]{1,3})(?P<stop>[.)]?)\s*(?=\S)")
ITEM = re.compile(r"(?:\(?[\da-z]{1,3}[.)]|[A-HIVX]{1,4}\.|[•‣◦▪–—])\s")
SENTENCE_END = re.compile(r"[.!?:;][”\"’)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹\d]*$")
HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LABEL = re.compile(r"[^\w-]+")
#: Notes are set smaller than the text; a title larger.
NOTE_SIZE = 0.95
TITLE_SIZE = 1.08
WIDE_GAP = 1.35
FAR = 3
INDENT = 0.7
SHORT = 0.7
MOST_NAMED = 8


@dataclass
class Joined:
    """Paragraphs of the text and the notes after them, each in its lines, and words that were broken at line ends."""

    paragraphs: list[list[str]] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def text(self) -> str:
        return "\n\n".join(" ".join(parts) for parts in [*self.paragraphs, *self.notes]) + "\n"

    def go_on(self, parts: list[str], text: str, mark: str = "") -> None:
        """Adds a line to a paragraph; a word broken between them becomes whole, before a page break."""
        after = text
        if HYPHEN.search(parts[-1]) and text[:1].islower():
            rest, _, after = text.partition(" ")
            parts[-1] = HYPHEN.sub("", parts[-1]) + rest
            self.broken.append(parts[-1].rsplit(" ", 1)[-1])
        parts += filter(None, (mark, after))

    def remarks(self) -> list[Remark]:
        if not self.broken:
            return []
        named = ", ".join(f"“{word}”" for word in dict.fromkeys(self.broken[:MOST_NAMED]))
        more = f" and {len(self.broken) - MOST_NAMED} more" if len(self.broken) > MOST_NAMED else ""
        return [Remark(1, f"Words broken at the ends of lines are joined: {named}{more}. Check them.", 0.8)]


def join(pages: list[Page]) -> Joined:
    """Joins the lines of pages that have no running heads any more."""
    joined = Joined()
    setting = _Setting(pages)
    labelled = any(page.label for page in pages)
    for page in pages:
        body, notes = setting.split(page)
        label = LABEL.sub("-", page.label or str(page.number)).strip("-")
        mark = f"[Page {label}]" if label and (labelled or page.number > 1) else ""
        _add_notes(joined, notes)
        _add_body(joined, body, setting, mark)
    return joined


class _Setting:
    """How a document is set: the size of its type, its leading, its left margin and the length of its lines."""

    def __init__(self, pages: list[Page]) -> None:
        lines = [line for page in pages for line in page.lines]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.size = max(sizes, key=lambda size: sizes[size], default=0.0)
        text = [line for line in lines if line.size == self.size]
        gaps = [a.y - b.y for page in pages for a, b in _pairs([line for line in page.lines if line.size == self.size])]
        self.leading = median(gap for gap in gaps if gap > 0) if any(gap > 0 for gap in gaps) else self.size * 1.2
        self.left = Counter(round(line.x) for line in text).most_common(1)[0][0] if text else 0
        self.length = sorted(len(line.text) for line in text)[len(text) * 3 // 4] if text else 0

    def split(self, page: Page) -> tuple[list[Line], list[Line]]:
        """Parts the text of a page from the notes at its foot: smaller lines down to the end, some with a label."""
        start = len(page.lines)
        for index in range(len(page.lines) - 1, -1, -1):
            if page.lines[index].size > NOTE_SIZE * self.size:
                break
            start = index
        foot = page.lines[start:]
        far = [index for index, (a, b) in enumerate(pairwise(foot), 1) if not 0 < a.y - b.y < FAR * self.leading]
        notes = foot[: far[0]] if far else foot
        if any(NOTE.match(line.text) for line in notes):
            return [*page.lines[:start], *foot[len(notes) :]], list(notes)
        return list(page.lines), []

    def begins(self, line: Line, above: Line) -> bool:
        """Tells whether a line begins a paragraph, below another line of the same page."""
        if abs(line.size - above.size) > 0.05 * max(line.size, above.size):
            return True
        gap = above.y - line.y
        if gap > WIDE_GAP * max(self.leading, line.size) or gap < 0:
            return True
        if line.size > TITLE_SIZE * self.size:
            return False
        if ITEM.match(line.text) and SENTENCE_END.search(above.text):
            return True
        indented = line.x > self.left + INDENT * line.size
        return (indented and line.x > above.x + 1) or self.is_last(above) or (indented and abs(line.x - above.x) < 1)

    def is_last(self, line: Line) -> bool:
        """Tells whether a line ends a paragraph: it is short, and does not stop in a sentence."""
        return len(line.text) < SHORT * self.length and bool(SENTENCE_END.search(line.text) or line.text[-1:].isalnum())


def _pairs(lines: list[Line]) -> list[tuple[Line, Line]]:
    return list(pairwise(lines))


def _add_body(joined: Joined, lines: list[Line], setting: _Setting, mark: str) -> None:
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        begins = setting.begins(line, above) if above else _begins_page(joined, line, setting)
        new = mark if above is None else ""
        if begins:
            joined.paragraphs += [[new], [line.text]] if new else [[line.text]]
        else:
            joined.go_on(joined.paragraphs[-1], line.text, new)
    if mark and not lines:
        joined.paragraphs.append([mark])


def _begins_page(joined: Joined, line: Line, setting: _Setting) -> bool:
    """Tells whether the first line of a page begins a paragraph, or goes on with the last one of the page before."""
    above = joined.paragraphs[-1] if joined.paragraphs else [""]
    if not above[-1] or SENTENCE_END.search(above[-1]) or line.size > TITLE_SIZE * setting.size:
        return True
    return line.x > setting.left + INDENT * line.size or (
        line.text[:1].isupper() and sum(map(len, above)) < SHORT * setting.length
    )


def _add_notes(joined: Joined, lines: list[Line]) -> None:
    for line in lines:
        match = NOTE.match(line.text)
        if match and (match["stop"] or not match["label"].isdecimal() or line.text[match.end() :][:1].isupper()):
            label = match["label"].translate(SUPERSCRIPTS)
            joined.notes.append([f"{label}. {line.text[match.end() :]}"])
        elif joined.notes:
            joined.go_on(joined.notes[-1], line.text)
        else:
            joined.notes.append([line.text])
