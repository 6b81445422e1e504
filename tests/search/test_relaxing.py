"""A search that is too narrow is relaxed into one for most of its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from search.language.reading import read
from search.language.relaxing import relax
from search.query import Or, wanted
from tests.search.test_reading import SEARCHES


@pytest.mark.parametrize(
    ("typed", "relaxed"),
    [
        ("weather satellites moon", "weather OR satellites OR moon"),
        ("the weather of satellites and the moon", "weather OR satellites OR moon"),
        ('"outer space" weather moon', '"outer space" OR weather OR moon'),
        ("weather satellites moon date:1962", "(weather OR satellites OR moon) date:1962-01-01..1962-12-31"),
        ("note:weather satellites moon kind:letter", "(note:weather OR satellites OR moon) kind:letter"),
        (
            "The President (who was -not- alone) asked: “cooperating in outer space?” Cooperation OR rivalry",
            "President OR alone OR asked OR cooperating OR outer OR space OR rivalry",
        ),
    ],
)
def test_any_of_the_words_will_do(typed: str, relaxed: str) -> None:
    assert str(relax(read(typed).query)) == relaxed


@pytest.mark.parametrize(
    "typed",
    [
        "weather",
        "weather moon",
        "the weather and the moon",
        "weather OR moon OR stars",
        "weather satellites -moon",
        "weather satellites moon*",
        '"weather satellites moon"',
        "date:1962 kind:letter",
    ],
)
def test_what_was_asked_for_with_care_is_not_relaxed(typed: str) -> None:
    assert relax(read(typed).query) is None


def test_a_long_quotation_is_relaxed_into_its_words() -> None:
    passage = "early operational weather satellite system serving every country of this earth"
    relaxed = relax(read(f'"{passage}"').query)

    assert isinstance(relaxed, Or)
    assert [word.text for word in wanted(relaxed)] == passage.replace("of this ", "").split()


@settings(deadline=None)
@given(SEARCHES)
def test_it_never_fails_and_never_narrows(typed: str) -> None:
    query = read(typed).query
    relaxed = relax(query) if query else None

    assert relaxed is None or len(list(wanted(relaxed))) >= 3
