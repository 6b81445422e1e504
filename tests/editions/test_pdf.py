"""The text of PDFs is read with its page breaks and notes; a PDF that cannot be read is refused in words."""

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.model import Edition, PageBreak, block_text, inlines, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.pdf import read_pdf
from editions.readers.sources import read_source, recognise, source_lines
from editions.writers.archive_text import write_archive_text
from tests.editions.pdf_files import assembled, encrypted, pdf_file, pdf_folder

GOLDEN = Path(__file__).parent / "golden" / "pdf"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
MEMORANDUM = pdf_folder(GOLDEN / "memorandum")
PAGE = "72 700 11 | {} of the page stand here.\n72 687 11 | And here is more of it on a second line."


def pages_of(edition: Edition) -> list[str]:
    return [i.label for block in walk(edition.blocks) for i in inlines(block.content) if isinstance(i, PageBreak)]


def said(source: bytes) -> str:
    return "\n".join(remark.message for remark in read_pdf(source).remarks)


@pytest.mark.parametrize("name", CASES)
def test_the_whole_edition_is_as_the_golden_file_has_it(name: str) -> None:
    """UPDATE_GOLDEN=1 writes the files anew; read the difference before you commit it."""
    path = GOLDEN / f"{name}.md"
    found = write_archive_text(read_pdf(pdf_folder(GOLDEN / name)).edition)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_it_reads_is_written_and_read_again(name: str) -> None:
    edition = read_pdf(pdf_folder(GOLDEN / name)).edition
    assert parse_archive_text(write_archive_text(edition)) == edition


def test_page_breaks_have_the_numbers_printed_on_the_pages() -> None:
    assert pages_of(read_pdf(MEMORANDUM).edition) == ["886", "887", "888"]


def test_running_heads_and_joined_words_are_said() -> None:
    assert "“Outer Space 887” is read as a running head and left out (page 2 of the file)." in said(MEMORANDUM)
    assert "Words broken at the ends of lines are joined: “countries”. Check them." in said(MEMORANDUM)


def test_the_lines_of_remarks_are_those_of_the_source_as_shown() -> None:
    lines = source_lines(MEMORANDUM, "pdf")
    reading = read_source(MEMORANDUM, "pdf")
    numbered = {block.line: block_text(block) for block in walk(reading.edition.blocks) if block.label == "(1)"}
    assert [lines[line - 1] for line in numbered] == list(numbered.values())


def test_pages_without_numbers_take_those_that_the_file_gives_them() -> None:
    labels = "0 << /S /r /St 5 >> 1 << /S /D /St 12 >>"
    source = pdf_file(PAGE.format("Words"), PAGE.format("Others"), labels=labels)
    assert pages_of(read_pdf(source).edition) == ["v", "12"]


def test_pages_without_any_numbers_are_counted_and_that_is_said() -> None:
    source = pdf_file(PAGE.format("Words"), PAGE.format("Others"))
    assert pages_of(read_pdf(source).edition) == ["2"]
    assert "No page numbers are printed on these pages" in said(source)


def test_a_single_page_has_no_page_break() -> None:
    assert pages_of(read_pdf(pdf_file(PAGE.format("Words"))).edition) == []


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    first, second = (
        "72 700 11 | He said that the matter should not\n72 687 11 | be left to",
        "72 700 11 | rest there for long.",
    )
    text = write_archive_text(read_pdf(pdf_file(first, second)).edition, front_matter=False)
    assert text == "He said that the matter should not be left to {page 2}rest there for long.\n"


def test_a_page_that_is_a_picture_is_said() -> None:
    assert "These pages of the file have no text, and may be pictures: 2." in said(pdf_file(PAGE.format("Words"), ""))


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    source = encrypted(pdf_file(PAGE.format("Words")), "")
    assert source_lines(source, "pdf")[0].startswith("Words of the page stand here.")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (encrypted(pdf_file(PAGE.format("Words")), "secret"), "this PDF is encrypted. Open it with its password"),
        (pdf_file("", ""), "this PDF holds pictures of pages and no text"),
        (pdf_file(), "this PDF has no pages"),
        (b"%PDF-1.4\nnothing more", "this PDF is damaged and cannot be read"),
        (pdf_file(*["72 700 11 | A page."] * 1001), "this PDF has 1001 pages, and one document has at most 1000"),
        (pdf_file("72 700 11 | \x01\x02\x03 a \x04\x05\x06"), "the letters of this PDF cannot be told"),
    ],
)
def test_it_refuses(source: bytes, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_source(source, "pdf")
    assert refused.value.message.startswith(message)


def test_a_page_that_unpacks_to_very_much_is_refused_quickly() -> None:
    packed = zlib.compress(b"BT (x) Tj ET\n" * 4_000_000).decode("latin-1")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    resources = f"<< /Font << /F1 {font} >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {resources} >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream",
    ]
    with pytest.raises(ReadError):
        read_pdf(assembled(objects, "latin-1"))


def test_scripts_in_a_pdf_are_nothing_to_it() -> None:
    source = pdf_file(PAGE.format("Words"), extra="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
    assert recognise(source, "letter.pdf") == "pdf"
    assert "alert" not in write_archive_text(read_pdf(source).edition)


WORDS = st.text(st.sampled_from("abc ABC 12.,-()[]\\^*"), min_size=1, max_size=30)
LINE = st.builds(
    "{} {} {} | {}".format, st.integers(20, 300), st.integers(20, 800), st.sampled_from([8, 11, 14]), WORDS
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LINE, max_size=6).map("\n".join), min_size=1, max_size=4))
def test_no_letter_of_any_page_is_lost(pages: list[str]) -> None:
    """Lines that are left out as running heads are named in the remarks."""
    source = pdf_file(*pages)
    try:
        reading = read_source(source, "pdf")
    except ReadError as error:
        assert "no text" in str(error)
        return
    shown = letters("".join(source_lines(source, "pdf")) + "".join(remark.message for remark in reading.remarks))
    for page in pages:
        for line in page.splitlines():
            assert letters(line.partition(" | ")[2]) in shown


def letters(text: str) -> str:
    return "".join(char for char in text if char in "abcABC")
