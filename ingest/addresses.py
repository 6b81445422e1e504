"""Addresses and numbers that documents had: they lead to the document for good, until another has them."""

from __future__ import annotations

from documents.models import Document, FormerAddress, FormerNumber
from ingest.records import DocumentRecord
from ingest.store import Refuse, check_fields


def note_address(document: Document, old_slug: str, old_number: str) -> bool:
    """Notes the address and number that a document had before; what is in use again is no former one any more.

    Returns whether anything changed.
    """
    changed = bool(FormerAddress.objects.filter(slug=document.slug).delete()[0])
    if old_slug and old_slug != document.slug:
        FormerAddress.objects.update_or_create(slug=old_slug, defaults={"document": document})
        changed = True
    if old_number != document.number:
        document.former_numbers.filter(collection=document.collection_id, number=document.number).delete()
        if old_number:
            values = {"collection_id": document.collection_id, "number": old_number}
            FormerNumber.objects.update_or_create(**values, defaults={"document": document})
        changed = True
    return changed


def renamed(record: DocumentRecord, refuse: Refuse) -> Document | None:
    """The document that has the address of a record, or else the one that has an address it had ``formerly``.

    It is as it is stored now, and nobody else changes it until the transaction ends. Refuses former addresses that
    other documents have now.
    """
    stored = Document.objects.select_for_update(no_key=True)
    document = stored.filter(slug=record.id).first()
    others = list(stored.filter(slug__in=record.formerly).exclude(slug=record.id).order_by("slug"))
    if document is None and len(others) == 1:
        return others[0]
    if others:
        message = f"a document has the address “{others[0].slug}” now, so “{record.id}” cannot have had it."
        raise refuse(record.line_of("formerly"), message)
    return document


def store_formerly(document: Document, record: DocumentRecord, refuse: Refuse) -> bool:
    """Notes the former addresses of a record, and returns whether anything changed. Others that it has are kept."""
    changed = False
    for slug in record.formerly:
        row = FormerAddress.objects.filter(slug=slug).select_related("document").first()
        if row is not None and row.document_id != document.pk:
            message = f"“{slug}” is a former address of “{row.document.slug}”. Take it from one of the two."
            raise refuse(record.line_of("formerly"), message)
        if row is None:
            row = FormerAddress(document=document, slug=slug)
            check_fields(row, lambda message: refuse(record.line_of("formerly"), message))
            row.save()
            changed = True
    return changed
