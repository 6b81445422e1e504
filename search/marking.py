"""Marks hits in the finished html of passages and notes, numbered over a page from ``hit-1``."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from search.language.reading import read
from search.matching import Hit, Matcher
from search.query import Query

_PIECE = re.compile(
    r"<(?P<closing>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>|(?P<entity>&[\w#]+;)|(?P<text>[^<&]+|[<&])"
)
_TAG = re.compile(r"<[^>]*>")
_CLASS = re.compile(r"""\bclass=["']([^"']*)["']""")
#: Not part of the words: what the edition adds between them.
_APART = frozenset({"note-marker", "page-break", "label", "note-label"})
_BLOCKS = frozenset({"p", "br", "li", "ol", "ul", "div", "blockquote", "table", "tr", "td", "th", "h2", "h3", "h4"})
_VOID = frozenset({"br", "hr", "img", "wbr"})


class _Run(NamedTuple):
    """Characters of the plain text that stand together in the html: ``plain`` and ``raw`` are where they begin."""

    plain: int
    raw: int
    length: int
    raw_length: int


class HitMarker:
    """Wraps what a query wants in ``<mark class="hit" id="hit-N">``; falsy, and free, when there is nothing to mark.

    Keeps count: use one marker for one page, and hand it the html in the order of the page.
    """

    def __init__(self, query: Query | None) -> None:
        self._matcher = Matcher(query)
        self.count = 0

    @classmethod
    def of(cls, typed: str) -> HitMarker:
        return cls(read(typed).query if typed else None)

    def __bool__(self) -> bool:
        return bool(self._matcher)

    def mark(self, html: str, voice: str = "") -> str:
        """The same html with the hits of its voice marked, or of all when it has none (``Matcher.hits``).

        ``html`` must be well-formed, as the edition's writer makes it.
        """
        if not self._matcher or not self._matcher.may_match(unescape(_TAG.sub("", html)), voice):
            return html
        plain, runs = _plain(html)
        hits = self._matcher.hits(plain, voice)
        if not hits:
            return html
        out: list[str] = []
        done = 0
        for start, end, opening in self._marks(hits, runs):
            out += (html[done:start], opening, html[start:end], "</mark>")
            done = end
        out.append(html[done:])
        return "".join(out)

    def _marks(self, hits: list[Hit], runs: list[_Run]) -> list[tuple[int, int, str]]:
        """Where in the html each mark begins and ends, and its opening tag. A hit across tags is several pieces."""
        marks: list[tuple[int, int, str]] = []
        first = 0
        for hit in hits:
            self.count += 1
            while runs[first].plain + runs[first].length <= hit.start:
                first += 1
            number = f' id="hit-{self.count}"'
            for start, end in _pieces(hit, runs, first):
                marks.append((start, end, f'<mark class="hit"{number}>'))
                number = ""
        return marks


def _pieces(hit: Hit, runs: list[_Run], first: int) -> list[tuple[int, int]]:
    """The stretches of html that hold a hit, joined where nothing but characters lies between them."""
    pieces: list[tuple[int, int]] = []
    for run in runs[first:]:
        if run.plain >= hit.end:
            break
        if run.length != run.raw_length:
            start, end = run.raw, run.raw + run.raw_length
        else:
            start = run.raw + max(0, hit.start - run.plain)
            end = run.raw + min(run.length, hit.end - run.plain)
        if pieces and pieces[-1][1] == start:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return pieces


def _plain(html: str) -> tuple[str, list[_Run]]:
    """The words of the html without what stands apart from them, and where each stretch of them is in the html."""
    text: list[str] = []
    runs: list[_Run] = []
    length = 0
    skipped: list[str] = []
    for match in _PIECE.finditer(html):
        name = match["name"]
        if name:
            name = name.lower()
            _follow_skipping(skipped, name, match)
            if name in _BLOCKS and not skipped:
                text.append("\n" if name == "br" else "\n\n")
                length += len(text[-1])
        elif not skipped:
            raw = match[0]
            words = unescape(raw) if match["entity"] else raw
            runs.append(_Run(length, match.start(), len(words), len(raw)))
            text.append(words)
            length += len(words)
    return "".join(text), runs


def _follow_skipping(skipped: list[str], name: str, match: re.Match[str]) -> None:
    """Keeps the open elements from one that stands apart inwards; empty outside of such an element."""
    if match["closing"]:
        if skipped and skipped[-1] == name:
            skipped.pop()
    elif name not in _VOID and (skipped or _stands_apart(match["rest"])):
        skipped.append(name)


def _stands_apart(attributes: str) -> bool:
    classes = _CLASS.search(attributes)
    return bool(classes and not _APART.isdisjoint(classes[1].split()))
