"""The lists of the archive: documents and topics; and the page about the edition."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
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
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_chosen), None)


def documents(request: HttpRequest) -> HttpResponse:
    """Every public document by date, narrowed by ``collection``, ``kind`` and ``year``."""
    filters = _filters(request)
    listed = published.documents()
    for each in filters:
        if each.chosen:
            listed = listed.filter(_narrowed(each.name, each.chosen.value))
    ordered = listed.order_by(F("sort_date").asc(nulls_last=True), "position", "slug")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    years: dict[str, list[Document]] = defaultdict(list)
    for document in page:
        years[str(document.sort_date.year) if document.sort_date else "Undated"].append(document)
    chosen = {each.name: each.chosen.value for each in filters if each.chosen}
    context = {"page": page, "years": dict(years), "filters": filters, "chosen": chosen, "kept": urlencode(chosen)}
    return render(request, "documents/documents.html", context)


def _narrowed(name: str, value: str) -> Q:
    if name == "year":
        return Q(sort_date=None) if value == UNDATED else Q(sort_date__year=int(value))
    return Q(collection__slug=value) if name == "collection" else Q(kind=value)


def _filters(request: HttpRequest) -> list[Filter]:
    """What there is to choose from; a filter with one choice only narrows nothing and is left out."""
    public = Document.objects.published().order_by()
    collections = dict(published.collections().values_list("slug", "title"))
    kinds = set(public.values_list("kind", flat=True).distinct())
    years = public.annotate(year=ExtractYear("sort_date")).values_list("year", flat=True).distinct()
    named = {
        "collection": ("Collection", collections),
        "kind": ("Kind", {value: label for value, label in Document.Kind.choices if value in kinds}),
        "year": ("Year", _years(years)),
    }
    return [
        Filter(name, label, [Choice(each, shown, request.GET.get(name) == each) for each, shown in choices.items()])
        for name, (label, choices) in named.items()
        if len(choices) > 1
    ]


def _years(found: QuerySet[Document, Any]) -> dict[str, str]:
    years = sorted(year for year in found if year)
    undated = {UNDATED: "Undated"} if len(years) < len(found) else {}
    return {str(year): str(year) for year in years} | undated


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
