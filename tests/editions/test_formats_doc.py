"""The guide to formats names every format, every ending of files, and the limits as they are."""

import re

import pytest

from archive.environment import ROOT
from editions.readers.docx import package
from editions.readers.pdf import pages
from editions.readers.sources import FORMATS, LARGEST_SOURCE, SUFFIXES

GUIDE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
MEGABYTE = 2**20


@pytest.mark.parametrize("name", FORMATS)
def test_the_guide_has_the_format_with_its_endings(name: str) -> None:
    (row,) = [line for line in GUIDE.split("\n") if line.startswith(f"| `{name}` |")]
    assert re.findall(r"`(\.\w+)`", row) == list(FORMATS[name].suffixes)


def test_no_two_formats_share_an_ending() -> None:
    assert len(SUFFIXES) == sum(len(format.suffixes) for format in FORMATS.values())


@pytest.mark.parametrize(
    "row",
    [
        f"| a document's file | {LARGEST_SOURCE // MEGABYTE} MB |",
        f"| {package.LARGEST_PART // MEGABYTE} MB, and {package.LARGEST_RATIO} times its packed size |",
        f"| parts of a Word document | {package.MOST_PARTS} |",
        f"| levels of elements in a Word document | {package.DEEPEST} |",
        f"| pages of a PDF | {pages.MOST_PAGES} |",
        f"| {pages.LARGEST_STREAM // MEGABYTE} MB, all together {pages.ALL_STREAMS // MEGABYTE} MB |",
    ],
)
def test_the_guide_has_the_limit(row: str) -> None:
    assert row in GUIDE
