"""Runs a search through Haystack, whatever the engine."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from haystack import connections
from haystack.models import SearchResult

from search.engines.backend import Backend
from search.fields import FILTERS
from search.page.asked import SORTS, Asked
from search.query import Query

PER_PAGE = 20
#: Of each document that is shown, so many pieces are looked at.
PIECES = 8

logger = logging.getLogger(__name__)


class SearchUnavailable(Exception):
    """The engine could not answer; the reason is in the log."""


@dataclass(frozen=True)
class Found:
    """One page of results, how many there are in all, and for each filter its values with their counts."""

    results: Sequence[SearchResult]
    total: int
    page: int
    counts: dict[str, list[tuple[str, int]]]
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


def find(asked: Asked, query: Query, per_page: int = PER_PAGE) -> Found:
    """The page that was asked for, or the last one when there are not so many."""
    page = asked.page
    found = _run(asked, query, (page - 1) * per_page, page * per_page, facets=FILTERS)
    total = found["hits"]
    if not found["results"] and total:
        page = -(-total // per_page)
        found |= {"results": _run(asked, query, (page - 1) * per_page, page * per_page)["results"]}
    return Found(found["results"], total, page if total else 1, found["facets"]["fields"], per_page)


def find_all(asked: Asked, query: Query, most: int | None = None) -> Sequence[SearchResult]:
    """Every result, or so many at most, in the order that was asked for; all from one state of the index."""
    return _run(asked, query, 0, most)["results"]


def find_first(query: Query, choices: Sequence[Query], limit: int) -> Sequence[SearchResult]:
    """The best results, and no more than these."""
    with _engine() as engine:
        return engine.search(query, end_offset=limit, narrow_queries=choices)["results"]


def best_of(asked: Asked, query: Query, choices: Sequence[Query], limit: int) -> Sequence[SearchResult]:
    """The first results under these choices instead of those that were asked for."""
    with _engine() as engine:
        return engine.search(query, SORTS[asked.sort][1], end_offset=limit, narrow_queries=choices)["results"]


def words_like(beginning: str, limit: int) -> list[tuple[str, int]]:
    """The most common words of the index that begin like this folded form, and how many entries have each."""
    with _engine() as engine:
        return engine.words(beginning, limit)


def counts_of(query: Query, choices: Sequence[Query], name: str) -> dict[str, int]:
    """How many results have each value of a field of values."""
    with _engine() as engine:
        found = engine.search(query, end_offset=0, facets=[name], narrow_queries=choices)
    return dict(found["facets"]["fields"][name])


def count(query: Query, choices: Sequence[Query] = ()) -> int:
    """How many results there are."""
    with _engine() as engine:
        return engine.search(query, end_offset=0, narrow_queries=choices)["hits"]


def pieces_of(query: Query, documents: Sequence[str]) -> dict[str, list[str]]:
    """For each of these documents the keys of its pieces that have most of what was asked for, the best first."""
    found: dict[str, list[str]] = {}
    left = list(documents)
    while left:
        with _engine() as engine:
            pieces = engine.pieces(query, left, PIECES * len(left))
        for piece in pieces:
            found.setdefault(piece.document, []).append(piece.key)
        # A long document may have taken the places of all others: these are asked for once more.
        missing = [document for document in left if document not in found]
        left = missing if len(missing) < len(left) else []
    return found


def _run(asked: Asked, query: Query, start: int, end: int | None, facets: Sequence[str] = ()) -> dict[str, Any]:
    """What the engine says to all that was asked for. Making a query set of Haystack takes too long."""
    with _engine() as engine:
        return engine.search(query, SORTS[asked.sort][1], start, end, facets, asked.choices)


@contextmanager
def _engine() -> Iterator[Backend]:
    """The engine; whatever it raises, the reader gets a sentence."""
    try:
        yield connections["default"].get_backend()
    except Exception as error:
        logger.error("The search engine could not answer.", exc_info=error)
        raise SearchUnavailable(str(error)) from error
