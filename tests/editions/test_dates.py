"""Dates keep what was written, and never become more precise than that."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.dates import DateError, Precision, find_dates, read_date


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("7 March 1962", "1962-03-07", Precision.DAY),
        ("March 7, 1962", "1962-03-07", Precision.DAY),
        ("20 Mar. 1962", "1962-03-20", Precision.DAY),
        ("7th of March, 1962", "1962-03-07", Precision.DAY),
        ("March 1962", "1962-03", Precision.MONTH),
        ("1962", "1962", Precision.YEAR),
        ("February 21-23, 1962", "1962-02-21/1962-02-23", Precision.SPAN),
        ("21–23 February 1962", "1962-02-21/1962-02-23", Precision.SPAN),
        ("27 February - 2 March 1962", "1962-02-27/1962-03-02", Precision.SPAN),
        ("February 27–March 2, 1962", "1962-02-27/1962-03-02", Precision.SPAN),
        ("December 30, 1961 to January 2, 1962", "1961-12-30/1962-01-02", Precision.SPAN),
        ("January-February 1962", "1962-01-01/1962-02-28", Precision.SPAN),
        ("October, 14, 1965", "1965-10-14", Precision.DAY),
        ("May 10 1962", "1962-05-10", Precision.DAY),
        ("June 22-23 1972", "1972-06-22/1972-06-23", Precision.SPAN),
        ("12th March 1962", "1962-03-12", Precision.DAY),
        ("September 2/3, 1957", "1957-09-02/1957-09-03", Precision.SPAN),
        ("Sept. 2-3, 1957", "1957-09-02/1957-09-03", Precision.SPAN),
        ("2/3 September 1957", "1957-09-02/1957-09-03", Precision.SPAN),
        ("March 3rd and 4th, 1962", "1962-03-03/1962-03-04", Precision.SPAN),
        ("Wednesday, March 7, 1962", "1962-03-07", Precision.DAY),
        ("Wed. 7 March 1962", "1962-03-07", Precision.DAY),
        ("March 7, 1962, 3 p.m.", "1962-03-07", Precision.DAY),
        ("March 7, 1962—11:30 a.m.", "1962-03-07", Precision.DAY),
        ("March 7, 1962, 11:30 a.m.–1 p.m.", "1962-03-07", Precision.DAY),
        ("7 March 1962 at noon", "1962-03-07", Precision.DAY),
        ("March 7, 1962, 1020Z", "1962-03-07", Precision.DAY),
        ("23.3.1962", "1962-03-23", Precision.DAY),
        ("3/23/1962", "1962-03-23", Precision.DAY),
        ("3.3.1962", "1962-03-03", Precision.DAY),
        ("circa 1962", "1961-01-01/1963-12-31", Precision.SPAN),
        ("1962-03-07", "1962-03-07", Precision.DAY),
        ("1962-02/1962-04", "1962-02-01/1962-04-30", Precision.SPAN),
    ],
)
def test_it_reads_dates_as_historians_write_them(written: str, iso: str, precision: Precision) -> None:
    date = read_date(written)
    assert (date.iso, date.precision, date.display) == (iso, precision, written)


def test_square_brackets_mark_a_date_that_an_editor_supplied() -> None:
    date = read_date("[23 February 1962]")
    assert date.supplied
    assert date.display == "23 February 1962"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "February 30, 1962",
        "1962-13",
        "March 7",
        "7 March 1962 - 1 March 1962",
        "Wednesday",
        "March 1962, 3 p.m.",
        "30.2.1962",
        "13.14.1962",
        "7.3/1962",
    ],
)
def test_it_refuses_what_is_not_a_date(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text)


def test_it_refuses_a_day_in_numbers_that_may_be_two_days_and_names_both() -> None:
    with pytest.raises(DateError) as refused:
        read_date("7.3.1962")
    assert str(refused.value) == (
        "“7.3.1962” may be 7 March or 3 July. Write the month as a word: 7 March 1962, or 3 July 1962."
    )


def test_it_finds_the_days_that_a_stroke_joins_and_leaves_numbers_alone() -> None:
    text = "On the night of September 2/3, 1957, and on October, 14, 1965, see 2/3 of 7.3.1962. On May 2 1800 hours."
    found = find_dates(text)
    assert [date.iso for _, _, date in found] == ["1957-09-02/1957-09-03", "1965-10-14"]


def test_it_finds_dates_in_a_sentence_but_leaves_bare_years() -> None:
    found = find_dates("[Released March 18, 1962. Dated March 7, 1962, in the year 1962]")
    assert [date.iso for _, _, date in found] == ["1962-03-18", "1962-03-07"]


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_as_it_was_written(day: object) -> None:
    for pattern in ("{0:%B} {0.day}, {0.year}", "{0.day} {0:%b} {0.year}", "{0:%Y-%m-%d}"):
        date = read_date(pattern.format(day))
        assert date.earliest == date.latest == day


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = read_date(text)
    except DateError:
        return
    assert date.earliest <= date.latest
