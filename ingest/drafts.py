"""A document from what an editor pasted or uploaded, and its text as an editor revises it."""

from __future__ import annotations

import re

from django.db import models, transaction
from django.utils.text import slugify

from documents.models import Collection, Document, DocumentDate, Organization, Participation, Person
from editions.identify import carry_over
from editions.model import Edition, Remark
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import Reading, read_source
from editions.writers.archive_text import write_archive_text
from ingest.derive import derive
from ingest.letters import store_letter

UNTITLED = "Untitled document"
ARTICLE = re.compile(r"\Athe\s+", re.I)
LAST_WORD = re.compile(r"[^\W\d_]+$")


@transaction.atomic
def draft_from_source(source: bytes, name: str, format: str, collection: Collection) -> Document:
    """Makes a draft of a source, with all that the source says of itself; raises ``ReadError`` when it has no text."""
    reading = read_source(source, format)
    metadata = reading.edition.metadata
    kind = metadata.kind if metadata.kind in Document.Kind.values else Document.Kind.OTHER.value
    last = collection.documents.aggregate(models.Max("position"))["position__max"] or 0
    document = Document.objects.create(
        collection=collection,
        slug=_address(reading.edition),
        kind=kind,
        number=metadata.number[:30],
        title=(metadata.title or UNTITLED)[:500],
        place=metadata.place[:200],
        repository=metadata.source.split(". ")[0][:500],
        position=last + 1,
        status=Document.Status.DRAFT,
        source=source,
        source_name=name[:255],
        source_format=format,
        text=write_archive_text(reading.edition, front_matter=False),
        edited_here=True,
    )
    store_letter(document, None)
    _dates(document, reading.edition)
    _parties(document, reading.edition)
    derive(document)
    return document


def revised(document: Document, text: str) -> str:
    """Returns a text as an editor changed it, in canonical form; passages that survived keep their addresses.

    Raises ``ReadError`` with the line where the text breaks the notation.
    """
    parse_archive_text(text)
    if not document.text:
        return write_archive_text(parse_archive_text(text), front_matter=False)
    edition = carry_over(parse_archive_text(document.text), parse_archive_text(text, name_blocks=False))
    return write_archive_text(edition, front_matter=False)


def remarks_on(document: Document) -> tuple[Remark, ...]:
    """What the reader of the source was not sure of, and names that it found and the archive does not know."""
    if not document.source:
        return ()
    reading = read_source(bytes(document.source), document.source_format or "text")
    return (*reading.remarks, *_unknown_parties(document, reading))


def _unknown_parties(document: Document, reading: Reading) -> list[Remark]:
    known = set(document.participations.values_list("role", flat=True))
    metadata = reading.edition.metadata
    return [
        Remark(0, f"“{name}” is read as the {word}. Choose who that is under People and organizations.", 0.5)
        for role, word, names in (("from", "sender", metadata.senders), ("to", "recipient", metadata.recipients))
        for name in names
        if role not in known
    ]


def _address(edition: Edition) -> str:
    """Makes an address from the sender and the date, or else from the title; one that is free."""
    metadata = edition.metadata
    sender = LAST_WORD.search(metadata.senders[0]) if metadata.senders else None
    if sender and metadata.written:
        base = slugify(f"{sender[0]} {metadata.written.iso.replace('/', '-')}")
    else:
        base = slugify(metadata.title)[:80].strip("-") or "document"
    address, number = base, 1
    while Document.objects.filter(slug=address).exists():
        number += 1
        address = f"{base}-{number}"
    return address


def _dates(document: Document, edition: Edition) -> None:
    for event in DocumentDate.Event.values:
        value = getattr(edition.metadata, event)
        if value is not None:
            DocumentDate.objects.create(
                document=document,
                event=event,
                display=value.display[:100],
                earliest=value.earliest,
                latest=value.latest,
                supplied=value.supplied,
                reason="Supplied in the text as it came." if value.supplied else "",
            )


def _parties(document: Document, edition: Edition) -> None:
    """Names senders and recipients whom the archive knows by this name or by one used in another document."""
    position = 0
    for role, names in (("from", edition.metadata.senders), ("to", edition.metadata.recipients)):
        for name in names:
            if agent := _known_agent(name):
                field = "person" if isinstance(agent, Person) else "organization"
                Participation.objects.create(
                    document=document, role=role, name=name[:300], position=position, **{field: agent}
                )
                position += 1


def _known_agent(name: str) -> Person | Organization | None:
    bare = ARTICLE.sub("", name)
    for model in (Person, Organization):
        if agent := model.objects.filter(name__iexact=bare).first():
            return agent
    used = Participation.objects.filter(name__iexact=name).select_related("person", "organization").first()
    return used.agent if used else None
