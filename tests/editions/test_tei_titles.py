"""The title of a chapter that is a month or a day tells the year of what stands in it."""

from __future__ import annotations

import pytest

from editions.readers.tei.titles import year_of


@pytest.mark.parametrize(
    ("chapter", "year"),
    [
        ("October 1962", "1962"),
        ("October 23, 1962", "1962"),
        ("November–December 1960", "1960"),
        ("Janaury 1963", "1963"),
        ("Cuba", ""),
        ("The Crisis of October 1962", ""),
        ("October 1962 to March 1963", ""),
        ("Exchanges, 1961–1963", ""),
    ],
)
def test_the_year_of_a_chapter(chapter: str, year: str) -> None:
    assert year_of(chapter) == year
