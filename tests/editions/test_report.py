"""What a reader understood is told so that an editor can check it."""

from editions.model import BlockKind, Edition, Remark, walk
from editions.readers.reading import Reading
from editions.readers.sources import describe, read_source
from editions.writers.report import write_counts, write_line, write_report
from tests.sources import source

NSAM = source("nsam-129").encode()


def test_a_report_says_what_was_read_and_how() -> None:
    reading = read_source(NSAM, "text")
    lines = write_report(reading, "nsam-129.txt", describe(NSAM, "text")).split("\n")
    assert lines[:2] == ["nsam-129.txt", "============"]
    assert lines[2].startswith("plain text, UTF-8, 9 blocks, ")
    assert "  number:     388" in lines
    assert "  to:         The Secretary of State" in lines
    assert "  not found:  written, received, released, place" in lines


def test_a_report_has_every_block_note_and_page_with_its_line() -> None:
    reading = read_source(NSAM, "text")
    report = write_report(reading, "x")
    for block in walk(reading.edition.blocks):
        assert any(line.split()[:2] == [str(block.line), block.id] for line in report.split("\n"))
    assert "“…the exploration of space.”: For texts, see" in report
    assert "888  after “…these matters. These recommendations”" in report


def test_remarks_come_by_line_with_how_sure_the_reader_was() -> None:
    remarks = (Remark(9, "Second.", 0.5), Remark(2, "First.", 0.75))
    assert write_report(Reading(Edition(), remarks), "x").endswith(
        "to look at\n  line 2: First. (75% sure)\n  line 9: Second. (50% sure)\n"
    )
    assert write_report(Reading(Edition()), "x").endswith("nothing doubtful\n")


def test_one_line_says_who_wrote_to_whom_and_when() -> None:
    reading = read_source(
        b"---\nwritten: 7 March 1962\nsenders: A\nrecipients: B\ntitle: A letter\n---\nText.", "archive-text"
    )
    assert write_line(reading, "d1") == "d1       A letter | 1962-03-07 | A to B | 1 block, 1 word"


def test_counts_are_those_of_the_edition() -> None:
    reading = read_source(NSAM, "text")
    blocks = list(walk(reading.edition.blocks))
    assert write_counts(reading).startswith(f"{len(blocks)} blocks, ")
    assert sum(block.kind is BlockKind.SIGNATURE for block in blocks) == 1
