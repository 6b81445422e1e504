"""The index of a shelf as it is after a commit: its segments, open for reading, and what is reckoned over them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from threading import Lock

from haystack.exceptions import SearchBackendError
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engines.whoosh_segment import OpenSegment
from search.engines.whoosh_sets import bits, members
from search.engines.whoosh_words import Postings

#: What Whoosh calls an index in its folder.
INDEX = "MAIN"
#: A writer may take files away while they are opened; then there is a newer state. So often is it looked for.
_TRIES = 20


@dataclass(frozen=True)
class Live:
    """An open segment with the set of entries that it still has."""

    segment: OpenSegment
    entries: int

    @property
    def deleted(self) -> int:
        return ((1 << self.segment.size) - 1) & ~self.entries


@dataclass(frozen=True)
class Shelf:
    """One state of the index of a shelf."""

    segments: tuple[Live, ...]
    _lengths: dict[str, tuple[int, float]] = field(default_factory=dict)

    def average(self, name: str) -> tuple[int, float]:
        """How many entries have a field of words, and how many words they have of it on average."""
        if name not in self._lengths:
            count = total = 0
            for live in self.segments:
                words = live.segment.words(name)
                count += (words.having & live.entries).bit_count()
                total += words.total - sum(words.lengths[each] for each in members(live.deleted & words.having))
            self._lengths[name] = (count, total / count if count else 1.0)
        return self._lengths[name]

    def idf(self, name: str, postings: Callable[[OpenSegment], Postings]) -> float:
        """How much it says of an entry that it has a term: the less, the more entries have it."""
        count, _ = self.average(name)
        found = [(postings(live.segment), live) for live in self.segments]
        having = sum((each.bits & live.entries).bit_count() for each, live in found)
        return log(1 + (count - having + 0.5) / (having + 0.5))


class Shelves:
    """Opens the indexes of shelves, each once for all threads of a process; a segment is opened once for all states."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._states: dict[Path, tuple[tuple[int, ...], Shelf]] = {}
        self._segments: dict[Path, dict[str, OpenSegment]] = {}

    def open(self, folder: Path) -> Shelf | None:
        """The index in a folder as it is now; None when there is none. Raises ``SearchBackendError``."""
        try:
            for _ in range(_TRIES):
                state = _state(folder)
                known = self._states.get(folder)
                if state is None:
                    return None
                if known and known[0] == state:
                    return known[1]
                try:
                    return self._opened(folder, state)
                except FileNotFoundError:
                    continue
        except Exception as error:  # whatever a damaged file makes of itself
            raise SearchBackendError(f"The search index in {folder} cannot be opened: {error}") from error
        raise SearchBackendError(f"The search index in {folder} cannot be opened: files are missing.")

    def segment(self, folder: Path, stored: Segment) -> OpenSegment:
        opened = self._segments.setdefault(folder, {})
        name = stored.segment_id()
        if name not in opened:
            opened[name] = OpenSegment(folder, stored)
        return opened[name]

    def forget(self, folder: Path) -> None:
        """Closes every index within a folder, when nothing reads it any longer."""
        with self._lock:
            for known in [*self._segments]:
                if folder in known.parents:
                    self._states.pop(known, None)
                    del self._segments[known]

    def _opened(self, folder: Path, state: tuple[int, ...]) -> Shelf:
        with self._lock:
            stored = segments_of(folder)
            shelf = Shelf(tuple(Live(self.segment(folder, each), entries_of(each)) for each in stored))
            opened = self._segments.setdefault(folder, {})
            for gone in opened.keys() - {each.segment_id() for each in stored}:
                del opened[gone]
            self._states[folder] = (state, shelf)
            return shelf


def entries_of(segment: Segment) -> int:
    """The set of entries that a segment still has."""
    size = segment.doc_count_all()
    return ((1 << size) - 1) & ~bits(list(segment.deleted_docs()), size)


def segments_of(folder: Path) -> list[Segment]:
    """The segments of the last commit."""
    segments: list[Segment] = TOC.read(FileStorage(str(folder)), INDEX).segments
    return segments


def _state(folder: Path) -> tuple[int, ...] | None:
    """What is different after every commit; None when nothing was ever committed."""
    for _ in range(_TRIES):
        number = generation(folder)
        if number < 0:
            return None
        try:
            contents = (folder / TOC._filename(INDEX, number)).stat()
        except FileNotFoundError:  # another process has just written the next one
            continue
        return (number, contents.st_ino, contents.st_mtime_ns)
    return None


def generation(folder: Path) -> int:
    """How often the index in a folder was committed; less than 0 when it never was."""
    try:
        latest: int = TOC._latest_generation(FileStorage(str(folder)), INDEX)
    except FileNotFoundError:
        return -1
    return latest
