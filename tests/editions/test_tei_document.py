"""A document of a volume is read whole: its text, its notes and pages, and what it says of itself."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from editions.errors import ReadError
from editions.model import (
    Block,
    BlockKind,
    Correction,
    Emphasis,
    EmphasisKind,
    Gap,
    Mention,
    MentionKind,
    NoteKind,
    PageBreak,
    Reference,
    Text,
    inlines,
    note_text,
    reading_text,
    walk,
)
from editions.readers.archive_text import parse_archive_text
from editions.readers.tei.document import DocumentReading, Party, read_tei_document
from editions.writers.archive_text import write_archive_text

DOCUMENT = b"""<div type="document" xml:id="d41" n="41">
  <pb n="888" facs="0915" xml:id="pg_888"/>
  <head>41. Letter From President <persName corresp="#p_KJF2" type="from">Kennedy</persName> to the
     <gloss type="to">Embassy in the Soviet Union</gloss><note n="0" xml:id="d41fn0">Source: Kennedy Library. Secret.
     </note></head>
  <dateline><hi rend="italic"><placeName>Newport</placeName>, <placeName>Rhode Island</placeName>,
     <date when="1962-03-07T15:15:00">March 7, 1962, 3:15 p.m.</date></hi></dateline>
  <list type="subject"><head>SUBJECT</head><item>Outer <gloss target="#t_SP">space</gloss></item>
     <item>Peace</item></list>
  <p>On February 21 <note n="1" xml:id="d41fn1">See <ref target="#d36">Document 36</ref> and <ref target="#d36fn2">its
     note</ref>.</note>I wrote <pb n="889" facs="0916"/> to you. <note n="2" xml:id="d41fn2"><p>Two.</p>
     <p>Paragraphs.</p></note></p>
  <p rend="cetner">ANNEX A</p><p rend="right">Tab 1</p><p rend="sectiontitleital">Problem</p>
  <list><item>(1) One.</item><item>(2) Two <del rend="strikethrough">struck</del>
     <list><item>deep</item></list></item></list>
  <table><head>Sums</head><row role="label"><cell>Year</cell><cell cols="2">Sum</cell></row><pb n="890"/>
    <row><cell>1961<lb/> (est.)</cell><cell/><cell><hi rend="strong">3</hi></cell></row></table>
  <note>a Estimated.</note>
  <closer>Sincerely,<lb/><signed><persName corresp="#p_KJF2">John F. Kennedy</persName>
     <note n="3" xml:id="d41fn3">Typed. </note></signed><lb/>President</closer>
  <uh-oh>page missing!</uh-oh><frus:problem>two</frus:problem><frus:file id="1" path="a.TIF"/>
  <blink>unknown <b>words</b></blink> stray
</div>"""


@pytest.fixture(scope="module")
def reading() -> DocumentReading:
    return read_tei_document(DOCUMENT, volume="frus1961-63v06", first_line=100)


def kinds(reading: DocumentReading) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.label, reading_text(b.content)) for b in walk(reading.edition.blocks)]


def test_every_part_becomes_a_block_in_its_order(reading: DocumentReading) -> None:
    assert kinds(reading) == [
        ("heading", "41.", "Letter From President Kennedy to the Embassy in the Soviet Union"),
        ("dateline", "", "Newport, Rhode Island, March 7, 1962, 3:15 p.m."),
        ("memo", "", "SUBJECT"),
        ("item", "•", "Outer space"),
        ("item", "•", "Peace"),
        ("paragraph", "", "On February 21 I wrote to you."),
        ("centered", "", "ANNEX A"),
        ("right", "", "Tab 1"),
        ("heading", "", "Problem"),
        ("item", "(1)", "One."),
        ("item", "(2)", "Two struck"),
        ("item", "•", "deep"),
        ("table", "", "Sums"),
        ("columns", "", "Year\tSum\t"),
        ("row", "", "1961\n(est.)\t\t3"),
        ("closer", "", "Sincerely,"),
        ("signature", "", "John F. Kennedy\nPresident"),
        ("paragraph", "", "unknown words stray"),
    ]


def test_it_says_number_title_date_place_parties_subject_and_source(reading: DocumentReading) -> None:
    about = reading.edition.metadata
    assert (about.number, about.kind) == ("41", "letter")
    assert about.title == "Letter From President Kennedy to the Embassy in the Soviet Union"
    assert about.written and (about.written.display, about.written.earliest) == ("March 7, 1962", date(1962, 3, 7))
    assert about.place == "Newport, Rhode Island"
    assert (about.senders, about.recipients) == (("Kennedy",), ("Embassy in the Soviet Union",))
    assert (about.subject, about.source) == ("Outer space; Peace", "Kennedy Library. Secret.")
    assert reading.parties == (Party("from", "Kennedy", "p_KJF2"), Party("to", "Embassy in the Soviet Union"))


def test_notes_keep_their_names_and_are_called_right_after_the_word(reading: DocumentReading) -> None:
    notes = reading.edition.footnotes
    assert [(n.id, n.label, n.kind) for n in notes] == [
        ("fn0", "0", NoteKind.SOURCE),
        ("fn1", "1", NoteKind.EDITORIAL),
        ("fn2", "2", NoteKind.EDITORIAL),
        ("fn4", "*", NoteKind.EDITORIAL),
        ("fn3", "3", NoteKind.EDITORIAL),
    ]
    assert [note_text(n) for n in notes][2:4] == ["Two.\nParagraphs.", "a Estimated."]
    text = write_archive_text(reading.edition)
    assert "On February 21[^1] I wrote {page 889 @0916}to you.[^2]" in text
    assert "1961\\\n    (est.) |  | [3]{bold}[^4]" in text
    assert "[John F. Kennedy]{person p_KJF2}[^3]\\\nPresident" in text


def everything(reading: DocumentReading) -> list[object]:
    blocks: list[Block] = [*walk(reading.edition.blocks)]
    blocks += [block for note in reading.edition.footnotes for block in walk(note.blocks)]
    return [inline for block in blocks for inline in inlines(block.content)]


def test_references_and_names_point_at_one_form_of_target(reading: DocumentReading) -> None:
    found = everything(reading)
    targets = [inline.target for inline in found if isinstance(inline, Reference)]
    assert targets == ["frus1961-63v06/d36", "frus1961-63v06/d36#fn2"]
    names = [(inline.kind, inline.target) for inline in found if isinstance(inline, Mention)]
    assert names == [(MentionKind.PERSON, "p_KJF2"), (MentionKind.TERM, "t_SP"), (MentionKind.PERSON, "p_KJF2")]
    pages = [inline for inline in found if isinstance(inline, PageBreak)]
    assert pages == [PageBreak("888", "0915"), PageBreak("889", "0916"), PageBreak("890")]
    assert EmphasisKind.STRUCK in {inline.kind for inline in found if isinstance(inline, Emphasis)}


def test_what_is_odd_is_remarked_with_its_line(reading: DocumentReading) -> None:
    told = {remark.line: remark.message for remark in reading.remarks}
    lines = DOCUMENT.decode().split("\n")
    for words, part in (
        ("cetner", "cetner"),
        ("<uh-oh>", "page missing!"),
        ("<blink>", "<blink>"),
        ("frus:file", "a.TIF"),
    ):
        line = next(n for n, text in enumerate(lines) if words in text) + 100
        assert any(part in remark.message for remark in reading.remarks if remark.line == line), (words, told)
    assert not any("page missing" in text for _, _, text in kinds(reading))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one <note n='1'>x</note>, two</p>", "one[^1], two"),
        ("<p>one<note n='1'>x</note> two</p>", "one[^1] two"),
        ("<p>one <note n='1'>x</note>two</p>", "one[^1] two"),
        ("<p>one <pb n='2'/> two</p>", "one {page 2}two"),
        ("<p>one<pb n='2'/> two</p>", "one{page 2} two"),
        ("<p> <hi rend='bold'> one </hi> two </p>", "[one ]{bold}two"),
        ("<p>Mr.\u00a0 X<lb/> \n Y</p>", "Mr.\u00a0 X\\\nY"),
        ("<p>a <hi rend='italic'/> b<lb/></p>", "a b"),
        ("<p>(<persName corresp='#p_1'>A</persName>)</p>", "([A]{person p_1})"),
        ("<p>one</p><pb n='2'/><p>two</p><pb n='3'/>", "one\n\n{page 2}two{page 3}"),
        ("<p>a<list><item>b</item></list>c</p>", "a\n\n- b\n\nc"),
        ("<list type='to'><head>TO</head><pb n='2'/><item>A</item></list>", "{memo} TO\n\n    - {page 2}A"),
        (
            "<list type='to'><head>PRESENT</head><item><list><head>US</head><item>A</item></list></item></list>",
            "{memo} PRESENT\n\n    - US\n\n        - A",
        ),
        ("<p><ref target='http://x.org/#a b'>x</ref><ref target=''>y</ref></p>", "[x](http://x.org/#a b)y"),
        ("<figure><graphic url='a.png'/><figDesc>A map</figDesc></figure>", "{figure} [A map](a.png)"),
        ("<p><note n='1'>A<note n='2'>B</note></note></p>", ""),
    ],
)
def test_white_space_and_nesting(markup: str, text: str) -> None:
    edition = read_tei_document(f"<div type='document'>{markup}</div>".encode()).edition
    assert write_archive_text(edition, front_matter=False).split("\n\n[^")[0].strip() == text or not text
    assert len(edition.footnotes) == markup.count("<note")


@pytest.mark.parametrize(
    ("markup", "display", "supplied", "days"),
    [
        ("<date when='1962-03-07'>March 7, 1962</date>", "March 7, 1962", False, 1),
        ("<date when='1963-01'>undated</date>", "January 1963", True, 31),
        ("<date from='1960-08-16'>August 16</date> and <date to='1960-08-17'>17</date>", "August 16, 1960", True, 2),
        ("<date when='1962-02-30'>March 1, 1962</date>", "March 1, 1962", False, 1),
        ("Washington, May 17, 1955—5:05 p.m.", "May 17, 1955", False, 1),
        ("<date when='1960'>Spring</date>", "1960", True, 366),
    ],
)
def test_a_date_is_never_more_precise_than_it_is(markup: str, display: str, supplied: bool, days: int) -> None:
    edition = read_tei_document(f"<div type='document'><dateline>{markup}</dateline></div>".encode()).edition
    written = edition.metadata.written
    assert written is not None
    assert written.display.startswith(display)
    assert (written.supplied, (written.latest - written.earliest).days + 1) == (supplied, days)


@pytest.mark.parametrize(
    ("heading", "senders", "recipients", "written"),
    [
        ("2. Memorandum from Read to Bundy, March 3, 1961. Transmits two papers.", ("Read",), ("Bundy",), "1961-03-03"),
        ("3. Memorandum From the Joint Chiefs to McCone", ("Joint Chiefs",), ("McCone",), None),
        ("4. Note from Hilsman to Rusk, March 27. “Response of 7 May 1962.” Secret.", ("Hilsman",), ("Rusk",), None),
        ("5. Paper on steps from A to B", (), (), None),
        ("6. Minutes of a Meeting, February 1962. Notes from Read to Bundy.", (), (), "1962-02"),
    ],
)
def test_a_heading_without_markup_tells_by_its_words_and_that_is_remarked(
    heading: str, senders: tuple[str, ...], recipients: tuple[str, ...], written: str | None
) -> None:
    reading = read_tei_document(f"<div type='document'><head>{heading}</head></div>".encode())
    about = reading.edition.metadata
    assert (about.senders, about.recipients) == (senders, recipients)
    assert (about.written.iso if about.written else None) == written
    assert [party.name for party in reading.parties] == [*senders, *recipients]
    assert len([remark for remark in reading.remarks if remark.confidence < 1]) == bool(senders) + bool(written)


def test_identifiers_that_stand_twice_do_not_matter() -> None:
    twice = "<p xml:id='a'>x<note n='1' xml:id='n'/></p>" * 2
    edition = read_tei_document(f"<div type='document'>{twice}</div>".encode()).edition
    assert [block.kind for block in edition.blocks] == [BlockKind.PARAGRAPH] * 2
    assert [(note.id, note.label) for note in edition.footnotes] == [("fn1", "1"), ("fn1-2", "1")]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (b"<div>\n<p>x</div>", 11, "column 7: this is not well-formed XML: this end tag does not match"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><div>&a;</div>", 10, "has a DOCTYPE"),
        (b"<div>&a;</div>", 10, "this entity is not known"),
        (b"<p>x</p>", 10, "a document of a volume is a <div>, and this is a <p>"),
        (b"", 10, "no element"),
        (b"<div>" * 200 + b"</div>" * 200, 10, "deep"),
        (b"<div>" * 5000 + b"</div>" * 5000, 10, "deep"),
        (b"<div>\n<p>" + b"x" * 10_000_001 + b"</p></div>", 11, "ten million characters"),
    ],
)
def test_it_refuses_what_is_no_document(source: bytes, line: int, message: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_tei_document(source, first_line=10)
    assert message in refusal.value.message
    assert refusal.value.line == line


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(DOCUMENT)),
    st.integers(0, 40),
    st.binary(max_size=12) | st.sampled_from([b"<p>", b"</p>", b"<a"]),
)
def test_a_damaged_document_is_read_or_refused(at: int, length: int, put: bytes) -> None:
    try:
        reading = read_tei_document(DOCUMENT[:at] + put + DOCUMENT[at + length :], volume="v")
    except ReadError as error:
        assert error.message
    else:
        write_archive_text(reading.edition)


NAMES = (
    "div p head list item label table row cell note hi ref persName pb lb closer signed dateline date choice sic corr "
    "quote lg l figure graphic address addrLine postscript salute opener ab gap supplied fw x frus:file ptr milestone"
)
attributes = st.dictionaries(
    st.sampled_from(["n", "rend", "type", "target", "corresp", "xml:id", "when", "role", "cols", "facs", "unit"]),
    st.sampled_from(["1", "italic", "label", "#d1fn2", "1962-13", "note", "memo", "group", "", " a b ", "cell", "99"]),
    max_size=2,
)


def element(name: str, of: dict[str, str], parts: list[str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in of.items())
    return f"<{name}{said}>{''.join(parts)}</{name}>"


trees = st.recursive(
    st.text("ab1. (•|\n\u00a0", max_size=6),
    lambda inner: st.builds(element, st.sampled_from(NAMES.split()), attributes, st.lists(inner, max_size=4)),
    max_leaves=15,
)


def told(reading: DocumentReading) -> str:
    """All characters that an edition and its remarks have, whatever they stand in."""
    parts = [block.label for block in walk(reading.edition.blocks)] + [remark.message for remark in reading.remarks]
    parts += [block.label for note in reading.edition.footnotes for block in walk(note.blocks)]
    for inline in everything(reading):
        match inline:
            case Text(value):
                parts.append(value)
            case Correction(printed, corrected, reason):
                parts += [printed, corrected, reason]
            case Gap(reason):
                parts.append(reason)
    return "".join(parts)


@settings(max_examples=300, deadline=None)
@example(["<head>\u00a01.</head>"])
@example(["<pb>\u00a0</pb>", "1"])
@given(st.lists(trees, max_size=4))
def test_no_character_is_lost_whatever_stands_in_whatever(parts: list[str]) -> None:
    source = f"<div type='document'>{''.join(parts)}</div>".encode()
    reading = read_tei_document(source)
    words = "".join(etree.fromstring(source.replace(b"frus:", b""), etree.XMLParser(recover=True)).itertext())
    assert not Counter("".join(words.split())) - Counter(told(reading))
    text = write_archive_text(reading.edition)
    assert parse_archive_text(text) == reading.edition


def test_a_number_that_is_glued_to_the_heading_is_its_number() -> None:
    source = b'<div type="document" xml:id="d11" n="11"><head>11.Memorandum of Conversation</head><p>Words.</p></div>'
    metadata = read_tei_document(source).edition.metadata
    assert (metadata.number, metadata.title) == ("11", "Memorandum of Conversation")
