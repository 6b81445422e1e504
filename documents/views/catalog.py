"""The lists of the archive: documents and topics; and the page about the edition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents import published
from documents.models import Collection, Document, Topic

PAGE = 100
#: More documents than this are not named one by one on the page about the edition.
NAMED = 50
UNDATED = "undated"


@dataclass(frozen=True)
class Choice:
    """One thing that the list of documents can be narrowed to."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> str:
        return next((choice.value for choice in self.choices if choice.is_chosen), "")


class Kept(NamedTuple):
    """So many public documents are of this collection, kind and year."""

    collection: str
    kind: str
    year: str
    count: int


def documents(request: HttpRequest) -> HttpResponse:
    """Every public document by date, narrowed by ``collection``, ``kind`` and ``year``."""
    titles = {key: (slug, title) for key, slug, title in Collection.objects.values_list("pk", "slug", "title")}
    kept = _kept(titles)
    filters = _filters(request, kept, dict(titles.values()))
    chosen = {each.name: each.chosen for each in filters if each.chosen}
    listed = published.documents().filter(*(_narrowed(name, value) for name, value in chosen.items()))
    pages = Paginator(listed.order_by(F("sort_date").asc(nulls_last=True), "position", "slug"), PAGE)
    fitting = [row for row in kept if all(getattr(row, name) == value for name, value in chosen.items())]
    pages.count = sum(row.count for row in fitting)  # type: ignore[misc]  # which is known; counting takes long
    page = pages.get_page(request.GET.get("page"))
    years: dict[str, list[Document]] = defaultdict(list)
    for document in page:
        years[str(document.sort_date.year) if document.sort_date else "Undated"].append(document)
    context = {"page": page, "years": dict(years), "filters": filters, "chosen": chosen, "kept": urlencode(chosen)}
    return render(request, "documents/documents.html", context)


def _kept(titles: dict[int, tuple[str, str]]) -> list[Kept]:
    """How many documents there are of what; one look at all of them serves the choices and the count."""
    dated = Document.objects.published().order_by().annotate(year=ExtractYear("sort_date"))
    rows = dated.values_list("collection", "kind", "year").annotate(Count("pk"))
    return [Kept(titles[key][0], kind, str(year or UNDATED), count) for key, kind, year, count in rows]


def _narrowed(name: str, value: str) -> Q:
    if name == "year":
        return Q(sort_date=None) if value == UNDATED else Q(sort_date__year=int(value))
    return Q(collection__slug=value) if name == "collection" else Q(kind=value)


def _filters(request: HttpRequest, kept: list[Kept], titles: dict[str, str]) -> list[Filter]:
    """What there is to choose from; a filter with one choice only narrows nothing and is left out."""
    collections, kinds = {row.collection for row in kept}, {row.kind for row in kept}
    years = sorted({row.year for row in kept})  # "undated" comes after every year
    named = {
        "collection": ("Collection", {slug: title for slug, title in titles.items() if slug in collections}),
        "kind": ("Kind", {value: label for value, label in Document.Kind.choices if value in kinds}),
        "year": ("Year", {year: year.capitalize() for year in years}),
    }
    return [
        Filter(name, label, [Choice(each, shown, request.GET.get(name) == each) for each, shown in choices.items()])
        for name, (label, choices) in named.items()
        if len(choices) > 1
    ]


def topics(request: HttpRequest) -> HttpResponse:
    """Every topic of a public proposal."""
    public = Q(proposals__document__in=Document.objects.published())
    found = (
        Topic.objects.filter(public)
        .annotate(
            proposal_count=Count("proposals", filter=public, distinct=True),
            document_count=Count("proposals__document", filter=public, distinct=True),
        )
        .order_by("position", "name")
    )
    return render(request, "documents/topics.html", {"topics": found})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The proposals of one topic across documents, with what became of them."""
    found = get_object_or_404(Topic, slug=slug)
    keys = set(published.proposals().filter(topic=found).values_list("document", flat=True))
    if not keys:
        raise Http404("No public document has a proposal on this topic.")
    around = published.around(keys)
    standings = [around.standings[each.pk] for each in around.proposals if each.topic_id == found.pk]
    collections = list(dict.fromkeys(each.proposal.document.collection for each in standings))
    return render(request, "documents/topic.html", {"topic": found, "standings": standings, "collections": collections})


def about(request: HttpRequest) -> HttpResponse:
    """How the texts were edited and what the marks mean, with the source of each text, or of many by collection."""
    public = Document.objects.published()
    if public.count() <= NAMED:
        listed = published.bare_documents().annotate(correction_count=Count("corrections"))
        ordered = listed.order_by(F("sort_date").asc(nulls_last=True), "position", "slug")
        return render(request, "documents/about.html", {"documents": ordered})
    shown = Q(documents__status=Document.Status.PUBLISHED)
    collections = Collection.objects.filter(shown).annotate(
        document_count=Count("documents", filter=shown, distinct=True),
        correction_count=Count("documents__corrections", filter=shown, distinct=True),
    )
    return render(request, "documents/about.html", {"collections": collections.order_by("position", "title")})
