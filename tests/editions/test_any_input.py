"""Whatever is given to a reader, it is read, or refused with a ``ReadError`` that says so. Nothing else, and soon."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.readers.sources import FORMATS, read_source, recognise, source_lines
from editions.writers.archive_text import write_archive_text
from tests.editions.pdf_files import pdf_folder
from tests.editions.word import word_folder
from tests.sources import source

GOLDEN = Path(__file__).parent / "golden"
ARCHIVE_TEXT = (GOLDEN / "nsam-129.md").read_bytes()
TEI = b"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt>
<publicationStmt><p>None</p></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc>
<profileDesc><correspDesc><correspAction type="sent"><persName>Kennedy</persName><date when="1962-03-07"/>
</correspAction></correspDesc></profileDesc></teiHeader><text><body><div><head>A letter<note n="1">A note.</note></head>
<opener><dateline>Washington, <date>March 7</date></dateline><salute>Dear Mr. Chairman:</salute></opener>
<p>One <hi rend="italic">two</hi> <pb n="2"/>three.</p><list><item>A</item></list>
<table><row><cell>B</cell></row></table>
<closer>Sincerely,<signed>John</signed></closer></div></body></text></TEI>
"""
SAMPLES = {
    "text": source("nsam-129").encode(),
    "archive-text": ARCHIVE_TEXT,
    "docx": word_folder(GOLDEN / "docx" / "letter"),
    "pdf": pdf_folder(GOLDEN / "pdf" / "memorandum"),
    "tei": TEI,
}
QUICK = settings(max_examples=80, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(data: bytes, format: str) -> None:
    try:
        reading = read_source(data, format)
    except ReadError as error:
        assert error.message.endswith(".")
        return
    assert source_lines(data, format)
    assert write_archive_text(reading.edition)


@st.composite
def mutated(draw: st.DrawFn, sample: bytes) -> bytes:
    """A real file with bits flipped, parts taken out, moved or written twice, and perhaps cut off."""
    data = bytearray(sample)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(len(data), start + draw(st.integers(1, 60)))
        match draw(st.sampled_from(["flip", "delete", "repeat", "move", "write", "cut"])):
            case "flip" if data:
                data[start] ^= 1 << draw(st.integers(0, 7))
            case "delete":
                del data[start:end]
            case "repeat":
                data[start:start] = data[start:end] * draw(st.integers(1, 40))
            case "move":
                part = bytes(data[start:end])
                del data[start:end]
                at = draw(st.integers(0, len(data)))
                data[at:at] = part
            case "write":
                data[start:end] = draw(st.binary(max_size=20))
            case "cut":
                del data[start:]
    return bytes(data)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_was_damaged_is_read_or_refused(format: str) -> None:
    @QUICK
    @given(mutated(SAMPLES[format]))
    def check(data: bytes) -> None:
        read_or_refuse(data, format)

    check()


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_one_format_in_place_of_another_is_read_or_refused(format: str) -> None:
    for sample in SAMPLES.values():
        read_or_refuse(sample, format)


@pytest.mark.parametrize("format", FORMATS)
def test_random_bytes_are_read_or_refused(format: str) -> None:
    start = {"docx": b"PK\x03\x04", "pdf": b"%PDF-1.7\n", "tei": b"<TEI>"}.get(format, b"")

    @QUICK
    @given(st.binary(max_size=400), st.booleans())
    def check(data: bytes, disguised: bool) -> None:
        read_or_refuse(start + data if disguised else data, format)

    check()


@QUICK
@given(st.binary(max_size=200), st.text(max_size=12))
def test_any_file_has_a_format_or_is_refused(data: bytes, name: str) -> None:
    try:
        assert recognise(data, name) in FORMATS
    except ReadError as error:
        assert error.message.endswith(".")


@pytest.mark.parametrize("format", FORMATS)
def test_a_real_file_is_recognized_by_what_it_holds(format: str) -> None:
    suffix = FORMATS[format].suffixes[0]
    assert recognise(SAMPLES[format], f"letter{suffix}") == format
    assert recognise(SAMPLES[format], f"LETTER{suffix.upper()}") == format
    if format not in ("text", "archive-text"):
        assert recognise(SAMPLES[format], "letter.txt") == format


@pytest.mark.parametrize(
    ("words", "name", "format"),
    [
        (b"Dear Sir:", "", "text"),
        (b"Dear Sir:", "Letter to Mr. Smith", "text"),
        (b"Dear Sir:", "Letter of 3.7", "text"),
        (b"Dear Sir:", "LETTER.TXT", "text"),
        (b"# A letter", "letter.md", "archive-text"),
        (b"Files that begin with %PDF-1.4 are PDFs.", "about.txt", "text"),
        (b"<Begin Text> It said:", "telegram.txt", "text"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><TEI/>", "letter.txt", "tei"),
        ("<TEI/>".encode("utf-16"), "letter", "tei"),
        (b"junk\n%PDF-1.4\n", "letter", "pdf"),
    ],
)
def test_it_is_told_what_a_file_is(words: bytes, name: str, format: str) -> None:
    assert recognise(words, name) == format
