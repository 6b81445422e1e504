"""How a volume is made up, as a collection folder says it: its divisions, and its lists of persons and of terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from documents.models import Collection, Division, Document, ListEntry, Person
from ingest.records import DivisionRecord, DocumentRecord, EntryRecord, FolderRecord
from ingest.store import Refuse, check_fields
from ingest.sync import sync


def divisions_of(collection: Collection) -> tuple[DivisionRecord, ...]:
    """The divisions of a collection in their order."""
    rows = collection.divisions.select_related("parent").order_by("position", "ident")
    return tuple(
        DivisionRecord(id=row.ident, kind=row.kind, title=row.title, parent=row.parent.ident if row.parent else "")
        for row in rows
    )


def entries_of(collection: Collection, kind: ListEntry.Kind) -> tuple[EntryRecord, ...]:
    """The list of persons or of terms of a collection in its order."""
    rows = collection.entries.filter(kind=kind).select_related("person").order_by("position", "ident")
    return tuple(
        EntryRecord(
            id=row.ident,
            name=row.name,
            description=row.description,
            person=row.person.slug if row.person else "",
        )
        for row in rows
    )


def store_structure(collection: Collection, record: FolderRecord, refuse: Refuse) -> bool:
    """Stores divisions and lists; says whether anything changed. What the folder does not name is kept."""
    changed = _store_divisions(collection, record.divisions, refuse)
    return changed | _store_entries(collection, record, refuse)


def division_of(record: DocumentRecord, collection: Collection, refuse: Refuse) -> Division | None:
    """The division in which a record says that its document stands."""
    division = collection.divisions.filter(ident=record.division).first() if record.division else None
    if record.division and division is None:
        raise refuse(record.line_of("division"), f"there is no division “{record.division}”. Add it to divisions.")
    return division


def store_division_of(document: Document, division: Division | None) -> bool:
    """Puts a document into its division; says whether anything changed. Without one, it stays where it is."""
    if division is None or document.division_id == division.pk:
        return False
    document.division = division
    document.save(update_fields=["division", "updated_at"])
    return True


def _store_divisions(collection: Collection, records: Iterable[DivisionRecord], refuse: Refuse) -> bool:
    wanted: dict[Any, dict[str, Any]] = {}
    parents: dict[str, str] = {}
    for position, one in enumerate(records):
        if one.parent and one.parent not in wanted:
            message = (
                f"there is no division “{one.parent}” above this one. A division stands after the one that holds it."
            )
            raise refuse(one.line_of("parent"), message)
        wanted[one.id] = {
            "collection": collection,
            "ident": one.id,
            "kind": one.kind,
            "title": one.title,
            "position": position,
            "depth": wanted[one.parent]["depth"] + 1 if one.parent else 0,
        }
        parents[one.id] = one.parent
        _check(Division(**wanted[one.id]), one, refuse)
    changed = sync(collection.divisions.filter(ident__in=wanted), wanted, lambda row: row.ident)
    rows = {row.ident: row for row in collection.divisions.filter(ident__in=wanted)}
    moved = []
    for ident, parent in parents.items():
        key = rows[parent].pk if parent else None
        if rows[ident].parent_id != key:
            rows[ident].parent_id = key
            moved.append(rows[ident])
    Division.objects.bulk_update(moved, ["parent"])
    return changed or bool(moved)


def _store_entries(collection: Collection, record: FolderRecord, refuse: Refuse) -> bool:
    named = [one.person for one in record.persons if one.person]
    people = dict(Person.objects.filter(slug__in=named).values_list("slug", "pk"))
    wanted: dict[Any, dict[str, Any]] = {}
    for kind, entries in ((ListEntry.Kind.PERSON, record.persons), (ListEntry.Kind.TERM, record.terms)):
        for position, one in enumerate(entries):
            if one.id in wanted:
                raise refuse(one.line_of("id"), f"the entry “{one.id}” stands twice. Give each its own id.")
            if one.person and kind is ListEntry.Kind.TERM:
                raise refuse(one.line_of("person"), "a term is no person. Take this line away.")
            if one.person and one.person not in people:
                raise refuse(one.line_of("person"), f"there is no “{one.person}” among people.")
            wanted[one.id] = {
                "collection": collection,
                "kind": kind.value,
                "ident": one.id,
                "name": one.name,
                "description": one.description,
                "position": position,
                "person_id": people.get(one.person),
            }
            _check(ListEntry(**wanted[one.id]), one, refuse)
    return sync(collection.entries.filter(ident__in=wanted), wanted, lambda row: row.ident)


def _check(row: Division | ListEntry, record: DivisionRecord | EntryRecord, refuse: Refuse) -> None:
    check_fields(row, lambda message: refuse(record.line, message))
