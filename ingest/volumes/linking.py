"""Joins what arrived in an import with what refers to it, in the same run or in documents that were there before."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping

from django.db import connection

from documents.models import Reference
from ingest.derive import derive_all
from ingest.references import document_of

RESOLVE = """
    UPDATE documents_reference AS reference SET resolved_id = document.id
    FROM documents_identifier AS identifier JOIN documents_document AS document ON document.id = identifier.document_id
    WHERE reference.resolved_id IS NULL AND document.status = 'published'
      AND split_part(reference.target, '#', 1) = identifier.value
    RETURNING reference.document_id
"""


def link_arrivals(arriving: Mapping[str, str], written: Several[int]) -> int:
    """Resolves all references to documents that the archive has now, and returns how many documents were made anew.

    ``written`` are the keys of the documents that this run made: their pages link to all that was ``arriving``, so only
    those that point at a document which never came have to be made anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(RESOLVE)
        anew = {key for (key,) in cursor.fetchall()} - set(written)
    missing = Reference.objects.filter(in_text=True, resolved=None, document__in=list(written))
    anew |= {key for key, target in missing.values_list("document", "target") if document_of(target) in arriving}
    derive_all(anew)
    return len(anew)
