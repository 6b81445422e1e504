"""CSV: a table that reads back the same, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.dates import read_date
from interchange.bibliography import Name, Record
from interchange.formats import csv_table
from interchange.formats.csv_table import COLUMNS
from tests.interchange import made_up

LETTER = Record("A letter", "https://archive.example/documents/a-letter/", "The Reading Room")
#: An apostrophe that guards a cell.
GUARD = re.compile(r"'(?=[\s']*[=+\-@＝＋－＠\t\r\n])")


def read(*records: Record) -> list[dict[str, str]]:
    file = "".join(csv_table.write(records)).encode()
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


@given(st.lists(made_up.records, max_size=3))
def test_every_cell_is_read_back_once_its_guard_is_taken_away(records: list[Record]) -> None:
    found = read(*records)
    assert len(found) == len(records)
    for row, record in zip(found, records, strict=True):
        assert list(row) == list(COLUMNS)
        assert {name: GUARD.sub("", cell, count=1) if GUARD.match(cell) else cell for name, cell in row.items()} == {
            name: column(record) for name, column in COLUMNS.items()
        }


@given(made_up.records)
def test_no_cell_begins_like_a_formula(record: Record) -> None:
    (row,) = read(record)
    assert not [cell for cell in row.values() if cell.lstrip().startswith(tuple("=+-@＝＋－＠"))]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(title: str) -> None:
    (row,) = read(replace(LETTER, title=title))
    assert row["title"] == f"'{title}"


def test_it_begins_with_the_mark_of_utf_8_and_a_row_of_names() -> None:
    assert "".join(csv_table.write([])).encode().startswith(b"\xef\xbb\xbfid,url,kind,number,title,")


def test_rows_end_with_carriage_return_and_line_feed() -> None:
    assert all(piece.endswith("\r\n") for piece in csv_table.write([LETTER, LETTER]))


def test_several_names_stand_in_one_cell() -> None:
    (row,) = read(replace(LETTER, senders=(Name("John F. Kennedy"), Name("Dean Rusk"))))
    assert row["senders"] == "John F. Kennedy; Dean Rusk"


def test_a_date_has_its_bounds_and_who_gave_it() -> None:
    (dated,) = read(replace(LETTER, date=read_date("[March 1962]")))
    assert [dated[name] for name in dated if name.startswith("date")] == [
        "March 1962",
        "1962-03-01",
        "1962-03-31",
        "month",
        "yes",
    ]
    (undated,) = read(LETTER)
    assert {undated[name] for name in undated if name.startswith("date")} == {""}
