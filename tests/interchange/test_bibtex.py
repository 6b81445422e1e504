"""BibTeX: what another program reads is what was written, whatever stands in the texts."""

from __future__ import annotations

import re
from dataclasses import replace

import bibtexparser
import pytest
from bibtexparser.middlewares import (
    NameParts,
    SeparateCoAuthors,
    SplitNameParts,
)
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from editions.dates import read_date
from interchange.bibliography import Name, Record
from interchange.formats import bibtex
from interchange.formats.lines import one_line
from tests.interchange import made_up

LETTER = Record(
    title="A letter",
    address="https://archive.example/documents/a-letter/",
    archive="The Reading Room",
    kind="letter",
    kind_name="Letter",
    senders=(Name("Martin Luther King, Jr.", "King, Martin Luther, Jr.", True), Name("Smith and Sons, Inc.")),
    recipients=(Name("John F. Kennedy", "Kennedy, John F.", True),),
    date=read_date("7 March 1962"),
    slug="a-letter",
)


#: Commands of LaTeX that pylatexenc does not know, or takes for other characters.
COMMANDS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def text(latex: str) -> str:
    """What TeX sets. The characters of these commands are put in last, where they are commands no more."""
    for place, command in enumerate(COMMANDS):
        latex = re.sub(rf"\\{command}\b", chr(0xF0000 + place), latex)
    plain = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(latex)
    return plain.translate({0xF0000 + place: character for place, character in enumerate(COMMANDS.values())})


def raw(*records: Record) -> list[bibtexparser.model.Entry]:
    library = bibtexparser.parse_string("".join(bibtex.write(records)))
    assert not library.failed_blocks
    return library.entries


def names(record: Record) -> list[NameParts]:
    written = "".join(bibtex.write([record]))
    library = bibtexparser.parse_string(written, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    return library.entries[0]["author"]


def is_the_same(latex: str, written: str) -> bool:
    """Spaces are not compared: TeX makes one of several."""
    return "".join(text(latex).split()) == "".join(one_line(written).split())


@given(st.lists(made_up.records, min_size=1, max_size=3, unique_by=lambda record: record.slug))
def test_every_entry_is_read_back_with_its_fields(records: list[Record]) -> None:
    found = raw(*records)
    assert [entry.key for entry in found] == [record.slug for record in records]
    for entry, record in zip(found, records, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert fields["url"] == record.address
        assert is_the_same(fields["title"], record.title)
        assert is_the_same(fields.get("abstract", ""), record.abstract)
        assert is_the_same(fields.get("shorttitle", ""), record.short_title)


@given(made_up.records)
def test_every_author_is_read_back_as_one(record: Record) -> None:
    if not record.senders:
        return
    found = names(record)
    assert len(found) == len(record.senders)
    for parts, name in zip(found, record.senders, strict=True):
        family, given_names, suffix = name.parts or (name.usual, "", "")
        assert is_the_same(" ".join([*parts.von, *parts.last]), family)
        assert is_the_same(" ".join(parts.first), given_names)
        assert is_the_same(" ".join(parts.jr), suffix)


@given(made_up.records)
def test_braces_are_balanced_for_readers_that_count_escaped_ones_too(record: Record) -> None:
    depth = 0
    for character in "".join(bibtex.write([record])):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_a_letter_says_to_whom_it_went() -> None:
    (entry,) = raw(LETTER)
    assert entry.entry_type == "letter"
    assert entry["note"] == "To John F. Kennedy"


def test_a_name_with_a_suffix_and_a_name_that_is_no_persons_are_told_apart() -> None:
    person, firm = names(LETTER)
    assert (person.last, person.jr, person.first) == (["King"], ["Jr."], ["Martin", "Luther"])
    assert (firm.last, firm.first) == (["{Smith and Sons, Inc.}"], [])


@pytest.mark.parametrize(
    ("display", "year", "date"),
    [
        ("7 March 1962", "1962", "1962-03-07"),
        ("March 1962", "1962", "1962-03"),
        ("21-23 February 1962", "1962", "1962-02-21/1962-02-23"),
        ("circa 1962", "circa 1962", "1961-01-01/1963-12-31"),
    ],
)
def test_a_date_is_never_more_precise_than_the_document(display: str, year: str, date: str) -> None:
    (entry,) = raw(replace(LETTER, date=read_date(display)))
    assert (entry["year"], entry["date"]) == (year, date)


def test_an_editorial_note_is_part_of_its_volume() -> None:
    printed = "Foreign Relations, 1961–1963, Volume V (Washington: GPO, 1998), Document 5, pp. 17–18"
    (entry,) = raw(replace(LETTER, kind="editorial-note", number="5", publication=printed, senders=(), date=None))
    assert entry.entry_type == "incollection"
    assert entry["booktitle"] == "{Foreign Relations, 1961–1963, Volume V}"
    assert (entry["publisher"], entry["address"], entry["year"]) == ("GPO", "Washington", "1998")
    assert (entry["note"], entry["pages"]) == ("Document 5", "17--18")


def test_a_collection_is_named_unless_it_is_the_printed_volume() -> None:
    volume = "Foreign Relations, 1961–1963, Volume V"
    (entry,) = raw(replace(LETTER, collection="Space", publication=f"{volume}, Document 5"))
    assert entry["annote"] == "Collection: Space"
    (entry,) = raw(replace(LETTER, collection=volume, publication=f"{volume}, Document 5"))
    assert "annote" not in entry.fields_dict


def test_an_unpublished_letter_is_where_it_is_kept() -> None:
    (entry,) = raw(replace(LETTER, repository="Kennedy Library, Box 334."))
    assert entry["howpublished"] == entry["library"] == "Kennedy Library, Box 334"


def test_marks_that_tex_would_join_stay_apart() -> None:
    (entry,) = raw(replace(LETTER, title="from 1--2 and ''so''"))
    assert entry["title"] == "{from 1-{}-2 and '{}'so'{}'}"
