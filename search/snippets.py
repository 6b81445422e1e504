"""The best passages of a result, cut to a few lines around their hits, each with the voice that speaks in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.matching import Hit, Matcher

WIDTH = 280
_SENTENCE = re.compile(r"(?<=[.!?…:])[”\"’')\]]*\s+(?=\S)")


@dataclass(frozen=True)
class Place:
    """A text that may be quoted: a passage or a note, with its address on the page of its document."""

    ident: str
    voice: str
    text: str


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


def best_snippets(places: Iterable[Place], matcher: Matcher, limit: int) -> list[Snippet]:
    """Those places that have most of what was asked for, in the order of the document. None when nothing has any."""
    with_hits = [(number, place, matcher.hits(place.text)) for number, place in enumerate(places)]
    kinds = {number: len({hit.term for hit in hits}) for number, _, hits in with_hits}
    most = max(kinds.values(), default=0)
    ranked = [item for item in with_hits if most and kinds[item[0]] == most]
    ranked.sort(key=lambda item: -len(item[2]))
    best = sorted(ranked[:limit], key=lambda item: item[0])
    return [Snippet(place.ident, place.voice, _around(place.text, hits)) for _, place, hits in best]


def opening(place: Place) -> Snippet:
    """How a text begins: for a result that was found by its title or by a filter."""
    return Snippet(place.ident, place.voice, _around(place.text, []))


def marked(text: str, matcher: Matcher) -> SafeString:
    """The whole text, escaped, with its hits marked."""
    return _marked(text, matcher.hits(text), 0, len(text))


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
    sentence = next((match.end() for match in _SENTENCE.finditer(text, start) if match.end() <= latest), None)
    if sentence:
        return sentence
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
