"""Imports files that hold one document each, into a collection that is named."""

from __future__ import annotations

from collections.abc import Collection as Several
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from documents.models import Collection, Document
from editions.errors import ReadError
from editions.readers.sources import LARGEST_SOURCE, recognise, too_large
from ingest.errors import ImportRefused, shown
from ingest.history import keeping, sign
from ingest.matching import find_document, same_source
from ingest.models import Outcome
from ingest.prepare import NotStored, prepare, store_prepared


@dataclass(frozen=True)
class Imported:
    """What became of a file: its document, and what an editor should look at."""

    document: Document
    outcome: Outcome
    remarks: tuple[str, ...] = ()


def source_of(path: Path) -> bytes:
    """The bytes of a file; raises ``ImportRefused`` when it cannot be read, or is too large to be one document."""
    try:
        if (size := path.stat().st_size) > LARGEST_SOURCE:
            raise ImportRefused(path, 0, too_large(size))
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(path, 0, f"this file cannot be read ({error.strerror}).") from error


def collection_named(slug: str, path: Path) -> Collection:
    """The collection into which a file goes; raises ``ImportRefused`` when it is not named, or there is none."""
    collection = Collection.objects.filter(slug=slug).first() if slug else None
    if collection is None:
        there = ", ".join(Collection.objects.values_list("slug", flat=True)[:10]) or "none yet"
        wrong = f"there is no collection “{slug}”" if slug else "a single document needs a collection"
        raise ImportRefused(path, 0, f"{wrong}. Name one with --collection (there are: {there}).")
    return collection


@transaction.atomic
def import_file(
    path: Path,
    source: bytes,
    collection: Collection,
    status: str,
    overwrite: bool,
    by_name: str = "",
    others: Several[int] = (),
) -> Imported:
    """Stores the document of a file, as a new one or as a new version of the one that it is already.

    ``others`` are the keys of documents that other files of the same import became: only the same text is one of them.
    What the document was before is kept, and ``by_name`` says who imports. Raises ``ImportRefused`` when it cannot be
    read or stored, and then nothing of it is.
    """
    name = shown(Path(path.name))
    try:
        format = recognise(source, name)
        if not overwrite and (same := same_source(source, format, collection)):
            return Imported(same, Outcome.UNCHANGED)
        prepared = prepare(source, name, format)
        document = find_document(prepared, source, collection, others)
        if document is None:
            stored = store_prepared(prepared, source, collection, status)
            sign(stored.document.pk, None, by_name)
        elif (document := Document.objects.select_for_update().get(pk=document.pk)).edited_here and not overwrite:
            return _kept(document, source)
        else:
            prepared = prepare(source, name, format, document)
            with keeping(document, by_name=by_name, reason=f"Imported from {name}"):
                stored = store_prepared(prepared, source, collection, document.status, document=document)
    except ReadError as error:
        raise ImportRefused(path, error.line, error.message) from error
    except NotStored as error:
        raise ImportRefused(path, 0, str(error)) from error
    remarks = [f"line {r.line}: {r.message}" if r.line else r.message for r in prepared.remarks]
    return Imported(stored.document, stored.outcome, (*remarks, *stored.lost))


def _kept(document: Document, source: bytes) -> Imported:
    if bytes(document.source) == source:
        return Imported(document, Outcome.UNCHANGED)
    return Imported(document, Outcome.UNCHANGED, ("edited in the archive, and kept. --overwrite replaces it.",))
