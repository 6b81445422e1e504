"""Stores new documents with all that is derived from them, many in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models

from documents.models import (
    Correction,
    Designation,
    Document,
    DocumentDate,
    Footnote,
    Identifier,
    Letter,
    Participation,
    Passage,
    Reference,
)
from editions.writers.html import HtmlWriter
from ingest.derive import columns
from ingest.references import Targets
from ingest.rows import Rows, correction_rows, footnote_rows, passage_rows
from ingest.volumes.facts import Facts
from ingest.volumes.frame import Frame

SomeModel = TypeVar("SomeModel", bound=models.Model)


def create_documents(
    ready: Sequence[Facts], frame: Frame, targets: Targets, by: int | None, by_name: str
) -> list[Document]:
    """Stores documents that the archive does not have, and returns them in the same order.

    Raises ``IntegrityError`` when one of them is there after all; then none is stored. The caller holds a transaction.
    """
    documents = Document.objects.bulk_create(
        Document(
            **facts.columns,
            **columns(facts.edition, {event: row["earliest"] for event, row in facts.dates.items()}),
            changed_by_id=by,
            changed_by_name=by_name,
        )
        for facts in ready
    )
    pairs = list(zip(documents, ready, strict=True))
    _make_letters([document.pk for document in documents if document.kind in Letter.KINDS])
    _make(DocumentDate, [(document, facts.dates) for document, facts in pairs])
    _make(Identifier, [(document, facts.identifiers) for document, facts in pairs])
    _make(Participation, [(document, facts.parties) for document, facts in pairs])
    _make(Correction, [(document, correction_rows(facts.edition)) for document, facts in pairs])
    _make(Reference, [(document, _references(facts, targets)) for document, facts in pairs])
    _make(Designation, [(document, _designations(facts)) for document, facts in pairs])
    _make_text(pairs, frame, targets)
    return documents


def _make(model: type[SomeModel], rows: Sequence[tuple[Document, Rows]]) -> list[SomeModel]:
    made = [model(document_id=document.pk, **values) for document, of in rows for values in of.values()]
    return model._default_manager.bulk_create(made)


def _make_letters(keys: Sequence[int]) -> None:
    """Makes documents letters as well; Django has no bulk_create for the child of a model."""
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {connection.ops.quote_name(Letter._meta.db_table)} (document_ptr_id) SELECT unnest(%s)",
            [list(keys)],
        )


def _make_text(pairs: Sequence[tuple[Document, Facts]], frame: Frame, targets: Targets) -> None:
    passages: list[tuple[Document, Rows]] = []
    notes: list[tuple[Document, Rows]] = []
    for document, facts in pairs:
        marks = facts.referring.annotations(targets)
        writer = HtmlWriter(facts.edition, marks, targets.address, frame.explanations.get)
        passages.append((document, passage_rows(facts.edition, writer.blocks())))
        notes.append((document, footnote_rows(facts.edition, writer.notes())))
    keys = {(row.document_id, row.ident): row.pk for row in _make(Passage, passages)}
    _make(Footnote, [(document, _called(document, rows, keys)) for document, rows in notes])


def _called(document: Document, rows: Rows, keys: dict[tuple[int, str], int]) -> Rows:
    """The rows of notes with the key of the passage that calls each."""
    found: Rows = {}
    for key, values in rows.items():
        values = dict(values)
        found[key] = {**values, "passage_id": keys.get((document.pk, values.pop("passage")))}
        del found[key]["passage"]
    return found


def _references(facts: Facts, targets: Targets) -> dict[Any, dict[str, Any]]:
    found = {}
    for key, values in facts.referring.rows().items():
        document = targets.document(values["target"])
        found[key] = {**values, "resolved_id": document.pk if document else None}
    return found


def _designations(facts: Facts) -> Rows:
    return {name: {"value": name} for name in sorted(facts.designations)}
