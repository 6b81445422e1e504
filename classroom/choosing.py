"""What of the archive a teacher chooses from while they make a reading: documents, proposals, witnesses, passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from classroom.content import Content
from classroom.live import LiveReading
from documents import published, witnesses
from documents.models import Document, Passage, Proposal
from documents.naming import dated_name

#: So many are offered; words narrow them.
OFFERED = 50
#: So many words of a passage stand beside the box that chooses it.
BEGINNING = 18


class Offer(NamedTuple):
    """Some of what there is: rows, and whether more are left out."""

    words: str
    rows: list
    more: bool


class Line(NamedTuple):
    """A passage in a list of passages: its id in the document, its number, and how it begins."""

    ident: str
    number: int | None
    words: str

    @property
    def name(self) -> str:
        return f"{self.number}. {self.words}" if self.number else self.words


def documents(words: str) -> Offer:
    """Public documents by the words of their titles, addresses, numbers, dates and collections, oldest first."""
    found = published.bare_documents().select_related("collection").prefetch_related("dates")
    for word in words.split()[:10]:
        named = ("title", "short_title", "slug", "collection__title", "dates__display")
        either = Q(*((f"{field}__icontains", word) for field in named), _connector=Q.OR) | Q(number__iexact=word)
        found = found.filter(pk__in=Document.objects.filter(either).order_by().values("pk"))
    rows = list(found.order_by("sort_date", "collection", "position")[: OFFERED + 1])
    for each in rows:
        each.called = dated_name(each)  # type: ignore[attr-defined]
    return Offer(words, rows[:OFFERED], len(rows) > OFFERED)


def proposals(words: str, content: Content) -> Offer:
    """Public proposals by the words of their ids, titles and documents; those of the reading's documents first."""
    found = published.proposals()
    for word in words.split()[:10]:
        named = ("title", "summary", "document__title", "document__short_title", "document__slug")
        found = found.filter(
            Q(*((f"{field}__icontains", word) for field in named), _connector=Q.OR) | Q(ident__iexact=word)
        )
    here = slugs_of(content)
    rows: list[Proposal] = []
    if here:
        rows = list(found.filter(document__slug__in=here).order_by("document__sort_date", "position")[: OFFERED + 1])
    others = found.exclude(document__slug__in=here).order_by("document__sort_date", "document", "position")
    rows += list(others[: OFFERED + 1 - len(rows)])
    return Offer(words, rows[:OFFERED], len(rows) > OFFERED)


def compared(words: str, content: Content) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Documents to compare, and their witnesses, as choices; without words those of the reading come first."""
    offered = documents(words).rows
    if not words:
        here = published.bare_documents().filter(slug__in=slugs_of(content)).prefetch_related("dates")
        offered = list({each.pk: each for each in (*here, *offered)}.values())
    names = {each.pk: dated_name(each) for each in offered}
    collated = witnesses.collations().filter(document__in=names, base=None).select_related("document", "witness")
    long = [f"document__{name}" for name in published.LONG] + [f"witness__{name}" for name in witnesses.LONG]
    with_witness = [
        (f"{each.document.slug} {each.witness.siglum}", f"{names[each.document_id]}: {each.witness}")
        for each in collated.defer("table", *long)
    ]
    return [(each.slug, names[each.pk]) for each in offered], with_witness


def passages(document: Document) -> list[Line]:
    """The passages of a document in its order, as lines to choose from."""
    rows = Passage.objects.filter(document=document).order_by("position").values_list("ident", "number", "text")
    return [Line(ident, number, beginning(text)) for ident, number, text in rows]


def places(reading: LiveReading) -> list[tuple[str, list[tuple[str, str]]]]:
    """The passages that students see in a reading, as choices under the names of its items: "item#p3" and its words."""
    found = []
    for shown in reading.shown:
        if shown.excerpt is None:
            continue
        numbers = shown.excerpt.numbered
        lines = [Line(ident, numbers.get(ident), beginning(text)) for ident, text in shown.excerpt.plain.items()]
        found.append((shown.name, [(f"{shown.item.ident}#{line.ident}", line.name) for line in lines]))
    return found


def beginning(text: str) -> str:
    """The first words of a text."""
    words = text.split()
    return " ".join(words[:BEGINNING]) + (" …" if len(words) > BEGINNING else "")


def slugs_of(content: Content) -> Sequence[str]:
    """The documents that a reading names, each once."""
    named = (getattr(each, field, "") for each in content.items for field in ("document", "other"))
    return list(dict.fromkeys(filter(None, named)))
