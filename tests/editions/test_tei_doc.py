"""docs/tei.md names every element that is read, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editions.readers.tei.blocks import BLOCKS
from editions.readers.tei.inlines import INLINES, picture_file, set_apart
from editions.readers.tei.lists import MEMO_TYPES
from editions.readers.tei.tree import DEEPEST
from editions.readers.tei.values import REND

PAGE = (Path(__file__).parents[2] / "docs" / "tei.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<elements>`[^|]+`) \|", re.MULTILINE)


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def named(title: str) -> list[str]:
    return [name for row in ROW.finditer(section(title)) for name in re.findall(r"`([^`]+)`", row["elements"])]


@pytest.mark.parametrize(
    ("title", "read"), [("Blocks", set(BLOCKS) - {"#"}), ("Within a block", set(INLINES))], ids=["blocks", "inlines"]
)
def test_the_tables_name_every_element_once(title: str, read: set[str]) -> None:
    found = named(title)
    assert sorted(found) == sorted(set(found))
    assert set(found) == read


def test_the_exceptions_are_those_that_are_made() -> None:
    left_out = {name for name, handler in INLINES.items() if handler in (set_apart, picture_file)}
    listed = section("What is left out, and reported").split("missing")[1]
    assert set(re.findall(r"`([^`]+)`", listed)) == left_out


def test_the_page_says_what_values_are_understood() -> None:
    assert all(kind in section("Blocks") for kind in MEMO_TYPES)
    assert all(word in section("Within a block") for word in ("italic", "bold", "strong", "underline", "smallcaps"))
    assert {"strikethrough", "italic", "strong"} <= set(REND)
    assert f"more than {DEEPEST} deep" in " ".join(PAGE.split())
