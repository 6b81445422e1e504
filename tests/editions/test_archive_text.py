"""Archive text is read without guessing, and reading what was written gives the same edition."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.dates import read_date
from editions.errors import ReadError
from editions.identify import identify
from editions.model import (
    ROW_KINDS,
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Footnote,
    Gap,
    Inline,
    LineBreak,
    Mention,
    MentionKind,
    Metadata,
    NoteKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
    reading_text,
    walk,
)
from editions.readers.archive_text import parse_archive_text
from editions.writers.archive_text import write_archive_text

words = (
    st.text(st.sampled_from("abcXYZ ^0129.,:;-–—#>*[]{}()|@\\~<^_`'\"“”é½\u00a0!?"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split(" ")).strip(" \t"))
    .filter(bool)
)
labels = st.from_regex(r"[0-9]{1,4}\.|\([a-z]\)|[ivx]+\)|•|§ ?[A-Z}{]", fullmatch=True) | st.sampled_from(
    ["#x", "a b", "No. 5", "*"]
)
atoms: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, words),
    st.builds(PageBreak, words, st.just("") | words),
    st.builds(Gap, words),
    st.builds(Correction, words, words, words),
    st.sampled_from([NoteMarker("fn1"), NoteMarker("fn2"), LineBreak()]),
)


def content(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[tuple[Inline, ...]]:
    return st.lists(inner, min_size=1, max_size=4).map(tuple)


def unmixed(found: tuple[Inline, ...]) -> bool:
    """Two texts in a row would be one text; white space around a line break belongs to nobody."""
    return not any(isinstance(a, Text) and isinstance(b, Text) for a, b in pairwise(found))


def nested(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.builds(Emphasis, st.sampled_from(EmphasisKind), content(inner).filter(unmixed))


spans: st.SearchStrategy[Inline] = st.one_of(
    nested(nested(atoms)),
    st.builds(
        Emphasis,
        st.sampled_from([k for k in EmphasisKind if k is not EmphasisKind.ITALIC]),
        content(atoms).filter(unmixed),
    ),
    st.builds(Emphasis, st.just(EmphasisKind.ITALIC), content(atoms).filter(unmixed)),
    st.builds(Reference, words, content(atoms).filter(unmixed)),
    st.builds(Mention, st.sampled_from(MentionKind), st.just("") | words, content(atoms).filter(unmixed)),
)
runs = content(st.one_of(atoms, spans)).filter(unmixed)
cells = content(st.one_of(atoms, spans, st.just(CellBreak()))).filter(unmixed)
kinds = st.sampled_from([kind for kind in BlockKind if kind not in ROW_KINDS])
leaves = st.builds(Block, kinds, runs, st.just("") | labels) | st.builds(
    Block, st.sampled_from(sorted(ROW_KINDS)), cells, st.just("") | labels
)
blocks = st.recursive(
    leaves,
    lambda children: st.builds(Block, kinds, runs, st.just(""), st.lists(children, max_size=2).map(tuple)),
    max_leaves=5,
)
dates = st.sampled_from(["7 March 1962", "[March 1962]", "1962", "February 21-23, 1962"]).map(read_date)
metadata = st.builds(
    Metadata,
    number=st.sampled_from(["", "388", "no", "1962-03-07"]),
    title=words,
    written=st.one_of(st.none(), dates),
    senders=st.lists(words, max_size=2).map(tuple),
    source=words,
)
notes = (
    Footnote(
        "fn1",
        "1",
        (
            Block(BlockKind.PARAGRAPH, (Text("First."),), "", (Block(BlockKind.ITEM, (Text("In it."),), "1."),)),
            Block(BlockKind.QUOTATION, (Text("More."),)),
        ),
    ),
    Footnote("fn2", "*", (Block(BlockKind.PARAGRAPH, (Text("Second."),)),), NoteKind.SOURCE),
)


@settings(max_examples=150, deadline=None)
@given(metadata, st.lists(blocks, max_size=4).map(tuple))
def test_reading_what_was_written_gives_the_same_edition(about: Metadata, text: tuple[Block, ...]) -> None:
    edition = identify(Edition(about, text, notes))
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
