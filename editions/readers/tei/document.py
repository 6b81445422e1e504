"""Reads one document of a volume: a ``<div type="document">`` as it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from editions.errors import ReadError
from editions.identify import identify
from editions.model import Block, BlockKind, Edition
from editions.readers.reading import Reading
from editions.readers.tei.blocks import BLOCKS
from editions.readers.tei.context import Context
from editions.readers.tei.facts import Party, read_facts
from editions.readers.tei.flow import read_blocks
from editions.readers.tei.labels import number_of
from editions.readers.tei.notes import read_notes
from editions.readers.tei.tree import name_of, parse_part

__all__ = ["DocumentReading", "Party", "read_tei_document"]


@dataclass(frozen=True)
class DocumentReading(Reading):
    """What was made of a document, with its senders and recipients and what they are in the lists of the volume."""

    parties: tuple[Party, ...] = ()


def read_tei_document(source: bytes, *, volume: str = "", first_line: int = 1) -> DocumentReading:
    """Reads a document from the bytes of its element, which begin on ``first_line`` of their file.

    ``volume`` is the identifier of the volume, to which references within it are made absolute. Nothing that stands in
    a document is fatal; raises ``ReadError`` where the bytes are not well-formed XML.
    """
    element = parse_part(source, first_line)
    if name_of(element) != "div":
        raise ReadError(f"a document of a volume is a <div>, and this is a <{name_of(element)}>.", first_line)
    return read_division(element, volume, first_line)


def read_division(element: etree._Element, volume: str, first_line: int) -> DocumentReading:
    context = Context(element, BLOCKS, volume, first_line)
    blocks = numbered(read_blocks(context, element, stray=True))
    notes = read_notes(context)
    metadata, parties = read_facts(context, element, blocks, notes)
    edition = identify(Edition(metadata, blocks, notes))
    return DocumentReading(edition, tuple(sorted(context.remarks, key=lambda remark: remark.line)), parties)


def numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Takes the number of the document out of the words of its heading."""
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            return (*blocks[:n], number_of(block), *blocks[n + 1 :])
    return blocks
