"""JSON: one array, whatever stands in the texts, with the keys that the guide tells."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from archive.environment import ROOT
from documents.models import Document
from editions.dates import read_date
from interchange.bibliography import Name, Record
from interchange.formats import json_array
from interchange.formats.csv_table import COLUMNS
from tests.interchange import made_up

GUIDE = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
FULL = Record(
    "A letter",
    "https://archive.example/documents/a-letter/",
    "The Reading Room",
    senders=(Name("Martin Luther King, Jr.", "King, Martin Luther, Jr.", True), Name("Department of State")),
    date=read_date("[circa 1962]"),
)


def section(heading: str) -> str:
    return GUIDE.split(f"## {heading}\n")[1].split("\n## ")[0]


@given(st.lists(made_up.records, max_size=3))
def test_it_is_one_array_of_objects_with_the_same_keys(records: list[Record]) -> None:
    found = json.loads("".join(json_array.write(records)))
    assert found == [json_array.as_object(record) for record in records]
    assert [entry["title"] for entry in found] == [record.title for record in records]


def test_the_guide_tells_every_key_and_no_other() -> None:
    cells = re.findall(r"^\| (`.*?`) \|", section("JSON"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(cells))) == set(json_array.as_object(FULL))


def test_the_guide_tells_every_kind() -> None:
    (row,) = [line for line in GUIDE.split("\n") if line.startswith("| `kind` |")]
    assert set(re.findall(r"`([\w-]+)`", row)) == {"kind", *Document.Kind.values}


def test_the_guide_tells_every_column_of_the_table() -> None:
    listed = section("CSV").split("columns")[1].split(".")[0]
    assert re.findall(r"`(\w+)`", listed) == list(COLUMNS)


def test_names_are_parted_only_where_that_is_known() -> None:
    king, department = json_array.as_object(FULL)["senders"]
    assert (king["family"], king["given"], king["suffix"]) == ("King", "Martin Luther", "Jr.")
    assert department == {"name": "Department of State", "family": "", "given": "", "suffix": ""}


def test_a_date_has_what_is_written_and_what_it_can_mean() -> None:
    assert json_array.as_object(FULL)["date"] == {
        "display": "circa 1962",
        "earliest": "1961-01-01",
        "latest": "1963-12-31",
        "precision": "span",
        "supplied": True,
    }
