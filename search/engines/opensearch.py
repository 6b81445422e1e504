"""A Haystack backend for OpenSearch, an engine on several machines.

In the settings of the connection, ``URL`` has the addresses of the nodes, joined by commas; ``INDEX_NAME`` is what the
names of the indexes begin with; ``TIMEOUT`` is how many seconds a search waits for a node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from haystack.backends import BaseEngine

from search import analysis
from search.engines import opensearch_cluster as cluster
from search.engines.asking import ArchiveSearchQuery
from search.engines.backend import Backend
from search.engines.opensearch_compile import Compiled, compile_query, narrowed
from search.engines.opensearch_indexes import VOCABULARY, Indexes
from search.engines.opensearch_limits import within_limit
from search.engines.opensearch_reading import Reader, value, values_only
from search.engines.opensearch_writing import Writer
from search.engines.ranking import Hit, Top, by_score
from search.fields import Shelf
from search.indexing import entries
from search.query import Query

#: Raised whenever the indexes are made otherwise.
VERSION = 1

#: Seconds to wait for the answer of a node: to a question, to a change, and to a portion of a whole index.
READING, WRITING, BUILDING = 5, 10, 120


class OpenSearchBackend(Backend):
    """One thread's way to a cluster."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self._urls: str = connection_options["URL"]
        self._name: str = connection_options["INDEX_NAME"]
        self._seconds: float = connection_options.get("TIMEOUT", READING)

    # Searching

    def top(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        weighed = limit and not order
        asked = self._compiled(shelf, query, filters)
        body = {
            "query": asked if weighed else {"bool": {"filter": [asked]}},
            "track_total_hits": True,
            "sort": [*([order] if order else ["_score", "place"]), "key"],
            **values_only(("key", "document")),
        }
        # Copies of an index differ a little in their scores: all pages of a search come from the same one.
        copy = hashlib.sha256(repr(query).encode()).hexdigest()[:8]
        with cluster.told(self._urls):
            total, found = self._reader.first(self._indexes.alias(shelf), body, limit, preference=copy)
        hits = [_hit(each, order) for each in found]
        return Top(total, hits if order else sorted(hits, key=by_score))

    def counts(
        self, shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        with cluster.told(self._urls):
            return self._reader.counts(self._indexes.alias(shelf), self._compiled(shelf, query, filters), names)

    def words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        with cluster.told(self._urls):
            return self._reader.words(self._indexes.both(), VOCABULARY, prefix, limit)

    def _compiled(self, shelf: Shelf, query: Query, filters: Sequence[Query]) -> Compiled:
        asked = narrowed(compile_query(query, shelf), [compile_query(each, shelf) for each in filters])
        return within_limit(asked, lambda part: self._keys(shelf, part))

    def _keys(self, shelf: Shelf, query: Compiled) -> list[str]:
        with cluster.told(self._urls):
            return [key for (key,) in self._reader.every(self._indexes.alias(shelf), query, ("key",))]

    # Keeping

    def exists(self, building: bool = False) -> bool:
        with cluster.told(self._urls):
            return self._indexes.exist(building)

    def held(self, building: bool = False) -> dict[str, str]:
        return dict(self._every({"exists": {"field": "stamp"}}, ("unit", "stamp"), building))

    def keys(self) -> Iterator[tuple[str, str]]:
        yield from self._every({"match_all": {}}, ("unit", "key"))

    @contextmanager
    def writing(self, building: bool = False) -> Iterator[Writer]:
        seconds = BUILDING if building else WRITING
        with cluster.told(self._urls):
            client = cluster.writing(self._urls, seconds)
            indexes = Indexes(client, self._name, _version())
            indexes.make(building)
            writer = Writer(client, indexes, building, seconds)
            # What a writer that was killed has left is to be seen by this one.
            writer.refresh()
            yield writer
            writer.finish()

    def switch(self) -> None:
        with cluster.told(self._urls):
            Indexes(cluster.writing(self._urls, BUILDING), self._name, _version()).switch()

    def discard(self, building: bool = False) -> None:
        with cluster.told(self._urls):
            Indexes(cluster.writing(self._urls, BUILDING), self._name, _version()).discard(building)

    def _every(self, query: Compiled, names: Sequence[str], building: bool = False) -> Iterator[tuple[str, ...]]:
        with cluster.told(self._urls):
            index = self._indexes.both(building)
            client = cluster.writing(self._urls, BUILDING)
            client.indices.refresh(index=index, params={"ignore_unavailable": "true"})
            yield from Reader(client, BUILDING).every(index, query, names)

    @property
    def _reader(self) -> Reader:
        return Reader(cluster.reading(self._urls, self._seconds), self._seconds)

    @property
    def _indexes(self) -> Indexes:
        return Indexes(cluster.reading(self._urls, self._seconds), self._name, _version())


def _hit(hit: dict[str, Any], order: str) -> Hit:
    return Hit(
        0.0 if order else hit["_score"],
        hit["sort"][0 if order else 1],
        value(hit, "key"),
        value(hit, "document"),
    )


def _version() -> str:
    """Names everything an index depends on: an index with another version must be rebuilt."""
    parts = (analysis.VERSION, entries.VERSION, VERSION)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


class OpenSearchEngine(BaseEngine):
    backend = OpenSearchBackend
    query = ArchiveSearchQuery
