"""What the list of results takes from the database, as plain values, in a few queries whatever was found.

What every page of results needs is written in SQL: Django takes longer to compose a query than the database to run it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from documents import published
from documents.models import Collection, Document, DocumentDate, Footnote, Organization, Passage, Person, Proposal
from editions.dates import HistoricalDate
from search.indexing.loaded import public_agents
from search.paths import path_of

AGENTS = {"person": Person, "organization": Organization}

_PUBLIC = f"document.status = '{Document.Status.PUBLISHED}'"

#: Public documents by their keys, each with its collection and the date on which it was written.
_DOCUMENTS = f"""
SELECT document.id, document.slug, document.kind, document.number, document.title, document.short_title, document.side,
  document.abstract, collection.slug, collection.title, dating.display, dating.earliest, dating.latest, dating.supplied
FROM {Document._meta.db_table} AS document
JOIN {Collection._meta.db_table} AS collection ON collection.id = document.collection_id
LEFT JOIN {DocumentDate._meta.db_table} AS dating
  ON dating.document_id = document.id AND dating.event = '{DocumentDate.Event.WRITTEN}'
WHERE document.id = ANY(%s) AND {_PUBLIC}
"""

#: Notes of public documents by their keys, each with the position of the passage that calls it.
_NOTES = f"""
SELECT note.id, note.document_id, note.ident, note.label, note.kind, note.text, passage.position
FROM {Footnote._meta.db_table} AS note
JOIN {Document._meta.db_table} AS document ON document.id = note.document_id
LEFT JOIN {Passage._meta.db_table} AS passage ON passage.id = note.passage_id
WHERE note.id = ANY(%s) AND {_PUBLIC}
"""

#: Stretches of documents, each given by the first and the last of its positions.
_STRETCHES = f"""
SELECT passage.document_id, passage.position, passage.ident, passage.kind, passage.text
FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) AS stretch(document, first, last)
JOIN {Passage._meta.db_table} AS passage
  ON passage.document_id = stretch.document AND passage.position BETWEEN stretch.first AND stretch.last
"""


class DocumentRow(NamedTuple):
    pk: int
    slug: str
    kind: str
    number: str
    title: str
    short_title: str
    side: str
    abstract: str
    collection_slug: str
    collection: str
    display: str | None
    earliest: date | None
    latest: date | None
    supplied: bool | None

    @property
    def name(self) -> str:
        return self.short_title or self.title

    @property
    def written(self) -> HistoricalDate | None:
        """When it was written; None when nobody knows."""
        if self.display is None or self.earliest is None or self.latest is None:
            return None
        return HistoricalDate(self.display, self.earliest, self.latest, bool(self.supplied))

    @property
    def kind_name(self) -> str:
        return str(Document.Kind(self.kind).label)

    def get_absolute_url(self) -> str:
        return path_of("document", self.slug)


class ProposalRow(NamedTuple):
    pk: int
    document: int
    ident: str
    title: str
    summary: str
    words: str
    first: int
    last: int
    kind: str

    @property
    def anchor(self) -> str:
        """The id that the words of the proposal have on the page of its document."""
        return f"proposal-{self.ident.lower()}"


class NoteRow(NamedTuple):
    """``position`` is that of the passage which calls it; None for a note that none calls."""

    pk: int
    document: int
    ident: str
    label: str
    kind: str
    text: str
    position: int | None


class PassageRow(NamedTuple):
    document: int
    position: int
    ident: str
    kind: str
    text: str


class AgentRow(NamedTuple):
    pk: int
    slug: str
    name: str
    description: str


def documents(keys: Iterable[int]) -> dict[int, DocumentRow]:
    """Those of these documents that the public may see."""
    return {row[0]: DocumentRow(*row) for row in _rows(_DOCUMENTS, list(set(keys)))}


def proposals(keys: Sequence[int]) -> dict[int, ProposalRow]:
    if not keys:
        return {}
    rows = Proposal.objects.filter(published.is_public("document"), pk__in=keys).order_by()
    found = rows.values_list(
        "pk", "document", "ident", "title", "summary", "words",
        "first_passage__position", "last_passage__position", "first_passage__kind",
    )  # fmt: skip
    return {row[0]: ProposalRow(*row) for row in found}


def notes(keys: Sequence[int]) -> dict[int, NoteRow]:
    return {row[0]: NoteRow(*row) for row in _rows(_NOTES, list(keys))}


def passages(stretches: Sequence[tuple[int, int, int]]) -> dict[int, dict[int, PassageRow]]:
    """The passages of these stretches (a document, its first and last position), by document and position."""
    found: dict[int, dict[int, PassageRow]] = defaultdict(dict)
    columns = [list(column) for column in zip(*stretches, strict=True)] if stretches else [[]]
    for row in map(PassageRow._make, _rows(_STRETCHES, *columns)):
        found[row.document][row.position] = row
    return found


def agents(kind: str, keys: Sequence[int]) -> dict[int, AgentRow]:
    """Those of these people, or organizations, of whom a public document tells."""
    if not keys:
        return {}
    rows = public_agents(AGENTS[kind]).filter(pk__in=keys).order_by()
    return {row[0]: AgentRow(*row) for row in rows.values_list("pk", "slug", "name", "description")}


def _rows(sql: str, *values: list[int]) -> list[tuple[Any, ...]]:
    """The rows of a query for these values; without any, none."""
    if not values[0]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
