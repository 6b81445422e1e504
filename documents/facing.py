"""Two documents side by side, proposal to proposal, as any page can show them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from documents import published
from documents.alignment import Row, Segment, align
from documents.excerpt import elsewhere
from documents.exchange import Exchange
from documents.models import Document, Footnote, Passage, Proposal
from documents.tables import alone


@dataclass(frozen=True)
class Labeled:
    """A proposal with what the other of two documents has to do with it, in words."""

    proposal: Proposal
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class ShownNote:
    """A note of a passage; ``ident`` is its id on the page, which its marker leads to."""

    ident: str
    label: str
    html: str


@dataclass(frozen=True)
class Shown:
    """A segment as the page shows it with the notes of its passages, or a pointer to where it is shown."""

    anchor: str
    document: Document
    passages: tuple[tuple[Passage, str], ...]
    labels: tuple[Labeled, ...]
    remarks: tuple[str, ...] = ()
    notes: tuple[ShownNote, ...] = ()


@dataclass(frozen=True)
class FacingRow:
    """What stands on either side of one row."""

    row: Row
    left: Shown | None
    right: tuple[Shown, ...]
    pointers: tuple[Shown, ...]


@dataclass(frozen=True)
class Facing:
    """Two public documents aligned; ``links`` join them, ``words`` is how many words both have, and ``digest`` tells
    whether their texts are what they were."""

    left: Document
    right: Document
    rows: tuple[FacingRow, ...]
    links: int
    words: int
    digest: str


def facing(left: Document, right: Document, prefix: str = "") -> Facing:
    """Aligns two public documents, in seven queries; ``prefix`` stands before the ids on the page."""
    pair = published.between([left, right])
    found = Passage.objects.filter(document__in=[left, right]).order_by("document", "position")
    passages = list(found.prefetch_related("footnotes"))
    texts = "\n".join(passage.text for passage in passages)
    before = f"{prefix}-" if prefix else ""
    return Facing(
        left=left,
        right=right,
        rows=tuple(_row(row, pair, left, right, before) for row in align(pair, left, right, passages)),
        links=sum(1 for link in pair.links if link.later_document.pk != link.answered.document_id),
        words=len(texts.split()),
        digest=hashlib.sha256(texts.encode()).hexdigest()[:16],
    )


def quoted(passages: Iterable[Passage], document: Document, prefix: str) -> list[tuple[Passage, str]]:
    """Passages of a document with their HTML as another page can show it."""
    found = []
    for passage in passages:
        passage.document = document
        html = alone(passage.kind, passage.html)
        found.append((passage, elsewhere(html, document.get_absolute_url(), prefix)))
    return found


def _row(row: Row, pair: Exchange, left: Document, right: Document, before: str) -> FacingRow:
    return FacingRow(
        row,
        _segment(row.left, pair, left, f"{before}left") if row.left else None,
        tuple(_segment(segment, pair, right, f"{before}right") for segment in row.right),
        tuple(_segment(segment, pair, right, f"{before}right") for segment in row.pointers),
    )


def _segment(segment: Segment, pair: Exchange, document: Document, side: str) -> Shown:
    passages = tuple(
        (passage, _leading_to_notes(html, passage, document, side))
        for passage, html in quoted(segment.passages, document, side)
    )
    labels = tuple(Labeled(each, tuple(_remarks(each, pair))) for each in segment.proposals)
    whole = tuple(
        f"As a whole {link.get_relation_display()} {link.answered.ident}"
        for link in segment.links
        if link.answering_document_id == document.pk
    )
    notes = tuple(_note(note, document, side) for passage, _ in passages for note in passage.footnotes.all())
    return Shown(f"{side}-{segment.index}", document, passages, labels, whole, notes)


def _leading_to_notes(html: str, passage: Passage, document: Document, side: str) -> str:
    """The HTML of a passage whose markers lead to its notes on the same page."""
    address = document.get_absolute_url()
    for note in passage.footnotes.all():
        html = html.replace(f' href="{address}#{note.ident}"', f' href="#{side}-{note.ident}"')
    return mark_safe(html)  # as it was


def _note(note: Footnote, document: Document, side: str) -> ShownNote:
    return ShownNote(f"{side}-{note.ident}", note.label, elsewhere(note.html, document.get_absolute_url(), side))


def _remarks(each: Proposal, pair: Exchange) -> list[str]:
    """Each thing that joins a proposal to the other document; without one, that it is new or has no answer."""
    standing = pair.standings[each.pk]
    found = [f"{link.get_relation_display()} {link.answered.ident}" for link in standing.answers]
    if standing.is_new:
        found.append("new")
    found.append(standing.outcome)
    return [remark for remark in found if remark]
