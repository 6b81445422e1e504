"""Archive text is read without guessing, and reading what was written gives the same edition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.model import (
    CellBreak,
    Edition,
    Emphasis,
    EmphasisKind,
    PageBreak,
    Text,
    reading_text,
    walk,
)
from editions.readers.archive_text import parse_archive_text
from editions.writers.archive_text import write_archive_text
from tests.editions.made_up import editions


@settings(max_examples=150, deadline=None)
@given(editions)
def test_reading_what_was_written_gives_the_same_edition(edition: Edition) -> None:
    assert parse_archive_text(write_archive_text(edition)) == edition


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        edition = parse_archive_text(text)
    except ReadError as error:
        assert error.message.strip()
        assert error.line >= 0
    else:
        assert parse_archive_text(write_archive_text(edition)) == edition


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("One.\n\nTwo *stars.", 3, "italics that nothing closes"),
        ("A marker.[^7]", 1, "[^7] has no note"),
        ("A.[^1]\n\n[^1]: x\n\n[^1]: y", 5, "stands twice"),
        ("{poem} Roses", 1, "not a kind of block"),
        ("A {page} here", 1, "{page}"),
        ("[words] alone", 1, "(identifier)"),
        ("[words]{loud}", 1, "not a kind of emphasis or name"),
        ("A.\n\n{page 3 @0004", 3, "is missing"),
        ("{page 3@4@}", 1, "is not a mark"),
        ("a ] b", 1, "closes nothing"),
        ("{~~dear~>clear~~} x", 1, "{>>reason<<}"),
        ("{~~dear", 1, "is missing"),
        ("A.[^1]\n\n[^1]: x\n\nLate.", 5, "notes come after the whole text"),
        ("A.\n\n        Too deep.", 3, "indented too far"),
        ("{paragraph #p1} A.\n\n{paragraph #p1} B.", 3, "p1"),
        ("---\ntitle: x", 1, "never closed"),
        ("---\ntitle: x\ncolour: red\n---\nA.", 3, "not known"),
        ("---\nwritten: yesterday\n---\nA.", 2, "not a date"),
        ("---\ntitle: [a\n---\nA.", 2, "cannot be read"),
        ("A.\n\nB\nstill B {~~x", 4, "is missing"),
        ("[" * 4000, 1, "deep"),
        ("\n\n".join("    " * depth + "- x" for depth in range(40)), 41, "more than 20 deep"),
        ("A.\n\n{paragraph #fn1} B.", 3, "address of the page itself"),
        ("{item " + "x" * 30 + "} B.", 1, "at most 20 characters"),
        ("A.[^x]\n\n[^x]{label=" + "x" * 30 + "}: B.", 3, "at most 20 characters"),
    ],
)
def test_a_slip_is_refused_with_line_and_remedy(text: str, line: int, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        parse_archive_text(text)
    assert message in str(refused.value)
    assert refused.value.line == line


def test_a_row_has_cells_and_a_bar_elsewhere_is_a_bar() -> None:
    table, line = parse_archive_text("{table} Launched\n\n    {row} a | *b | c* \\| |\n    {row} d\n\nx | y").blocks
    assert table.blocks[0].content == (
        Text("a"),
        CellBreak(),
        Emphasis(EmphasisKind.ITALIC, (Text("b | c"),)),
        Text(" |"),
        CellBreak(),
    )
    assert reading_text(table.blocks[0].content) == "a\tb | c |\t"
    assert [row.id for row in walk(table.blocks)] == ["p1", "p2"]
    assert (table.id, line.content) == ("table", (Text("x | y"),))


def test_a_page_break_may_name_its_picture() -> None:
    content = parse_archive_text("{page 12 @0024}a {page x\\@y} {page 3 @a @b}").blocks[0].content
    assert [inline for inline in content if isinstance(inline, PageBreak)] == [
        PageBreak("12", "0024"),
        PageBreak("x@y"),
        PageBreak("3", "a @b"),
    ]


def test_lines_of_a_list_need_no_empty_lines_between_them() -> None:
    edition = parse_archive_text("1. One\n2. Two\ngoes on\n- a\n- b")
    assert [(b.label, b.content) for b in edition.blocks][:2] == [
        ("1.", (Text("One"),)),
        ("2.", (Text("Two goes on - a - b"),)),
    ]


def test_windows_line_ends_are_line_ends() -> None:
    assert parse_archive_text("A.\r\n\r\nB.") == parse_archive_text("A.\n\nB.")
