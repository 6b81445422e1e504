"""Rehearses texts: reads each, says what storing it would change, and stores those that an editor chooses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents.models import Collection, Document
from editions.compare import Comparison, compare
from editions.errors import ReadError
from editions.model import Remark, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import LARGEST_SOURCE, read_source, recognise
from ingest.collection_file import plain, record_of
from ingest.export import facts_of
from ingest.history import keeping, sign
from ingest.matching import find_document
from ingest.models import Rehearsal, RehearsedDocument
from ingest.prepare import NotStored, Prepared, Stored, prepare, prepare_reading, revised, store_prepared
from ingest.quotations import would_lose
from ingest.records import DocumentRecord
from ingest.roles import PUBLISH
from ingest.said import unidentified

State = RehearsedDocument.State
#: Keys of a record that say where a text comes from and not what is known of it.
NOT_FACTS = {"source", "format", "status"}
STALE = (
    "Someone has changed this document since its rehearsal began, so nothing is stored. Look at the difference to "
    "what is there now, then go on from there."
)


class LosesQuotations(NotStored):
    """Readers would get a text without words that proposals, links or references quote: ``lost`` says which."""

    def __init__(self, lost: tuple[str, ...]) -> None:
        super().__init__(" ".join(lost))
        self.lost = lost


@dataclass(frozen=True)
class Brought:
    """A source as an editor brought it: its bytes, and the name of its file, empty for a pasted text.

    ``identifier`` is what other documents cite it by, where the editor came to add what they cite.
    """

    source: bytes
    name: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Changes:
    """What storing a text would change in a document: how many passages and notes, and which facts, by their keys."""

    document: Document
    passages: int
    facts: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        return not self.facts and not self.passages


@transaction.atomic
def rehearse(brought: Iterable[Brought], collection: Collection, user: Any) -> Rehearsal:
    """Reads texts and keeps what was understood of each; what cannot be read is kept as refused, and says why."""
    rehearsal = Rehearsal.objects.create(collection=collection, by=user, by_name=user.get_username())
    waiting = RehearsedDocument.objects.filter(state=State.WAITING, document=None)
    taken = set(waiting.values_list("record__id", flat=True))
    for position, one in enumerate(brought, 1):
        item = RehearsedDocument(
            rehearsal=rehearsal,
            position=position,
            name=one.name[:255],
            source=one.source,
            checksum=hashlib.sha256(one.source).hexdigest(),
        )
        try:
            _read(item, collection, taken)
            if one.identifier:
                item.record["identifiers"] = list(dict.fromkeys((*item.record.get("identifiers", ()), one.identifier)))
        except ReadError as error:
            item.state, item.line, item.message = State.REFUSED, error.line, error.message
            item.remarks = [list(astuple(Remark(error.line, error.message)))]
            item.source = one.source if len(one.source) <= LARGEST_SOURCE else b""
        keep(item)
        taken.add(item.record.get("id"))
    return rehearsal


def propose_change(document: Document, user: Any) -> RehearsedDocument:
    """Opens a rehearsal that begins with a document as it is now."""
    rehearsal = Rehearsal.objects.create(collection=document.collection, by=user, by_name=user.get_username())
    return RehearsedDocument.objects.create(
        rehearsal=rehearsal,
        position=1,
        name=document.source_name,
        source=bytes(document.source),
        source_format=document.source_format,
        checksum=hashlib.sha256(document.source).hexdigest() if document.source else "",
        record=plain(facts_of(document)),
        text=document.text,
        document=document,
        base=stamp(document),
    )


def facts(item: RehearsedDocument) -> DocumentRecord:
    """What is known of a rehearsed text."""
    return record_of(DocumentRecord, item.record)


def remarks(item: RehearsedDocument) -> tuple[Remark, ...]:
    return tuple(Remark(*one) for one in item.remarks)


def correct_facts(item: RehearsedDocument, record: DocumentRecord) -> None:
    """Takes over facts that an editor corrected; remarks on names that are identified or other now go."""
    before = unidentified((one.role, one.name) for one in facts(item).parties)
    now = unidentified((one.role, one.name) for one in record.parties if not (one.person or one.organization))
    kept = (*(one for one in remarks(item) if one not in before), *now)
    item.record, item.remarks = plain(record), [list(astuple(one)) for one in kept]


def stamp(document: Document | None) -> str:
    """Tells one state of a document from another; empty for none."""
    return document.updated_at.isoformat() if document and document.updated_at else ""


def is_stale(item: RehearsedDocument) -> bool:
    """Whether the document that a text would change is not what it was when the rehearsal began."""
    return item.base != stamp(item.document)


def changes(item: RehearsedDocument) -> Changes | None:
    """What would change in the document of which a text is a new version, as worked out when the text was kept.

    None for a new document.
    """
    if item.document is None:
        return None
    return Changes(item.document, item.changes.get("passages", 0), tuple(item.changes.get("facts", ())))


def difference(item: RehearsedDocument) -> Comparison | None:
    """Compares a text with that of the document as it is now; none for a new document."""
    if item.document is None:
        return None
    return compare(parse_archive_text(item.document.text), parse_archive_text(item.text))


def keep(item: RehearsedDocument) -> None:
    """Saves a rehearsed text, with what storing it would change."""
    found = difference(item)
    item.changes = {}
    if item.document and found:
        now, then = plain(facts_of(item.document)), item.record
        differing = {key for key in now.keys() | then.keys() if now.get(key) != then.get(key)}
        parts = (*found.blocks, *found.notes)
        item.changes = {
            "passages": sum(part.old != part.new or part.moved for part in parts),
            "facts": sorted(differing - NOT_FACTS),
        }
    item.save()


def make_version_of(item: RehearsedDocument, document: Document | None) -> None:
    """Makes a text a new version of a document, or a new document; its facts are worked out anew, its text stays."""
    text = item.text
    taken = RehearsedDocument.objects.filter(state=State.WAITING, document=None).exclude(pk=item.pk)
    addresses = set(taken.values_list("record__id", flat=True))
    _fill(item, document, prepare(bytes(item.source), item.name, item.source_format, document, addresses))
    item.text = revised(document, text) if document else text
    keep(item)


def go_on_from_now(item: RehearsedDocument) -> None:
    """Takes note that the document has changed: what is stored next replaces what is there now."""
    item.base = stamp(item.document)
    if item.document and item.document.text:
        item.text = revised(item.document, item.text)
    keep(item)


@transaction.atomic
def settle(item: RehearsedDocument, status: str, user: Any, *, anyway: bool = False) -> Stored:
    """Stores a rehearsed text as a published document or as a draft.

    Raises ``NotStored`` when it cannot be, ``LosesQuotations`` when readers would lose quotations and ``anyway`` is not
    given, ``PermissionDenied`` when the user may not publish. Nothing is stored then.
    """
    if status == Document.Status.PUBLISHED and not user.has_perm(PUBLISH):
        raise PermissionDenied
    item = RehearsedDocument.objects.select_for_update(of=["self"]).get(pk=item.pk)
    document = Document.objects.select_for_update(of=["self"]).filter(pk=item.document_id).first()
    _refuse_what_cannot_be(item, document, status)
    if document and status == Document.Status.PUBLISHED and not anyway and (lost := would_lose(document, item.text)):
        raise LosesQuotations(lost)
    stored = _store(item, document, status, user)
    item.state = State.PUBLISHED if status == Document.Status.PUBLISHED else State.DRAFTED
    item.document, item.base = stored.document, ""
    item.save()
    return stored


def drop(item: RehearsedDocument) -> None:
    """Puts a text aside for good: nothing of it is stored as a document."""
    RehearsedDocument.objects.filter(pk=item.pk, state__in=[State.WAITING, State.REFUSED]).update(state=State.DROPPED)


def _store(item: RehearsedDocument, document: Document | None, status: str, user: Any) -> Stored:
    prepared = Prepared(facts(item), item.text, parse_archive_text(item.text))
    source = bytes(item.source)
    if document is None:
        stored = store_prepared(prepared, source, item.rehearsal.collection, status, by_hand=True)
        sign(stored.document.pk, user)
        return stored
    with keeping(document, by=user, reason="Replaced by a rehearsed text"):
        return store_prepared(prepared, source, document.collection, status, document=document, by_hand=True)


def _refuse_what_cannot_be(item: RehearsedDocument, document: Document | None, status: str) -> None:
    if item.state != State.WAITING:
        raise NotStored(f"This text is settled already: {item.get_state_display().lower()}.")
    if item.base != stamp(document):
        raise NotStored(STALE)
    if not item.text.strip():
        raise NotStored("A document has a text, and this one is empty. Write one, or drop it.")
    if document is None:
        return
    if document.is_published and status == Document.Status.DRAFT:
        raise NotStored(
            "Readers see this document, and a draft would take it from them. "
            "Publish the change, or leave it here for later."
        )
    idents = {block.id for block in walk(parse_archive_text(item.text).blocks)}
    proposals = document.proposals.select_related("first_passage", "last_passage")
    if names := [p.ident for p in proposals if not {p.first_passage.ident, p.last_passage.ident} <= idents]:
        raise NotStored(
            f"Proposals {', '.join(names)} stand on passages that this text no longer has. "
            "Move these proposals to other passages, or delete them, first."
        )


def _read(item: RehearsedDocument, collection: Collection, taken: set[str]) -> None:
    """Reads a source, and finds the document of which it is a new version. Raises ``ReadError``."""
    twin = item.rehearsal.documents.filter(checksum=item.checksum).exclude(state=State.REFUSED).first()
    if twin:
        raise ReadError(f"this is the same, byte for byte, as {twin.name}, which came in with it.")
    source = bytes(item.source)
    item.source_format = recognise(source, item.name) if item.name else "text"
    reading = read_source(source, item.source_format)
    prepared = prepare_reading(reading, source, item.name, item.source_format, None, taken)
    found = find_document(prepared, source, collection)
    if found:
        prepared = prepare_reading(reading, source, item.name, item.source_format, found)
    _fill(item, found, prepared)


def _fill(item: RehearsedDocument, document: Document | None, prepared: Prepared) -> None:
    """Gives an item what its source says, as a new document or as a new version of one."""
    item.record = plain(replace(prepared.record, status=""))
    item.text = prepared.text
    item.remarks = [list(astuple(remark)) for remark in prepared.remarks]
    item.document, item.base = document, stamp(document)
