"""Whatever is asked, each engine finds what the reference finds, counts it, and weighs it alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import hypothesis
import pytest
from hypothesis import strategies as st

from search.engines.backend import Backend, Hit
from search.fields import BEST, ORDERS, RESULTS_IN_PIECES, VALUES, Shelf
from search.indexing.entries import Entry
from search.query import Choice, Query
from tests.search.contract.queries import FILTERS, QUERIES
from tests.search.contract.reference import Reference, Score

RESULTS = Choice("type", ("document", *RESULTS_IN_PIECES))
SHELVES = st.sampled_from(Shelf)
LIMITS = st.one_of(st.just(10_000), st.integers(1, 30))


def for_any(engine: str, **given: st.SearchStrategy[object]) -> Callable[[Callable[..., None]], None]:
    """Runs what it decorates at once, for many examples; fewer where each is sent through a network."""
    examples = 50 if engine == "opensearch" else 150

    def run(check: Callable[..., None]) -> None:
        hypothesis.settings(max_examples=examples)(hypothesis.given(**given)(check))()

    return run


def test_the_best_come_first(engine: str, full: Backend, reference: Reference) -> None:
    @for_any(engine, shelf=SHELVES, query=QUERIES, filters=FILTERS, limit=LIMITS)
    def holds(shelf: Shelf, query: Query, filters: Sequence[Query], limit: int) -> None:
        expected = reference.matched(shelf, query, filters)
        found = full.top(shelf, query, filters, BEST, limit)

        assert found.total == len(expected)
        assert len(found.hits) == len({hit.key for hit in found.hits}) == min(limit, len(expected))
        for hit in found.hits:
            entry, score = expected[hit.key]
            assert hit.score in score, (hit, score)
            assert (hit.order, hit.document) == (entry.place, entry.values.get("document", ("",))[0])
        assert list(found.hits) == sorted(found.hits, key=lambda hit: (-round(hit.score, 4), hit.order))
        _no_better_is_left_out(found.hits, expected)


def _no_better_is_left_out(hits: Sequence[Hit], expected: dict[str, tuple[Entry, Score]]) -> None:
    shown = {hit.key for hit in hits}
    for key, (entry, score) in expected.items():
        if key not in shown:
            last = hits[-1]
            assert score.low * 0.98 - 0.001 <= last.score, (key, score, last)
            if score.low == score.high == last.score:
                assert last.order <= entry.place, (key, entry.place, last)


def test_any_order_is_of_all_that_match(engine: str, full: Backend, reference: Reference) -> None:
    orders = st.sampled_from(list(ORDERS.values()))

    @for_any(engine, shelf=SHELVES, query=QUERIES, filters=FILTERS, order=orders, limit=LIMITS)
    def holds(shelf: Shelf, query: Query, filters: list[Query], order: str, limit: int) -> None:
        expected = reference.matched(shelf, query, [*filters, RESULTS]).values()
        found = full.top(shelf, query, [*filters, RESULTS], order, limit)

        in_order = sorted((getattr(entry, order), entry.key) for entry, _ in expected)
        assert found.total == len(in_order)
        assert [(hit.order, hit.key) for hit in found.hits] == in_order[:limit]


def test_a_limit_of_nothing_gives_the_number(engine: str, full: Backend, reference: Reference) -> None:
    @for_any(engine, shelf=SHELVES, query=QUERIES, filters=FILTERS)
    def holds(shelf: Shelf, query: Query, filters: Sequence[Query]) -> None:
        found = full.top(shelf, query, filters, BEST, 0)

        assert (found.total, list(found.hits)) == (len(reference.matched(shelf, query, filters)), [])


def test_counts_are_exact(engine: str, full: Backend, reference: Reference) -> None:
    names = st.lists(st.sampled_from(VALUES), unique=True, max_size=8)

    @for_any(engine, shelf=SHELVES, query=QUERIES, filters=FILTERS, names=names)
    def holds(shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]) -> None:
        found = full.counts(shelf, query, filters, names)

        assert {name: found.get(name, {}) for name in names} == {
            name: reference.counts(shelf, query, filters, name) for name in names
        }


@pytest.mark.parametrize("prefix", ["", "c", "coop", "cooper", "u", "u.", "м", "strass", "1", "absent", "co*", "[a-z]"])
@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_words_are_counted_over_both_shelves(full: Backend, reference: Reference, prefix: str, limit: int) -> None:
    assert list(full.words(prefix, limit)) == reference.words(prefix)[:limit]
