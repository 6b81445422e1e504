"""A document from a source: what the source says of itself, and of which document it is a new version."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from documents.models import Collection, Document, FormerAddress
from editions.correct import CorrectionError, correct, corrections
from editions.errors import ReadError
from editions.identify import anonymous, carry_over
from editions.model import Edition, Metadata, Remark, note_text
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import Reading, decode, read_source
from editions.writers.archive_text import write_archive_text
from ingest.derive import PassageInUse, derive, derive_related
from ingest.export import differs_from_source, facts_of
from ingest.letters import said_in, store_letter
from ingest.models import Outcome
from ingest.offers import offer_witnesses
from ingest.records import DocumentRecord, PartyRecord
from ingest.said import said_by, unidentified
from ingest.store import DATE_EVENTS, store_document

UNTITLED = "Untitled document"
#: Facts that a source says of itself, apart from its parties. What stands here for nothing is not taken for a fact.
SAID = {"kind": Document.Kind.OTHER.value, "number": "", "title": UNTITLED, "place": "", "repository": ""}
LAST_WORD = re.compile(r"[^\W\d_]+$")


class NotStored(Exception):
    """A document cannot be stored as it is; the message says why and what to do. Nothing of it is stored."""


@dataclass(frozen=True)
class Prepared:
    """A document that is not stored yet: ``record`` is what is known of it, ``text`` its archive text."""

    record: DocumentRecord
    text: str
    edition: Edition
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A document that was stored, what became of it, and which quotations no longer stand in its text."""

    document: Document
    outcome: Outcome
    lost: tuple[str, ...] = ()


def prepare(
    source: bytes,
    name: str,
    format: str,
    document: Document | None = None,
    taken: Container[str] = (),
) -> Prepared:
    """Reads a source and says all that it says of itself; nothing is stored. Raises ``ReadError``.

    For a document that exists, what its old source says in the same way stays as editors have it, passages that
    survived keep their addresses, and corrections are made again. A new document gets an address that is free and
    not among those ``taken``.
    """
    return prepare_reading(read_source(source, format), source, name, format, document, taken)


def prepare_reading(
    reading: Reading,
    source: bytes,
    name: str,
    format: str,
    document: Document | None = None,
    taken: Container[str] = (),
) -> Prepared:
    """Says what a source says of itself that was read already; as ``prepare``."""
    said, remarks = said_by(reading.edition.metadata)
    said = replace(said, source=name, format=format if format != "text" else "")
    if document is None:
        record = replace(said, id=_free_address(reading.edition.metadata, taken), title=said.title or UNTITLED)
        text = write_archive_text(reading.edition, front_matter=False)
        edition = reading.edition
    elif bytes(document.source) == source and document.source_format == format:
        record, text = facts_of(document), document.text
        edition = parse_archive_text(text)
    else:
        record = _renewed(document, said)
        edition, lost = _carried(document, _unnamed(reading, source, format))
        text = write_archive_text(edition, front_matter=False)
        remarks = [*remarks, *lost]
    names = [(one.role, one.name) for one in record.parties if not (one.person or one.organization)]
    return Prepared(record, text, edition, (*reading.remarks, *remarks, *unidentified(names)))


@transaction.atomic
def store_prepared(
    prepared: Prepared,
    source: bytes,
    collection: Collection,
    status: str,
    *,
    document: Document | None = None,
    by_hand: bool = False,
) -> Stored:
    """Stores a document with all that is derived from it, as a new one or in place of the one given.

    The same again changes nothing. ``by_hand`` says that an editor stores it: imports do not write over it then.
    Raises ``NotStored``, and then nothing is stored.
    """
    record = replace(prepared.record, status=status)
    taken = Document.objects.filter(slug=record.id).exclude(pk=document.pk if document else None)
    if taken.exists():
        raise NotStored(f"Another document has the address “{record.id}”. Choose a different one.")
    edited_here = document.edited_here if document else by_hand
    position = document.position if document else _next_position(collection)
    stored, changed = store_document(
        record, collection, position, source, prepared.text, _refuse, document=document, edited_here=edited_here
    )
    changed |= store_letter(stored, said_in(record, stored, _refuse))
    if not changed:
        return Stored(stored, Outcome.UNCHANGED)
    if by_hand and not stored.edited_here:
        Document.objects.filter(pk=stored.pk).update(edited_here=True)
    try:
        derivation = derive(stored)
    except PassageInUse as error:
        raise NotStored(str(error)) from error
    derive_related(stored)
    offer_witnesses([stored.pk])
    return Stored(stored, Outcome.UPDATED if document else Outcome.CREATED, derivation.lost)


def revised(document: Document, text: str) -> str:
    """Returns a text as an editor changed it, in canonical form; passages that survived keep their addresses.

    Raises ``ReadError`` with the line where the text breaks the notation.
    """
    parse_archive_text(text)
    if not document.text:
        return write_archive_text(parse_archive_text(text), front_matter=False)
    edition = carry_over(parse_archive_text(document.text), parse_archive_text(text, name_blocks=False))
    return write_archive_text(edition, front_matter=False)


def _refuse(line: int, message: str) -> NotStored:
    return NotStored(message[:1].upper() + message[1:])


def _next_position(collection: Collection) -> int:
    return (collection.documents.aggregate(models.Max("position"))["position__max"] or 0) + 1


def _renewed(document: Document, said: DocumentRecord) -> DocumentRecord:
    """What is known of a document once it has a new source: where the sources differ, what the new one says."""
    facts, before = facts_of(document), _said_before(document)
    values: dict[str, Any] = {"source": said.source, "format": said.format}
    for name in (*SAID, *DATE_EVENTS):
        new, old = getattr(said, name), getattr(before, name) if before else None
        nothing = SAID.get(name)
        known = getattr(facts, name) if before is None else None
        if new not in ("", None, nothing) and new != old and known in ("", None, nothing):
            values[name] = new
    if _named(said.parties) != _named(before.parties if before else facts.parties):
        kept = {(one.role, one.name): one for one in facts.parties}
        others = [one for one in facts.parties if one.role not in ("from", "to")]
        values["parties"] = (*(kept.get((one.role, one.name), one) for one in said.parties), *others)
    return replace(facts, **values)


def _said_before(document: Document) -> DocumentRecord | None:
    """What the stored source says of itself; none when there is no source that can be read."""
    if not document.source:
        return None
    try:
        reading = read_source(bytes(document.source), document.source_format or "text")
    except ReadError:
        return None
    return said_by(reading.edition.metadata)[0]


def _named(parties: Iterable[PartyRecord]) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in parties if one.role in ("from", "to")]


def _unnamed(reading: Reading, source: bytes, format: str) -> Edition:
    """The edition with those ids only that were written by hand."""
    if format == "archive-text":
        return parse_archive_text(decode(source), name_blocks=False)
    return anonymous(reading.edition)


def _carried(document: Document, edition: Edition) -> tuple[Edition, list[Remark]]:
    """Gives a new text of a document the addresses and the corrections that it had."""
    if not document.text:
        return edition, []
    before = parse_archive_text(document.text)
    edition = carry_over(before, edition)
    remarks = []
    already = set(corrections(edition))
    for placed in corrections(before):
        if placed in already:
            continue
        try:
            edition = correct(edition, placed.place, placed.correction)
        except CorrectionError:
            slip = placed.correction
            message = f"The correction of “{slip.printed}” to “{slip.corrected}” in {placed.place} is not in this text."
            remarks.append(Remark(0, message))
    if differs_from_source(document):
        message = "Editors changed the text of this document by hand. The comparison shows what of that would go."
        remarks.append(Remark(0, message))
    return _with_note_kinds(before, edition), remarks


def _with_note_kinds(before: Edition, edition: Edition) -> Edition:
    """Gives notes with the same words the kind that they had."""
    kinds = {note_text(note): note.kind for note in before.footnotes}
    notes = (replace(note, kind=kinds.get(note_text(note), note.kind)) for note in edition.footnotes)
    return replace(edition, footnotes=tuple(notes))


def _free_address(metadata: Metadata, taken: Container[str]) -> str:
    """Makes an address from the sender and the date, or else from the title; one that never led anywhere."""
    sender = LAST_WORD.search(metadata.senders[0]) if metadata.senders else None
    if sender and metadata.written:
        base = slugify(f"{sender[0][:60]} {metadata.written.iso.replace('/', '-')}")
    else:
        base = slugify(metadata.title)[:80].strip("-") or "document"
    address, number = base, 1
    while (
        address in taken
        or Document.objects.filter(slug=address).exists()
        or FormerAddress.objects.filter(slug=address).exists()
    ):
        number += 1
        address = f"{base}-{number}"
    return address
