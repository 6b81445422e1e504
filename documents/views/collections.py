"""Collections, their divisions, and the lists of persons and of terms that a volume has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from documents import contents, published
from documents.contents import Part
from documents.exchange import Exchange, by_date
from documents.models import Collection, Document, ListEntry, Person
from documents.selection import select
from documents.shelves import shelves
from documents.views.leading import by_number

#: As many documents are listed on one page.
PAGE = 100


def collections(request: HttpRequest) -> HttpResponse:
    """Every collection, those of one series together."""
    return render(request, "documents/collections.html", {"shelves": shelves()})


def collection(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One collection: its contents, and how its proposals stand. ``number`` goes to the document that has it."""
    found = get_object_or_404(published.collections(), slug=slug)
    if number := request.GET.get("number", "").strip(" ./"):
        return by_number(request, slug, number)
    whole = published.exchange(found)
    part = contents.contents(found).whole
    context = {
        **_listed(request, found, part.only or part),
        "is_divided": bool(part.parts),
        "lists": _lists(found),
        "exchange": whole,
        "tally": select(whole).tally,
        "pairs": _pairs(whole),
    }
    return render(request, "documents/collection.html", context)


def division(request: HttpRequest, slug: str, ident: str) -> HttpResponse:
    """A compilation or chapter of a volume with its documents."""
    found = get_object_or_404(published.collections(), slug=slug)
    whole = contents.contents(found)
    path = whole.path(ident)
    if not path:
        raise Http404("This volume has no such division with a public document in it.")
    previous, following = whole.beside(path[-1])
    context = {
        **_listed(request, found, path[-1]),
        "division": path[-1].division,
        "above": [part.division for part in path[:-1]],
        "previous": previous,
        "following": following,
    }
    return render(request, "documents/division.html", context)


@dataclass(frozen=True)
class Section:
    """A division as it stands in the contents; its documents come with the number of their proposals."""

    part: Part
    documents: list[tuple[Document, int]]


def _listed(request: HttpRequest, found: Collection, part: Part) -> dict[str, Any]:
    """What the contents of a part list: every document in it or, where they are many, pages of those of its own."""
    page = _page(request, found, part)
    shown = [part] if part.count > PAGE else list(part.walk())
    proposed = contents.proposed(found)
    by_division: dict[int | None, list[tuple[Document, int]]] = defaultdict(list)
    for document in contents.documents(found, shown) if page is None else page:
        by_division[document.division_id].append((document, proposed.get(document.pk, 0)))
    sections = [Section(each, by_division[each.division.pk if each.division else None]) for each in shown]
    return {"collection": found, "part": part, "page": page, "sections": sections, "is_whole": part.count <= PAGE}


def _page(request: HttpRequest, found: Collection, part: Part) -> Page[Document] | None:
    if part.count <= PAGE:
        return None
    return Paginator(contents.documents(found, [part]), PAGE).get_page(request.GET.get("page"))


def _lists(found: Collection) -> list[tuple[str, str, int]]:
    """The lists that the volume has: what each is called, its address, and the number of its entries."""
    counted = ListEntry.objects.filter(collection=found).order_by().values_list("kind").annotate(Count("pk"))
    counts = dict(counted)
    named = (("person", "Persons", "persons"), ("term", "Terms and abbreviations", "terms"))
    return [(name, reverse(page, args=[found.slug]), counts[kind]) for kind, name, page in named if kind in counts]


def persons(request: HttpRequest, slug: str) -> HttpResponse:
    return _entries(request, slug, ListEntry.Kind.PERSON, "Persons")


def terms(request: HttpRequest, slug: str) -> HttpResponse:
    return _entries(request, slug, ListEntry.Kind.TERM, "Terms and abbreviations")


def _entries(request: HttpRequest, slug: str, kind: str, heading: str) -> HttpResponse:
    """A list of the volume, as its editors wrote it, by first letter."""
    found = get_object_or_404(published.collections(), slug=slug)
    letters: dict[str, list[tuple[ListEntry, Person | None]]] = defaultdict(list)
    for entry, person in contents.entries(found, kind):
        letters[entry.name[:1].upper()].append((entry, person))
    if not letters:
        raise Http404("This collection has no such list.")
    context = {"collection": found, "heading": heading, "letters": dict(letters)}
    return render(request, "documents/entries.html", context)


def _pairs(whole: Exchange) -> list[tuple[Document, Document]]:
    """Documents that answer one another, the earlier first, in order of date."""
    found = {document.pk: document for document in whole.documents}
    pairs = [(found[earlier], found[later]) for later, earlier in whole.answers if earlier in found and later in found]
    return sorted(pairs, key=lambda pair: (by_date(pair[0]), by_date(pair[1])))
