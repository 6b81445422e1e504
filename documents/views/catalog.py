"""The lists of the archive: documents, collections, people, organizations, topics; and the page about the edition."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents import published
from documents.exchange import NEW, UNANSWERED, Exchange, by_date
from documents.models import Document, Organization, Participation, Person, Topic
from documents.views.exchange import public_collection

PAGE = 100
#: The parts that someone can have in a document besides being mentioned.
PARTS = {Participation.Role.FROM: "Sent", Participation.Role.TO: "Received", Participation.Role.COPY: "Copies received"}


def documents(request: HttpRequest) -> HttpResponse:
    """Every public document by date."""
    ordered = published.documents().order_by(F("sort_date").asc(nulls_last=True), "position", "slug")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    years: dict[str, list[Document]] = defaultdict(list)
    for document in page:
        years[str(document.sort_date.year) if document.sort_date else "Undated"].append(document)
    return render(request, "documents/documents.html", {"page": page, "years": dict(years)})


def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection: its documents, and how its proposals stand."""
    found = public_collection(slug)
    whole = published.exchange(found)
    listed = list(published.documents().filter(collection=found).order_by("position", "sort_date", "slug"))
    counts = defaultdict(int)
    for proposal in whole.proposals:
        counts[proposal.document_id] += 1
    context = {
        "collection": found,
        "exchange": whole,
        "documents": [(document, counts[document.pk]) for document in listed],
        "tally": _tally(whole),
        "pairs": _pairs(listed, whole.answers),
    }
    return render(request, "documents/collection.html", context)


def _tally(whole: Exchange) -> list[tuple[str, str, int]]:
    """How many proposals became what, in the order of the states."""
    found = Counter(str(link.relation) for link in whole.links)
    found[NEW] = sum(1 for standing in whole.standings.values() if standing.is_new)
    found[UNANSWERED] = sum(1 for standing in whole.standings.values() if standing.is_unanswered)
    return [(state, label, found[state]) for state, label in whole.states.items()]


def _pairs(listed: list[Document], answers: frozenset[tuple[int, int]]) -> list[tuple[Document, Document]]:
    """Documents that answer one another, the earlier first, in order of date."""
    found = {document.pk: document for document in listed}
    pairs = [(found[earlier], found[later]) for later, earlier in answers if earlier in found and later in found]
    return sorted(pairs, key=lambda pair: (by_date(pair[0]), by_date(pair[1])))


def people(request: HttpRequest) -> HttpResponse:
    """Every person and organization with a part in a public document."""
    context = {"people": _with_parts(Person.objects.all()), "organizations": _with_parts(Organization.objects.all())}
    return render(request, "documents/people.html", context)


def _with_parts(agents: QuerySet[Any]) -> QuerySet[Any]:
    """Agents with the number of public documents that they wrote, received, got a copy of and are mentioned in."""
    public = Q(participations__document__in=Document.objects.published())

    def parts(role: Participation.Role) -> Count:
        return Count("participations__document", filter=public & Q(participations__role=role), distinct=True)

    return (
        agents.filter(public)
        .annotate(
            sent=parts(Participation.Role.FROM),
            received=parts(Participation.Role.TO),
            copied=parts(Participation.Role.COPY),
            mentioned=parts(Participation.Role.MENTIONED),
        )
        .order_by("sort_name", "name")
    )


def person(request: HttpRequest, slug: str) -> HttpResponse:
    return _agent(request, get_object_or_404(Person, slug=slug), "documents/person.html")


def organization(request: HttpRequest, slug: str) -> HttpResponse:
    return _agent(request, get_object_or_404(Organization, slug=slug), "documents/organization.html")


def _agent(request: HttpRequest, agent: Model, template: str) -> HttpResponse:
    """What someone sent and received, and where the archive mentions them."""
    field = agent._meta.model_name or ""
    parts = list(published.participations().filter(**{field: agent}))
    if not parts:
        raise Http404("No public document tells of them.")
    parts.sort(key=lambda part: (by_date(part.document), part.position, part.pk))
    roles: dict[str, list[Participation]] = defaultdict(list)
    for part in parts:
        roles[part.role].append(part)
    names = list(dict.fromkeys(part.name for part in parts))
    listed = [(heading, roles[role]) for role, heading in PARTS.items() if role in roles]
    mentioned = _mentions(roles.get(Participation.Role.MENTIONED, []))
    context = {"agent": agent, "listed": listed, "names": names, "mentions": mentioned}
    return render(request, template, context)


def _mentions(parts: list[Participation]) -> list[tuple[Document, list[dict[str, str]]]]:
    """The places that name someone, each once, by document and in its order."""
    found: dict[int, tuple[Document, dict[tuple[str, str], dict[str, str]]]] = {}
    for part in parts:
        _, places = found.setdefault(part.document_id, (part.document, {}))
        for place in part.places:
            places.setdefault((place["ident"], place["words"]), {**place, "name": part.name})
    return [(document, list(places.values())) for document, places in found.values()]


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
    """How the texts were edited and what the marks mean, with the source of each text."""
    listed = published.bare_documents().annotate(correction_count=Count("corrections"))
    ordered = listed.order_by(F("sort_date").asc(nulls_last=True), "position", "slug")
    return render(request, "documents/about.html", {"documents": ordered})
