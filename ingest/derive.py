"""Derives from a document's archive text all that pages and index read: passages, notes, corrections, places.

Derived rows are never edited. They keep their identity: a passage or note with an id that is there already is changed
in place, so proposals and links that stand on it stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from documents.models import Document, Identifier, Link, Participation, Proposal, Reference
from documents.signals import document_changed
from editions.correct import corrections
from editions.model import BODY_KINDS, Block, BlockKind, Edition, NoteMarker, note_text, reading_text, walk
from editions.readers.archive_text import parse_archive_text
from editions.writers.html import Annotation, HtmlWriter
from editions.writers.plain import anchors_in, write_plain
from ingest.places import Places


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

    Raises ``ReadError`` when the text breaks the notation, ``PassageInUse`` when a passage with proposals is gone;
    ``keep_used`` keeps such passages for the moment, until their proposals have moved.
    """
    edition = parse_archive_text(document.text)
    places = Places.of(edition)
    marks, lost = _annotations(document, places)
    writer = HtmlWriter(edition, marks, _link)
    changed = [
        _passages(document, edition, writer.blocks(), keep_used),
        _footnotes(document, edition, writer.notes()),
        _corrections(document, edition),
        _participations(document, places),
        _columns(document, edition),
    ]
    if any(changed):
        document_changed.send(sender=Document, document_id=document.pk)
    return Derivation(any(changed), tuple(lost))


def would_lose(document: Document, text: str) -> tuple[str, ...]:
    """Says which words quoted by proposals, links and references this text no longer has and the stored one does.

    Nothing is stored. Raises ``ReadError`` when a text breaks the notation.
    """
    with transaction.atomic():
        before = _annotations(document, Places.of(parse_archive_text(document.text)))[1]
        after = _annotations(document, Places.of(parse_archive_text(text)))[1]
        transaction.set_rollback(True)
    return tuple(lost for lost in after if lost not in before)


def related_to(documents: Iterable[Document]) -> set[int]:
    """The keys of other documents that cite these or are linked with them, and whose pages show it."""
    found: set[int] = set()
    own = {document.pk for document in documents}
    for document in documents:
        names = [document.slug, *document.identifiers.values_list("value", flat=True)]
        wanting = Reference.objects.filter(models.Q(target__in=names) | models.Q(resolved=document))
        found |= set(wanting.values_list("document", flat=True))
        for link in Link.objects.filter(_of(document)).select_related("answer", "answered"):
            found |= {link.later_document.pk, link.answered.document_id}
    return found - own


def derive_all(keys: Iterable[int]) -> int:
    """Derives documents anew, by key, and returns how many of them changed."""
    return sum(derive(document).changed for document in Document.objects.filter(pk__in=list(keys)).order_by("pk"))


def derive_related(document: Document) -> int:
    """Derives anew the documents that cite this one or are linked with it, after it was stored, published or withdrawn.

    Returns how many of them changed.
    """
    return derive_all(related_to([document]))


def _of(document: Document) -> models.Q:
    """The links that start or end in a document."""
    return (
        models.Q(answer__document=document)
        | models.Q(answering_document=document)
        | models.Q(answered__document=document)
    )


def resolve(target: str) -> Document | None:
    """Finds the published document that an identifier, or the address of a document, names."""
    found = Identifier.objects.filter(value=target, document__status=Document.Status.PUBLISHED).select_related(
        "document"
    )
    identifier = found.first()
    return identifier.document if identifier else Document.objects.published().filter(slug=target).first()


def sync(existing: models.QuerySet[Any], wanted: dict[Any, dict[str, Any]], key: Callable[[Any], Any]) -> bool:
    """Makes rows equal to what is wanted, by key: changed rows are saved, missing ones made, others deleted."""
    model = existing.model
    rows = {key(row): row for row in existing}
    gone = [rows[name].pk for name in rows.keys() - wanted.keys()]
    made = [model(**values) for name, values in wanted.items() if name not in rows]
    changed = []
    for name, values in wanted.items():
        row = rows.get(name)
        if row is not None and any(getattr(row, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(row, field, value)
            changed.append(row)
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if changed:
        model.objects.bulk_update(changed, list(next(iter(wanted.values()))))
    if made:
        model.objects.bulk_create(made)
    return bool(gone or changed or made)


def _link(target: str) -> str | None:
    document = resolve(target)
    return document.get_absolute_url() if document else None


def _annotations(document: Document, places: Places) -> tuple[list[Annotation], list[str]]:
    marks: list[Annotation] = []
    lost: list[str] = []
    proposals = list(document.proposals.select_related("first_passage", "last_passage"))
    spans = {p.pk: places.between(p.first_passage.ident, p.last_passage.ident) for p in proposals}
    for proposal in proposals:
        if proposal.words:
            if found := places.find(proposal.words, spans[proposal.pk]):
                marks.append(Annotation(*found, "proposal-words", proposal.anchor))
            else:
                lost.append(f"The words of proposal {proposal.ident} no longer stand in its passage.")
    for link, side in _links(document):
        proposal = link.answer if side == "answer" else link.answered
        within = spans.get(proposal.pk) if proposal else None
        words = link.answer_words if side == "answer" else link.answered_words
        found = places.find(words, within)
        if found:
            marks.append(Annotation(*found, "quoted", f"{link.anchor}-{side}"))
        else:
            lost.append(f"The words quoted by “{link}” no longer stand in {document}.")
        _place_link(link, side, found[0] if found else "")
    return [*marks, *_references(document, places, lost)], lost


def _links(document: Document) -> list[tuple[Link, str]]:
    """The links that quote this document, each with the side on which it does.

    The text of a published document is marked for links with other published documents only.
    """
    links = Link.objects.select_related("answer__document", "answering_document", "answered__document")
    outgoing = links.filter(models.Q(answer__document=document) | models.Q(answering_document=document))
    incoming = links.filter(answered__document=document)
    sides = [*((link, "answer") for link in outgoing), *((link, "answered") for link in incoming)]
    if not document.is_published:
        return sides
    return [
        (link, side) for link, side in sides if link.later_document.is_published and link.answered.document.is_published
    ]


def _place_link(link: Link, side: str, ident: str) -> None:
    field = f"{side}_ident"
    if getattr(link, field) != ident:
        setattr(link, field, ident)
        Link.objects.filter(pk=link.pk).update(**{field: ident})


def _references(document: Document, places: Places, lost: list[str]) -> list[Annotation]:
    marks = []
    for reference in document.references.all():
        target = resolve(reference.target)
        if reference.resolved_id != (target.pk if target else None):
            reference.resolved = target
            reference.save(update_fields=["resolved"])
        found = places.find(reference.words, [reference.ident])
        if found is None:
            lost.append(f"The words “{reference.words}” of a reference no longer stand in {reference.ident}.")
        elif target:
            marks.append(Annotation(*found, "reference", href=target.get_absolute_url(), title=target.name))
        else:
            title = f"Not yet in the archive: {reference.title or reference.target}"
            marks.append(Annotation(*found, "reference wanted", title=title))
    return marks


def _passages(document: Document, edition: Edition, html: dict[str, str], keep_used: bool) -> bool:
    wanted = {}
    for position, (block, depth, numbered) in enumerate(_with_depth(edition.blocks)):
        number = int(block.id[1:]) if numbered and re.fullmatch(r"p\d+", block.id) else None
        wanted[block.id] = {
            "document": document,
            "ident": block.id,
            "position": position,
            "kind": block.kind.value,
            "label": block.label,
            "number": number,
            "depth": depth,
            "text": reading_text(block.content),
            "html": html[block.id],
        }
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


def _with_depth(blocks: tuple[Block, ...], depth: int = 0, numbered: bool = True) -> Iterable[tuple[Block, int, bool]]:
    for block in blocks:
        yield block, depth, numbered and block.kind in BODY_KINDS
        yield from _with_depth(block.blocks, depth + 1, numbered and block.kind is not BlockKind.MEMO)


def _footnotes(document: Document, edition: Edition, html: dict[str, str]) -> bool:
    called = _markers(edition)
    passages = {passage.ident: passage for passage in document.passages.all()}
    wanted = {}
    for position, note in enumerate(edition.footnotes):
        ident, offset = called.get(note.id, ("", 0))
        wanted[note.id] = {
            "document": document,
            "passage": passages.get(ident),
            "offset": offset,
            "ident": note.id,
            "label": note.label,
            "kind": note.kind.value,
            "position": position,
            "text": note_text(note),
            "html": html[note.id],
        }
    return sync(document.footnotes.select_related("passage"), wanted, lambda row: row.ident)


def _markers(edition: Edition) -> dict[str, tuple[str, int]]:
    """Where each note is called first: the id of the block, and the offset into its reading text."""
    found: dict[str, tuple[str, int]] = {}
    for block in walk(edition.blocks):
        for inline, offset in anchors_in(block.content):
            if isinstance(inline, NoteMarker):
                found.setdefault(inline.note, (block.id, offset))
    return found


def _corrections(document: Document, edition: Edition) -> bool:
    wanted = {
        position: {
            "document": document,
            "ident": placed.place,
            "position": position,
            "printed": placed.correction.printed,
            "corrected": placed.correction.corrected,
            "reason": placed.correction.reason,
        }
        for position, placed in enumerate(corrections(edition), 1)
    }
    return sync(document.corrections.all(), wanted, lambda row: row.position)


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
    dates = {date.event: date for date in document.dates.all()}
    date = next((dates[event] for event in ("written", "received", "released") if event in dates), None)
    values = {"reading_text": write_plain(edition), "sort_date": date.earliest if date else None}
    changed = any(getattr(document, name) != value for name, value in values.items())
    if changed:
        for name, value in values.items():
            setattr(document, name, value)
        Document.objects.filter(pk=document.pk).update(**values)
    return changed
