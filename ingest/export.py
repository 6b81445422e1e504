"""Exports collections as the folders that ``ingest.folder`` imports: the same archive gives the same bytes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from django.db import models

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Link,
    ListEntry,
    Organization,
    Person,
    Reference,
    Reply,
    Topic,
)
from editions.dates import DateError, read_date
from editions.model import Edition
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import read_source
from editions.writers.archive_text import write_archive_text
from ingest.collection_file import FILE_NAME, write_collection_file
from ingest.errors import ImportRefused
from ingest.letters import answered_by
from ingest.records import (
    CollectionRecord,
    CorrectionRecord,
    DateRecord,
    DocumentRecord,
    FolderRecord,
    LinkRecord,
    NoteRecord,
    OrganizationRecord,
    PartyRecord,
    PersonRecord,
    ProposalRecord,
    ReferenceRecord,
    TopicRecord,
)
from ingest.rejected import with_rejected
from ingest.store import PLAIN_FIELDS, edition_of
from ingest.structure import divisions_of, entries_of
from ingest.witness_records import written_witnesses

PARTIES = "participations__document"
SomeModel = TypeVar("SomeModel", bound=models.Model)


def export_collections(path: Path) -> list[Path]:
    """Writes a folder for each collection below a path, and returns these folders.

    Raises ``ImportRefused`` when a folder of that name is there with anything in it: nothing is ever written over.
    """
    written = []
    for collection in Collection.objects.all():
        folder = path / collection.slug
        if folder.exists() and any(folder.iterdir()):
            raise ImportRefused(folder, 0, "this folder has something in it. Export into a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        _export(collection, folder)
        written.append(folder)
    return written


def _export(collection: Collection, folder: Path) -> None:
    documents = list(collection.documents.select_related("division").order_by("position", "slug"))
    names = _source_names(documents)
    for document in documents:
        if document.source:
            _write(folder / names[document.pk], bytes(document.source))
        if differs_from_source(document):
            _write(folder / f"texts/{document.slug}.md", document.text.encode())
        for witness in written_witnesses(document):
            for name, content in witness.files.items():
                _write(folder / name, content)
    record = FolderRecord(
        collection=_collection(collection),
        people=tuple(_person(p) for p in _people(collection)),
        organizations=tuple(_organization(o) for o in _with_unused(Organization, collection, PARTIES)),
        topics=_topics(collection),
        divisions=divisions_of(collection),
        persons=entries_of(collection, ListEntry.Kind.PERSON),
        terms=entries_of(collection, ListEntry.Kind.TERM),
        documents=tuple(_document(document, names.get(document.pk, "")) for document in documents),
        links=_links(collection),
    )
    _write(folder / FILE_NAME, write_collection_file(record).encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _with_unused(model: type[SomeModel], collection: Collection, to_document: str) -> models.QuerySet[SomeModel]:
    """What a collection names, by address; with the first collection go those that no collection names."""
    named = models.Q(**{f"{to_document}__collection": collection})
    if collection == Collection.objects.first():
        named |= models.Q(**{f"{to_document}__isnull": True})
    return model.objects.filter(named).distinct().order_by("slug")


def _people(collection: Collection) -> models.QuerySet[Person]:
    """The people of a collection: those that have a part in its documents, and those whom its list of persons means."""
    named = _with_unused(Person, collection, PARTIES) | Person.objects.filter(entries__collection=collection).distinct()
    return named.order_by("slug")


def _topics(collection: Collection) -> tuple[TopicRecord, ...]:
    """The topics in their order; a position is written where it is not the place in the list."""
    topics = _with_unused(Topic, collection, "proposals__document").order_by("position", "name")
    return tuple(
        TopicRecord(
            id=topic.slug,
            name=topic.name,
            description=topic.description,
            position=str(topic.position) if topic.position != place else "",
        )
        for place, topic in enumerate(topics, 1)
    )


def _source_names(documents: list[Document]) -> dict[int, str]:
    """Gives each source a path of its own within the folder: its file name, or else the document's address."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for document in documents:
        if document.source:
            given = Path(document.source_name)
            numbered = (f"{document.slug}-{number}{given.suffix or '.txt'}" for number in itertools.count(2))
            first = [given.name, f"{document.slug}{given.suffix or '.txt'}"]
            name = next(n for n in itertools.chain(first, numbered) if n and n.casefold() not in taken)
            taken.add(name.casefold())
            names[document.pk] = f"sources/{name}"
    return names


def _collection(collection: Collection) -> CollectionRecord:
    return CollectionRecord(
        slug=collection.slug,
        title=collection.title,
        description=collection.description,
        first_side=collection.first_side,
        second_side=collection.second_side,
        position=str(collection.position or ""),
    )


def _person(person: Person) -> PersonRecord:
    return PersonRecord(
        id=person.slug,
        name=person.name,
        sort_name=person.sort_name if person.sort_name != person.name else "",
        born=person.born,
        died=person.died,
        description=person.description,
        authority_url=person.authority_url,
    )


def _organization(organization: Organization) -> OrganizationRecord:
    return OrganizationRecord(
        id=organization.slug,
        name=organization.name,
        sort_name=organization.sort_name if organization.sort_name != organization.name else "",
        abbreviation=organization.abbreviation,
        description=organization.description,
        authority_url=organization.authority_url,
    )


def _document(document: Document, source: str) -> DocumentRecord:
    edited = differs_from_source(document)
    return replace(
        facts_of(document),
        division=document.division.ident if document.division else "",
        source=source,
        text=f"texts/{document.slug}.md" if edited else "",
        notes=() if edited else _note_kinds(document),
        corrections=() if edited else _corrections(document),
        proposals=with_rejected(document, proposals_of(document)),
        witnesses=tuple(witness.record for witness in written_witnesses(document)),
    )


def facts_of(document: Document) -> DocumentRecord:
    """What is known of a document, without its text and its proposals; ``source`` is the name of its source."""
    dates = {date.event: _date(date) for date in document.dates.all()}
    return DocumentRecord(
        id=document.slug,
        source=document.source_name,
        format=document.source_format if document.source_format != "text" else "",
        kind=document.kind,
        status="" if document.is_published else document.status,
        **{name: getattr(document, name) for name in PLAIN_FIELDS},
        **dates,
        identifiers=tuple(document.identifiers.values_list("value", flat=True)),
        formerly=tuple(document.former_addresses.order_by("slug").values_list("slug", flat=True)),
        answers=answered_by(document, Reply.Status.CONFIRMED),
        does_not_answer=answered_by(document, Reply.Status.REJECTED),
        parties=tuple(
            PartyRecord(
                role=row.role,
                person=row.person.slug if row.person else "",
                organization=row.organization.slug if row.organization else "",
                name=row.name,
            )
            for row in document.participations.select_related("person", "organization")
        ),
        references=tuple(
            ReferenceRecord(place=row.ident, words=row.words, target=row.target, title=row.title)
            for row in document.references.filter(origin=Reference.Origin.LISTED).order_by("id")
        ),
    )


def _date(date: DocumentDate) -> DateRecord:
    """A date; its days are written where what it displays does not tell them."""
    record = DateRecord(display=date.display, supplied="yes" if date.supplied else "", reason=date.reason)
    try:
        value = read_date(date.display)
        told = (value.display, value.earliest, value.latest) == (date.display, date.earliest, date.latest)
    except DateError:
        told = False
    if told:
        return record
    return replace(record, earliest=date.earliest.isoformat(), latest=date.latest.isoformat())


def proposals_of(document: Document) -> tuple[ProposalRecord, ...]:
    return tuple(
        ProposalRecord(
            id=row.ident,
            title=row.title,
            topic=row.topic.slug if row.topic else "",
            summary=row.summary,
            passages=row.first_passage.ident
            if row.first_passage_id == row.last_passage_id
            else f"{row.first_passage.ident}-{row.last_passage.ident}",
            words=row.words,
        )
        for row in document.proposals.select_related("topic", "first_passage", "last_passage")
    )


def _links(collection: Collection) -> tuple[LinkRecord, ...]:
    links = Link.objects.select_related("answer__document", "answering_document", "answered__document")
    records = [link_record(link) for link in links if link.later_document.collection_id == collection.pk]
    return tuple(sorted(records, key=lambda record: (record.answer, record.answered)))


def link_record(link: Link) -> LinkRecord:
    return LinkRecord(
        answer=link.answer.key if link.answer else link.later_document.slug,
        relation=link.relation,
        answered=link.answered.key,
        answer_words=link.answer_words,
        answered_words=link.answered_words,
        note=link.note,
    )


def _corrections(document: Document) -> tuple[CorrectionRecord, ...]:
    return tuple(
        CorrectionRecord(place=row.ident, printed=row.printed, corrected=row.corrected, reason=row.reason)
        for row in document.corrections.order_by("position")
    )


def _note_kinds(document: Document) -> tuple[NoteRecord, ...]:
    """The kinds of notes that differ from what the reader of the source finds."""
    if not document.source:
        return ()
    found = {
        note.id: note.kind.value
        for note in read_source(bytes(document.source), document.source_format).edition.footnotes
    }
    return tuple(
        NoteRecord(id=row.ident, kind=row.kind) for row in document.footnotes.all() if found.get(row.ident) != row.kind
    )


def differs_from_source(document: Document) -> bool:
    """Tells whether the text is more than the source restored, with the corrections and kinds of notes listed."""
    if not document.source:
        return bool(document.text)

    def refuse(line: int, message: str) -> Exception:
        return ValueError(message)

    try:
        edition = edition_of(
            bytes(document.source), document.source_format, _corrections(document), _note_kinds(document), refuse
        )
    except ValueError:
        return True
    return _text(edition) != _text(parse_archive_text(document.text))


def _text(edition: Edition) -> str:
    return write_archive_text(edition, front_matter=False)
