"""The people and organizations of public documents, and the parts that one of them has in how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear, Left, Upper

from documents import published
from documents.models import ListEntry, Organization, Participation, Person

Agents = QuerySet[Any]
#: So many of the names that documents give to someone are told.
NAMES = 12


@dataclass(frozen=True)
class Listed:
    """Someone in a list, with the number of public documents by the part they have in them."""

    agent: Person | Organization
    sent: int
    received: int
    copied: int
    mentioned: int


def public(agents: Agents) -> Agents:
    """Those of whom a public document tells, as an index has them."""
    field = str(agents.model._meta.model_name)
    parts = Participation.objects.filter(published.is_public("document"), **{field: OuterRef("pk")})
    return agents.filter(Exists(parts)).order_by("sort_name", "name")


def letters(agents: Agents) -> dict[str, int]:
    """The first letters of their names, and how many begin with each."""
    by_letter = agents.annotate(letter=Upper(Left("sort_name", 1))).order_by("letter")
    return dict(by_letter.values_list("letter").annotate(Count("pk")))


def beginning_with(agents: Agents, letter: str) -> Agents:
    return agents.annotate(letter=Upper(Left("sort_name", 1))).filter(letter=letter)


def named(agents: Agents, words: str) -> Agents:
    """Those whose name has all of these words, or parts of words, in it."""
    for word in words.split():
        agents = agents.filter(Q(name__icontains=word) | Q(sort_name__icontains=word))
    return agents


def counted(agents: Iterable[Person | Organization]) -> list[Listed]:
    """These with the number of their documents, in one query."""
    found = list(agents)
    if not found:
        return []
    field = str(found[0]._meta.model_name)
    keys = [agent.pk for agent in found]
    parts = Participation.objects.filter(published.is_public("document"), **{f"{field}__in": keys})
    rows = parts.order_by().values_list(field, "role").annotate(Count("document", distinct=True))
    counts = {(key, role): count for key, role, count in rows}
    roles = (Participation.Role.FROM, Participation.Role.TO, Participation.Role.COPY, Participation.Role.MENTIONED)
    return [Listed(agent, *(counts.get((agent.pk, str(role)), 0) for role in roles)) for agent in found]


def parts(agent: Person | Organization) -> QuerySet[Participation]:
    """The parts that someone has in public documents, by date."""
    found = published.participations().filter(**{str(agent._meta.model_name): agent})
    return found.order_by(
        F("document__sort_date").asc(nulls_last=True), "document__position", "document__slug", "position", "pk"
    )


def roles(found: QuerySet[Participation]) -> dict[str, int]:
    """How many of these parts there are in each role."""
    return dict(found.order_by().values_list("role").annotate(Count("pk")))


def years(found: QuerySet[Participation]) -> dict[int | None, int]:
    """How many of these parts there are in each year; None for documents without a date."""
    dated = found.order_by().annotate(year=ExtractYear("document__sort_date"))
    counts = dict(dated.values_list("year").annotate(Count("pk")))
    return dict(sorted(counts.items(), key=lambda item: (item[0] is None, item[0])))


def names(found: QuerySet[Participation]) -> list[str]:
    """What the documents call them, the most common names first."""
    counts = found.order_by().values("name").annotate(count=Count("pk")).order_by("-count", "name")
    return list(counts.values_list("name", flat=True)[:NAMES])


def entries(person: Person) -> QuerySet[ListEntry]:
    """What the lists of public volumes say of a person."""
    listed = ListEntry.objects.filter(person=person, collection__in=published.collections())
    return listed.select_related("collection").order_by("collection__position", "collection__title", "position")
