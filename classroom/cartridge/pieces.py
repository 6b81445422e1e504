"""What a cartridge has: links into the archive and small pages, in the order of the reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from classroom.content import Passages, Question, Search, Term, Words
from classroom.live import LiveReading, Shown
from interchange.addresses import absolute

#: The longest title made of what a teacher wrote, in characters; course systems take 255 at most.
LONGEST = 100


@dataclass(frozen=True)
class Link:
    """A link to a page of the archive; ``ident`` stays the same from one cartridge of a reading to the next."""

    ident: str
    title: str
    address: str


@dataclass(frozen=True)
class Page:
    """A small page of HTML that goes into the cartridge."""

    ident: str
    title: str
    html: str


@dataclass(frozen=True)
class Quiz:
    """Questions that stand together, which the course system asks."""

    ident: str
    title: str
    questions: tuple[Question, ...]


Piece = Link | Page | Quiz


def pieces_of(reading: LiveReading, request: HttpRequest, path: str = "", is_for_teacher: bool = False) -> list[Piece]:
    """Everything of a reading: first what it is about, with ``path`` to where anybody may open it in the archive.

    What the archive does not have now is left out, and the first page says that something is. A teacher gets the
    questions as quizzes, which know what is right; anybody else gets them to read.
    """
    found: list[Piece] = []
    entries: list[dict[str, Any]] = []
    for _, together in groupby(reading.shown, key=_group):
        group = list(together)
        pieces = list(_pieces(group, request, is_for_teacher))
        found += pieces
        remark = getattr(group[0].item, "remark", "")
        entries.append({"pieces": pieces, "remark": remark, "is_missing": bool(group[0].problem)})
    address = absolute(request, path) if path else ""
    about = {"content": reading.content, "reading": reading, "entries": entries, "address": address, "request": request}
    opening: list[Piece] = [_page("about-this-reading", "About this reading", "about", about)]
    if address:
        opening.append(Link("whole-reading", f"The whole reading: {reading.content.title}", address))
    return opening + found


def _group(shown: Shown) -> tuple[str, str]:
    """Terms that follow one another stand together, and so do questions; anything else stands alone."""
    return shown.kind, "" if isinstance(shown.item, Term | Question) else shown.item.ident


def _pieces(group: list[Shown], request: HttpRequest, is_for_teacher: bool) -> Iterator[Piece]:
    """What some items that stand together are in a cartridge; nothing for what the archive does not have now."""
    shown = group[0]
    match shown.item:
        case Question(ident=ident) if is_for_teacher:
            questions = (each.item for each in group if isinstance(each.item, Question))
            yield Quiz(ident, _questions(group), tuple(questions))
        case Question(ident=ident):
            yield _page(ident, _questions(group), "questions", {"questions": group})
        case Term(ident=ident):
            title = _shortened(f"Words to know: {', '.join(each.name for each in group)}")
            yield _page(ident, title, "terms", {"terms": [each.item for each in group]})
        case Words(ident=ident, heading=heading, text=text):
            yield _page(ident, _shortened(heading or text), "text", {"text": text})
        case Search(ident=ident, query=query):
            yield Link(
                ident,
                _shortened(f"Search the archive: {query}"),
                absolute(request, f"{reverse('search')}?q={quote(query)}"),
            )
        case Passages(ident=ident) if shown.excerpt:
            for place, portion in enumerate(shown.excerpt.portions, 1):
                title = f"{shown.name}, par. {portion.numbers}" if portion.numbers else f"{shown.name} ({place})"
                where = f"{shown.excerpt.document.get_absolute_url()}#{quote(portion.first)}"
                yield Link(ident if place == 1 else f"{ident}-{place}", title, absolute(request, where))
        case item:
            path = _path(shown)
            if path:
                yield Link(item.ident, shown.name, absolute(request, path))


def _path(shown: Shown) -> str:
    """The page of the archive that shows a whole document, a proposal or a comparison; empty when it has none now."""
    if shown.standing:
        return shown.standing.proposal.get_absolute_url()
    if shown.facing:
        return reverse("beside", args=[shown.facing.left.slug, shown.facing.right.slug])
    if shown.collation and shown.document:
        return reverse("witness", args=[shown.document.slug, shown.item.siglum])  # type: ignore[attr-defined]
    return shown.document.get_absolute_url() if shown.document and shown.excerpt else ""


def _page(ident: str, title: str, template: str, context: dict[str, Any]) -> Page:
    html = render_to_string(f"classroom/cartridge/{template}.html", {"title": title, **context})
    return Page(ident, title, html)


def _questions(group: list[Shown]) -> str:
    first, last = group[0].question, group[-1].question
    return f"Question {first}" if first == last else f"Questions {first}–{last}"


def _shortened(text: str) -> str:
    """The beginning of a text as a title, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"
