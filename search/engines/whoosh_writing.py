"""Writes the index of a shelf: new segments beside the old ones, small ones made one, and a new table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from pathlib import Path

from haystack.exceptions import SearchBackendError
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.util.filelock import try_for

from search.engines.whoosh_building import Builder
from search.engines.whoosh_segment import StoredSegment
from search.engines.whoosh_sets import bits
from search.engines.whoosh_shelf import INDEX, Shelves, generation
from search.entries import Entry

#: A segment has about so many words at most, so that a whole archive need not be in memory.
WORDS = 6_000_000
#: So many segments of about the same size become one.
ALIKE = 8
#: So many words are rewritten at most for that, which takes about a second; or so many times as many as are new.
REWRITTEN, TIMES_REWRITTEN = 500_000, 8


class ShelfWriter:
    """The one writer of a shelf. Nothing it does is seen before ``commit``, and all of it after.

    Waits for another writer so many seconds, and then raises ``SearchBackendError``.
    """

    def __init__(self, folder: Path, shelves: Shelves, timeout: float) -> None:
        self._folder = folder
        self._shelves = shelves
        self._builder = Builder()
        folder.mkdir(exist_ok=True)
        self._storage = FileStorage(str(folder))
        self._lock = self._storage.lock(f"{INDEX}_WRITELOCK")
        if not try_for(self._lock.acquire, timeout=timeout, delay=0.02):
            raise SearchBackendError(
                f"Another process has been writing the search index for more than {timeout} seconds."
            )
        try:
            self._contents = self._read()
        except Exception as error:  # whatever a damaged file makes of itself
            self._lock.release()
            raise SearchBackendError(f"The search index in {folder} cannot be opened: {error}") from error
        self._segments: list[StoredSegment] = self._contents.segments

    def remove(self, unit: str) -> None:
        for stored in self._segments:
            segment = self._shelves.segment(self._folder, stored)
            stored.deleted |= segment.values("unit").one_of((unit,)).bits
        self._builder.remove(unit)

    def add(self, entry: Entry) -> None:
        self._builder.add(entry)
        if self._builder.words >= WORDS:
            self._write()

    def commit(self) -> None:
        self._merge()
        self._write()
        self._contents.segments = [each for each in self._segments if each.live]
        self._contents.generation += 1
        self._contents.write(self._storage, INDEX)
        clean_files(self._storage, INDEX, self._contents.generation, self._contents.segments)

    def close(self) -> None:
        self._lock.release()

    def _read(self) -> TOC:
        if generation(self._folder) < 0:
            TOC.create(self._storage, Schema(), INDEX)
        return TOC.read(self._storage, INDEX)

    def _write(self) -> None:
        """Makes a segment of what was added."""
        if self._builder.size:
            size = self._builder.size
            stored = StoredSegment(INDEX, size, self._builder.words, bits(self._builder.removed, size))
            self._builder.write(self._folder / stored.file_name)
            self._segments.append(stored)
            self._builder = Builder()

    def _merge(self) -> None:
        for stored in self._worn():
            self._segments.remove(stored)
            self._builder.take(self._shelves.segment(self._folder, stored), stored.live)

    def _worn(self) -> Sequence[StoredSegment]:
        """The segments of a size, when there are too many of them."""
        most = min(WORDS, max(REWRITTEN, TIMES_REWRITTEN * self._builder.words))
        chosen: list[StoredSegment] = []
        total = self._builder.words
        for size in sorted(set(map(_size, self._segments))):
            alike = [each for each in self._segments if _size(each) == size]
            together = total + sum(each.words for each in alike)
            if len(alike) + bool(chosen) >= ALIKE and together <= most:
                chosen += alike
                total = together
        return chosen


def _size(segment: StoredSegment) -> int:
    """A number for the size of a segment: one more for what so many segments of a size make together."""
    return round(log(segment.words, ALIKE))
