"""Both shelves as one list of results: ranked, counted under filters, and paged, by every engine alike."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from haystack.exceptions import SearchBackendError

from documents.models import Document, Footnote
from search import fields
from search.engines.backend import Backend
from search.fields import FILTERS, ORDERS, Shelf
from search.indexing.entries import Entry
from search.query import (
    And,
    Choice,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)
from tests.search.contract.conftest import Options, write
from tests.search.contract.corpus import document, entries, part, proposal
from tests.search.contract.reference import Reference

NO_PASSAGE = Not(Choice("type", (fields.PASSAGE,)))
QUERIES: Sequence[Query] = (
    Word("the"),
    Or((Word("test"), Word("women", "note"), Prefix("ba"))),
    And((Word("cooperation"), Not(Word("Москва")))),
    Or((Prefix("c"), Prefix("w"), Fuzzy("krushchev", distance=2))),
    Prefix("c"),
    Phrase(("of", "the"), slop=4),
    Everything(),
)
NARROWED: Sequence[Sequence[Query]] = (
    (),
    (Choice("kind", ("letter", "telegram")),),
    (Choice("type", ("document", "note")), Choice("year", ("1961", "1962")), Choice("kind", ("letter",))),
    (Choice("topic", ("outer space", "weather, satellites")), Dates(date(1961, 6, 1), date(1962, 5, 1), undated=True)),
    (Choice("type", ("person",)),),
    (Choice("type", ("absent",)),),
)


def keys(answer: dict[str, Any]) -> list[str]:
    return [f"documents.{result.model_name}.{result.pk}" for result in answer["results"]]


def matching(reference: Reference, query: Query, filters: Sequence[Query]) -> dict[str, Entry]:
    """The entries that are results, of both shelves."""
    return {
        key: entry
        for shelf in Shelf
        for key, (entry, _) in reference.matched(shelf, query, [*filters, NO_PASSAGE]).items()
    }


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("order", ["", *ORDERS])
def test_paging_reaches_every_result_once(full: Backend, reference: Reference, query: Query, order: str) -> None:
    sort_by = [order] if order else None
    expected = matching(reference, query, ())
    whole = keys(full.search(query, sort_by=sort_by))
    pages = [
        full.search(query, sort_by=sort_by, start_offset=start, end_offset=start + 13)
        for start in range(0, len(expected) + 13, 13)
    ]

    assert list(itertools.chain.from_iterable(map(keys, pages))) == whole
    assert sorted(whole) == sorted(expected)
    assert {page["hits"] for page in pages} == {len(expected)}
    if order:
        assert whole == sorted(expected, key=lambda key: getattr(expected[key], ORDERS[order]))


@pytest.mark.parametrize("filters", NARROWED, ids=str)
@pytest.mark.parametrize("query", QUERIES[:4], ids=str)
def test_counts_stay_right_when_filters_are_combined(
    full: Backend, reference: Reference, query: Query, filters: Sequence[Query]
) -> None:
    counts = full.search(query, end_offset=0, narrow_queries=set(filters), facets=FILTERS)["facets"]["fields"]

    for name in FILTERS:
        others = [each for each in filters if not (isinstance(each, Choice) and each.field == name)]
        found = matching(reference, query, others).values()
        expected = Counter(value for entry in found for value in entry.values.get(name, ()))
        assert counts[name] == sorted(expected.items(), key=lambda pair: (-pair[1], pair[0])), name


@pytest.mark.parametrize("filters", NARROWED, ids=str)
def test_every_count_is_what_choosing_the_value_gives(full: Backend, filters: Sequence[Choice]) -> None:
    chosen = {each.field for each in filters if isinstance(each, Choice)}
    before = full.search(Word("the"), narrow_queries=set(filters), facets=FILTERS)["facets"]["fields"]

    for name in set(FILTERS) - chosen:
        for value, count in before[name]:
            assert (
                full.search(Word("the"), end_offset=0, narrow_queries={*filters, Choice(name, (value,))})["hits"]
                == count
            )


@pytest.mark.parametrize("start", [0, 1, 5, 11, 12, 30])
@pytest.mark.parametrize("length", [0, 1, 3, 20])
def test_slices_are_what_they_say(full: Backend, start: int, length: int) -> None:
    whole = keys(full.search(Word("test")))

    assert len(whole) > 12
    assert (
        keys(full.search(Word("test"), start_offset=start, end_offset=start + length)) == whole[start : start + length]
    )


def test_models_choose_types(full: Backend, reference: Reference) -> None:
    found = keys(full.search(Word("the"), models={Document, Footnote}))
    expected = matching(reference, Word("the"), [Choice("type", ("document", "note"))])

    assert sorted(found) == sorted(expected)


@pytest.fixture
def ranked(options: Callable[[], Options], opened: Callable[[Options], Backend]) -> Backend:
    """Two documents with the words as often as each other, together in one of them, and a note that has them alone."""
    filler = [f"{word} " * 100 for word in ("alpha", "beta", "gamma")]
    backend = opened(options())
    apart = document(1, f"weather {filler[0]}", filler[1], f"satellites {filler[2]}", title="One")
    together = document(2, filler[0], f"weather satellites {filler[1]}", filler[2], title="Two")
    short = document(3, "nothing", notes=("weather satellites",), title="Three")
    write(backend, entries(apart, together, short, document(4, "other", title="Four")))
    return backend


def test_a_document_that_says_it_in_one_place_comes_before_one_that_does_not(ranked: Backend) -> None:
    found = keys(ranked.search(And((Word("weather"), Word("satellite")))))

    assert set(found) == {f"documents.{key}" for key in ("footnote.301", "document.1", "document.2", "document.3")}
    assert found.index("documents.document.2") < found.index("documents.document.1")


def test_results_carry_their_score_and_their_document(ranked: Backend) -> None:
    results = ranked.search(And((Word("weather"), Word("satellite"))))["results"]

    assert [result.score for result in results] == sorted((result.score for result in results), reverse=True)
    assert {(result.model_name, result.pk, result.document) for result in results} >= {("footnote", "301", "3")}


def test_values_may_hold_any_characters(options: Callable[[], Options], opened: Callable[[Options], Backend]) -> None:
    backend = opened(options())
    names = ["a, b", 'say "yes"', "o'brien", "with  two spaces", "Ünï", "*", "a:b", "(", "AND", "\\", "п"]
    topic = "running, and jumping"
    senders = [part("from", "X", name) for name in names]
    write(backend, entries(document(1, "space", parts=senders, proposals=(proposal(1, "Y", 1, 1, topic),))))

    found = backend.search(Everything(), facets=["from", "topic"])["facets"]["fields"]
    assert found == {"from": [(name, 2) for name in sorted(names)], "topic": [(topic, 2)]}
    for name in names:
        assert backend.search(Everything(), narrow_queries={Choice("from", (name,))})["hits"] == 2


def test_more_values_than_an_engine_counts_at_once(
    options: Callable[[], Options], opened: Callable[[Options], Backend]
) -> None:
    backend = opened(options())
    many = [f"agent-{number:05}" for number in range(12_000)]
    senders = [part("from", "", name) for name in many]
    write(backend, entries(document(1, "space", parts=senders)))

    assert backend.search(Everything(), facets=["from"])["facets"]["fields"]["from"] == [(name, 1) for name in many]
    assert backend.search(Everything(), narrow_queries={Choice("from", tuple(many))})["hits"] == 1


def test_a_query_of_very_many_words_is_run(full: Backend, reference: Reference) -> None:
    many = Or((*(Word(f"absent{number}") for number in range(1500)), Word("women")))

    assert full.search(many)["hits"] == len(matching(reference, Word("women"), ()))


def test_a_deep_query_is_run(full: Backend, reference: Reference) -> None:
    query: Query = Word("women")
    for _ in range(20):
        query = Not(And((Not(query), Not(Word("absent")))))

    assert full.search(query)["hits"] == len(matching(reference, Word("women"), ()))


@pytest.mark.parametrize(
    ("leaf", "as_well"),
    [
        (Word("x" * 5000), ()),
        (Prefix("x" * 5000), ()),
        (Fuzzy("x" * 300, distance=2), ()),
        (Phrase(("z",) * 200), ()),
        (Wildcard("x" + "?" * 3000), ()),
        (Wildcard("w" + "*" * 3000), ("weather", "woman", "women", "womb")),
        (Wildcard("w*?????n"), ()),
        (Wildcard("c*" + "?" * 10), ("cooperation", "cooperating", "corporation")),
        (Wildcard("c*o*o*" + "?" * 8), ("cooperation", "cooperating")),
        (Wildcard("a" + "*a" * 500), ()),
    ],
    ids=lambda value: str(value)[:20],
)
def test_long_words_and_patterns_are_no_trouble(
    full: Backend, reference: Reference, leaf: Leaf, as_well: Sequence[str]
) -> None:
    expected = Or(tuple(Exact(word) for word in as_well))

    assert full.search(leaf)["hits"] == len(matching(reference, expected, ()))


def test_no_engine_takes_text(full: Backend) -> None:
    with pytest.raises(TypeError, match="query values only"):
        full.search("space OR 1=1")


@pytest.mark.parametrize("asked", [{"highlight": True}, {"within": {}}, {"date_facets": {"date": {}}}])
def test_what_the_engines_do_not_do_is_refused(full: Backend, asked: dict[str, object]) -> None:
    with pytest.raises(SearchBackendError, match="do not do this"):
        full.search(Everything(), **asked)
    with pytest.raises(SearchBackendError, match="keeps no text"):
        full.more_like_this(object())
