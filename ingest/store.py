"""Stores what a collection folder says of people, documents, proposals and links. One function for each kind of entry.

Storing the same again changes nothing; every function says whether anything changed. Nothing here commits: the caller
holds one transaction around a whole folder.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Identifier,
    Organization,
    Participation,
    Person,
    Reference,
    Topic,
)
from editions.correct import CorrectionError, correct
from editions.dates import DateError, HistoricalDate, read_date
from editions.errors import ReadError
from editions.identify import anonymous, carry_over
from editions.model import Correction, Edition, NoteKind
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import FORMATS, read_source, source_lines
from editions.writers.archive_text import write_archive_text
from ingest.records import (
    CollectionRecord,
    CorrectionRecord,
    DateRecord,
    DocumentRecord,
    NoteRecord,
    OrganizationRecord,
    PersonRecord,
    TopicRecord,
)
from ingest.sync import sync

YES_OR_NO = {"": False, "no": False, "false": False, "yes": True, "true": True}
LONGEST_NAME = 300
DATE_EVENTS = tuple(DocumentDate.Event.values)
#: Fields of a document that the file gives as they are.
PLAIN_FIELDS = (
    "number",
    "title",
    "short_title",
    "abstract",
    "side",
    "place",
    "classification",
    "publication",
    "publication_url",
    "repository",
)

#: Raises the refusal of an entry: line and message.
Refuse = Callable[[int, str], Exception]


def update(row: models.Model, values: dict[str, Any], refuse: Callable[[str], Exception]) -> bool:
    """Gives a row these values and saves it if it is new or any differ; refuses values that the model does not take."""
    fresh = row._state.adding
    if not fresh and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise refuse(" ".join(error.messages)) from error
    row.save()
    return True


def check_fields(row: models.Model, refuse: Callable[[str], Exception]) -> None:
    """Refuses values that a field does not take, such as too long ones; what the row refers to is not looked at."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
    except ValidationError as error:
        said = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise refuse(" ".join(said)) from error


def store_collection(record: CollectionRecord, refuse: Refuse) -> tuple[Collection, bool]:
    collection = Collection.objects.filter(slug=record.slug).first() or Collection(slug=record.slug)
    values = {name: getattr(record, name) for name in ("title", "description", "first_side", "second_side")}
    values["position"] = _position(record, 0, refuse)
    return collection, update(collection, values, lambda message: refuse(record.line, message))


def store_agent(record: PersonRecord | OrganizationRecord, refuse: Refuse) -> bool:
    model: type[Person] | type[Organization] = Person if isinstance(record, PersonRecord) else Organization
    agent = model.objects.filter(slug=record.id).first() or model(slug=record.id)
    values = {name: value for name, value in vars(record).items() if name not in ("id", "line", "lines")}
    values["sort_name"] = record.sort_name or record.name
    return update(agent, values, lambda message: refuse(record.line, message))


def store_topic(record: TopicRecord, position: int, refuse: Refuse) -> bool:
    topic = Topic.objects.filter(slug=record.id).first() or Topic(slug=record.id)
    values = {"name": record.name, "description": record.description, "position": _position(record, position, refuse)}
    return update(topic, values, lambda message: refuse(record.line, message))


def _position(record: CollectionRecord | TopicRecord, default: int, refuse: Refuse) -> int:
    if not re.fullmatch(r"[0-9]{0,6}", record.position):
        raise refuse(record.line_of("position"), f"position is a whole number, not “{record.position}”.")
    return int(record.position or default)


def edition_of(
    source: bytes,
    format: str,
    corrections: Iterable[CorrectionRecord],
    notes: Iterable[NoteRecord],
    refuse: Refuse,
    old: Edition | None = None,
) -> Edition:
    """Reads a source and applies the corrections and kinds of notes that the file gives.

    Where blocks of an old edition survive they keep their ids, by which corrections name them.
    """
    edition = read_source(source, format).edition
    if old is not None:
        edition = carry_over(old, anonymous(edition))
    for record in corrections:
        try:
            edition = correct(edition, record.place, Correction(record.printed, record.corrected, record.reason))
        except CorrectionError as error:
            raise refuse(record.line_of("printed"), str(error)) from error
    for note in notes:
        edition = _with_note_kind(edition, note, refuse)
    return edition


def _with_note_kind(edition: Edition, record: NoteRecord, refuse: Refuse) -> Edition:
    if record.id not in {note.id for note in edition.footnotes}:
        raise refuse(record.line_of("id"), f"the text has no note {record.id}.")
    if record.kind not in {kind.value for kind in NoteKind}:
        raise refuse(record.line_of("kind"), f"“{record.kind}” is no kind of note: source, editorial or authorial.")
    footnotes = tuple(
        replace(note, kind=NoteKind(record.kind)) if note.id == record.id else note for note in edition.footnotes
    )
    return replace(edition, footnotes=footnotes)


def text_of(record: DocumentRecord, source: bytes, text: str | None, old: Document | None, refuse: Refuse) -> str:
    """Returns the archive text that a record gives: its own, or the source restored and corrected.

    Where the document is there already, blocks that survived keep their ids.
    """
    before = parse_archive_text(old.text) if old is not None and old.text else None
    if source and (record.format or "text") not in FORMATS:
        raise refuse(record.line_of("format"), f"“{record.format}” is no format: {', '.join(FORMATS)}.")
    try:
        if text is not None:
            if source:
                source_lines(source, record.format or "text")
            edition = parse_archive_text(text)
            if before is not None:
                edition = carry_over(before, parse_archive_text(text, name_blocks=False))
        elif not source:
            return ""
        else:
            edition = edition_of(source, record.format or "text", record.corrections, record.notes, refuse, before)
    except ReadError as error:
        named = "text" if text is not None else "source"
        raise refuse(record.line_of(named), f"{getattr(record, named)}: {error}") from error
    return write_archive_text(edition, front_matter=False)


def store_document(
    record: DocumentRecord,
    collection: Collection,
    position: int,
    source: bytes,
    text: str | None,
    refuse: Refuse,
    *,
    document: Document | None = None,
    edited_here: bool = False,
) -> tuple[Document, bool]:
    """Stores a document without its proposals and links; returns it, and whether anything changed.

    The document is the one given, which may get a new address, or else the one with the address of the record.
    """
    document = document or Document.objects.filter(slug=record.id).first() or Document(slug=record.id)
    values: dict[str, Any] = {name: getattr(record, name) for name in PLAIN_FIELDS}
    values |= {
        "slug": record.id,
        "collection": collection,
        "position": position,
        "kind": record.kind or Document.Kind.OTHER.value,
        "status": record.status or Document.Status.PUBLISHED.value,
        "source": source,
        "source_name": record.source.rsplit("/", 1)[-1],
        "source_format": (record.format or "text") if source else "",
        "text": text_of(record, source, text, document if document.pk else None, refuse),
        "edited_here": edited_here,
    }
    document.source = bytes(document.source)
    changed = update(document, values, lambda message: refuse(record.line, message))
    changed |= _store_dates(document, record, refuse)
    changed |= _store_identifiers(document, record, refuse)
    changed |= _store_parties(document, record, refuse)
    changed |= _store_references(document, record, refuse)
    return document, changed


def _store_identifiers(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    for other in Identifier.objects.filter(value__in=record.identifiers).exclude(document=document):
        message = f"the identifier “{other.value}” is that of “{other.document.slug}”. Take it from one of the two."
        raise refuse(record.line_of("identifiers"), message)
    wanted = {value: {"document": document, "value": value} for value in record.identifiers}
    for values in wanted.values():
        check_fields(Identifier(**values), lambda message: refuse(record.line_of("identifiers"), message))
    return sync(document.identifiers.all(), wanted, lambda row: row.value)


def _store_dates(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    wanted = {}
    for event in DATE_EVENTS:
        date: DateRecord | None = getattr(record, event)
        if date is None:
            continue
        value = _value(date, refuse)
        if date.supplied.casefold() not in YES_OR_NO:
            raise refuse(date.line_of("supplied"), f"supplied is yes or no, not “{date.supplied}”.")
        supplied = YES_OR_NO[date.supplied.casefold()] or value.supplied
        if supplied and not date.reason:
            raise refuse(date.line, "a supplied date needs a reason: how do you know?")
        wanted[event] = {
            "document": document,
            "event": event,
            "display": value.display,
            "earliest": value.earliest,
            "latest": value.latest,
            "supplied": supplied,
            "reason": date.reason,
        }
        check_fields(DocumentDate(**wanted[event]), lambda message, line=date.line: refuse(line, message))
    return sync(document.dates.all(), wanted, lambda row: row.event)


def _value(date: DateRecord, refuse: Refuse) -> HistoricalDate:
    """The date of a record: read from what it displays, unless it gives the days itself."""
    if date.earliest or date.latest:
        try:
            days = [datetime.date.fromisoformat(day) for day in (date.earliest, date.latest or date.earliest)]
        except ValueError as error:
            raise refuse(date.line_of("earliest"), "earliest and latest are days such as 1962-03-07.") from error
        if days[0] > days[1]:
            raise refuse(date.line_of("earliest"), "a date cannot end before it begins.")
        return HistoricalDate(date.display, days[0], days[1])
    try:
        return read_date(date.display)
    except DateError as error:
        raise refuse(date.line_of("display"), str(error)) from error


def _store_parties(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    wanted = {}
    for position, party in enumerate(record.parties):
        person = Person.objects.filter(slug=party.person).first() if party.person else None
        organization = Organization.objects.filter(slug=party.organization).first() if party.organization else None
        if party.person and party.organization:
            raise refuse(party.line, "name a person or an organization, not both.")
        if (named := party.person or party.organization) and not (person or organization):
            raise refuse(party.line, f"there is no “{named}” among people and organizations.")
        if len(party.name) > LONGEST_NAME:
            raise refuse(party.line_of("name"), f"a name has at most {LONGEST_NAME} characters.")
        if party.role not in Participation.Role.values:
            raise refuse(party.line_of("role"), f"“{party.role}” is no role: {', '.join(Participation.Role.values)}.")
        wanted[party.role, party.person, party.organization, party.name] = {
            "document": document,
            "role": party.role,
            "person": person,
            "organization": organization,
            "name": party.name,
            "position": position,
        }
    return sync(
        document.participations.select_related("person", "organization"),
        wanted,
        lambda row: (
            row.role,
            row.person.slug if row.person else "",
            row.organization.slug if row.organization else "",
            row.name,
        ),
    )


def _store_references(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    wanted = {
        (r.place, r.words, r.target): {
            "document": document,
            "ident": r.place,
            "words": r.words,
            "target": r.target,
            "title": r.title,
        }
        for r in record.references
    }
    for r, values in zip(record.references, wanted.values(), strict=False):
        check_fields(Reference(**values), lambda message, line=r.line: refuse(line, message))
    return sync(
        document.references.filter(origin=Reference.Origin.LISTED),
        wanted,
        lambda row: (row.ident, row.words, row.target),
    )
