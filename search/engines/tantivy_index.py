"""The files of a tantivy index: what they hold, and how they are opened and written.

Each shelf is an index of its own, since tantivy reckons the average length of a text over all entries of an index.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import tantivy
from haystack.exceptions import SearchBackendError
from tantivy import (
    DocAddress,
    Filter,
    Index,
    IndexWriter,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzerBuilder,
    Tokenizer,
)

from search import analysis, fields
from search.analysis import PARAGRAPH_GAP
from search.fields import Shelf, forms
from search.indexing import entries
from search.indexing.entries import Entry

logger = logging.getLogger(__name__)

#: Raised whenever the schema below changes.
VERSION = 1

#: Stands where a blank line is, as often as it takes positions; an analyzer takes it out and leaves the positions.
_BLANK = "\u00b6"
_GAP = " " + " ".join([_BLANK] * PARAGRAPH_GAP) + " "
#: What a writer may use of memory for each shelf, in bytes, for a few entries and for a whole archive.
SMALL, LARGE = 15_000_000, 200_000_000
#: How long to wait before asking again for the lock of another writer, in seconds.
_PAUSE = 0.02
#: How long one who writes a few entries waits for segments to be merged, in seconds.
PATIENCE = 0.2
#: So many records are kept of each shelf.
MOST_RECORDS = 20_000
_STORED = ("document", "unit")


def version() -> str:
    """Names everything an index depends on: an index with another version must be rebuilt."""
    parts = (analysis.VERSION, entries.VERSION, VERSION, tantivy.__version__)
    return "tantivy-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def schema_of(shelf: Shelf) -> Schema:
    """The fields of a shelf's index, as ``search.fields`` has them."""
    builder = SchemaBuilder()
    for name in fields.WORDS[shelf]:
        builder.add_text_field(name, tokenizer_name="terms")
        builder.add_text_field(forms(name), tokenizer_name="terms")
    for name in fields.VALUES:
        builder.add_text_field(name, stored=name in _STORED, fast=True, tokenizer_name="raw", index_option="basic")
    for name in fields.ORDERS.values():
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("key", "stamp"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("earliest", "latest"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


@contextmanager
def trouble_as_errors(folder: Path | None) -> Iterator[None]:
    """Turns whatever tantivy raises into ``SearchBackendError``; a panic, too, which is no ``Exception``."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchBackendError(f"The search index in {folder} cannot be used: {error}") from error
    except BaseException as error:
        # The class is made by the engine when it first panics, and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchBackendError(f"The search index in {folder} is damaged: {error}") from error


class Record(NamedTuple):
    """What is told of an entry when it is found, best first."""

    place: str
    key: str
    document: str


class OpenIndex:
    """The index of a shelf open for reading, which sees each commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = _with_analyzer(Index.open(str(folder)))
        # By itself tantivy would see a commit at any moment, and the records below would be of another state.
        self._index.config_reader("manual")
        self._state = (0, 0)
        self._records: dict[tuple[int, int], Record] = {}
        #: Whether the index still counts words of entries that were removed.
        self.has_removed = False

    @property
    def state(self) -> tuple[Path, tuple[int, int]]:
        """What is different after every commit, and in every other index."""
        return self.folder, self._state

    def searcher(self) -> Searcher:
        meta = self.folder / "meta.json"
        found = meta.stat()
        state = (found.st_ino, found.st_mtime_ns)
        if state != self._state:
            segments = json.loads(meta.read_text())["segments"]
            self.has_removed = any(segment.get("deletes") for segment in segments)
            self._index.reload()
            self._records = {}
            self._state = state
        return self._index.searcher()

    def record(self, searcher: Searcher, address: DocAddress) -> Record:
        """What the index keeps of an entry. One search asks for many of them more than once."""
        number = (address.segment_ord, address.doc)
        found = self._records.get(number)
        if found is None:
            if len(self._records) >= MOST_RECORDS:
                self._records.clear()
            document = searcher.doc(address)
            found = Record(
                document.get_first("place") or "", document.get_first("key"), document.get_first("document") or ""
            )
            self._records[number] = found
        return found


class ShelfWriter:
    """Writes both shelves. The pieces are committed first: a document whose stamp is there has all its pieces."""

    def __init__(self, folder: Path, schemas: Mapping[Shelf, Schema], memory: int, timeout: float) -> None:
        """Waits for another writer to end; raises ``SearchBackendError`` when that takes longer than the timeout."""
        self._folder = folder
        self._writers: dict[Shelf, IndexWriter] = {}
        until = time.monotonic() + timeout
        try:
            for shelf in (Shelf.PIECES, Shelf.DOCUMENTS):
                (folder / shelf).mkdir(exist_ok=True)
                index = _with_analyzer(Index(schemas[shelf], path=str(folder / shelf)))
                self._writers[shelf] = _locked(index, memory, until)
        except BaseException:
            self.close()
            raise

    def remove(self, unit: str) -> None:
        with trouble_as_errors(self._folder):
            for writer in self._writers.values():
                writer.delete_documents_by_term("unit", unit)

    def add(self, entry: Entry) -> None:
        # What a full disk does not take is told by whatever is added after it.
        with trouble_as_errors(self._folder):
            self._writers[entry.shelf].add_document(_document(entry))

    def commit(self) -> None:
        for writer in self._writers.values():
            writer.commit()

    def close(self, patience: float | None = None) -> None:
        """Gives up what was not committed, and merges segments where there are too many of them.

        Merging a large index takes seconds, during which what was committed is found already. It is waited for as many
        seconds as one has patience; then it goes on by itself, and the next writer waits for its end.
        """
        merging = Thread(target=self._merge)
        merging.start()
        merging.join(patience)

    def _merge(self) -> None:
        for writer in self._writers.values():
            try:
                writer.wait_merging_threads()
            except BaseException as error:  # a panic is no Exception
                logger.warning("Segments of the search index could not be merged: %s", error)


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    for name, terms in entry.words.items():
        document.add_text(name, _GAP.join(map(" ".join, terms.stems)))
        document.add_text(forms(name), _GAP.join(map(" ".join, terms.forms)))
    for name, values in entry.values.items():
        for value in values:
            document.add_text(name, value)
    for name in ("key", "stamp", *fields.ORDERS.values()):
        document.add_text(name, getattr(entry, name))
    document.add_unsigned("earliest", entry.earliest)
    document.add_unsigned("latest", entry.latest)
    return document


def _locked(index: Index, memory: int, until: float) -> IndexWriter:
    while True:
        try:
            return index.writer(memory, 1)
        except ValueError as error:
            if "Lock" not in str(error):
                raise
            if time.monotonic() >= until:
                message = "Another process has been writing the search index for too long."
                raise SearchBackendError(message) from error
        time.sleep(_PAUSE)


def _with_analyzer(index: Index) -> Index:
    terms = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([_BLANK])).build()
    index.register_tokenizer("terms", terms)
    return index
