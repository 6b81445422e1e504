"""The words that students mark in a reading.

A page and the archive count the letters of a passage alike, and nothing else: a page has spaces, numbers of notes and
breaks of pages where the text has none. So a page names words by letters, and what is stored counts characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from classroom.excerpts import Excerpt
from classroom.models import Highlight
from documents import published
from documents.models import FormerAddress, Passage

#: What is no letter. ``static/js/marking.js`` has the same.
SPACES = frozenset(" \t\n\r\u00a0")


def letters_before(text: str, offset: int) -> int:
    """How many letters stand before a place in a text."""
    return sum(each not in SPACES for each in text[:offset])


def characters(text: str, first: int, end: int) -> tuple[int, int] | None:
    """Where letters from the one numbered ``first``, from 0, up to ``end`` stand in a text; None where it has fewer."""
    places = [place for place, each in enumerate(text) if each not in SPACES]
    if not 0 <= first < end <= len(places):
        return None
    return places[first], places[end - 1] + 1


def passage_texts(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The texts of passages of public documents, named by the address of the document and the id of the passage."""
    named = set(wanted)
    if not named:
        return {}
    found = _texts({slug for slug, _ in named}, named)
    if missing := {slug for slug, _ in named} - {slug for slug, _ in found}:
        former = dict(FormerAddress.objects.filter(slug__in=missing).values_list("slug", "document__slug"))
        now = _texts(set(former.values()), {(former[slug], ident) for slug, ident in named if slug in former})
        found |= {(slug, ident): now.get((former[slug], ident), "") for slug, ident in named if slug in former}
    return {place: text for place, text in found.items() if text}


def _texts(slugs: set[str], named: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    if not slugs:
        return {}
    public = published.bare_documents().filter(slug__in=slugs).values("pk")
    rows = Passage.objects.filter(document__in=public, ident__in={ident for _, ident in named})
    return {(slug, ident): text for slug, ident, text in rows.values_list("document__slug", "ident", "text")}


@dataclass(frozen=True)
class Marked:
    """A highlight as a page shows it: ``first`` and ``end`` count letters, and are equal where its words are gone."""

    highlight: Highlight
    first: int
    end: int
    number: str

    @property
    def anchor(self) -> str:
        return f"item-{self.highlight.item}" + (f"-{self.highlight.passage}" if self.highlight.passage else "")

    def to_json(self) -> dict[str, object]:
        highlight = self.highlight
        return {
            "ident": highlight.ident,
            "item": highlight.item,
            "passage": highlight.passage,
            "start": self.first,
            "end": self.end,
            "words": highlight.words,
            "note": highlight.note,
            "sequence": highlight.sequence,
        }


def marked(highlight: Highlight, excerpts: Mapping[str, Excerpt]) -> Marked:
    """Finds a highlight in the excerpts shown now, by their items; in a text that has changed, by its words."""
    excerpt = excerpts.get(highlight.item)
    text = excerpt.plain.get(highlight.passage, "") if excerpt else ""
    number = str(excerpt.numbered.get(highlight.passage) or "") if excerpt else ""
    start = highlight.start if text[highlight.start : highlight.end] == highlight.words else text.find(highlight.words)
    if not highlight.words or start < 0:
        return Marked(highlight, 0, 0, number)
    first, end = letters_before(text, start), letters_before(text, start + len(highlight.words))
    return Marked(highlight, first, end, number)
