"""Collections as they stand on the shelf: volumes of one series together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Max, Min, Q

from documents.models import Collection, Document

#: The title of a series ends with the years it covers, where its volumes go on: "..., 1961–1963, Volume VI, ...".
SERIES = re.compile(r"(?P<series>.+?, \d{4}(?:[–-]\d{2,4})?), (?P<volume>.+)")


@dataclass(frozen=True)
class Volume:
    """A collection under the name it has on its shelf."""

    collection: Collection
    name: str
    document_count: int
    years: str


@dataclass(frozen=True)
class Shelf:
    """The volumes of a series; without a name, collections that belong to none."""

    name: str
    volumes: list[Volume]

    @property
    def document_count(self) -> int:
        return sum(volume.document_count for volume in self.volumes)


def shelves() -> list[Shelf]:
    """Every public collection, in order, in one query; those that belong to no series first."""
    public = Q(documents__status=Document.Status.PUBLISHED)
    found = (
        Collection.objects.filter(public)
        .annotate(
            document_count=Count("documents", filter=public),
            earliest=Min("documents__sort_date", filter=public),
            latest=Max("documents__sort_date", filter=public),
        )
        .order_by("position", "title")
    )
    return shelves_of(_volume(collection) for collection in found)


def shelves_of(volumes: Iterable[Volume]) -> list[Shelf]:
    """These on their shelves: two or more titles that begin alike make a series."""
    series: dict[str, list[Volume]] = defaultdict(list)
    for volume in volumes:
        match = SERIES.fullmatch(volume.collection.title)
        series[match["series"] if match else ""].append(
            replace(volume, name=match["volume"] if match else volume.collection.title)
        )
    alone = [row[0] for name, row in series.items() if name and len(row) == 1]
    single = series.pop("", []) + [replace(volume, name=volume.collection.title) for volume in alone]
    shared = [Shelf(name, row) for name, row in series.items() if len(row) > 1]
    return ([Shelf("", single)] if single else []) + sorted(shared, key=lambda shelf: shelf.name)


def _volume(collection: Any) -> Volume:
    earliest, latest = collection.earliest, collection.latest
    years = "" if not earliest else f"{earliest.year}–{latest.year}" if earliest.year < latest.year else earliest.year
    return Volume(collection, collection.title, collection.document_count, str(years))
