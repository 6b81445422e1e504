"""The title of a chapter that is a month or a day tells the year of what stands in it."""

from __future__ import annotations

import pytest

from editions.readers.tei.titles import day_in, year_of


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


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Telegram 23209 to McCone, September 16. Soviet buildup. CIA, Cables, 4 Sept.", "[September 16, 1962]"),
        ("“Current Economic Developments,” May 9. Food for Peace. 5 pp.", "[May 9, 1962]"),
        ("Draft letter, November 5, enclosing draft telegram to USUN.", "[November 5, 1962]"),
        ("Memorandum of conversation, June 9, 1961, between Lima and Ball.", None),
        ("Memorandum by McCone, September 31. There is no such day.", None),
        ("Plan of Action beginning June 1.", None),
    ],
)
def test_a_day_without_a_year_is_dated_by_its_chapter(title: str, day: str | None) -> None:
    found = day_in(title, "1962")
    assert (f"[{found.display}]" if found and found.supplied else found) == day
    assert day_in(title, "") is None
