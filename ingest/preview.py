"""A text as readers would see it, and its source with what an editor should look at. Nothing here is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from documents.models import Document
from editions.correct import corrections
from editions.errors import ReadError
from editions.model import ROW_KINDS, Block, BlockKind, Edition, Remark, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import read_source, source_lines
from editions.writers.html import HtmlWriter
from ingest.said import unidentified

#: How sure a reader was, in words: from the highest confidence down.
SURENESS = ((1.0, ""), (0.9, "almost certain"), (0.75, "likely"), (0.5, "uncertain"), (0.0, "a guess"))


@dataclass(frozen=True)
class PreviewNote:
    ident: str
    label: str
    kind: str
    html: str


@dataclass(frozen=True)
class Preview:
    """A text as readers would see it; ``error`` says where it breaks the notation, and then there is no ``html``."""

    html: str = ""
    notes: tuple[PreviewNote, ...] = ()
    corrections: tuple[str, ...] = ()
    error: str = ""

    @classmethod
    def of(cls, text: str) -> Preview:
        try:
            edition = parse_archive_text(text)
        except ReadError as error:
            return cls(error=str(error))
        writer = HtmlWriter(edition)
        html = "\n".join(_with_tables(edition, writer.blocks()))
        inside = writer.notes()
        notes = tuple(PreviewNote(n.id, n.label, n.kind.value, inside[n.id]) for n in edition.footnotes)
        slips = tuple(
            f"{c.correction.printed} → {c.correction.corrected}: {c.correction.reason}" for c in corrections(edition)
        )
        return cls(html, notes, slips)


@dataclass(frozen=True)
class NumberedRemark:
    """A remark with its number; ``sureness`` says in words how sure the reader was, and is empty for plain facts."""

    number: int
    line: int
    message: str
    sureness: str


@dataclass(frozen=True)
class SourceLine:
    number: int
    words: str
    remarks: tuple[NumberedRemark, ...]


@dataclass(frozen=True)
class SourceView:
    """A source line by line, with remarks in the order of its lines; ``error`` says why it cannot be shown."""

    lines: tuple[SourceLine, ...] = ()
    remarks: tuple[NumberedRemark, ...] = ()
    error: str = ""

    @classmethod
    def of(cls, source: bytes, format: str, remarks: Iterable[Remark]) -> SourceView:
        ordered = tuple(
            NumberedRemark(number, remark.line, remark.message, sureness(remark.confidence))
            for number, remark in enumerate(sorted(remarks, key=lambda remark: remark.line), 1)
        )
        if not source:
            return cls((), ordered)
        try:
            lines = source_lines(source, format or "text")
        except ReadError as error:
            return cls((), ordered, str(error))
        on_line = {line: tuple(group) for line, group in groupby(ordered, key=lambda remark: remark.line)}
        numbered = enumerate(lines, 1)
        return cls(tuple(SourceLine(n, words, on_line.get(n, ())) for n, words in numbered), ordered)


def sureness(confidence: float) -> str:
    """Says a confidence in words."""
    return next(words for least, words in SURENESS if confidence >= least)


def remarks_on(document: Document) -> tuple[Remark, ...]:
    """What the reader of a document's source was not sure of, and names of the document that nobody has identified."""
    names = unidentified((row.role, row.name) for row in document.participations.all() if row.agent is None)
    if not document.source:
        return names
    try:
        reading = read_source(bytes(document.source), document.source_format or "text")
    except ReadError as error:
        return (Remark(error.line, f"The source can no longer be read: {error.message}"), *names)
    return (*reading.remarks, *names)


def _with_tables(edition: Edition, html: dict[str, str]) -> Iterator[str]:
    """Yields the HTML of blocks in reading order, the rows of a table within it."""
    for is_table, blocks in groupby(walk(edition.blocks), key=_is_of_table):
        if is_table:
            yield "<table>"
            yield from (_of_table(block, html[block.id]) for block in blocks)
            yield "</table>"
        else:
            yield from (html[block.id] for block in blocks)


def _is_of_table(block: Block) -> bool:
    return block.kind in ROW_KINDS or block.kind is BlockKind.TABLE


def _of_table(block: Block, inside: str) -> str:
    if block.kind is BlockKind.TABLE:
        return f'<tr><th colspan="99">{inside}</th></tr>' if inside else ""
    return f"<tr>{inside}</tr>"
