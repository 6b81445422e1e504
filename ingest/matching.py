"""Of which document of a collection a text is a new version."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db import models

from documents.models import Collection, Document, DocumentDate
from ingest.prepare import Prepared
from ingest.records import DocumentRecord

ALIKE = 0.8


def find_document(
    prepared: Prepared, source: bytes, collection: Collection, others: Several[int] = ()
) -> Document | None:
    """The document of the collection of which this is a new version; none when that is in doubt.

    It has the same source; or else its source had the same file name; or it has the same number and a title that is
    alike (ratio 0.8, Ratcliff and Obershelp); or it was written on the same date by the same sender. ``others`` are the
    keys of documents that are something else unless they have the same source.
    """
    record = prepared.record
    documents = collection.documents.defer("text", "reading_text")
    name = record.source.rsplit("/", 1)[-1]
    if found := _only(documents.filter(source=source)):
        return found
    documents = documents.exclude(pk__in=others)
    if name and (found := _only(documents.filter(source_name=name))):
        return found
    if record.number:
        same = documents.filter(number=record.number)
        if found := _only(document for document in same if _alike(document.title, record.title)):
            return found
    senders, written = _senders(record), prepared.edition.metadata.written
    if senders and written:
        dated = DocumentDate.objects.filter(event="written", earliest=written.earliest, latest=written.latest)
        same = documents.filter(dates__in=dated, kind=record.kind)
        return _only(document for document in same if senders & _senders_of(document))
    return None


def same_source(source: bytes, format: str, collection: Collection) -> Document | None:
    """The one document of the collection that was made from this very source; it needs no look."""
    return _only(collection.documents.defer("text", "reading_text").filter(source=source, source_format=format))


def _only(documents: Iterable[Document]) -> Document | None:
    """The one document there is; none when there are more."""
    found = list(documents[:2]) if isinstance(documents, models.QuerySet) else list(documents)
    return found[0] if len(found) == 1 else None


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False).ratio() >= ALIKE


def _senders(record: DocumentRecord) -> set[str]:
    return {one.person or one.organization or one.name.casefold() for one in record.parties if one.role == "from"}


def _senders_of(document: Document) -> set[str]:
    rows = document.participations.filter(role="from").select_related("person", "organization")
    return {row.agent.slug if row.agent else row.name.casefold() for row in rows}
