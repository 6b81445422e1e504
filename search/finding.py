"""Runs a search through Haystack, whatever the engine."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from haystack import connections
from haystack.models import SearchResult
from haystack.query import SearchQuerySet

from search.asked import SORTS, Asked
from search.engines.backend import Backend
from search.fields import FILTERS
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
    found = _search(query, asked.choices).order_by(*SORTS[asked.sort][1])
    for name in FILTERS:
        found = found.facet(name)
    page = asked.page
    try:
        results = found[(page - 1) * per_page : page * per_page]
        total = len(found)
        if not results and total:
            page = -(-total // per_page)
            results = found[(page - 1) * per_page : page * per_page]
        counts = found.facet_counts()["fields"]
    except Exception as error:  # whatever the engine raises, the reader gets a sentence
        raise _unavailable(error) from error
    return Found(results, total, page if total else 1, counts, per_page)


def find_all(asked: Asked, query: Query, most: int | None = None) -> Sequence[SearchResult]:
    """Every result, or so many at most, in the order that was asked for; all from one state of the index."""
    found = _search(query, asked.choices).order_by(*SORTS[asked.sort][1])
    try:
        return found[0:most]
    except Exception as error:  # as above
        raise _unavailable(error) from error


def find_first(query: Query, choices: Sequence[Query], limit: int) -> Sequence[SearchResult]:
    """The best results, and no more than these."""
    try:
        return _search(query, choices)[:limit]
    except Exception as error:  # as above
        raise _unavailable(error) from error


def words_like(beginning: str, limit: int) -> list[tuple[str, int]]:
    """The most common words of the index that begin like this folded form, and how many entries have each."""
    try:
        return _backend().words(beginning, limit)
    except Exception as error:  # as above
        raise _unavailable(error) from error


def best_of(asked: Asked, query: Query, choices: Sequence[Query], limit: int) -> Sequence[SearchResult]:
    """The first results under these choices instead of those that were asked for."""
    try:
        return _search(query, choices).order_by(*SORTS[asked.sort][1])[:limit]
    except Exception as error:  # as above
        raise _unavailable(error) from error


def counts_of(query: Query, choices: Sequence[Query], name: str) -> dict[str, int]:
    """How many results have each value of a field of values."""
    try:
        found = _backend().search(query, end_offset=0, facets=[name], narrow_queries=choices)
    except Exception as error:  # as above
        raise _unavailable(error) from error
    return dict(found["facets"]["fields"][name])


def pieces_of(query: Query, documents: Sequence[str]) -> dict[str, list[str]]:
    """For each of these documents the keys of its pieces that have most of what was asked for, the best first."""
    found: dict[str, list[str]] = {}
    left = list(documents)
    try:
        while left:
            pieces = _backend().pieces(query, left, PIECES * len(left))
            for piece in pieces:
                found.setdefault(piece.document, []).append(piece.key)
            # A long document may have taken the places of all others: these are asked for once more.
            missing = [document for document in left if document not in found]
            left = missing if len(missing) < len(left) else []
    except Exception as error:  # as above
        raise _unavailable(error) from error
    return found


def count(query: Query, choices: Sequence[Query] = ()) -> int:
    """How many results there are."""
    try:
        return int(_backend().search(query, end_offset=0, narrow_queries=choices)["hits"])
    except Exception as error:  # as above
        raise _unavailable(error) from error


def _search(query: Query, choices: Sequence[Query]) -> SearchQuerySet:
    found = SearchQuerySet().filter(content=query)
    for choice in choices:
        found = found.narrow(choice)
    return found


def _backend() -> Backend:
    return connections["default"].get_backend()


def _unavailable(error: Exception) -> SearchUnavailable:
    logger.error("The search engine could not answer.", exc_info=error)
    return SearchUnavailable(str(error))
