"""What docs/references.md shows as found is found, and what it shows as left alone is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from archive.environment import ROOT
from editions.references.context import Context
from editions.references.resolve import Resolver

GUIDE = (ROOT / "docs" / "references.md").read_text(encoding="utf-8")
HERE = Context(
    "frus1961-63v25",
    "388",
    "Public Papers of the Presidents of the United States: John F. Kennedy, 1962",
    date(1962, 3, 7),
)
FOUND = GUIDE.partition("## What is found in the series")[2].partition("## Where they lead")[0]
ROWS = [row for row in re.findall(r"^\| (.+?) \| (.+) \|$", FOUND, re.MULTILINE) if row[0] != "words"]
LEFT_ALONE = re.findall(r'"([^"]+)"', GUIDE.partition("## What is left alone")[2].partition("##")[0])


def targets(text: str) -> list[str]:
    resolver = Resolver(HERE, {"1", "2", "3"})
    resolver.targets("See Document 30.")
    return [target for _, _, target in resolver.targets(text)]


@pytest.mark.parametrize(("words", "meaning"), ROWS)
def test_what_the_guide_shows_is_found(words: str, meaning: str) -> None:
    found = [targets(example) for example in words.split(" · ")]
    assert all(found)
    for identifier in re.findall(r"`([^`]+)`", meaning.partition(" likewise")[0].partition(";")[0]):
        assert any(identifier in each for each in found), identifier


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_what_the_guide_says_is_left_alone_is(words: str) -> None:
    assert targets(words) == []
