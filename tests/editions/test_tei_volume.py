"""A volume is scanned in one pass: its documents by byte and line, its divisions, its lists, and what is left over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.readers.tei.volume import Volume, scan_volume
from tests.volumes import needs_volumes, volumes

SOURCE = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader><fileDesc><titleStmt>
   <title type="complete">The Series, Volume VI, Exchanges</title><title type="series">The Series</title>
   <title type="subseries">1961–1963</title><title type="volumenumber">Volume VI</title>
   <title type="volume">Exchanges &amp;
     Letters</title><editor>Ann Editor</editor><editor>Ben Editor</editor><editor>Ann Editor</editor></titleStmt>
  <publicationStmt><publisher>The Office</publisher><pubPlace>Washington</pubPlace><date>1996</date>
   <idno type="isbn">1</idno><idno type="frus">v06</idno></publicationStmt></fileDesc></teiHeader>
 <text><front><titlePage><titlePart>The Series</titlePart></titlePage>
  <div type="section" xml:id="preface"><head>Preface</head><p>Long.</p></div>
  <div type="section" xml:id="persons"><head>Names</head><list type="names">
   <item>Nobody in particular</item>
   <item><hi rend="strong"><persName xml:id="p_A">Adé, Zoë</persName>,</hi> of the
      <gloss target="#t_U">UN</gloss></item></list></div>
  <div type="section" xml:id="terms"><list type="terms">
   <item><term xml:id="t_U">UN</term>, United Nations</item></list></div>
 </front><body>
  <div type="compilation" xml:id="comp1"><pb n="1"/><head>First<note n="1">About it.</note></head>
   <div type="chapter" xml:id="ch1"><head>Empty</head></div>
   <div type="chapter" xml:id="ch2"><head>Full</head><uh-oh>lost</uh-oh>
    <div type="document" xml:id="d1" n="1"><head>1. A é</head><pb n="2"/><div><p>x</p></div></div>
    <div type="document" xml:id="d1" n="2"><pb n="3"/><head>2. B</head><p a="&gt;">y</p></div
    >
   </div></div></body></text></TEI>
""".encode()


def documents(volume: Volume, source: bytes) -> list[tuple[str, bytes]]:
    return [(d.ident, source[d.start : d.end]) for d in volume.documents]


def test_it_reads_what_the_header_says() -> None:
    volume = scan_volume(SOURCE)
    assert (volume.ident, volume.title, volume.number) == ("v06", "Exchanges & Letters", "Volume VI")
    assert (volume.series, volume.subseries) == ("The Series", "1961–1963")
    assert (volume.publisher, volume.place, volume.date) == ("The Office", "Washington", "1996")
    assert volume.editors == ("Ann Editor", "Ben Editor")


def test_it_cuts_documents_out_by_byte_and_tells_line_page_and_division() -> None:
    volume = scan_volume(SOURCE)
    first, second = documents(volume, SOURCE)
    assert first[1].startswith(b'<div type="document" xml:id="d1" n="1"><head>1. A')
    assert first[1].endswith(b"<p>x</p></div></div>")
    assert second[1].startswith(b'<div type="document" xml:id="d1" n="2">') and second[1].endswith(b"</div\n    >")
    assert [(d.page, d.division, d.position) for d in volume.documents] == [("1", "ch2", 0), ("3", "ch2", 1)]
    lines = SOURCE.decode().split("\n")
    assert all('<div type="document"' in lines[d.line - 1] for d in volume.documents)


def test_it_keeps_the_divisions_that_hold_documents_and_the_notes_to_their_titles() -> None:
    found = [(d.ident, d.kind, d.title, d.notes, d.parent, d.position) for d in scan_volume(SOURCE).divisions]
    assert found == [
        ("comp1", "compilation", "First", ("About it.",), "", 0),
        ("ch2", "chapter", "Full", (), "comp1", 1),
    ]


def test_it_reads_the_lists_of_persons_and_terms() -> None:
    volume = scan_volume(SOURCE)
    assert [(e.ident, e.name, e.description, e.position) for e in volume.persons] == [
        ("p_A", "Adé, Zoë", "of the UN", 0)
    ]
    assert [(e.ident, e.name, e.description) for e in volume.terms] == [("t_U", "UN", "United Nations")]


def test_it_names_everything_that_it_leaves_out() -> None:
    remarks = scan_volume(SOURCE).remarks
    told = " ".join(remark.message for remark in remarks)
    for words in ("The Series", "Preface", "Nobody in particular", "Empty", "uh-oh", "lost", "d1 stands twice"):
        assert words in told
    lines = SOURCE.decode().split("\n")
    assert "<uh-oh>" in lines[next(r.line for r in remarks if "uh-oh" in r.message) - 1]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (b'<!DOCTYPE TEI SYSTEM "x.dtd"><TEI/>', 1, "has a DOCTYPE"),
        (b"<TEI><teiHeader/></TEI>", 0, "no volume of documents"),
        (b"<TEI>\n  <text></body></TEI>", 2, "column 11: this is not well-formed XML: this end tag does not match"),
        (b'<TEI><div type="document">', 1, "XML: it ends before its elements"),
        (b"", 1, "cut off"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><TEI/>', 1, "is in ISO-8859-1. Save it as UTF-8"),
        ("<TEI/>".encode("utf-16"), 1, "is in UTF-16"),
        (b"<TEI>\n\xe9</TEI>", 2, "a character stands where XML allows none"),
        (b"<TEI>&nbsp;</TEI>", 1, "entity is not known"),
    ],
)
def test_it_refuses_what_it_cannot_scan_with_line_and_column(source: bytes, line: int, message: str) -> None:
    with pytest.raises(ReadError) as refusal:
        scan_volume(source)
    assert message in refusal.value.message
    assert refusal.value.line == line


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SOURCE)), st.integers(0, 12), st.binary(max_size=6))
def test_a_damaged_volume_is_scanned_or_refused(at: int, length: int, put: bytes) -> None:
    source = SOURCE[:at] + put + SOURCE[at + length :]
    try:
        volume = scan_volume(source)
    except ReadError as error:
        assert error.message
    else:
        assert all(
            source[d.start :].startswith(b"<div") and source[d.end - 1 : d.end] == b">" for d in volume.documents
        )


@needs_volumes
@pytest.mark.parametrize("path", volumes(), ids=lambda path: path.stem)
def test_it_finds_every_document_of_a_real_volume(path: Path) -> None:
    source = path.read_bytes()
    volume = scan_volume(source)
    assert len(volume.documents) == source.count(b'type="document"')
    assert all(text.startswith(b"<div") and text.endswith(b"</div>") for _, text in documents(volume, source))
    assert {d.division for d in volume.documents} <= {d.ident for d in volume.divisions}
