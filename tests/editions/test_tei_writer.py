"""TEI that the archive writes is TEI, and reading it gives the same edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from editions.dates import read_date
from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Footnote, Metadata, NoteMarker, Text
from editions.readers.archive_text import parse_archive_text
from editions.readers.tei.exact import LINES
from editions.readers.tei.letter import PROGRAM as READ_PROGRAM
from editions.readers.tei.letter import read_tei
from editions.writers.tei import CLOSING, OPENING, PROGRAM, WriteError, write_tei
from tests.editions.made_up import editions

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = """---
number: '41'
title: Letter & answer
kind: letter
written: '[7 March 1962]'
received: 9 March 1962
released: February 21-23, 1962
place: Washington
senders:
- John F. Kennedy
recipients:
- N. S. Khrushchev
subject: Space
source: Kennedy Library
---

# 41. Letter[^1]

{dateline} Washington, March 7, 1962

{salutation} Dear Mr. Chairman:

One {page 2 @0024}two [Rusk]{person p_RD1} {~~teh~>the~~}{>>slip<<}.[^2]

1. first

    more

{table} Launched

    {columns} a | b
    {row} 1 | 2

{memo} TO

    - The Secretary

{closer} Sincerely,

{signature} JOHN F. KENNEDY

{address} Moscow

[^1]{source}: Source: Kennedy Library.

[^2]: A note.
"""


@settings(max_examples=150, deadline=None)
@given(editions)
def test_reading_what_was_written_gives_the_same_edition(edition: Edition) -> None:
    assert read_tei(write_tei(edition).encode()).edition == edition


def test_the_header_says_who_wrote_to_whom_when_and_where() -> None:
    tree = etree.fromstring(write_tei(parse_archive_text(EXAMPLE)).encode())
    sent, received = tree.findall(".//{*}correspAction")
    assert (sent.findtext("{*}name"), sent.findtext("{*}placeName")) == ("John F. Kennedy", "Washington")
    assert sent.find("{*}date").get("when") == "1962-03-07"
    assert (received.findtext("{*}name"), received.find("{*}date").get("when")) == ("N. S. Khrushchev", "1962-03-09")
    released = tree.find(".//{*}publicationStmt/{*}date")
    assert (released.get("notBefore"), released.get("notAfter")) == ("1962-02-21", "1962-02-23")


def test_parts_of_a_letter_have_the_elements_that_tei_has_for_them() -> None:
    tree = etree.fromstring(write_tei(parse_archive_text(EXAMPLE)).encode())
    division = tree.find(".//{*}body/{*}div")
    names = [etree.QName(element).localname for element in division]
    assert names == ["head", "dateline", "salute", "p", "list", "table", "list", "closer", "signed", "closer"]
    assert [note.get("n") for note in division.iter("{*}note") if note.get("type") != "reason"] == ["1", "2"]
    assert division.find(".//{*}row[@role='label']") is not None
    assert division.find(".//{*}pb").get("facs") == "0024"


def test_notes_that_are_not_called_once_and_in_order_stand_at_the_end() -> None:
    written = write_tei(parse_archive_text("a[^2] b[^1] c[^1]\n\n[^1]: One.\n\n[^2]: Two, see[^1].\n\n[^3]: Three."))
    assert written.count('<ptr type="note"') == 4
    assert written.index("<back>") < written.index("One.") < written.index("Two,") < written.index("Three.")


def test_notes_that_call_each_other_do_not_nest_without_end() -> None:
    notes = tuple(
        Footnote(f"fn{n}", str(n), (Block(BlockKind.PARAGRAPH, (NoteMarker(f"fn{n + 1}"),)),)) for n in range(1, 400)
    )
    last = Footnote("fn400", "400", (Block(BlockKind.PARAGRAPH, (NoteMarker("fn1"),)),))
    edition = identify(Edition(blocks=(Block(BlockKind.PARAGRAPH, (NoteMarker("fn1"),)),), footnotes=(*notes, last)))
    assert read_tei(write_tei(edition).encode()).edition == edition


@pytest.mark.parametrize("name", ["archive-text.md"])
def test_every_example_of_the_notation_is_written_and_read_again(name: str) -> None:
    for part in (DOCS / name).read_text(encoding="utf-8").split("```archive-text\n")[1:]:
        edition = parse_archive_text(part.split("```")[0])
        assert read_tei(write_tei(edition).encode()).edition == edition


def test_white_space_and_odd_names_come_back() -> None:
    block = Block(BlockKind.PARAGRAPH, (Text("  a\t\n b\r\r\n \u00a0"),), " a  b ", id="-9 %")
    note = Footnote("fn*'", "* '", ())
    metadata = Metadata(title=" two  spaces ", written=read_date("circa 1962"), senders=("a  b", "c"))
    edition = Edition(metadata, (block,), (note,))
    assert read_tei(write_tei(edition).encode()).edition == edition


@pytest.mark.parametrize("character", ["\x00", "\x0c", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_named(character: str) -> None:
    for block in (
        Block(BlockKind.PARAGRAPH, (Text(f"near{character}by"),)),
        Block(BlockKind.PARAGRAPH, label=character),
    ):
        with pytest.raises(WriteError, match=f"U\\+{ord(character):04X}"):
            write_tei(Edition(blocks=(block,)))


def test_a_document_that_another_program_changed_is_still_read() -> None:
    written = write_tei(parse_archive_text(EXAMPLE))
    changed = written.replace("</div>\n</body>", "<sp><p>Added</p></sp><figure/></div>\n</body>")
    reading = read_tei(changed.encode())
    assert next(block.label for block in reading.edition.blocks) == "41."
    assert "Added" in changed and any("Added" in str(block) for block in reading.edition.blocks)


def test_reader_and_writer_agree_on_their_names() -> None:
    assert PROGRAM == READ_PROGRAM
    lines = {name: kind for kind, name in (OPENING | CLOSING).items() if name not in ("postscript", "address")}
    assert all(LINES[name] is kind for name, kind in lines.items())
