"""A text beside its source, with what an editor should look at: nothing here is stored."""

from __future__ import annotations

from dataclasses import dataclass

from documents.models import Document
from editions.correct import corrections
from editions.errors import ReadError
from editions.model import Remark
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import source_lines
from editions.writers.html import HtmlWriter
from ingest.drafts import remarks_on


@dataclass(frozen=True)
class PreviewNote:
    ident: str
    label: str
    kind: str
    html: str


@dataclass(frozen=True)
class Preview:
    """``source`` are its lines; ``error`` says where the text breaks the notation, and then ``html`` is empty."""

    source: tuple[str, ...]
    remarks: tuple[Remark, ...]
    html: str = ""
    notes: tuple[PreviewNote, ...] = ()
    corrections: tuple[str, ...] = ()
    error: str = ""

    @classmethod
    def of(cls, document: Document, text: str) -> Preview:
        """Shows what a text of this document would look like."""
        source: tuple[str, ...] = ()
        remarks: tuple[Remark, ...] = ()
        try:
            source = source_lines(bytes(document.source), document.source_format or "text") if document.source else ()
            remarks = remarks_on(document)
            edition = parse_archive_text(text)
        except ReadError as error:
            return cls(source, remarks, error=str(error))
        writer = HtmlWriter(edition)
        html = "\n".join(writer.blocks().values())
        inside = writer.notes()
        notes = tuple(PreviewNote(n.id, n.label, n.kind.value, inside[n.id]) for n in edition.footnotes)
        slips = tuple(
            f"{c.correction.printed} → {c.correction.corrected}: {c.correction.reason}" for c in corrections(edition)
        )
        return cls(source, remarks, html, notes, slips)
