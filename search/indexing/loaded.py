"""What the index takes from the database, as plain values: loaded for many documents at once, in a few queries.

Rows are read as tuples: making a model of each of hundreds of thousands of passages takes longer than indexing them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from documents import published
from documents.models import Document, DocumentDate, Footnote, Organization, Participation, Passage, Person, Proposal

BATCH = 200


class LoadedPassage(NamedTuple):
    position: int
    kind: str
    text: str


class LoadedNote(NamedTuple):
    pk: int
    position: int
    kind: str
    text: str


class LoadedProposal(NamedTuple):
    pk: int
    position: int
    ident: str
    title: str
    summary: str
    words: str
    first: int
    last: int
    topic: str | None
    topic_name: str | None


class LoadedPart(NamedTuple):
    """Someone's part in a document: the role, the name there, the address and name of who that is, if known."""

    role: str
    named: str
    slug: str
    name: str


@dataclass
class LoadedDocument:
    """A public document with everything of it that is indexed."""

    pk: int
    kind: str
    title: str
    short_title: str
    position: int
    slug: str
    sort_date: date | None
    collection: str
    collection_title: str
    collection_position: int
    earliest: date | None
    latest: date | None
    passages: Sequence[LoadedPassage]
    notes: Sequence[LoadedNote]
    proposals: Sequence[LoadedProposal]
    parts: Sequence[LoadedPart]

    @property
    def unit(self) -> str:
        return f"document.{self.pk}"

    @property
    def place(self) -> str:
        """Sorts documents as collections have them."""
        return f"{self.collection_position:06} {self.collection} {self.position:06} {self.slug}"

    @property
    def years(self) -> tuple[str, ...]:
        """Every year in which the document may have been written; none when nothing says."""
        if self.earliest and self.latest:
            return tuple(str(year) for year in range(self.earliest.year, self.latest.year + 1))
        return ()

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """For each role, the names in it: as the document has them, and as they are known."""
        found = defaultdict(dict)
        for part in self.parts:
            found[part.role] |= dict.fromkeys(filter(None, (part.named, part.name)))
        return defaultdict(list, {role: list(names) for role, names in found.items()})

    @cached_property
    def slugs(self) -> dict[str, tuple[str, ...]]:
        """For each role, the addresses of those who are known."""
        found = defaultdict(dict)
        for part in self.parts:
            if part.slug:
                found[part.role][part.slug] = None
        return defaultdict(tuple, {role: tuple(slugs) for role, slugs in found.items()})

    @property
    def all_names(self) -> list[str]:
        return list(dict.fromkeys(name for names in self.names.values() for name in names))

    @property
    def all_slugs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slug for slugs in self.slugs.values() for slug in slugs))


@dataclass
class LoadedAgent:
    """A person or organization of whom a public document tells."""

    unit: str
    slug: str
    name: str
    sort_name: str
    description: str
    other_names: Sequence[str]


def public_agents(model: type[Person | Organization]) -> QuerySet[Any]:
    """Those of whom a public document tells."""
    field = str(model._meta.model_name)
    parts = Participation.objects.filter(published.is_public("document"), **{field: OuterRef("pk")})
    return model._default_manager.filter(Exists(parts))


def load_documents(keys: Sequence[int]) -> Iterator[LoadedDocument]:
    """Those of these documents that the public may see, in the order of their keys."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield from _batch(ordered[start : start + BATCH])


def load_agents(model: type[Person | Organization], keys: Sequence[int]) -> Iterator[LoadedAgent]:
    """Those of these people or organizations that the public may see, with what public documents call them."""
    field = str(model._meta.model_name)
    parts = Participation.objects.filter(published.is_public("document"), **{f"{field}__in": keys})
    called = _grouped(parts.order_by(field, "name").distinct().values_list(field, "name"), lambda name: name)
    rows = public_agents(model).filter(pk__in=keys).order_by("pk")
    for key, slug, name, sort_name, description in rows.values_list("pk", "slug", "name", "sort_name", "description"):
        yield LoadedAgent(f"{field}.{key}", slug, name, sort_name, description, called[key])


def _batch(keys: Sequence[int]) -> Iterator[LoadedDocument]:
    documents = list(
        Document.objects.published()
        .filter(pk__in=keys)
        .order_by("pk")
        .values_list(
            "pk", "kind", "title", "short_title", "position", "slug", "sort_date",
            "collection__slug", "collection__title", "collection__position",
        )
    )  # fmt: skip
    found = [row[0] for row in documents]
    passages = _rows(Passage, found, LoadedPassage, ("position", "kind", "text"))
    notes = _rows(Footnote, found, LoadedNote, ("pk", "position", "kind", "text"))
    proposals = _rows(
        Proposal,
        found,
        LoadedProposal,
        ("pk", "position", "ident", "title", "summary", "words", "first_passage__position", "last_passage__position",
         "topic__slug", "topic__name"),
    )  # fmt: skip
    parts = _parts(found)
    dates = {
        key: (earliest, latest)
        for key, earliest, latest in DocumentDate.objects.filter(
            document__in=found, event=DocumentDate.Event.WRITTEN
        ).values_list("document", "earliest", "latest")
    }
    for row in documents:
        key, sort_date = row[0], row[6]
        earliest, latest = dates.get(key, (sort_date, sort_date))
        yield LoadedDocument(*row, earliest, latest, passages[key], notes[key], proposals[key], parts[key])


def _rows(model: Any, keys: Sequence[int], make: Any, names: tuple[str, ...]) -> defaultdict[int, list[Any]]:
    rows = model._default_manager.filter(document__in=keys).order_by("document", "position")
    return _grouped(rows.values_list("document", *names), lambda *values: make(*values))


def _parts(keys: Sequence[int]) -> defaultdict[int, list[LoadedPart]]:
    rows = Participation.objects.filter(document__in=keys).order_by("document", "role", "position", "pk")
    named = rows.values_list(
        "document", "role", "name", "person__slug", "organization__slug", "person__name", "organization__name"
    )
    return _grouped(
        named,
        lambda role, name, person, organization, person_name, organization_name: LoadedPart(
            role, name, person or organization or "", person_name or organization_name or ""
        ),
    )


def _grouped(rows: Iterable[tuple[Any, ...]], make: Any) -> defaultdict[int, list[Any]]:
    found = defaultdict(list)
    for key, *values in rows:
        found[key].append(make(*values))
    return found
