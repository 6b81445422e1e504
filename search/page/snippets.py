"""The best passages of a result, cut to a few lines around their hits, each with the voice that speaks in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from search.fields import TEXT, TITLE
from search.matching import Hit, Matcher

WIDTH = 280
_SENTENCE = re.compile(r"(?<=[.!?…:])[”\"’')\]]*\s+(?=\S)")


@dataclass(frozen=True)
class Place:
    """A text that may be quoted: a passage or a note, with its address on the page of its document.

    ``voice`` is what a reader calls who speaks in it, ``field`` the field of words in which the index has it.
    """

    ident: str
    voice: str
    text: str
    field: str = TEXT


@dataclass(frozen=True)
class Snippet:
    """Words of a place, escaped, with the hits in them marked."""

    ident: str
    voice: str
    html: SafeString

    @property
    def where(self) -> str:
        """The number of the passage, for one that has a number."""
        return f"passage {self.ident[1:]}" if self.ident[:1] == "p" and self.ident[1:].isdigit() else ""


class _Quoted(NamedTuple):
    """A place where something was found, and which of its places in the document that is."""

    at: int
    place: Place
    hits: Sequence[Hit]

    @property
    def terms(self) -> set[int]:
        return {hit.term for hit in self.hits}

    @property
    def worth(self) -> tuple[int, int]:
        return len(self.terms), len(self.hits)

    @property
    def snippet(self) -> Snippet:
        return Snippet(self.place.ident, self.place.voice, _around(self.place.text, self.hits))


def best_snippets(places: Iterable[Place], matcher: Matcher, limit: int) -> list[Snippet]:
    """Those places that have most of what was asked for, in the order of the document. None when nothing has any."""
    quoted = [_quoted(number, place, matcher) for number, place in enumerate(places)]
    most = max((len(each.terms) for each in quoted), default=0)
    ranked = sorted((each for each in quoted if most and len(each.terms) == most), key=lambda each: -each.worth[1])
    return [each.snippet for each in sorted(ranked[:limit], key=lambda each: each.at)]


def best_of_each(groups: Iterable[tuple[int, Sequence[Place]]], matcher: Matcher) -> list[Snippet]:
    """The best place of each group that has most of what was asked for, or something that those before it lack.

    A group begins at a position of the document; the snippets come in the order of the document.
    """
    best = []
    for position, places in groups:
        quoted = [
            each for number, place in enumerate(places) if (each := _quoted(position + number, place, matcher)).hits
        ]
        if quoted:
            best.append(max(quoted, key=lambda each: each.worth))
    most = max((len(each.terms) for each in best), default=0)
    chosen: list[_Quoted] = []
    shown: set[int] = set()
    for each in best:
        if len(each.terms) == most or each.terms - shown:
            chosen.append(each)
            shown |= each.terms
    return [each.snippet for each in sorted(chosen, key=lambda each: each.at)]


def _quoted(at: int, place: Place, matcher: Matcher) -> _Quoted:
    return _Quoted(at, place, matcher.hits(place.text, place.field))


def opening(place: Place) -> Snippet:
    """How a text begins: for a result that was found by its title or by a filter."""
    return Snippet(place.ident, place.voice, _around(place.text, []))


def marked(text: str, matcher: Matcher, voice: str = TITLE) -> SafeString:
    """The whole text, escaped, with its hits marked."""
    return _marked(text, matcher.hits(text, voice), 0, len(text))


def _around(text: str, hits: Sequence[Hit]) -> SafeString:
    """The stretch of the text that has most kinds of hits, from the beginning of a sentence if one is near."""
    shown = _densest(hits)
    start, end = (shown[0].start, shown[-1].end) if shown else (0, 0)
    spare = max(0, WIDTH - (end - start))
    start, end = max(0, start - spare // 3), min(len(text), end + spare)
    end = min(end, max(start + WIDTH, shown[-1].end if shown else 0))
    start, end = _begin(text, start, shown[0].start if shown else 0), _finish(text, end)
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return mark_safe(before + _marked(text, hits, start, end) + after)


def _densest(hits: Sequence[Hit]) -> Sequence[Hit]:
    best: tuple[int, int] = (0, 0)
    found: Sequence[Hit] = ()
    for i, first in enumerate(hits):
        window = [hit for hit in hits[i : i + 20] if hit.end <= first.start + WIDTH] or [first]
        worth = (len({hit.term for hit in window}), len(window))
        if worth > best:
            best, found = worth, window
    return found


def _begin(text: str, start: int, latest: int) -> int:
    if not start:
        return 0
    sentence = _SENTENCE.search(text, start, latest + 1)
    if sentence and sentence.end() <= latest:
        return sentence.end()
    space = text.find(" ", start, latest)
    return space + 1 if space >= 0 else latest


def _finish(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", 0, end)
    return space if space > end - 40 and not text[end].isspace() else end


def _marked(text: str, hits: Iterable[Hit], start: int, end: int) -> SafeString:
    out: list[str] = []
    done = start
    for hit in hits:
        if hit.start >= start and hit.end <= end:
            out += (escape(text[done : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>")
            done = hit.end
    out.append(escape(text[done:end]))
    return mark_safe("".join(out))
