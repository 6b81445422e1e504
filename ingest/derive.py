"""Derives from a document's archive text all that pages and index read: passages, notes, corrections, references.

Derived rows are never edited. They keep their identity: a passage or note with an id that is there already is changed
in place, so proposals and links that stand on it stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction

from documents.models import Document, DocumentDate, Link, ListEntry, Participation, Proposal, Reference
from documents.signals import document_changed, is_in_bulk
from editions.model import Edition, Mention, inlines, walk
from editions.readers.archive_text import parse_archive_text
from editions.writers.html import HtmlWriter, no_gloss
from editions.writers.plain import write_plain
from ingest.places import Places
from ingest.quotations import quotations
from ingest.references import Targets
from ingest.referring import Referring, context_of, designations_of
from ingest.replying import guess_around
from ingest.rows import Rows, correction_rows, footnote_rows, passage_rows
from ingest.sync import sync
from ingest.witnesses import collate_with


class PassageInUse(Exception):
    """A passage that is no longer in the text has proposals standing on it; the message names them."""


@dataclass(frozen=True)
class Derivation:
    """Whether anything changed, and which quotations no longer stand in the text."""

    changed: bool
    lost: tuple[str, ...] = ()


@transaction.atomic
def derive(document: Document, *, keep_used: bool = False) -> Derivation:
    """Brings all that is derived from the document up to date with its text, proposals, links and references.

    Its text is collated with those of its witnesses, and of documents that it is a witness of, if it has changed.

    Raises ``ReadError`` when the text breaks the notation, ``PassageInUse`` when a passage with proposals is gone;
    ``keep_used`` keeps such passages for the moment, until their proposals have moved.
    """
    edition = parse_archive_text(document.text)
    places = Places.of(edition)
    designated = _designations(document, edition)
    quoted = quotations(document, places)
    referring = Referring.of(edition, context_of(document), own_names(document), quoted.listed)
    targets = Targets(referring.targets())
    marks = [*quoted.marks, *referring.annotations(targets)]
    writer = HtmlWriter(edition, marks, targets.address, explanations(document, edition))
    changed = [
        _passages(document, passage_rows(edition, writer.blocks()), keep_used),
        _footnotes(document, footnote_rows(edition, writer.notes())),
        sync(document.corrections.all(), _of_document(document, correction_rows(edition)), lambda row: row.position),
        _references(document, referring.rows(), targets),
        _participations(document, places),
        _columns(document, edition),
    ]
    if any(changed):
        document_changed.send(sender=Document, document_id=document.pk)
    collate_with(document)
    if designated and not is_in_bulk():
        derive_all(citing(designated) - {document.pk})
    return Derivation(any(changed), (*quoted.words, *quoted.passages))


def related_to(documents: Iterable[Document]) -> set[int]:
    """The keys of other documents that cite these or are linked with them, and whose pages show it."""
    found: set[int] = set()
    own = {document.pk for document in documents}
    for document in documents:
        names = own_names(document) | set(document.former_addresses.values_list("slug", flat=True))
        found |= citing(names) | set(document.cited_by.values_list("document", flat=True))
        touching = (
            models.Q(answer__document=document)
            | models.Q(answering_document=document)
            | models.Q(answered__document=document)
        )
        for link in Link.objects.filter(touching).select_related("answer", "answered"):
            found |= {link.later_document.pk, link.answered.document_id}
    return found - own


def own_names(document: Document) -> frozenset[str]:
    """What a document is called now: its address, its identifiers and its designations."""
    identifiers, designations = document.identifiers.order_by(), document.designations.order_by()
    names = identifiers.values_list("value").union(designations.values_list("value"), all=True)
    return frozenset({document.slug, *(name for (name,) in names)})


def citing(names: Iterable[str]) -> set[int]:
    """The keys of documents that refer to something, or to a note or passage of it, by one of these names."""
    wanting = models.Q(target__in=list(names))
    for name in names:
        wanting |= models.Q(target__startswith=f"{name}#")
    return set(Reference.objects.filter(wanting).values_list("document", flat=True))


def derive_all(keys: Iterable[int]) -> int:
    """Derives documents anew, by key, and returns how many of them changed; those that are gone are passed over."""
    return sum(derivation.changed for key in sorted(keys) if (derivation := derive_stored(key)))


@transaction.atomic
def derive_stored(key: int) -> Derivation | None:
    """Derives a document anew from what is stored now, which no one changes meanwhile; none when it is gone.

    Raises as ``derive``.
    """
    document = Document.objects.select_for_update(no_key=True).filter(pk=key).first()
    return derive(document) if document else None


def derive_related(document: Document) -> int:
    """Derives anew the documents that cite this one or are linked with it, after it was stored, published or withdrawn.

    What letters answer is guessed anew as well. Returns how many of the others changed.
    """
    changed = derive_all(related_to([document]))
    guess_around([document.pk])
    return changed


def columns(edition: Edition, dates: dict[str, object]) -> dict[str, object]:
    """The columns of a document that are derived; ``dates`` are its first days by event."""
    date = next((dates[event] for event in ("written", "received", "released") if event in dates), None)
    return {"reading_text": write_plain(edition), "sort_date": date}


def explanations(document: Document, edition: Edition) -> Callable[[str], str | None]:
    """Explains what a text names, from the lists of persons and terms of its volume."""
    contents = [block.content for block in walk(edition.blocks)]
    contents += [block.content for note in edition.footnotes for block in walk(note.blocks)]
    named = {i.target for content in contents for i in inlines(content) if isinstance(i, Mention) and i.target}
    if not named:
        return no_gloss
    entries = ListEntry.objects.filter(collection=document.collection_id, ident__in=named)
    return {entry.ident: str(entry) for entry in entries}.get


def _of_document(document: Document, rows: Rows) -> Rows:
    return {key: {"document": document, **values} for key, values in rows.items()}


def _passages(document: Document, rows: Rows, keep_used: bool) -> bool:
    wanted = _of_document(document, rows)
    used = Proposal.objects.filter(document=document)
    gone = used.exclude(first_passage__ident__in=list(wanted), last_passage__ident__in=list(wanted))
    if keep_used:
        kept = models.Q(pk__in=gone.values("first_passage")) | models.Q(pk__in=gone.values("last_passage"))
        return sync(document.passages.exclude(kept & ~models.Q(ident__in=list(wanted))), wanted, lambda row: row.ident)
    if names := ", ".join(proposal.ident for proposal in gone):
        raise PassageInUse(
            f"The text no longer has the passages on which {names} stand. Move or delete these proposals first."
        )
    return sync(document.passages.all(), wanted, lambda row: row.ident)


def _footnotes(document: Document, rows: Rows) -> bool:
    passages = {passage.ident: passage for passage in document.passages.all()}
    wanted = {
        key: {**values, "passage": passages.get(values["passage"])}
        for key, values in _of_document(document, rows).items()
    }
    return sync(document.footnotes.select_related("passage"), wanted, lambda row: row.ident)


def _designations(document: Document, edition: Edition) -> set[str]:
    """Stores what the document is called by others now, and returns the names that it gained or lost."""
    written = document.dates.filter(event=DocumentDate.Event.WRITTEN).values_list("earliest", flat=True).first()
    wanted = designations_of(edition, document.kind, document.title, written)
    there = set(document.designations.order_by().values_list("value", flat=True))
    if wanted != there:
        rows: Rows = {name: {"document": document, "value": name} for name in sorted(wanted)}
        sync(document.designations.all(), rows, lambda row: row.value)
    return wanted ^ there


def _references(document: Document, rows: Rows, targets: Targets) -> bool:
    """The references made in the text, with the documents that they mean."""
    listed = set(document.references.filter(origin=Reference.Origin.LISTED).values_list("ident", "words", "target"))
    wanted = {
        key: {**values, "resolved": targets.document(values["target"])}
        for key, values in _of_document(document, rows).items()
        if key not in listed
    }
    existing = document.references.exclude(origin=Reference.Origin.LISTED).select_related("resolved")
    return sync(existing, wanted, lambda row: (row.ident, row.words, row.target))


def _participations(document: Document, places: Places) -> bool:
    changed = False
    for row in document.participations.filter(role=Participation.Role.MENTIONED):
        found = places.all_with(row.name)
        if row.places != found:
            row.places = found
            row.save(update_fields=["places"])
            changed = True
    return changed


def _columns(document: Document, edition: Edition) -> bool:
    values = columns(edition, {date.event: date.earliest for date in document.dates.all()})
    changed = any(getattr(document, name) != value for name, value in values.items())
    if changed:
        for name, value in values.items():
            setattr(document, name, value)
        Document.objects.filter(pk=document.pk).update(**values)
    return changed
