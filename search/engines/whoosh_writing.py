"""Writes the index of a shelf with Whoosh's own writer: new segments beside the old ones, and small ones made one.

A large archive is written by several processes: a segment each, as Whoosh's own writer for several processes does it,
which leaves its processes behind when something fails.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Sequence
from math import log
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from haystack.exceptions import SearchBackendError
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from search.engines.whoosh_schema import CODEC, as_document, schema_of, words_in
from search.engines.whoosh_segment import OpenSegment
from search.engines.whoosh_shelf import INDEX, Shelves, generation
from search.fields import Shelf
from search.indexing.entries import Entry

#: So many words are written by a process of their own, into a segment of their own; fewer are not worth one.
MOST, LEAST = 5_000_000, 200_000
#: So many segments of about the same size become one.
ALIKE = 8
#: So many words are rewritten at most for that, which takes less than a second; or so many times as many as are new.
REWRITTEN, TIMES_REWRITTEN = 100_000, 2
#: What Whoosh may have in memory before it writes it away to be sorted, in megabytes of its own reckoning.
_MEMORY = 2_000


class ShelfWriter:
    """The one writer of a shelf. Nothing it does is seen before ``commit``, and all of it after.

    Waits for another writer so many seconds, and then raises ``SearchBackendError``. With ``is_large``, another process
    writes while more is added.
    """

    def __init__(self, folder: Path, shelf: Shelf, shelves: Shelves, timeout: float, is_large: bool) -> None:
        self._folder = folder / shelf
        self._shelf = shelf
        self._shelves = shelves
        self._is_large = is_large and _can_fork()
        self._waiting: list[Entry] = []
        self._words = self._words_waiting = 0
        self._process: _SegmentProcess | None = None
        self._made: list[Segment] = []
        self._added: defaultdict[str, list[int]] = defaultdict(list)
        self._folder.mkdir(exist_ok=True)
        self._storage = FileStorage(str(self._folder))
        self._lock = self._storage.lock(f"{INDEX}_WRITELOCK")
        if not try_for(self._lock.acquire, timeout=timeout, delay=0.02):
            raise SearchBackendError(
                f"Another process has been writing the search index for more than {timeout} seconds."
            )
        try:
            self._writer = self._open()
        except Exception as error:  # whatever a damaged file makes of itself
            self._lock.release()
            raise SearchBackendError(f"The search index in {self._folder} cannot be opened: {error}") from error

    def remove(self, unit: str) -> None:
        self._waiting = [entry for entry in self._waiting if entry.unit != unit]
        for number in self._added.pop(unit, ()):
            self._writer.newsegment.delete_document(number)
        self._collect()
        for segment in (*self._writer.segments, *self._made):
            for number in self._opened(segment).values("unit").having(unit):
                segment.delete_document(number)

    def add(self, entry: Entry) -> None:
        words = sum(map(words_in, entry.words.values()))
        self._words += words
        if not self._is_large:
            self._write(entry)
            return
        self._waiting.append(entry)
        self._words_waiting += words
        if self._words_waiting >= MOST:
            self.finish()

    def finish(self) -> None:
        """Has what waits be written, by one process at a time for each shelf."""
        if self._words_waiting >= LEAST:
            self._collect()
            self._process = _SegmentProcess(self._folder, self._waiting)
        else:
            for entry in self._waiting:
                self._write(entry)
        self._waiting, self._words_waiting = [], 0

    def commit(self) -> None:
        self._collect()
        self._writer.commit(mergetype=self._merged)

    def close(self) -> None:
        """Gives up what was not committed."""
        if self._process:
            self._process.stop()
        try:
            if not self._writer.is_closed:
                self._writer.cancel()
        finally:
            self._lock.release()

    def _open(self) -> SegmentWriter:
        if generation(self._folder) < 0:
            TOC.create(self._storage, schema_of(self._shelf), INDEX)
        return _writer(self._storage)

    def _opened(self, segment: Segment) -> OpenSegment:
        return self._shelves.segment(self._folder, segment)

    def _write(self, entry: Entry) -> None:
        self._added[entry.unit].append(self._writer.docnum)
        self._writer.add_document(**as_document(entry))

    def _collect(self) -> None:
        """Waits for the other process to write its segment."""
        if self._process:
            self._made.append(self._process.segment())
            self._process = None

    def _merged(self, writer: SegmentWriter, segments: Sequence[Segment]) -> list[Segment]:
        """The segments that stay beside the new one, which takes in the others."""
        left = [each for each in (*segments, *self._made) if each.doc_count()]
        for segment in self._worn(left):
            left.remove(segment)
            _take(writer, segment, self._opened(segment))
        return left

    def _worn(self, segments: Sequence[Segment]) -> Sequence[Segment]:
        """The segments of a size, when there are too many of them."""
        words = {each: self._words_of(each) for each in segments}
        most = max(REWRITTEN, TIMES_REWRITTEN * self._words)
        chosen: list[Segment] = []
        total = self._words
        for size in sorted(set(map(_size, words.values()))):
            alike = [each for each in segments if _size(words[each]) == size]
            together = total + sum(map(words.__getitem__, alike))
            if len(alike) + bool(chosen) >= ALIKE and together <= most:
                chosen += alike
                total = together
        return chosen

    def _words_of(self, segment: Segment) -> int:
        """About how many words the entries have that a segment still has."""
        return self._opened(segment).number_of_words * segment.doc_count() // segment.doc_count_all()


class _SegmentProcess:
    """A process that writes entries into one segment. It has them from this one as they are, without a copy."""

    def __init__(self, folder: Path, entries: Sequence[Entry]) -> None:
        context = multiprocessing.get_context("fork")
        self._result, result = context.Pipe(duplex=False)
        self._process = context.Process(target=_write, args=(folder, entries, result), daemon=True)
        self._process.start()
        result.close()

    def segment(self) -> Segment:
        """The segment, when it is written."""
        try:
            found: Segment = self._result.recv()
        except EOFError as error:
            raise SearchBackendError("A process that wrote a part of the search index has failed.") from error
        self._process.join()
        return found

    def stop(self) -> None:
        self._process.terminate()
        self._process.join()


def _write(folder: Path, entries: Sequence[Entry], result: Connection) -> None:
    # Millions of postings are looked through for nothing.
    gc.disable()
    # Its lock would outlive the process that has it.
    Thread(target=_end_with_parent, daemon=True).start()
    writer = _writer(FileStorage(str(folder)))
    for entry in entries:
        writer.add_document(**as_document(entry))
    result.send(writer._finalize_segment())


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _writer(storage: FileStorage) -> SegmentWriter:
    # Who calls this has the lock.
    return SegmentWriter(FileIndex(storage, indexname=INDEX), _lk=False, limitmb=_MEMORY, codec=CODEC)


def _take(writer: SegmentWriter, segment: Segment, opened: OpenSegment) -> None:
    """Adds the entries of a segment, as ``add_reader`` does, which reads one posting after the other."""
    reader = SegmentReader(writer.storage, writer.schema, segment)
    first = writer.docnum
    numbers = writer.write_per_doc(set(writer.schema.names()), reader)
    names = list(reader.indexed_field_names())
    reader.close()
    for name in names:
        terms = opened.reader.terms(name)
        for text, start in zip(terms.texts, terms.starts, strict=True):
            term = text.encode()
            found = opened.reader.postings(start, places=True)
            places = found.places or [b""] * len(found.entries)
            for entry, frequency, place in zip(found.entries, found.frequencies, places, strict=True):
                number = first + entry if numbers is None else numbers.get(entry)
                if number is not None:
                    writer.pool.add((name, term, number, frequency, place))
    writer._added = True


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and not multiprocessing.current_process().daemon


def _size(words: int) -> int:
    """A number for the size of a segment: one more for what so many segments of a size make together."""
    return round(log(words + 1, ALIKE))
