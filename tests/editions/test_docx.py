"""Word documents are read with their notes, lists, tables and emphasis; what is not taken is said."""

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.errors import ReadError
from editions.model import BlockKind, CellBreak, Edition, NoteMarker, Text, block_text, note_text, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.docx import read_docx
from editions.readers.reading import Reading
from editions.readers.sources import read_source, recognise, source_lines
from editions.writers.archive_text import write_archive_text
from editions.writers.standoff import write_standoff
from tests.editions.word import pack, paragraph, word_file, word_folder

GOLDEN = Path(__file__).parent / "golden" / "docx"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
LETTER = word_folder(GOLDEN / "letter")


def read(body: str, **parts: str) -> Reading:
    return read_docx(word_file(body, **parts))


def text_of(edition: Edition) -> str:
    return write_archive_text(edition, front_matter=False)


def said(reading: Reading) -> str:
    return "\n".join(f"{remark.line}: {remark.message}" for remark in reading.remarks)


def numbered(level: str, form: str, text: str, start: str = "1") -> str:
    parts = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{level}">{parts}</w:lvl>'


def numbering(*levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )


def item(words: str, level: int = 0) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


@pytest.mark.parametrize("name", CASES)
def test_the_whole_edition_is_as_the_golden_file_has_it(name: str) -> None:
    """UPDATE_GOLDEN=1 writes the files anew; read the difference before you commit it."""
    path = GOLDEN / f"{name}.md"
    found = write_archive_text(read_docx(word_folder(GOLDEN / name)).edition)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_what_it_reads_is_written_and_read_again(name: str) -> None:
    edition = read_docx(word_folder(GOLDEN / name)).edition
    assert parse_archive_text(write_archive_text(edition)) == edition


def test_a_letter_has_its_notes_where_word_calls_them() -> None:
    found = write_standoff(read_source(LETTER, "docx").edition, "letter")
    ends = {note["label"]: found["text"][: note["offset"]].split()[-1] for note in found["footnotes"]}
    assert ends == {"1": "Khrushchev", "2": "space.", "3": "interest"}
    assert found["footnotes"][1]["text"] == "See Public Papers, 1962, p. 244.\nA second paragraph of the same note."


def test_a_letter_with_nothing_doubtful_has_no_remarks() -> None:
    assert read_docx(LETTER).remarks == ()


def test_the_lines_of_remarks_are_those_of_the_source_as_shown() -> None:
    body = paragraph("A first paragraph of the text.") + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    body += "<w:r><w:t>A second one.</w:t></w:r></w:p>"
    source = word_file(body)
    (remark,) = read_docx(source).remarks
    assert source_lines(source, "docx")[remark.line - 1] == "A second one."
    assert remark.message == "Word has “gone” as deleted: it is left out."


def test_inserted_words_are_taken_and_said() -> None:
    reading = read('<w:p><w:ins w:author="A"><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>')
    assert text_of(reading.edition) == "New words.\n"
    assert "“New words.” as inserted: it is taken" in said(reading)


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    body = paragraph("One and ", "<w:rPr><w:del/></w:rPr>") + paragraph("two.")
    assert text_of(read(body).edition) == "One and two.\n"


def test_comments_hidden_words_headers_and_page_breaks_are_said() -> None:
    body = (
        '<w:p><w:r><w:t>The text of it.</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>'
    )
    reading = read(
        body,
        comments=f'<w:comment w:id="1" w:author="Ann">{paragraph("Check this.")}</w:comment>',
        header1=paragraph("Draft of May"),
    )
    assert text_of(reading.edition) == "The text of it.\n"
    assert "A comment by Ann, left out: “Check this.”" in said(reading)
    assert "Word hides “secret” here: it is left out." in said(reading)
    assert "The header of the pages says “Draft of May”. It is left out." in said(reading)
    assert "Word begins new pages here" in said(reading)


def test_labels_are_printed_as_word_counts_them() -> None:
    levels = numbering(numbered("0", "upperRoman", "%1.", "3"), numbered("1", "lowerLetter", "(%2)"))
    body = paragraph("Some words before it all.")
    body += item("one") + item("below", 1) + item("beside", 1) + item("two") + item("again", 1)
    labels = [block.label for block in walk(read(body, numbering=levels).edition.blocks) if block.label]
    assert labels == ["III.", "(a)", "(b)", "IV.", "(a)"]


def test_a_list_of_short_items_is_a_list_whatever_it_looks_like() -> None:
    body = item("John F. Kennedy") + item("Dear Sir:") + item("Washington, March 7, 1962")
    blocks = read(body, numbering=numbering(numbered("0", "decimal", "%1)"))).edition.blocks
    assert [(block.kind, block.label) for block in blocks] == [(BlockKind.ITEM, f"{n})") for n in (1, 2, 3)]


def test_bullets_are_bullets() -> None:
    (block,) = read(item("A point."), numbering=numbering(numbered("0", "bullet", "\uf0b7"))).edition.blocks
    assert (block.kind, block.label, block_text(block)) == (BlockKind.ITEM, "•", "A point.")


def test_an_item_of_the_first_level_stands_beside_another_whatever_its_label() -> None:
    bullets = '<w:abstractNum w:abstractNumId="8">' + numbered("0", "bullet", "x") + "</w:abstractNum>"
    lists = (
        bullets
        + numbering(numbered("0", "decimal", "%1."))
        + ('<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>')
    )
    body = item("one") + item("two") + item("a point").replace('numId w:val="1"', 'numId w:val="2"')
    assert [block.label for block in read(body, numbering=lists).edition.blocks] == ["1.", "2.", "•"]


def test_a_table_of_memorandum_headings_is_read_as_such() -> None:
    def cell(words: str) -> str:
        return f"<w:tc>{paragraph(words)}</w:tc>"

    rows = [("TO:", "The President"), ("SUBJECT:", "Outer space")]
    table = "".join(f"<w:tr>{cell(word)}{cell(says)}</w:tr>" for word, says in rows)
    metadata = read(f"<w:tbl>{table}</w:tbl>{paragraph('We met and discussed it.')}").edition.metadata
    assert (metadata.recipients, metadata.subject) == (("The President",), "Outer space")


def test_a_title_that_word_has_as_one_is_no_judgement() -> None:
    styles = '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>'
    body = paragraph("Of the moon", '<w:pStyle w:val="t"/>') + paragraph("A longer text follows below it.")
    reading = read(body, styles=styles)
    assert (reading.edition.metadata.title, reading.remarks) == ("Of the moon", ())


def test_styles_say_what_a_paragraph_is() -> None:
    names = {"h": "heading 2", "q": "Quote", "s": "Signature", "d": "Date"}
    styles = "".join(f'<w:style w:styleId="{i}"><w:name w:val="{name}"/></w:style>' for i, name in names.items())
    body = "".join(paragraph(f"Some words of {i}", f'<w:pStyle w:val="{i}"/>') for i in names)
    kinds = [block.kind for block in read(body, styles=styles).edition.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.QUOTATION, BlockKind.SIGNATURE, BlockKind.DATELINE]


def test_emphasis_comes_from_runs_and_their_styles_and_leaves_out_spaces() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="E2"><w:name w:val="Mine"/><w:basedOn w:val="E"/></w:style>'
    )
    run = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    looks = ('<w:rStyle w:val="E2"/>', "", '<w:b/><w:i w:val="0"/>', "<w:u w:val='single'/>", "<w:strike/>")
    body = f"<w:p>{''.join(run.format(look, f' word{n} ') for n, look in enumerate(looks))}</w:p>"
    assert text_of(read(body, styles=styles).edition) == (
        "*word0* word1 [word2]{bold} [word3]{underline} [word4]{struck}\n"
    )


def test_a_table_keeps_merged_cells_apart() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"

    rows = cell("A", '<w:gridSpan w:val="2"/>') + cell("B"), cell("", "<w:vMerge/>") + cell("C") + cell("D")
    body = (
        paragraph("Above.") + f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>" + paragraph("Below.")
    )
    above, table, below = read(body).edition.blocks
    assert [block_text(block) for block in (above, below)] == ["Above.", "Below."]
    assert [row.content for row in table.blocks] == [
        (Text("A"), CellBreak(), CellBreak(), Text("B")),
        (CellBreak(), Text("C"), CellBreak(), Text("D")),
    ]


def test_endnotes_have_roman_numbers_and_marks_of_the_author_stay() -> None:
    body = (
        '<w:p><w:r><w:t>One</w:t></w:r><w:r><w:endnoteReference w:id="5"/></w:r><w:r><w:t>, two</w:t></w:r>'
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="6"/><w:t>*</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    edition = read(
        body,
        endnotes=f'<w:endnote w:id="5">{paragraph("An endnote.")}</w:endnote>',
        footnotes=f'<w:footnote w:id="6">{paragraph("A footnote.")}</w:footnote>',
    ).edition
    assert [(note.label, note_text(note)) for note in edition.footnotes] == [("i", "An endnote."), ("*", "A footnote.")]
    (block,) = edition.blocks
    assert [type(inline) for inline in block.content] == [Text, NoteMarker, Text, NoteMarker, Text]


def test_a_note_that_nothing_calls_is_kept_and_said() -> None:
    reading = read(paragraph("The text."), footnotes=f'<w:footnote w:id="3">{paragraph("Lost.")}</w:footnote>')
    assert [note_text(note) for note in reading.edition.footnotes] == ["Lost."]
    assert "Note 1 is called nowhere" in said(reading)


def test_notes_typed_into_the_text_stand_beside_those_of_the_file() -> None:
    body = (
        paragraph("It was so.1 And that too.2") + '<w:p><w:r><w:t>More</w:t><w:footnoteReference w:id="3"/></w:r></w:p>'
    )
    body += paragraph("1. The first.") + paragraph("2. The second.")
    edition = read(body, footnotes=f'<w:footnote w:id="3">{paragraph("Of Word.")}</w:footnote>').edition
    assert sorted(note_text(note) for note in edition.footnotes) == ["Of Word.", "The first.", "The second."]
    assert len({note.id for note in edition.footnotes}) == 3
    called = [i.note for b in edition.blocks for i in b.content if isinstance(i, NoteMarker)]
    assert sorted(called) == sorted(note.id for note in edition.footnotes)


def test_line_breaks_of_a_letterhead_make_lines() -> None:
    body = "<w:p><w:r><w:t>Washington, March 7, 1962</w:t><w:br/><w:t>Dear Mr. Chairman:</w:t></w:r></w:p>"
    body += paragraph("I write to you.")
    assert [block.kind for block in read(body).edition.blocks][:2] == [BlockKind.DATELINE, BlockKind.SALUTATION]


def test_text_boxes_come_after_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Text.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    reading = read(body)
    assert text_of(reading.edition) == "Text.\n\nIn the box.\n"
    assert "This stands in a text box" in said(reading)


def test_a_link_to_a_page_becomes_a_reference_and_no_other_does() -> None:
    link = '<w:p><w:hyperlink r:id="{}"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    links = {"a": "https://example.org/x", "b": "javascript:alert(1)"}
    source = word_file(link.format("a") + link.format("b"), links)
    assert text_of(read_docx(source).edition) == "[here](https://example.org/x)\n\nhere\n"


def test_a_file_with_macros_is_read_without_them() -> None:
    source = word_file(paragraph("The text."))
    assert recognise(source, "letter.docm") == "docx"


WORDS = st.text(st.sampled_from("ab1.,:* [](){}\\#>-|^~“”\n\t\u00a0 é"), max_size=12)
PROPERTIES = st.sampled_from(
    [
        "",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>',
        '<w:pStyle w:val="Heading1"/>',
        '<w:jc w:val="center"/>',
        "<w:rPr><w:del/></w:rPr>",
    ]
)
RUN = st.builds(
    lambda look, words, after: (
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words.replace(">", "&gt;")}</w:t>{after}</w:r>'
    ),
    st.sampled_from(["", "<w:i/>", "<w:b/>", "<w:b/><w:i/>", "<w:smallCaps/>", "<w:strike/>"]),
    WORDS,
    st.sampled_from(["", "", "<w:br/>", "<w:tab/>", '<w:footnoteReference w:id="3"/>', "<w:drawing/>", "<w:sym/>"]),
)
PARAGRAPH = st.builds(
    lambda properties, runs: f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>",
    PROPERTIES,
    st.lists(RUN, max_size=4),
)
TABLE = st.lists(PARAGRAPH, min_size=1, max_size=3).map(
    lambda cells: f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PARAGRAPH, PARAGRAPH, TABLE), max_size=6).map("".join))
def test_no_word_of_any_document_is_lost(body: str) -> None:
    footnotes = f'<w:footnote w:id="3">{paragraph("A note.")}</w:footnote>'
    source = word_file(body, footnotes=footnotes, numbering=numbering(numbered("0", "bullet", "x")))
    try:
        reading = read_docx(source)
    except ReadError as error:
        assert "has no text" in str(error)
        return
    written = write_archive_text(reading.edition)
    assert parse_archive_text(written) == reading.edition
    found = written + said(reading)
    for char in "abé“”":
        assert found.count(char) >= "".join(source_lines(source, "docx")).count(char), char


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_xml_that_is_mixed_up_is_read_or_refused(data: st.DataObject) -> None:
    xml = (GOLDEN / "letter" / "document.xml").read_text(encoding="utf-8").split("<")
    for _ in range(data.draw(st.integers(1, 5))):
        one, other = data.draw(st.integers(1, len(xml) - 1)), data.draw(st.integers(1, len(xml) - 1))
        xml[one], xml[other] = xml[other], data.draw(st.sampled_from([xml[one], "", "w:p>", "w:numId w:val='x'/>"]))
    with contextlib.suppress(ReadError):
        read_docx(packed("<".join(xml)))


def packed(document: str) -> bytes:
    parts = {f"word/{p.name}": p.read_text(encoding="utf-8") for p in sorted((GOLDEN / "letter").glob("*.xml"))}
    return pack({**parts, "word/document.xml": document}, {})
