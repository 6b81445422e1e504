"""A Haystack backend for tantivy, an engine in Rust that keeps its index on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy
from haystack.backends import BaseEngine
from tantivy import Index, Order, Schema, Searcher

from search import fields
from search.engines.asking import ArchiveSearchQuery
from search.engines.backend import Backend
from search.engines.places import Place
from search.engines.ranking import Hit, Top, by_score, constant_score, rank
from search.engines.tantivy_compile import narrowed
from search.engines.tantivy_index import (
    LARGE,
    PATIENCE,
    SMALL,
    OpenIndex,
    ShelfWriter,
    schema_of,
    trouble_as_errors,
    version,
)
from search.fields import BEST, Shelf, forms
from search.query import Query

#: More values of a field than tantivy gathers in one go: beyond that, it raises an error, and leaves none out.
_MOST_VALUES = 1_000_000
#: Of more equals than these, the first are not found by looking at each.
_FEW_EQUALS = 500
#: How long to wait for another writer to end, in seconds.
_TIMEOUT = 10.0

_Pair = tuple[float, tantivy.DocAddress]

#: So many beginnings of words are kept with their words.
_MOST_PREFIXES = 50


class TantivyBackend(Backend):
    """One thread's way to a tantivy index. Of the connection's settings, ``PATH`` is the folder of the indexes, and
    ``TIMEOUT`` says for how many seconds a writer waits for another one."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self._place = Place(Path(connection_options["PATH"]) / version())
        self._timeout = float(connection_options.get("TIMEOUT", _TIMEOUT))
        self._open: dict[Shelf, OpenIndex] = {}
        #: For beginnings of words that were asked for last, the state of both shelves and what they had then.
        self._kept_words: dict[str, tuple[object, list[tuple[str, int]]]] = {}

    # Searching

    def top(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        with self._reading(shelf) as searcher:
            if searcher is None:
                return Top(0, ())
            asked = narrowed(query, filters, self._schemas[shelf], shelf, searcher)
            if not limit:
                return Top(searcher.search(asked, 1).count or 0, ())
            same = constant_score(query)
            if order == BEST and same is None:
                return _best(self._open[shelf], searcher, asked, limit)
            found = searcher.search(asked, limit, order_by_field=order or "place", order=Order.Asc)
            score = same if order == BEST and same else 0.0
            return Top(found.count or 0, [_hit(searcher, score, address, order) for _, address in found.hits])

    def counts(
        self, shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        with self._reading(shelf) as searcher:
            if searcher is None or not names:
                return {}
            asked = narrowed(query, filters, self._schemas[shelf], shelf, searcher)
            return _counts(searcher, asked, names)

    def words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        state = [self._state(shelf) for shelf in Shelf]
        kept = self._kept_words.get(prefix)
        if kept is None or kept[0] != state:
            if len(self._kept_words) >= _MOST_PREFIXES:
                self._kept_words.clear()
            kept = self._kept_words[prefix] = (state, self._all_words(prefix))
        return kept[1][:limit]

    def _state(self, shelf: Shelf) -> object:
        with self._reading(shelf) as searcher:
            return self._open[shelf].state if searcher else None

    def _all_words(self, prefix: str) -> list[tuple[str, int]]:
        sums: dict[str, int] = {}
        for shelf in Shelf:
            with self._reading(shelf) as searcher:
                for word, count in self._words(shelf, searcher, prefix) if searcher else ():
                    sums[word] = sums.get(word, 0) + count
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))

    def _words(self, shelf: Shelf, searcher: Searcher, prefix: str) -> list[tuple[str, int]]:
        field = forms(fields.ALL)
        if not self._open[shelf].has_removed:
            return searcher.terms_with_prefix(field, prefix)
        found = searcher.terms_with_prefix(field, prefix, tantivy.Query.all_query())
        return [(word, count) for word, count in found if count]

    # Opening

    @cached_property
    def _schemas(self) -> dict[Shelf, Schema]:
        return {shelf: schema_of(shelf) for shelf in Shelf}

    @contextmanager
    def _reading(self, shelf: Shelf) -> Iterator[Searcher | None]:
        """The index of a shelf as it is now; None when there is none."""
        place = self._place.current()
        with trouble_as_errors(place):
            yield self._searcher(place / shelf) if place else None

    def _searcher(self, folder: Path) -> Searcher:
        shelf = Shelf(folder.name)
        opened = self._open.get(shelf)
        if opened is None or opened.folder != folder:
            opened = self._open[shelf] = OpenIndex(folder)
        return opened.searcher()

    # Keeping

    def exists(self, building: bool = False) -> bool:
        folder = self._folder(building)
        shelves = [folder / shelf for shelf in Shelf] if folder else []
        return bool(shelves) and all(path.is_dir() and Index.exists(str(path)) for path in shelves)

    def held(self, building: bool = False) -> dict[str, str]:
        found = {}
        with trouble_as_errors(self._folder(building)):
            for searcher in self._searchers(building):
                for _, address in searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits:
                    document = searcher.doc(address)
                    if stamp := document.get_first("stamp"):
                        found[document.get_first("unit")] = stamp
        return found

    def keys(self) -> Iterator[tuple[str, str]]:
        with trouble_as_errors(self._folder(building=False)):
            for searcher in self._searchers(building=False):
                for _, address in searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits:
                    document = searcher.doc(address)
                    yield document.get_first("unit"), document.get_first("key")

    @contextmanager
    def writing(self, building: bool = False) -> Iterator[ShelfWriter]:
        folder = self._place.make(building)
        with trouble_as_errors(folder):
            writer = ShelfWriter(folder, self._schemas, LARGE if building else SMALL, self._timeout)
        try:
            yield writer
            with trouble_as_errors(folder):
                writer.commit()
        finally:
            writer.close(None if building else PATIENCE)

    def switch(self) -> None:
        self._place.switch()

    def discard(self, building: bool = False) -> None:
        self._open.clear()
        self._place.discard(building)

    def _folder(self, building: bool) -> Path | None:
        return self._place.building() if building else self._place.current()

    def _searchers(self, building: bool) -> Iterator[Searcher]:
        folder = self._folder(building)
        for shelf in Shelf:
            if folder and Index.exists(str(folder / shelf)):
                yield OpenIndex(folder / shelf).searcher()


def _best(opened: OpenIndex, searcher: Searcher, asked: tantivy.Query, limit: int) -> Top:
    """By score, then by place. tantivy knows the score only: where the limit cuts through equals, all are looked at."""
    found = searcher.search(asked, limit + 1)
    total, pairs = found.count or 0, found.hits
    if len(pairs) > limit and rank(pairs[-1][0]) == rank(pairs[-2][0]):
        last = rank(pairs[-1][0])
        pairs = [pair for pair in searcher.search(asked, total).hits if rank(pair[0]) >= last]
        equals = {_number(address): (score, address) for score, address in pairs if rank(score) == last}
        if len(equals) > _FEW_EQUALS:
            better = pairs[: len(pairs) - len(equals)]
            pairs = [*better, *_by_place(searcher, asked, equals, limit - len(better), total)]
    hits = [Hit(score, *opened.record(searcher, address)) for score, address in pairs]
    hits.sort(key=by_score)
    return Top(total, hits[:limit])


def _by_place(
    searcher: Searcher, asked: tantivy.Query, equals: Mapping[tuple[int, int], _Pair], wanted: int, total: int
) -> list[_Pair]:
    """The first of many equals: results are gone through by place, more and more of them, until there are enough."""
    found: list[_Pair] = []
    looked = 4 * wanted
    while len(found) < wanted:
        placed = searcher.search(asked, min(looked, total), order_by_field="place", order=Order.Asc).hits
        found = [equals[_number(address)] for _, address in placed if _number(address) in equals]
        if looked >= total:
            break
        looked *= 8
    return found[:wanted]


def _number(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _counts(searcher: Searcher, asked: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
    try:
        found = searcher.aggregate(asked, {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names})
    except ValueError as error:
        if "bucket limit" not in str(error):
            raise
        # More different values than tantivy gathers: they are looked up one by one.
        listed = {name: searcher.terms_with_prefix(name, "", asked) for name in names}
        return {name: {value: count for value, count in values if count} for name, values in listed.items()}
    return {name: {each["key"]: each["doc_count"] for each in found[name]["buckets"]} for name in names}


def _hit(searcher: Searcher, score: float, address: tantivy.DocAddress, order: str) -> Hit:
    document = searcher.doc(address)
    return Hit(
        score,
        document.get_first(order or "place") or "",
        document.get_first("key"),
        document.get_first("document") or "",
    )


class TantivyEngine(BaseEngine):
    backend = TantivyBackend
    query = ArchiveSearchQuery
