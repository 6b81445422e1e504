"""People and organizations: the index of their names, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents import people as index
from documents.models import Document, ListEntry, Organization, Participation, Person

#: As many names are listed on one page, and as many letters on the page of someone.
NAMES, PARTS = 200, 100
#: A longer name is nobody's.
LONGEST_NAME = 100
HEADINGS = {
    Participation.Role.FROM: "Sent",
    Participation.Role.TO: "Received",
    Participation.Role.COPY: "Copies received",
    Participation.Role.MENTIONED: "Mentioned",
}


@dataclass(frozen=True)
class Index:
    """The names of one kind that a page lists. ``letter`` and ``letters`` are empty when it lists all."""

    kind: str
    heading: str
    total: int
    listed: list[index.Listed]
    letters: dict[str, int] = field(default_factory=dict)
    letter: str = ""
    page: Page[Any] | None = None
    kept: str = ""


def people(request: HttpRequest) -> HttpResponse:
    """Every person and organization with a part in a public document: all at once, or where they are many by letter."""
    name = " ".join(request.GET.get("name", "").split())[:LONGEST_NAME]
    name = name if name.isprintable() else ""
    kinds = [_Kind("people", "People", Person), _Kind("organizations", "Organizations", Organization)]
    is_short = all(kind.total <= NAMES for kind in kinds) and not name
    if is_short:
        shown = [Index(kind.key, kind.heading, kind.total, index.counted(kind.agents)) for kind in kinds]
    else:
        chosen = next((kind for kind in kinds if kind.key == request.GET.get("kind")), kinds[0])
        shown = [_by_letter(request, chosen, name)]
    context = {"kinds": kinds, "shown": shown, "name": name, "is_short": is_short}
    return render(request, "documents/people.html", context)


class _Kind:
    """People or organizations, counted by the first letter of their names."""

    def __init__(self, key: str, heading: str, model: type[Person | Organization]) -> None:
        self.key, self.heading = key, heading
        self.agents = index.public(model.objects.all())
        self.letters = index.letters(self.agents)
        self.total = sum(self.letters.values())


def _by_letter(request: HttpRequest, kind: _Kind, name: str) -> Index:
    asked = request.GET.get("letter", "").upper()
    letter = asked if asked in kind.letters else next(iter(kind.letters), "")
    agents = index.named(kind.agents, name) if name else index.beginning_with(kind.agents, letter)
    page = Paginator(agents, NAMES).get_page(request.GET.get("page"))
    kept = {"kind": kind.key} | ({"name": name} if name else {"letter": letter})
    return Index(
        kind.key,
        kind.heading,
        kind.total,
        index.counted(page),
        kind.letters,
        "" if name else letter,
        page,
        urlencode(kept),
    )


def person(request: HttpRequest, slug: str) -> HttpResponse:
    agent = get_object_or_404(Person, slug=slug)
    return _agent(request, agent, "documents/person.html", list(index.entries(agent)))


def organization(request: HttpRequest, slug: str) -> HttpResponse:
    return _agent(request, get_object_or_404(Organization, slug=slug), "documents/organization.html", [])


@dataclass(frozen=True)
class Part:
    """The documents in which someone has one role, by year; or the places that mention them."""

    role: str
    heading: str
    years: dict[str, list[Participation]]
    mentions: list[tuple[Document, list[dict[str, str]]]]


@dataclass(frozen=True)
class Tab:
    """Something that the page can be narrowed to."""

    value: str
    label: str
    count: int
    is_chosen: bool


def _agent(request: HttpRequest, agent: Any, template: str, entries: list[ListEntry]) -> HttpResponse:
    """What someone sent and received, and where the archive mentions them; of many documents one role at a time."""
    found = index.parts(agent)
    counts = index.roles(found)
    if not counts:
        raise Http404("No public document tells of them.")
    roles = [str(role) for role in HEADINGS if role in counts]
    context: dict[str, Any] = {"agent": agent, "names": index.names(found), "entries": entries}
    if sum(counts.values()) <= PARTS:
        listed = list(found)
        parts = [_part(role, [part for part in listed if part.role == role]) for role in roles]
        return render(request, template, context | {"parts": parts})
    role = next((role for role in roles if role == request.GET.get("part")), roles[0])
    narrowed = _one_role(request, found.filter(role=role), role)
    tabs = [Tab(each, HEADINGS[Participation.Role(each)], counts[each], each == role) for each in roles]
    return render(request, template, context | narrowed | {"tabs": tabs, "role": role})


def _one_role(request: HttpRequest, found: QuerySet[Participation], role: str) -> dict[str, Any]:
    """A page of the documents in which someone has this role, narrowed to a year if one is asked for."""
    counts = index.years(found)
    asked = request.GET.get("year", "")
    year = next((year for year in counts if str(year) == asked), None)
    within = found.filter(document__sort_date__year=year) if year else found
    page = Paginator(within, PARTS).get_page(request.GET.get("page"))
    years = [Tab(str(each), str(each), count, each == year) for each, count in counts.items() if each]
    kept = urlencode({"part": role} | ({"year": year} if year else {}))
    return {"parts": [_part(role, list(page))], "page": page, "years": years, "year": year or "", "kept": kept}


def _part(role: str, listed: list[Participation]) -> Part:
    heading = HEADINGS[Participation.Role(role)]
    if role == Participation.Role.MENTIONED:
        return Part(role, heading, {}, _mentions(listed))
    years: dict[str, list[Participation]] = defaultdict(list)
    for part in listed:
        years[str(part.document.sort_date.year) if part.document.sort_date else "Undated"].append(part)
    return Part(role, heading, dict(years), [])


def _mentions(parts: list[Participation]) -> list[tuple[Document, list[dict[str, str]]]]:
    """The places that name someone, each once, by document and in its order."""
    found: dict[int, tuple[Document, dict[tuple[str, str], dict[str, str]]]] = {}
    for part in parts:
        _, places = found.setdefault(part.document_id, (part.document, {}))
        for place in part.places:
            places.setdefault((place["ident"], place["words"]), {**place, "name": part.name})
    return [(document, list(places.values())) for document, places in found.values()]
