"""Brings back what a document was, and documents that were deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from documents.models import (
    Collection,
    Document,
    FormerAddress,
    FormerNumber,
    Identifier,
    Letter,
    Link,
    Organization,
    Person,
    Proposal,
    Reply,
    Topic,
    Version,
)
from ingest.collection_file import record_of
from ingest.derive import PassageInUse, derive, derive_related
from ingest.history import BROUGHT_BACK, keeping, sign
from ingest.letters import said_in, store_letter
from ingest.proposals import proposal_with, span_of
from ingest.records import DocumentRecord, LinkRecord, PartyRecord, ProposalRecord
from ingest.store import store_document
from ingest.witness_history import bring_back_witnesses


class NotRestored(Exception):
    """A version cannot be brought back; the message says why and what to do. Nothing is changed."""


def record_in(version: Version) -> DocumentRecord:
    """What was known of the document when the version was kept."""
    return record_of(DocumentRecord, version.record["document"])


def source_in(version: Version) -> bytes:
    """The source that the document had: versions write it down only where it changed afterwards."""
    later = Version.objects.filter(document_key=version.document_key, number__gte=version.number)
    kept = later.exclude(source=None).order_by("number").values_list("source", flat=True).first()
    if kept is None and version.document is not None:
        kept = version.document.source
    return bytes(kept or b"")


@transaction.atomic
def restore(version: Version, *, by: AbstractBaseUser | None = None, by_name: str = "") -> tuple[str, ...]:
    """Makes a document what it was, and keeps what it is now as a version; returns what could not come back.

    Text, addresses of passages, source, facts, dates, parties and references come back. The document keeps its
    address, its place, its proposals and links, and stays published or a draft. Raises ``NotRestored``.
    """
    document = Document.objects.select_for_update().filter(pk=version.document_id).first()
    if document is None:
        raise NotRestored("This document is deleted. Bring it back first.")
    record, lost = _possible(record_in(version), document)
    record = replace(record, id=document.slug, status=document.status)
    try:
        with (
            transaction.atomic(),
            keeping(document, by=by, by_name=by_name, reason=f"Version {version.number} restored"),
        ):
            document.text = version.text  # first, so that its passages get the addresses of this version
            document.save(update_fields=["text", "updated_at"])
            source = source_in(version)
            store_document(
                record,
                document.collection,
                document.position,
                source,
                version.text,
                _refuse,
                document=document,
                edited_here=True,
            )
            store_letter(document, said_in(record, document, _refuse))
            derivation = derive(document)
            derive_related(document)
    except PassageInUse as error:
        raise NotRestored(str(error)) from error
    return (*lost, *derivation.lost)


@transaction.atomic
def undelete(
    version: Version, *, by: AbstractBaseUser | None = None, by_name: str = ""
) -> tuple[Document, tuple[str, ...]]:
    """Brings a deleted document back under its address, with its source, proposals and links, published or a draft as
    it was; returns it, and what could not come back. Raises ``NotRestored``.
    """
    _refuse_taken(version)
    kept = version.record["kept"]
    collection = version.collection or Collection.objects.filter(slug=kept["collection"]).first()
    if collection is None:
        raise NotRestored(f"Its collection is deleted. Add a collection with the address “{kept['collection']}” first.")
    document = Document(pk=version.document_key, division=collection.divisions.filter(ident=kept["division"]).first())
    record, lost = _possible(record_in(version), document)
    store_document(
        record,
        collection,
        kept["position"],
        source_in(version),
        version.text,
        _refuse,
        document=document,
        edited_here=kept["edited_here"],
    )
    Document.objects.filter(pk=document.pk).update(import_digest=kept["import_digest"])
    store_letter(document, said_in(record, document, _refuse))
    _bring_back_replies(document, kept)
    _bring_back_names(document, record, kept)
    derive(document)
    lost += _bring_back_proposals(document, record, kept)
    lost += _bring_back_links(version)
    lost += bring_back_witnesses(kept.get("witnesses", []))
    lost += derive(document).lost
    derive_related(document)
    Version.objects.filter(document_key=document.pk).update(document=document)
    Version.objects.filter(pk=version.pk).update(reason=BROUGHT_BACK)
    sign(document.pk, by, by_name)
    return document, tuple(lost)


def _refuse(line: int, message: str) -> NotRestored:
    return NotRestored(message[:1].upper() + message[1:])


def _refuse_taken(version: Version) -> None:
    if Document.objects.filter(pk=version.document_key).exists():
        raise NotRestored("This document is in the archive.")
    if Document.objects.filter(slug=version.slug).exists():
        raise NotRestored(
            f"Another document has the address “{version.slug}” now. Give that one another address first."
        )


def _possible(record: DocumentRecord, document: Document) -> tuple[DocumentRecord, list[str]]:
    """A record without what the archive has no more, and a sentence for each thing left out."""
    lost: list[str] = []
    taken = Identifier.objects.filter(value__in=record.identifiers).exclude(document=document.pk)
    others = dict(taken.values_list("value", "document__slug"))
    lost += [f"The identifier “{name}” is that of “{slug}” now." for name, slug in sorted(others.items())]
    named = {*record.answers, *record.does_not_answer}
    there = set(Document.objects.filter(slug__in=named).values_list("slug", flat=True))
    gone = [slug for slug in record.answers if slug not in there]
    lost += [f"The document that it answers, “{slug}”, is no longer in the archive." for slug in gone]
    answers = tuple(slug for slug in record.answers if slug in there)
    rejected = tuple(slug for slug in record.does_not_answer if slug in there)
    parties = tuple(_possible_party(party, lost) for party in record.parties)
    identifiers = tuple(name for name in record.identifiers if name not in others)
    facts = {"identifiers": identifiers, "answers": answers, "does_not_answer": rejected, "parties": parties}
    return replace(record, **facts), lost


def _possible_party(party: PartyRecord, lost: list[str]) -> PartyRecord:
    known = not party.person or Person.objects.filter(slug=party.person).exists()
    known &= not party.organization or Organization.objects.filter(slug=party.organization).exists()
    if known:
        return party
    lost.append(f"“{party.name}” is no longer among people and organizations, and stands as a name only.")
    return replace(party, person="", organization="")


def _bring_back_names(document: Document, record: DocumentRecord, kept: dict[str, Any]) -> None:
    """Addresses and numbers that the document had before, where no other document has them now."""
    FormerAddress.objects.filter(slug=document.slug).delete()
    in_use = set(Document.objects.filter(slug__in=record.formerly).values_list("slug", flat=True))
    for slug in set(record.formerly) - in_use:
        FormerAddress.objects.get_or_create(slug=slug, defaults={"document": document})
    for slug, number in kept["numbers"]:
        if collection := Collection.objects.filter(slug=slug).first():
            FormerNumber.objects.get_or_create(collection=collection, number=number, defaults={"document": document})


def _bring_back_replies(document: Document, kept: dict[str, Any]) -> None:
    """What editors said of letters that answer it, or do not; versions of old know only of those that do."""
    for name, status in (("answered_by", Reply.Status.CONFIRMED), ("not_answered_by", Reply.Status.REJECTED)):
        for letter in Letter.objects.filter(slug__in=kept.get(name, [])):
            Reply.objects.get_or_create(letter=letter, answered=document, defaults={"status": status})


def _bring_back_proposals(document: Document, record: DocumentRecord, kept: dict[str, Any]) -> list[str]:
    """Proposals as they were, also those whose words no longer stood in the text."""
    return [
        sentence
        for position, one in enumerate(record.proposals, 1)
        for sentence in _bring_back_proposal(document, one, position, kept["passage_texts"].get(one.id, ""))
    ]


def _bring_back_proposal(document: Document, record: ProposalRecord, position: int, passage_text: str) -> list[str]:
    first, last = span_of(document, record.passages)
    if first is None or last is None:
        return [f"Proposal {record.id} cannot come back: the text has no passage “{record.passages}”."]
    topic = Topic.objects.filter(slug=record.topic).first() if record.topic else None
    Proposal.objects.create(
        document=document,
        ident=record.id,
        position=position,
        title=record.title,
        topic=topic,
        summary=record.summary,
        first_passage=first,
        last_passage=last,
        words=record.words,
        passage_text=passage_text,
    )
    gone = record.topic and topic is None
    return [f"The topic “{record.topic}” of proposal {record.id} is no longer in the archive."] if gone else []


def _bring_back_links(version: Version) -> list[str]:
    lost = []
    for values, places in zip(version.record["links"], version.record["kept"]["places"], strict=True):
        record = record_of(LinkRecord, values)
        answered, answer = proposal_with(record.answered), proposal_with(record.answer)
        document = None if answer else Document.objects.filter(slug=record.answer).first()
        if answered is None or (answer is None and document is None):
            gone = record.answered if answered is None else record.answer
            lost.append(
                f"The link {record.answer} {record.relation} {record.answered} cannot come back: {gone} is gone."
            )
            continue
        said = {name: getattr(record, name) for name in ("relation", "answer_words", "answered_words", "note")}
        placed = dict(zip(("answer_ident", "answered_ident"), places, strict=True))
        ends = {"answer": answer, "answering_document": document, "answered": answered}
        Link.objects.get_or_create(**ends, defaults=said | placed)
    return lost
