"""A misspelled word is spelled as the archive has it, and a suggestion always finds something."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from search.finding import count
from search.language.reading import read
from search.language.spelling import FEW_RESULTS, Suggestion, suggest
from search.query import Choice, Query
from tests.search.conftest import Commit, MakeDocument

pytestmark = pytest.mark.usefixtures("searchable")


def suggested(typed: str, choices: Sequence[Query] = ()) -> Suggestion | None:
    query = read(typed).query
    assert query
    return suggest(query, count(query, choices), choices)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("satelites", "satellites"),
        ("sattelite", "satellite"),
        ("Krushchev", "Khrushchev"),
        ("KRUSHCHEV", "KHRUSHCHEV"),
        ("hrushchev", "khrushchev"),
        ("kooperation", "cooperation"),
        ("=cosmonuats", "=cosmonauts"),
        ('"heavenly maters"', '"heavenly matters"'),
        ("weathr satelites", "weather satellites"),
        ("(Mars OR Venuss) spaace", "(Mars OR Venus) space"),
        ("from:krushchev space", "from:khrushchev space"),
    ],
)
def test_a_misspelled_word_is_spelled_as_the_archive_has_it(typed: str, meant: str) -> None:
    found = suggested(typed)

    assert found and found.typed == meant
    assert found.count == count(found.query) > 0


@pytest.mark.parametrize("typed", ["weather", "zzyzzxqk", "129", "satt", "space satelit*", "satelites~", "date:1962"])
def test_what_is_spelled_well_or_like_nothing_is_left_alone(typed: str) -> None:
    assert suggested(typed) is None


def test_only_a_suggestion_that_finds_something_is_made() -> None:
    assert suggested("satelites -satellites") is None
    assert suggested("satelites", [Choice("kind", ("telegram",))]) is None


def test_a_search_with_results_enough_is_not_looked_at() -> None:
    query = read("satelites").query
    assert query

    assert suggest(query, FEW_RESULTS + 1) is None


def test_words_of_a_draft_are_never_suggested(make_document: MakeDocument, commit: Commit) -> None:
    with commit():
        document = make_document("secret", "The quokkaburra is known to nobody.")
    assert suggested("quokkabura")

    with commit():
        document.status = "draft"
        document.save()
    assert suggested("quokkabura") is None
