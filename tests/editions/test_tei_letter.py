"""Letters in ordinary TEI are read with what their header says, and other XML is refused with a sentence.

Each folder of golden/tei has a source and the archive text that it gives; UPDATE_GOLDEN=1 writes the latter anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.model import NoteKind
from editions.readers.tei.document import DocumentReading, Party
from editions.readers.tei.letter import read_tei
from editions.writers.archive_text import write_archive_text

GOLDEN = Path(__file__).parent / "golden" / "tei"
LETTER = (GOLDEN / "lovelace" / "source.xml").read_bytes()


def account(reading: DocumentReading) -> str:
    """The archive text of a reading, and below it what was remarked."""
    remarks = "".join(f"\nline {remark.line}: {remark.message}" for remark in reading.remarks)
    return f"{write_archive_text(reading.edition)}\n---{remarks}\n"


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda folder: folder.name)
def test_a_source_gives_its_golden_text(folder: Path) -> None:
    found, golden = account(read_tei((folder / "source.xml").read_bytes())), folder / "golden.md"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_the_parties_are_those_of_the_correspondence_with_their_targets() -> None:
    assert read_tei(LETTER).parties == (
        Party("from", "Ada Lovelace", "https://viaf.org/viaf/34633739"),
        Party("to", "Charles Babbage", "babbage"),
    )


def letter(body: str, header: str = "") -> bytes:
    inside = f"<teiHeader>{header}</teiHeader><text><body><div>{body}</div></body></text>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{inside}</TEI>'.encode()


def test_without_a_header_that_tells_the_text_tells() -> None:
    body = "<opener><dateline><placeName>Ockham</placeName>, <date when='1843-07-10'>Monday</date></dateline></opener>"
    about = read_tei(letter(f"<head>7. To Babbage</head>{body}<p>x</p>")).edition.metadata
    assert (about.number, about.title, about.place) == ("7", "To Babbage", "Ockham")
    assert about.written and about.written.display == "July 10, 1843"
    assert about.written.supplied


def test_notes_at_the_end_are_called_where_they_are_pointed_at() -> None:
    body = (
        "<p>One<ref type='noteAnchor' target='#n1'/> and two<ptr type='note' target='#n2'/>.</p>"
        "<note xml:id='n1' n='a' resp='author'>A.</note><note xml:id='n2' n='b' type='source'>B.</note>"
    )
    edition = read_tei(letter(body)).edition
    assert "One[^a] and two[^b]." in write_archive_text(edition)
    assert [note.kind for note in edition.footnotes] == [NoteKind.AUTHORIAL, NoteKind.SOURCE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_every_encoding_that_xml_declares_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    source = f'<?xml version="1.0" encoding="{declared}"?><TEI><text><p>é½</p></text></TEI>'.encode(encoding)
    reading = read_tei(source)
    assert "é½" in write_archive_text(reading.edition)
    assert "namespace" in reading.remarks[0].message


ENTITY = b'<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><TEI><text><p>&b;</p></text></TEI>'
VOLUME = b"<TEI><text>\n<div type='document'/>\n<div type='document'/></text></TEI>"


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (b"<TEI><text>\n<p>x</text></TEI>", 2, "column 7: this is not well-formed XML: this end tag does not match"),
        (ENTITY, 1, "has a DOCTYPE"),
        (b'<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI/>', 1, "has a DOCTYPE"),
        (b"<html><p>x</p></html>", 1, "it begins with <html> and not with <TEI>"),
        (b"<teiCorpus><TEI/></teiCorpus>", 1, "corpus"),
        (b"<TEI><teiHeader/></TEI>", 1, "has no <text>"),
        (b"<TEI>\n<text><body/></text></TEI>", 2, "no words"),
        (VOLUME, 1, "this is a volume of 2 documents. Import volumes with import_documents."),
        (b"", 1, "it ends before its elements are closed"),
        (b"\x00\x01", 1, "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><TEI/>', 1, "encoding"),
        (b"<TEI><text>\xff</text></TEI>", 1, "byte 11 is not in the encoding"),
    ],
)
def test_it_refuses_what_it_cannot_read(source: bytes, line: int, message: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_tei(source)
    assert message in refusal.value.message
    assert refusal.value.line == line


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(LETTER)), st.integers(0, 40), st.binary(max_size=12))
def test_a_damaged_letter_is_read_or_refused(at: int, length: int, put: bytes) -> None:
    try:
        reading = read_tei(LETTER[:at] + put + LETTER[at + length :])
    except ReadError as error:
        assert error.message
    else:
        write_archive_text(reading.edition)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text("<>/&;TEIptext \n'\"!-[]#x1", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    try:
        read_tei(source)
    except ReadError as error:
        assert error.message
