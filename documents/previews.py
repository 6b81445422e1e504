"""A glimpse of what a link leads to: a document in a few lines, or a note with the sentence on which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils.safestring import SafeString

from documents import published
from documents.excerpt import calling, elsewhere
from documents.models import Document, Footnote, Passage
from documents.references import NOTE

#: As many characters of a document are shown as its first lines.
OPENING = 320
#: The ids of a note that is shown on the page of another document begin so.
PREFIX = "preview"


@dataclass(frozen=True)
class NotePreview:
    """A note, the document that it belongs to, and the sentence on which it stands, cut where the note is called.

    Both parts of the sentence are empty for a note that nothing calls.
    """

    document: Document
    note: Footnote
    html: SafeString
    before: str
    after: str


@dataclass(frozen=True)
class DocumentPreview:
    """A document with its dates and ``parties``, and its first lines; an abstract says more than these."""

    document: Document
    opening: str


def of_document(slug: str) -> DocumentPreview:
    """In three queries. Raises ``Document.DoesNotExist`` when the public may not see it."""
    body = Passage.objects.filter(document=OuterRef("pk"), number__isnull=False).order_by("position")
    found = published.documents().annotate(first_lines=Subquery(body.values("text")[:1]))
    document = found.get(slug=slug)
    text = document.abstract or document.first_lines or ""  # type: ignore[attr-defined]
    return DocumentPreview(document, shorten(text, OPENING, placeholder=" …"))


def of_note(slug: str, name: str) -> NotePreview:
    """The note with this id or, where there is none, with the label that the id ends in ("fn2": note 2).

    In two queries. Raises ``Footnote.DoesNotExist`` when there is no such note or the public may not see it.
    """
    if "\0" in name:  # which no text of the database can have
        raise Footnote.DoesNotExist(f"{slug} has no such note.")
    label = NOTE.fullmatch(name)
    wanted = Q(ident=name) | Q(label=label[1] if label else name)
    by_ident = Case(When(ident=name, then=Value(0)), default=Value(1), output_field=IntegerField())
    notes = Footnote.objects.filter(published.is_public("document"), wanted, document__slug=slug)
    deferred = [f"document__{each}" for each in published.LONG]
    note = (
        (notes.select_related("document__collection", "passage").prefetch_related("document__dates").defer(*deferred))
        .order_by(by_ident, "position")
        .first()
    )
    if note is None:
        raise Footnote.DoesNotExist(f"{slug} has no note {name}.")
    address = note.document.get_absolute_url()
    before, after = calling(note.passage.text, note.offset) if note.passage else ("", "")
    return NotePreview(note.document, note, elsewhere(note.html, address, PREFIX), before, after)
