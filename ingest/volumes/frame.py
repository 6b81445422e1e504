"""The frame of a volume: its collection, divisions and lists, stored before any of its documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from documents.models import Collection, Division, ListEntry
from editions.readers.tei import volume as tei
from ingest.sync import sync
from ingest.volumes.names import listed_parties, organizations, people, unlisted_parties

SITES = {"frus": "https://history.state.gov/historicaldocuments/{ident}/{document}"}


@dataclass(frozen=True)
class Frame:
    """What the documents of a volume need to know of it; a plain value, which other processes can be given.

    ``divisions`` are keys by ident, ``people`` keys by the ident of the list entry, ``organizations`` keys by name,
    ``explanations`` what list entries say, by ident.
    """

    ident: str
    collection: int
    publication: str
    divisions: dict[str, int]
    people: dict[str, int]
    organizations: dict[str, int]
    explanations: dict[str, str]

    def url(self, document: str) -> str:
        """Where the edition itself shows a document, for series that have lasting addresses."""
        series = next((site for prefix, site in SITES.items() if self.ident.startswith(prefix)), "")
        return series.format(ident=self.ident, document=document)


def collection_slug(volume: tei.Volume) -> str:
    """The address of the collection that a volume becomes."""
    return slugify(volume.ident)[:100]


@transaction.atomic
def store_frame(volume: tei.Volume, source: bytes) -> Frame:
    """Stores collection, divisions, lists, people and organizations of a volume; the same again changes nothing."""
    collection, _ = Collection.objects.get_or_create(
        slug=collection_slug(volume), defaults={"title": _title(volume)[:300], "position": _last_position() + 1}
    )
    Collection.objects.filter(pk=collection.pk).update(import_digest="")  # until its documents are stored as well
    slices = [source[document.start : document.end] for document in volume.documents]
    parties = set().union(*map(listed_parties, slices))
    persons = people(collection, [entry for entry in volume.persons if entry.ident in parties])
    bodies = organizations(set().union(*map(unlisted_parties, slices)))
    _store_lists(collection, volume, persons)
    return Frame(
        ident=volume.ident,
        collection=collection.pk,
        publication=publication(volume),
        divisions=_store_divisions(collection, volume.divisions),
        people=persons,
        organizations=bodies,
        explanations=explanations(volume),
    )


def explanations(volume: tei.Volume) -> dict[str, str]:
    """What the lists of a volume say of each entry, by its ident."""
    return {entry.ident: _said(entry) for entry in (*volume.persons, *volume.terms)}


def _last_position() -> int:
    last = Collection.objects.order_by("-position").first()
    return last.position if last else 0


def _said(entry: tei.ListEntry) -> str:
    return f"{entry.name}, {entry.description}" if entry.description else entry.name


def _title(volume: tei.Volume) -> str:
    """Series, subseries, number and title: "Foreign Relations ..., 1961-1963, Volume VI, Kennedy-Khrushchev ..."."""
    parts = dict.fromkeys((volume.series, volume.subseries, volume.number, volume.title))
    return ", ".join(part for part in parts if part) or volume.ident


def publication(volume: tei.Volume) -> str:
    """The volume as a citation names it."""
    imprint = ", ".join(
        part for part in (": ".join(p for p in (volume.place, volume.publisher) if p), volume.date) if part
    )
    return f"{_title(volume)} ({imprint})" if imprint else _title(volume)


def _store_divisions(collection: Collection, divisions: Iterable[tei.Division]) -> dict[str, int]:
    """Stores divisions level by level, parents first, and returns their keys by ident."""
    keys: dict[str, int] = {}
    depths: dict[str, int] = {}
    wanted: dict[Any, dict[str, Any]] = {}
    for division in divisions:
        depths[division.ident] = depths.get(division.parent, -1) + 1
        wanted[division.ident] = {
            "collection": collection,
            "ident": division.ident,
            "kind": division.kind[:30],
            "title": division.title[:1000],
            "position": division.position,
            "depth": depths[division.ident],
        }
    sync(collection.divisions.all(), wanted, lambda row: row.ident)
    rows = {row.ident: row for row in collection.divisions.all()}
    changed = []
    for division in divisions:
        row, parent = rows[division.ident], rows.get(division.parent)
        keys[division.ident] = row.pk
        if row.parent_id != (parent.pk if parent else None):
            row.parent = parent
            changed.append(row)
    Division.objects.bulk_update(changed, ["parent"])
    return keys


def _store_lists(collection: Collection, volume: tei.Volume, persons: dict[str, int]) -> None:
    wanted: dict[Any, dict[str, Any]] = {}
    for kind, entries in ((ListEntry.Kind.PERSON, volume.persons), (ListEntry.Kind.TERM, volume.terms)):
        for entry in entries:
            wanted[entry.ident] = {
                "collection": collection,
                "kind": kind.value,
                "ident": entry.ident,
                "name": entry.name[:300],
                "description": entry.description,
                "position": entry.position,
                "person_id": persons.get(entry.ident),
            }
    sync(collection.entries.all(), wanted, lambda row: row.ident)
