"""A search can be limited to days, typed as anyone types them or chosen in the figure."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from documents.models import Collection
from search.page.dates import Range, range_of, read_range
from tests.search.asking import Answer, ask, follow
from tests.search.conftest import MakeDocument, give_date

_BAR = re.compile(
    r'<a href="(?P<address>[^"]*)" rel="nofollow" aria-label="(?P<name>[^:"]*): (?P<count>\d+) results?">'
)
_ROW = re.compile(
    r'<th scope="row"><a href="(?P<address>[^"]*)" rel="nofollow">(?P<name>.*?)</a></th><td>(?P<count>\d+)'
)


def bars(answer: Answer) -> list[tuple[str, int, str]]:
    """The bars of the figure: name, count and address."""
    return [(each["name"], int(each["count"]), unescape(each["address"])) for each in _BAR.finditer(answer.html)]


def rows(answer: Answer) -> list[tuple[str, int, str]]:
    return [(each["name"], int(each["count"]), unescape(each["address"])) for each in _ROW.finditer(answer.html)]


@pytest.mark.parametrize(
    ("after", "before", "first", "last", "said"),
    [
        ("1962", "1962", date(1962, 1, 1), date(1962, 12, 31), "1962"),
        ("1961", "1962", date(1961, 1, 1), date(1962, 12, 31), "1961–1962"),
        ("1962-02", "1962-02", date(1962, 2, 1), date(1962, 2, 28), "February 1962"),
        ("Feb. 1962", "March 7, 1962", date(1962, 2, 1), date(1962, 3, 7), "February 1962 to 7 March 1962"),
        ("1962-03-07", "", date(1962, 3, 7), None, "from 7 March 1962 on"),
        ("", "1962", None, date(1962, 12, 31), "until 1962"),
    ],
)
def test_bounds_are_read_as_one_types_them(
    after: str, before: str, first: date | None, last: date | None, said: str
) -> None:
    found = read_range(after, before)

    assert (found.first, found.last, str(found), found.problems) == (first, last, said, ())
    assert read_range(found.after, found.before) == found


@pytest.mark.parametrize(
    ("after", "before", "sentence"),
    [
        ("1962-13", "", "“1962-13” is not a date."),
        ("1963", "1962", "The dates end (“1962”) before they begin (“1963”)"),
    ],
)
def test_what_is_no_date_is_left_out_with_a_sentence(after: str, before: str, sentence: str) -> None:
    found = read_range(after, before)

    assert not found
    assert found.problems[0].startswith(sentence)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_typed_as_a_date_breaks_it(after: str, before: str) -> None:
    assert isinstance(read_range(after, before), Range)


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_days_and_their_bounds_are_the_same_range(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = read_range(*range_of(first, last))

    assert (found.first, found.last) == (first, last)


@pytest.mark.usefixtures("searchable")
def test_each_bar_finds_what_it_counts_from_years_to_days(client: Client) -> None:
    answer = ask(client, "space OR the", after="1961", before="1962-12")
    for grain in ("month", "day", "day"):
        assert bars(answer) == rows(answer) != []
        assert f"Results by {grain}" in answer.html
        for name, count, address in bars(answer):
            assert follow(client, address).total == count, name
        answer = follow(client, max(bars(answer), key=lambda bar: bar[1])[2])


@pytest.mark.usefixtures("search_index")
def test_a_document_of_uncertain_date_is_found_at_each_of_its_days(client: Client, make_document: MakeDocument) -> None:
    give_date(make_document("uncertain", "Some words."), date(1962, 2, 20), date(1962, 3, 5))
    call_command("refresh_index", verbosity=0)

    for after, before, finds in [
        ("1962-03-05", "1962-03-05", True),
        ("1962-02", "1962-02", True),
        ("1962-02-25", "", True),
        ("", "1962-02-19", False),
        ("1962-03-06", "1962-12", False),
    ]:
        assert bool(ask(client, "words", after=after, before=before).total) == finds, (after, before)
    months = [(name, count) for name, count, _ in bars(ask(client, "words", after="1962", before="1962"))]
    assert months == [("February 1962", 1), ("March 1962", 1)]


@pytest.mark.usefixtures("searchable")
def test_what_is_undated_is_left_out_and_can_be_let_in(client: Client) -> None:
    everything = ask(client, "space OR the OR president").total
    answer = ask(client, "space OR the OR president", after="1962")
    left_out = re.search(r'(\d+) undated results? left out: <a href="([^"]*)"', answer.html)

    assert left_out, "people have no date"
    assert answer.total + int(left_out[1]) == everything
    assert follow(client, unescape(left_out[2])).total == everything


@pytest.mark.usefixtures("searchable")
def test_the_page_says_what_is_wrong_with_a_date(client: Client) -> None:
    answer = ask(client, "space", after="soon")

    assert "“soon” is not a date." in answer.words
    assert 'value="soon"' in answer.html
    assert answer.total == ask(client, "space").total


@pytest.mark.usefixtures("searchable")
def test_years_of_former_addresses_are_dates(client: Client) -> None:
    assert "Written: 1962" in follow(client, "/search/?q=space&year=1962").words


def test_an_archive_of_centuries_has_bars_of_decades(client: Client, searchable: Collection) -> None:
    answer = ask(client, "space", after="1800", before="1999")

    assert [name for name, _, _ in bars(answer)] == ["1960–1969"]
