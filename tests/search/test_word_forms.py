"""A reader sees which words of the archive a search means."""

from __future__ import annotations

import pytest

from search.language.reading import read
from search.language.word_forms import MOST_LEAVES, SHOWN, word_forms

pytestmark = pytest.mark.usefixtures("searchable")


def told(typed: str) -> dict[str, set[str]]:
    query = read(typed).query
    assert query
    return {forms.typed: set(forms.words) for forms in word_forms(query)}


def test_a_word_means_its_forms() -> None:
    assert told("cooperating") == {"cooperating": {"cooperation", "cooperate", "cooperative"}}


def test_a_beginning_a_pattern_and_a_fuzzy_word_mean_what_they_match() -> None:
    assert told("cosmonaut*") == {"cosmonaut*": {"cosmonauts"}}
    assert told("c?smonau*s") == {"c?smonau*s": {"cosmonauts"}}
    assert told("krushchev~") == {"krushchev~": {"khrushchev"}}


def test_what_the_archive_does_not_have_is_told_as_nothing() -> None:
    assert told("zebra space -weather") == {"zebra": set(), "space": {"space"}}


def test_what_names_its_words_needs_no_telling() -> None:
    assert told('=space "outer space" from:kennedy date:1962') == {}


def test_the_most_common_are_shown_and_the_others_counted() -> None:
    query = read("co*").query
    assert query
    [forms] = word_forms(query)

    assert len(forms.words) == SHOWN
    assert forms.more > 0
    assert "cooperation" in forms.words


def test_of_a_long_search_the_first_words_are_told() -> None:
    assert len(told("space moon weather satellites earth rescue flight launch")) == MOST_LEAVES
