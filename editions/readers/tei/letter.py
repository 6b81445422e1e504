"""Reads an ordinary TEI P5 document that holds one text, such as a letter with ``correspDesc`` in its header."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from editions.errors import ReadError
from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Metadata, reading_text, walk
from editions.readers.tei.blocks import BLOCKS
from editions.readers.tei.context import Context
from editions.readers.tei.document import DocumentReading, numbered
from editions.readers.tei.exact import read_exactly
from editions.readers.tei.facts import kind_of, source_of, written_and_place
from editions.readers.tei.flow import read_blocks
from editions.readers.tei.header import Header, read_header
from editions.readers.tei.notes import read_exact_notes, read_notes
from editions.readers.tei.tree import XML_SPACE, name_of, parse

#: The program that ``editions.writers.tei`` names in the header of what it writes.
PROGRAM = "archive-edition"


def read_tei(source: bytes) -> DocumentReading:
    """Reads a whole TEI document, in any encoding that XML can declare.

    Raises ``ReadError`` for what is not well-formed (with line and column), for a DOCTYPE, for XML that is no TEI, and
    for a volume of many documents, which ``import_documents`` takes.
    """
    root = parse(source)
    text = _text(root)
    header = root.find("{*}teiHeader")
    if _is_ours(root, header):
        try:
            return _read_exactly(Context(root, BLOCKS, preserve=True), header, text)
        except (LookupError, ValueError):
            pass  # changed by another program since: read like any other
    context = Context(root, BLOCKS)
    if not root.tag.startswith("{"):
        context.remark(root, "the document does not declare the TEI namespace; it is read as TEI all the same.", 0.9)
    return _read(context, read_header(context, header), text)


def _text(root: etree._Element) -> etree._Element:
    name = name_of(root)
    if name == "teiCorpus":
        raise ReadError("this is a corpus of several TEI documents. Save each <TEI> as a file of its own.", 1)
    if name != "TEI":
        raise ReadError(
            f"this XML is no TEI document: it begins with <{name}> and not with <TEI>.", root.sourceline or 1
        )
    documents = sum(div.get("type") == "document" for div in root.iter("{*}div"))
    if documents > 1:
        raise ReadError(f"this is a volume of {documents} documents. Import volumes with import_documents.", 1)
    text = root.find("{*}text")
    if text is None:
        raise ReadError("this TEI document has no <text>: there is nothing to read in it.", root.sourceline or 1)
    return text


def _is_ours(root: etree._Element, header: etree._Element | None) -> bool:
    application = None if header is None else header.find(".//{*}application")
    return application is not None and application.get("ident") == PROGRAM and root.get(XML_SPACE) == "preserve"


def _read_exactly(context: Context, header: etree._Element | None, text: etree._Element) -> DocumentReading:
    found = read_header(context, header)
    blocks = tuple(block for part in text for block in read_exactly(context, part))
    return DocumentReading(Edition(found.metadata, blocks, read_exact_notes(context)), (), found.parties)


def _read(context: Context, header: Header, text: etree._Element) -> DocumentReading:
    blocks = numbered(read_blocks(context, text, stray=True))
    notes = read_notes(context)
    if not blocks:
        raise ReadError("this TEI document has no words in its <text>.", context.line(text))
    metadata = _with_text(context, header.metadata, text, blocks)
    edition = identify(Edition(replace(metadata, source=metadata.source or source_of(notes)), blocks, notes))
    return DocumentReading(edition, tuple(sorted(context.remarks, key=lambda remark: remark.line)), header.parties)


def _with_text(context: Context, said: Metadata, text: etree._Element, blocks: tuple[Block, ...]) -> Metadata:
    """Completes what the header says by what stands in the text."""
    heading = next((block for block in blocks if block.kind is BlockKind.HEADING), None)
    title = said.title or (" ".join(reading_text(heading.content).split()) if heading else "")
    greets = any(block.kind is BlockKind.SALUTATION for block in walk(blocks))
    written, place = written_and_place(context, list(text.iter("{*}dateline")))
    return replace(
        said,
        number=said.number or (heading.label.rstrip(".") if heading else ""),
        title=title,
        kind=said.kind or kind_of(title, salutation=greets or bool(said.recipients)),
        written=said.written or written,
        place=said.place or place,
    )
