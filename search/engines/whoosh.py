"""A Haystack backend for Whoosh, an index in plain Python that needs nothing installed, and is the default.

The index is Whoosh's, and written by it; only the reading is the archive's own, which looks at all entries of a word at
once where Whoosh goes from one to the next (``docs/decisions/whoosh.md``). Against Haystack's backend for Whoosh: the
query is a value and never parsed here; slices, counts and facets are exact; values may have any characters; no removal
is lost; waiting for another writer has an end; nothing fails in silence.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from heapq import nlargest, nsmallest
from pathlib import Path
from typing import Any

import whoosh
from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchBackend

from search import analysis
from search.engines.asking import ArchiveSearchQuery
from search.engines.backend import Backend
from search.engines.places import Place
from search.engines.ranking import Hit, Top, by_score, constant_score, rank
from search.engines.whoosh_matching import Matching
from search.engines.whoosh_segment import OpenSegment
from search.engines.whoosh_sets import members
from search.engines.whoosh_shelf import Live, Shelves, generation
from search.engines.whoosh_shelf import Shelf as State
from search.engines.whoosh_writing import ShelfWriter
from search.fields import ALL, BEST, Shelf
from search.indexing import entries
from search.indexing.entries import Entry
from search.query import Query

#: Raised whenever what is in a segment changes.
VERSION = 3

#: More than what ``rank`` takes from a score or adds to it.
_ROUNDED = 0.0001
_SHELVES = Shelves()


class WhooshBackend(Backend, WhooshSearchBackend):
    """One thread's way to a Whoosh index. ``PATH`` in the settings of the connection is the folder of the indexes."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self._home = Path(connection_options["PATH"]) / _version()
        self._place = Place(self._home)
        self._answering: Path | None = None

    # Searching

    def top(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        state = self._state(shelf)
        if state is None:
            return Top(0, ())
        matching = Matching(state, shelf, query, filters)
        matched = [(live, matching.matched(live)) for live in state.segments]
        total = sum(found.bit_count() for _, found in matched)
        if not limit:
            return Top(total, ())
        same = constant_score(query) if order == BEST else 0.0
        if same is None:
            return Top(total, _best(matching, matched, limit))
        return Top(total, _first(matched, order or "place", limit, same))

    def counts(
        self, shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        state = self._state(shelf)
        sums: dict[str, dict[str, int]] = {name: {} for name in names}
        matching = Matching(state, shelf, query, filters) if state else None
        for live in state.segments if state and matching else ():
            matched = matching.matched(live)
            for name in names:
                found = sums[name]
                for value, count in live.segment.values(name).counts(matched).items():
                    found[value] = found.get(value, 0) + count
        return sums

    def words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        sums: dict[str, int] = {}
        for live in (live for shelf in Shelf for live in self._segments(shelf)):
            for form, count in live.segment.words(ALL).counts(prefix, live.deleted):
                if count:
                    sums[form] = sums.get(form, 0) + count
        return nsmallest(limit, sums.items(), key=lambda pair: (-pair[1], pair[0]))

    # Keeping

    def exists(self, building: bool = False) -> bool:
        folder = self._folder(building)
        return folder is not None and all(generation(folder / shelf) >= 0 for shelf in Shelf)

    def held(self, building: bool = False) -> dict[str, str]:
        found = {}
        for live in (live for shelf in Shelf for live in self._segments(shelf, building)):
            for number in members(live.entries):
                if stamp := live.segment.text("stamp", number):
                    found[live.segment.text("unit", number)] = stamp
        return found

    def keys(self) -> Iterator[tuple[str, str]]:
        for live in (live for shelf in Shelf for live in self._segments(shelf)):
            for number in members(live.entries):
                yield live.segment.text("unit", number), live.segment.text("key", number)

    @contextmanager
    def writing(self, building: bool = False) -> Iterator[_Writer]:
        folder = self._place.make(building)
        with ExitStack() as closing:
            writer = _Writer(folder, closing, self.timeout, building)
            yield writer
            writer.commit()

    def switch(self) -> None:
        self._place.switch()
        self._close()

    def discard(self, building: bool = False) -> None:
        self._place.discard(building)
        self._close()

    def _folder(self, building: bool = False) -> Path | None:
        folder = self._place.building() if building else self._place.current()
        if not building and folder != self._answering:
            # Another process has put a new index in place of the one that answered here.
            self._close()
            self._answering = folder
        return folder

    def _state(self, shelf: Shelf, building: bool = False) -> State | None:
        folder = self._folder(building)
        return _SHELVES.open(folder / shelf) if folder else None

    def _segments(self, shelf: Shelf, building: bool = False) -> Sequence[Live]:
        state = self._state(shelf, building)
        return state.segments if state else ()

    def _close(self) -> None:
        _SHELVES.forget(self._home)


class _Writer:
    """Writes both shelves. The pieces are committed first: a document whose stamp is there has all its pieces."""

    def __init__(self, folder: Path, closing: ExitStack, timeout: float, is_large: bool) -> None:
        self._writers = {}
        for shelf in (Shelf.PIECES, Shelf.DOCUMENTS):
            writer = ShelfWriter(folder, shelf, _SHELVES, timeout, is_large)
            closing.callback(writer.close)
            self._writers[shelf] = writer

    def remove(self, unit: str) -> None:
        for writer in self._writers.values():
            writer.remove(unit)

    def add(self, entry: Entry) -> None:
        self._writers[entry.shelf].add(entry)

    def commit(self) -> None:
        for writer in self._writers.values():
            writer.finish()
        for writer in self._writers.values():
            writer.commit()


def _best(matching: Matching, matched: Sequence[tuple[Live, int]], limit: int) -> list[Hit]:
    """Those that score most; what scores the same, in the order of the archive."""
    found = [(live.segment, matching.scores(live, within)) for live, within in matched if within]
    best = nlargest(limit, (score for _, scores in found for score, _ in scores))
    least = min(best, default=0.0) - _ROUNDED
    hits = []
    for segment, scores in found:
        kept = [(-rank(score), score, number) for score, number in scores if score > least]
        hits += [_hit(segment, number, score, "place") for _, score, number in sorted(kept)]
    return sorted(hits, key=by_score)[:limit]


def _first(matched: Sequence[tuple[Live, int]], order: str, limit: int, score: float) -> list[Hit]:
    """Those that come first in an order; all have the same score."""
    hits = []
    for live, within in matched:
        ranks = live.segment.ranks(order)
        numbers = nsmallest(limit, members(within), key=ranks.__getitem__)
        hits += [_hit(live.segment, number, score, order) for number in numbers]
    return sorted(hits, key=lambda hit: (hit.order, hit.key))[:limit]


def _hit(segment: OpenSegment, number: int, score: float, order: str) -> Hit:
    return Hit(score, segment.text(order, number), segment.text("key", number), segment.text("document", number))


def _version() -> str:
    """Names everything an index depends on: an index with another version must be rebuilt."""
    parts = (analysis.VERSION, entries.VERSION, VERSION, whoosh.__version__, sys.byteorder)
    return "whoosh-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


class WhooshEngine(BaseEngine):
    backend = WhooshBackend
    query = ArchiveSearchQuery
