"""A Haystack backend for tantivy, an engine in Rust that keeps its index on this machine.

Each shelf is an index of its own, since tantivy reckons the average length of a text over all entries of an index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy
from haystack.backends import BaseEngine
from haystack.exceptions import SearchBackendError
from tantivy import Filter, Index, Order, Schema, SchemaBuilder, Searcher, TextAnalyzerBuilder, Tokenizer

from search import analysis, entries, fields
from search.analysis import PARAGRAPH_GAP, Analyzed
from search.engines.asking import ArchiveSearchQuery
from search.engines.backend import Backend, Hit, Top
from search.engines.places import Place
from search.engines.tantivy_compile import compile_query, narrowed
from search.entries import Entry
from search.fields import BEST, Shelf, forms
from search.query import Query

#: Raised whenever the schema below changes.
VERSION = 1

#: Stands where a blank line is, as often as it takes positions; an analyzer takes it out and leaves the positions.
_BLANK = "\u00b6"
_GAP = " " + " ".join([_BLANK] * PARAGRAPH_GAP) + " "
#: What the writer may use of memory, in bytes, for a few entries and for a whole archive.
_SMALL, _LARGE = 15_000_000, 400_000_000
#: tantivy counts values up to this many different ones.
_MOST_VALUES = 65_000


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


_STORED = ("document", "unit")


class TantivyBackend(Backend):
    """One thread's way to a tantivy index. ``PATH`` in the settings of the connection is the folder of the indexes."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self._place = Place(Path(connection_options["PATH"]) / _version())
        self._open: dict[Shelf, _Open] = {}

    # Searching

    def top(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        searcher = self._searcher(shelf)
        if searcher is None:
            return Top(0, ())
        asked = self._compiled(shelf, query, filters)
        if not limit:
            return Top(searcher.search(asked, 1).count or 0, ())
        by = {"order_by_field": order, "order": Order.Asc} if order else {}
        found = searcher.search(asked, limit, **by)
        return Top(found.count or 0, [_hit(searcher, score, address, order) for score, address in found.hits])

    def counts(
        self, shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        searcher = self._searcher(shelf)
        if searcher is None:
            return {}
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        found = searcher.aggregate(self._compiled(shelf, query, filters), asked)
        return {name: {each["key"]: each["doc_count"] for each in found[name]["buckets"]} for name in names}

    def words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        sums: dict[str, int] = {}
        for shelf in Shelf:
            searcher = self._searcher(shelf)
            for word, count in searcher.terms_with_prefix(forms(fields.ALL), prefix) if searcher else ():
                sums[word] = sums.get(word, 0) + count
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _compiled(self, shelf: Shelf, query: Query, filters: Sequence[Query]) -> tantivy.Query:
        schema = self._schemas[shelf]
        return narrowed(compile_query(query, schema, shelf), [compile_query(each, schema, shelf) for each in filters])

    # Opening

    @cached_property
    def _schemas(self) -> dict[Shelf, Schema]:
        return {shelf: schema_of(shelf) for shelf in Shelf}

    def _searcher(self, shelf: Shelf) -> Searcher | None:
        """The index of a shelf as it is now; None when there is none."""
        place = self._place.current()
        if place is None:
            return None
        opened = self._open.get(shelf)
        if opened is None or opened.folder != place / shelf:
            opened = self._open[shelf] = _Open(place / shelf)
        return opened.searcher()

    # Keeping

    def exists(self, building: bool = False) -> bool:
        folder = self._place.building() if building else self._place.current()
        return folder is not None and all(Index.exists(str(folder / shelf)) for shelf in Shelf if (folder / shelf).is_dir())

    def held(self, building: bool = False) -> dict[str, str]:
        found = {}
        for searcher in self._searchers(building):
            for hit in searcher.search(tantivy.Query.exists_query("unit"), max(1, searcher.num_docs)).hits:
                document = searcher.doc(hit[1])
                if stamp := document.get_first("stamp"):
                    found[document.get_first("unit")] = stamp
        return found

    def keys(self) -> Iterator[tuple[str, str]]:
        for searcher in self._searchers(building=False):
            for hit in searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits:
                document = searcher.doc(hit[1])
                yield document.get_first("unit"), document.get_first("key")

    @contextmanager
    def writing(self, building: bool = False) -> Iterator[_Writer]:
        folder = self._place.make(building)
        writer = _Writer(folder, self._schemas, _LARGE if building else _SMALL)
        try:
            yield writer
            writer.commit()
        finally:
            writer.close()

    def switch(self) -> None:
        self._place.switch()

    def discard(self, building: bool = False) -> None:
        self._open.clear()
        self._place.discard(building)

    def _searchers(self, building: bool) -> Iterator[Searcher]:
        folder = self._place.building() if building else self._place.current()
        for shelf in Shelf:
            if folder and Index.exists(str(folder / shelf)):
                yield _Open(folder / shelf).searcher()


class _Open:
    """An index open for reading, which sees each commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = _opened(folder)
        self._state: tuple[int, int] = (0, 0)

    def searcher(self) -> Searcher:
        meta = (self.folder / "meta.json").stat()
        state = (meta.st_ino, meta.st_mtime_ns)
        if state != self._state:
            self._index.reload()
            self._state = state
        return self._index.searcher()


class _Writer:
    """Writes both shelves. The pieces are committed first: a document whose stamp is there has all its pieces."""

    def __init__(self, folder: Path, schemas: dict[Shelf, Schema], memory: int) -> None:
        self._schemas = schemas
        self._writers = {}
        for shelf in (Shelf.PIECES, Shelf.DOCUMENTS):
            (folder / shelf).mkdir(exist_ok=True)
            index = _registered(Index(schemas[shelf], path=str(folder / shelf)))
            try:
                self._writers[shelf] = index.writer(memory, 1)
            except ValueError as error:
                self.close()
                raise SearchBackendError(f"The search index in {folder} cannot be written: {error}") from error

    def remove(self, unit: str) -> None:
        for writer in self._writers.values():
            writer.delete_documents_by_term("unit", unit)

    def add(self, entry: Entry) -> None:
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
        self._writers[entry.shelf].add_document(document)

    def commit(self) -> None:
        for writer in self._writers.values():
            writer.commit()

    def close(self) -> None:
        """Waits for what is still being merged, and gives up what was not committed."""
        for writer in self._writers.values():
            writer.wait_merging_threads()


def _hit(searcher: Searcher, score: Any, address: Any, order: str) -> Hit:
    document = searcher.doc(address)
    return Hit(
        score if order == BEST else 0.0,
        document.get_first(order or "place") or "",
        document.get_first("key"),
        document.get_first("document") or "",
    )


def _opened(folder: Path) -> Index:
    try:
        return _registered(Index.open(str(folder)))
    except ValueError as error:
        raise SearchBackendError(f"The search index in {folder} cannot be opened: {error}") from error


def _registered(index: Index) -> Index:
    terms = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([_BLANK])).build()
    index.register_tokenizer("terms", terms)
    return index


def _version() -> str:
    """Names everything an index depends on: an index with another version must be rebuilt."""
    parts = (analysis.VERSION, entries.VERSION, VERSION, tantivy.__version__)
    return "tantivy-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


class TantivyEngine(BaseEngine):
    backend = TantivyBackend
    query = ArchiveSearchQuery
