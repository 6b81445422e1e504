"""Joins what arrived in an import with what refers to it, in the same run or in documents that were there before."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping

from django.db import connection

from ingest.derive import derive_all
from ingest.references import document_of

#: References that mean a public document now, and are not joined with it: of which document, and what they mean.
FOUND = """
    SELECT reference.id, reference.document_id, document.id AS meant
    FROM documents_reference AS reference
    JOIN (
        SELECT value AS name, document_id FROM documents_identifier
        UNION SELECT slug, id FROM documents_document
        UNION SELECT slug, document_id FROM documents_formeraddress
    ) AS named ON named.name = split_part(reference.target, '#', 1)
    JOIN documents_document AS document ON document.id = named.document_id AND document.status = 'published'
    WHERE reference.resolved_id IS NULL
"""
JOIN = f"""
    UPDATE documents_reference AS reference SET resolved_id = found.meant FROM ({FOUND}) AS found
    WHERE reference.id = found.id AND reference.document_id = ANY(%s)
"""
WANTED = "SELECT document_id, target FROM documents_reference WHERE origin <> 'listed' AND resolved_id IS NULL"


def link_arrivals(arriving: Mapping[str, str], written: Several[int]) -> int:
    """Resolves all references to documents that the archive has now, and returns how many documents were made anew.

    ``written`` are the keys of the documents that this run made: their pages link to all that was ``arriving``, so only
    those that point at a document which never came, or at a whole volume, have to be made anew. Of all others, each is
    joined and made anew in one step: where the run is killed, the next one finds what is left.
    """
    with connection.cursor() as cursor:
        cursor.execute(JOIN, [list(written)])
        cursor.execute(FOUND)
        anew = {document for _, document, _ in cursor.fetchall()}
        cursor.execute(WANTED)
        known = {*arriving, *(name.partition("/")[0] for name in arriving)} if written else arriving.keys()
        anew |= {document for document, target in cursor.fetchall() if document_of(target) in known}
    return derive_all(anew)
