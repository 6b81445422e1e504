"""Real volumes are read whole: no visible character of any document is missing, and every round trip closes.

Reads the volumes of a sample; ``ALL_VOLUMES=1`` reads all that are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from lxml import etree

from editions.model import BULLETS, Block, NoteMarker, PageBreak, inlines, reading_text, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.tei.document import DocumentReading, read_tei_document
from editions.readers.tei.letter import read_tei
from editions.readers.tei.volume import scan_volume
from editions.writers.archive_text import write_archive_text
from editions.writers.tei import write_tei
from tests.volumes import needs_volumes, volumes

#: What docs/tei.md leaves out of the text, and reports.
EXCEPTIONS = {"uh-oh", "problem", "page-count-according-to-citation"}
#: Documents, notes and page breaks of some volumes.
TOTALS = {"frus1961-63v06": (120, 349, 253)}
#: Documents, notes and page breaks within them of the 43 volumes for which this was first measured.
ALL_43 = (15203, 43238, 26673)

pytestmark = needs_volumes


@lru_cache(maxsize=1)
def documents(path: Path) -> list[tuple[str, bytes, DocumentReading]]:
    source = path.read_bytes()
    volume = scan_volume(source)
    found = []
    for document in volume.documents:
        part = source[document.start : document.end]
        found.append((document.ident, part, read_tei_document(part, volume=volume.ident, first_line=document.line)))
    return found


def tree_of(part: bytes) -> etree._Element:
    return etree.fromstring(b'<x xmlns:frus="f">' + part + b"</x>", etree.XMLParser(recover=True))[0]


def squeezed(parts: Iterator[str] | list[str]) -> str:
    return "".join("".join(parts).split())


def visible(element: etree._Element, notes: list[list[str]], words: list[str]) -> None:
    """Gathers the words of an element as a reader of the page sees them, those of each note apart, in order."""
    if not isinstance(element.tag, str) or etree.QName(element).localname in EXCEPTIONS:
        return
    if etree.QName(element).localname == "note":
        words = []
        notes.append(words)
    words.append(element.text or "")
    for child in element:
        visible(child, notes, words)
        words.append(child.tail or "")


def stored(blocks: tuple[Block, ...]) -> str:
    labels = dict.fromkeys(BULLETS, "")
    return squeezed([labels.get(block.label, block.label) + reading_text(block.content) for block in walk(blocks)])


each_volume = pytest.mark.parametrize("path", volumes(), ids=lambda path: path.stem, scope="module")


@each_volume
def test_no_visible_character_is_missing_and_all_stand_in_their_order(path: Path) -> None:
    for ident, part, reading in documents(path):
        notes: list[list[str]] = []
        words: list[str] = []
        visible(tree_of(part), notes, words)
        assert stored(reading.edition.blocks) == squeezed(words), ident
        assert [stored(note.blocks) for note in reading.edition.footnotes] == [squeezed(note) for note in notes], ident


def blocks_of(reading: DocumentReading) -> Iterator[Block]:
    yield from walk(reading.edition.blocks)
    for note in reading.edition.footnotes:
        yield from walk(note.blocks)


@cache
def count(path: Path) -> tuple[int, int, int]:
    read = [reading for _, _, reading in documents(path)]
    found = [inline for reading in read for block in blocks_of(reading) for inline in inlines(block.content)]
    pages = sum(isinstance(inline, PageBreak) for inline in found)
    return len(read), sum(len(reading.edition.footnotes) for reading in read), pages


@each_volume
def test_every_note_and_page_break_is_there_and_every_note_is_called(path: Path) -> None:
    trees = [tree_of(part) for _, part, _ in documents(path)]
    assert count(path)[1:] == tuple(sum(len(tree.findall(f".//{name}")) for tree in trees) for name in ("note", "pb"))
    assert TOTALS.get(path.stem) in (None, count(path))
    for ident, _, reading in documents(path):
        found = [inline for block in blocks_of(reading) for inline in inlines(block.content)]
        called = [inline.note for inline in found if isinstance(inline, NoteMarker)]
        assert sorted(called) == sorted(note.id for note in reading.edition.footnotes), ident


@pytest.mark.skipif(len(volumes()) != 43, reason="ALL_VOLUMES=1 with all 43 volumes counts all of them")
def test_all_volumes_together_have_what_was_counted() -> None:
    assert tuple(map(sum, zip(*map(count, volumes()), strict=True))) == ALL_43


@each_volume
def test_archive_text_and_tei_give_every_edition_back(path: Path) -> None:
    for ident, _, reading in documents(path):
        assert parse_archive_text(write_archive_text(reading.edition)) == reading.edition, ident
        assert read_tei(write_tei(reading.edition).encode()).edition == reading.edition, ident
