"""RIS: what another program reads is what was written, whatever stands in the texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from documents.models import Document
from editions.dates import read_date
from interchange.bibliography import Name, Record
from interchange.formats import ris
from interchange.formats.lines import inverted, one_line
from tests.interchange import made_up

LETTER = Record(
    title="A letter",
    address="https://archive.example/documents/a-letter/",
    archive="The Reading Room",
    kind="letter",
    kind_name="Letter",
    senders=(Name("John F. Kennedy", "Kennedy, John F.", True),),
    recipients=(Name("Nikita S. Khrushchev", "Khrushchev, Nikita S.", True), Name("The Embassy")),
    date=read_date("7 March 1962"),
)


def read(*records: Record) -> list[dict[str, Any]]:
    return rispy.loads("".join(ris.write(records)))


@given(st.lists(made_up.records, min_size=1, max_size=3))
def test_every_record_is_read_back_with_its_fields(records: list[Record]) -> None:
    found = read(*records)
    assert len(found) == len(records)
    for entry, record in zip(found, records, strict=True):
        assert entry["title"] == one_line(record.title)
        assert entry["database_provider"] == one_line(record.archive)
        assert entry["urls"] == [record.address]
        assert entry.get("abstract", "") == one_line(record.abstract)
        assert entry.get("keywords", []) == [one_line(topic).replace("*", "∗") for topic in record.topics]
        authors = [one_line(inverted(name)).replace("*", "∗") for name in record.senders]
        assert entry.get("authors", []) == authors


@given(made_up.records)
def test_each_line_begins_with_a_tag_and_ends_with_carriage_return_and_line_feed(record: Record) -> None:
    lines = "".join(ris.write([record])).split("\r\n")
    assert lines[0].startswith("TY  - ") and lines[-2:] == ["ER  - ", ""]
    assert all(line[:2].isupper() and line[2:6] == "  - " for line in lines[:-1])
    assert all(len(line.splitlines()) == 1 for line in lines[:-1])


@pytest.mark.parametrize("kind", Document.Kind.values)
def test_no_kind_becomes_a_generic_reference(kind: str) -> None:
    (entry,) = read(replace(LETTER, kind=kind))
    assert entry["type_of_reference"] in ("PCOMM", "RPRT", "CHAP", "MANSCPT")


def test_a_letter_has_its_recipients() -> None:
    (entry,) = read(LETTER)
    assert entry["type_of_reference"] == "PCOMM"
    assert entry["authors"] == ["Kennedy, John F."]
    assert entry["secondary_authors"] == ["Khrushchev, Nikita S.", "The Embassy"]
    assert entry["type_of_work"] == "Letter"


def test_what_has_no_field_for_recipients_says_them_in_a_note() -> None:
    (entry,) = read(replace(LETTER, kind="report"))
    assert "secondary_authors" not in entry
    assert entry["notes"] == ["To Nikita S. Khrushchev; The Embassy"]


@pytest.mark.parametrize(
    ("display", "written", "year"),
    [
        ("7 March 1962", "1962/03/07/", "1962"),
        ("March 1962", "1962/03//", "1962"),
        ("1962", "1962///", "1962"),
        ("February 21/22, 1962", "///February 21–22, 1962", "1962"),
        ("circa 1962", "///circa 1962", None),
    ],
)
def test_a_date_is_never_more_precise_than_the_document(display: str, written: str, year: str | None) -> None:
    (entry,) = read(replace(LETTER, date=read_date(display)))
    assert (entry["date"], entry.get("year")) == (written, year)


def test_a_supplied_date_is_said_to_be_one() -> None:
    (entry,) = read(replace(LETTER, date=read_date("[7 March 1962]")))
    assert entry["date"] == "1962/03/07/"
    assert entry["notes"] == ["Date supplied by an editor: 7 March 1962"]


def test_the_archive_is_told_from_the_place_in_it() -> None:
    (entry,) = read(replace(LETTER, repository="Kennedy Library, National Security Files, Box 334."))
    assert entry["name_of_database"] == "Kennedy Library"
    assert entry["accession_number"] == "National Security Files, Box 334"


def test_an_editorial_note_is_a_chapter_of_its_volume() -> None:
    note = Record(
        title="Editorial Note",
        address="https://archive.example/documents/frus1961-63v05-d5/",
        archive="The Reading Room",
        kind="editorial-note",
        publication="Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union (Washington: "
        "United States Government Printing Office, 1998), Document 5, pp. 17–18",
    )
    (entry,) = read(note)
    assert entry["type_of_reference"] == "CHAP"
    assert entry["secondary_title"] == "Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union"
    assert entry["publisher"] == "United States Government Printing Office"
    assert (entry["place_published"], entry["year"]) == ("Washington", "1998")
    assert (entry["start_page"], entry["end_page"]) == ("17", "18")
