"""What a query finds is found in the text, word by word, in the voice that was asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.language.distance import Near
from search.language.reading import read
from search.matching import Matcher
from tests.search.test_reading import SEARCHES

TEXT = "The ban on nuclear tests, said Krushchev, helps women and a woman; cooperation helps."


def found(typed: str, text: str, voice: str = "") -> list[str]:
    return [text[hit.start : hit.end] for hit in Matcher(read(typed).query).hits(text, voice)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("testing", ["tests"]),
        ("=tests", ["tests"]),
        ("=test", []),
        ("=KRUSHCHEV", ["Krushchev"]),
        ("wom?n", ["women", "woman"]),
        ("wom*", ["women", "woman"]),
        ("w*n", []),
        ("coop*n", ["cooperation"]),
        ("coop?n", []),
        ("khrushchev~", ["Krushchev"]),
        ("khruschchev~", []),
        ("khruschchev~2", ["Krushchev"]),
        ("tesst~", ["tests"]),
        ("tessts~", ["tests"]),
        ("tesstts~", []),
        ("testss~", ["tests"]),
        ('"nuclear testing"', ["nuclear tests"]),
        ('="nuclear testing"', []),
        ('="nuclear tests"', ["nuclear tests"]),
        ('"ban tests"~2', ["ban", "tests"]),
        ('"ban tests"~1', []),
        ('"tests ban"~4', ["ban", "tests"]),
        ('"tests ban"~3', []),
        ('="ban test"~5', []),
        ('"ban nuclear women"~5', ["ban", "nuclear", "women"]),
        ('"ban nuclear women"~2', []),
        ("ban -tests", ["ban"]),
        ("date:1962 kind:letter ban", ["ban"]),
        ("from:krushchev", []),
        ("topic:nuclear", []),
    ],
)
def test_it_finds_what_every_kind_of_word_means(typed: str, words: list[str]) -> None:
    assert found(typed, TEXT) == words


def test_a_near_phrase_marks_only_words_that_stand_near_each_other() -> None:
    text = "A ban. Then a BAN on the TESTS, and one two three four five tests."

    assert found('"test ban"~4', text) == ["BAN", "TESTS"]


def test_no_phrase_crosses_a_blank_line() -> None:
    assert found('"test ban"~15', "a test\n\nban") == found('"test ban"', "a test\n\nban") == []


@pytest.mark.parametrize(
    ("typed", "voices"),
    [
        ("space", {"text", "note", "source", "title"}),
        ("text:space", {"text"}),
        ("note:space", {"note"}),
        ("source:space", {"source"}),
        ("title:space", {"title"}),
        ("note:space OR title:space", {"note", "title"}),
        ("person:space", set()),
    ],
)
def test_it_finds_words_in_the_voice_they_were_asked_for_in(typed: str, voices: set[str]) -> None:
    assert {voice for voice in ("text", "note", "source", "title") if found(typed, "space", voice)} == voices


def test_accents_and_apostrophes_make_no_difference() -> None:
    assert found("naiv* OR earth's OR ma?ana", "naïve earth’s mañana") == ["naïve", "earth’s", "mañana"]


def distance(one: str, other: str) -> int:
    """Optimal string alignment as the textbook has it."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(changed, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.sampled_from([1, 2]))
def test_the_distance_of_words_is_counted_as_the_engines_count_it(one: str, other: str, most: int) -> None:
    expected = distance(one, other)

    assert Near(one, most).distance(other) == (expected if expected <= most else None)


@settings(deadline=None)
@given(SEARCHES, st.text(max_size=10_000))
def test_no_search_fails_in_any_text(typed: str, text: str) -> None:
    matcher = Matcher(read(typed).query)

    for voice in ("", "note"):
        hits = matcher.hits(text, voice)
        assert all(hit.start < hit.end for hit in hits)
        assert all(before.end <= after.start for before, after in pairwise(hits))
        assert not hits or matcher.may_match(text, voice)


@pytest.mark.parametrize("typed", ["aa*a*a*b", '"a b"~15', "aaaaab~2", "aa????????????b", '"a b c d e f g h"~15'])
@pytest.mark.parametrize("text", ["a" * 10_000, "a b c " * 2_000, "aaaaaaab " * 1_000])
def test_no_pattern_runs_away_in_any_text(typed: str, text: str) -> None:
    hits = Matcher(read(typed).query).hits(text)

    assert all(before.end <= after.start for before, after in pairwise(hits))
