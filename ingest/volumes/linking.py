"""Joins what arrived in an import with what refers to it, in the same run or in documents that were there before."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping

from django.db import connection

from ingest.derive import derive_all
from ingest.references import document_of

#: The one public document that each name means, as ``Targets`` has it: ``rank`` says by which kind of name.
MEANT = """
    SELECT DISTINCT ON (named.name) named.name, named.document_id, named.rank
    FROM (
        SELECT value AS name, document_id, 1 AS rank FROM documents_identifier
        UNION ALL SELECT slug, id, 2 FROM documents_document
        UNION ALL SELECT slug, document_id, 3 FROM documents_formeraddress
        UNION ALL SELECT value, min(document_id), 4
            FROM documents_designation AS called
            JOIN documents_document AS public ON public.id = called.document_id AND public.status = 'published'
            GROUP BY value HAVING count(*) = 1
    ) AS named
    JOIN documents_document AS document ON document.id = named.document_id AND document.status = 'published'
    ORDER BY named.name, named.rank
"""
#: References that are joined with another document than they mean now, or with none, or still with one.
STALE = f"""
    SELECT reference.id, reference.document_id, meant.document_id AS meant, meant.rank
    FROM documents_reference AS reference
    LEFT JOIN ({MEANT}) AS meant ON meant.name = split_part(reference.target, '#', 1)
    WHERE reference.resolved_id IS DISTINCT FROM meant.document_id
"""
#: Joins what the pages of new documents link to already: a document of the same run, by its identifier.
JOIN = f"""
    UPDATE documents_reference AS reference SET resolved_id = stale.meant FROM ({STALE}) AS stale
    WHERE reference.id = stale.id AND stale.rank = 1 AND reference.document_id = ANY(%s)
"""
WANTED = "SELECT document_id, target FROM documents_reference WHERE origin <> 'listed' AND resolved_id IS NULL"
#: New documents that mean a note by the number that is printed, which is not its address.
NUMBERED = """
    SELECT reference.document_id
    FROM documents_reference AS reference
    JOIN documents_footnote AS note
        ON note.document_id = reference.resolved_id AND 'fn' || note.label = split_part(reference.target, '#', 2)
    WHERE reference.document_id = ANY(%s) AND note.ident <> 'fn' || note.label
"""


def link_arrivals(arriving: Mapping[str, str], written: Several[int]) -> int:
    """Resolves all references anew that mean something else now, and returns how many documents were made anew.

    ``written`` are the keys of the documents that this run made: their pages link to all that was ``arriving``, so only
    those that point at a document which never came, at one by what it is called, or at a whole volume, have to be made
    anew. Of all others, each is joined and made anew in one step: where the run is killed, the next one finds what is
    left.
    """
    with connection.cursor() as cursor:
        cursor.execute(JOIN, [list(written)])
        cursor.execute(STALE)
        anew = {document for _, document, _, _ in cursor.fetchall()}
        cursor.execute(NUMBERED, [list(written)])
        anew |= {document for (document,) in cursor.fetchall()}
        cursor.execute(WANTED)
        known = {*arriving, *(name.partition("/")[0] for name in arriving)} if written else arriving.keys()
        anew |= {document for document, target in cursor.fetchall() if document_of(target) in known}
    return derive_all(anew)
