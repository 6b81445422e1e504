"""The guide to searching tells the language as it is read."""

from __future__ import annotations

import re

import pytest

from archive.environment import ROOT
from search.language.lexing import FIELDS
from search.language.reading import FUZZY_SIZE, MAX_DEPTH, MAX_LENGTH, MAX_TERMS, PATTERN_SIZE, read
from search.language.typed_words import MAX_NEAR, MAX_PATTERN
from search.query import MAX_SLOP

GUIDE = (ROOT / "docs" / "searching.md").read_text(encoding="utf-8")
EXAMPLES = [typed for row in GUIDE.splitlines() if row.startswith("| `") for typed in re.findall("`([^`]{3,})`", row)]


@pytest.mark.parametrize("typed", EXAMPLES)
def test_every_example_is_read_without_a_problem(typed: str) -> None:
    reading = read(typed)

    assert reading.query
    assert not reading.problems


def test_every_field_has_an_example() -> None:
    assert {name for name in FIELDS if any(typed.startswith(f"{name}:") for typed in EXAMPLES)} == set(FIELDS)


def test_the_limits_are_told() -> None:
    limits = GUIDE.partition("## Limits")[2]

    for limit in (f"{MAX_LENGTH:,}", MAX_TERMS, FUZZY_SIZE, PATTERN_SIZE, MAX_DEPTH, MAX_NEAR, MAX_PATTERN):
        assert re.search(rf"\b{limit}\b", limits)
    assert f"Up to {MAX_SLOP}" in GUIDE
