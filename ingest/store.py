"""Stores what a collection folder says of people, documents, proposals and links. One function for each kind of entry.

Storing the same again changes nothing; every function says whether anything changed. Nothing here commits: the caller
holds one transaction around a whole folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Letter,
    Organization,
    Participation,
    Person,
    Topic,
)
from editions.correct import CorrectionError, correct
from editions.dates import DateError, read_date
from editions.errors import ReadError
from editions.identify import anonymous, carry_over
from editions.model import Correction, Edition, NoteKind
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import FORMATS, read_source
from editions.writers.archive_text import write_archive_text
from ingest.derive import sync
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

YES = {"yes", "true"}
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


def store_collection(record: CollectionRecord, refuse: Refuse) -> tuple[Collection, bool]:
    collection = Collection.objects.filter(slug=record.slug).first() or Collection(slug=record.slug)
    if record.position and not record.position.isdigit():
        raise refuse(record.line_of("position"), f"position is a whole number, not “{record.position}”.")
    values = {name: getattr(record, name) for name in ("title", "description", "first_side", "second_side")}
    values["position"] = int(record.position or 0)
    return collection, update(collection, values, lambda message: refuse(record.line, message))


def store_agent(record: PersonRecord | OrganizationRecord, refuse: Refuse) -> bool:
    model: type[Person] | type[Organization] = Person if isinstance(record, PersonRecord) else Organization
    agent = model.objects.filter(slug=record.id).first() or model(slug=record.id)
    values = {name: value for name, value in vars(record).items() if name not in ("id", "line", "lines")}
    values["sort_name"] = record.sort_name or record.name
    return update(agent, values, lambda message: refuse(record.line, message))


def store_topic(record: TopicRecord, position: int, refuse: Refuse) -> bool:
    topic = Topic.objects.filter(slug=record.id).first() or Topic(slug=record.id)
    values = {"name": record.name, "description": record.description, "position": position}
    return update(topic, values, lambda message: refuse(record.line, message))


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
    try:
        if text is not None:
            edition = parse_archive_text(text)
        else:
            before = parse_archive_text(old.text) if old is not None and old.text else None
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
    overwrite: bool = False,
) -> tuple[Document, bool, bool]:
    """Stores a document without its proposals and links: the document, whether it changed, whether its text was kept
    because an editor changed it in the archive."""
    document = Document.objects.filter(slug=record.id).first() or Document(slug=record.id)
    values: dict[str, Any] = {name: getattr(record, name) for name in PLAIN_FIELDS}
    values |= {
        "collection": collection,
        "position": position,
        "kind": record.kind or Document.Kind.OTHER.value,
        "status": record.status or Document.Status.PUBLISHED.value,
        "source": source,
        "source_name": record.source.rsplit("/", 1)[-1],
        "source_format": (record.format or "text") if source else "",
    }
    if values["source_format"] not in ("", *FORMATS):
        raise refuse(record.line_of("format"), f"“{record.format}” is no format: {', '.join(FORMATS)}.")
    new_text = text_of(record, source, text, document if document.pk else None, refuse)
    kept = bool(document.text_edited and document.text != new_text and not overwrite)
    if not kept:
        values |= {"text": new_text, "text_edited": text is not None}
    document.source = bytes(document.source)
    changed = update(document, values, lambda message: refuse(record.line, message))
    changed |= _store_dates(document, record, refuse)
    changed |= sync(
        document.identifiers.all(),
        {value: {"document": document, "value": value} for value in record.identifiers},
        lambda row: row.value,
    )
    changed |= _store_parties(document, record, refuse)
    changed |= _store_references(document, record)
    return document, changed, kept


def store_letter(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    """Makes correspondence a letter, and says which document it answers."""
    letter = Letter.objects.filter(pk=document.pk).first()
    if document.kind not in Letter.KINDS:
        if record.answers:
            raise refuse(
                record.line_of("answers"), f"a {document.get_kind_display().lower()} does not answer a document."
            )
        if letter:
            letter.delete(keep_parents=True)
        return letter is not None
    answered = Document.objects.filter(slug=record.answers).first() if record.answers else None
    if record.answers and answered is None:
        raise refuse(record.line_of("answers"), f"there is no document “{record.answers}”.")
    if letter is None:
        letter = Letter(document_ptr=document)
        letter.__dict__.update({k: v for k, v in document.__dict__.items() if k != "_state"})
    elif letter.answers_id == (answered.pk if answered else None):
        return False
    letter.answers = answered
    letter.save_base(raw=True)
    return True


def _store_dates(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    wanted = {}
    for event in DATE_EVENTS:
        date: DateRecord | None = getattr(record, event)
        if date is None:
            continue
        try:
            value = read_date(date.display)
        except DateError as error:
            raise refuse(date.line_of("display"), str(error)) from error
        supplied = date.supplied.casefold() in YES
        if supplied and not date.reason:
            raise refuse(date.line, "a supplied date needs a reason: how do you know?")
        wanted[event] = {
            "document": document,
            "event": event,
            "display": date.display,
            "earliest": value.earliest,
            "latest": value.latest,
            "supplied": supplied,
            "reason": date.reason,
        }
    return sync(document.dates.all(), wanted, lambda row: row.event)


def _store_parties(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    wanted = {}
    for position, party in enumerate(record.parties):
        person = Person.objects.filter(slug=party.person).first() if party.person else None
        organization = Organization.objects.filter(slug=party.organization).first() if party.organization else None
        if bool(person) == bool(organization):
            named = party.person or party.organization
            message = (
                f"there is no “{named}” among people and organizations."
                if named
                else "name a person or an organization."
            )
            raise refuse(party.line, message)
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


def _store_references(document: Document, record: DocumentRecord) -> bool:
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
    return sync(document.references.all(), wanted, lambda row: (row.ident, row.words, row.target))
