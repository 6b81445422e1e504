"""Haystack's Whoosh backend with its faults mended, for an archive with several processes that read and write.

Against the original: the query is a value and never parsed here; slices, counts and facets are exact; values may have
commas; sort orders may be mixed; removals wait for the lock, and waiting has an end; nothing fails in silence.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from django.db.models import Model
from haystack import connections
from haystack.backends import BaseEngine, log_query
from haystack.backends.whoosh_backend import WhooshSearchBackend
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError, SkipDocument
from haystack.indexes import SearchIndex
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.scoring import BM25F
from whoosh.writing import CLEAR, SegmentWriter

from search.analysis import tokens
from search.query import Choice
from search.engines.asking import ArchiveSearchQuery
from search.engines.whoosh_compile import compile_query
from search.engines.whoosh_schema import FORMS, is_searched, schema_of, version_of
from search.engines.whoosh_sets import Shelf, bits, members
from search.entries import prepared
from search.pending import Pending
from search.query import Query


class Backend(WhooshSearchBackend):
    """One thread's way to the index. Every engine of the archive also offers ``follow``, ``rebuild`` and ``held``."""

    def __init__(self, connection_alias: str, **connection_options: object) -> None:
        super().__init__(connection_alias, **connection_options)
        self.folder = Path(str(self.path))
        self.pending = Pending(self.folder / "pending")
        self._shelf: Shelf | None = None

    # What the index looks like

    @cached_property
    def schema(self) -> whoosh_index.Schema:
        return schema_of(self._unified.all_searchfields())

    @cached_property
    def version(self) -> str:
        return version_of(self.schema)

    @cached_property
    def weights(self) -> dict[str, float]:
        fields = self._unified.all_searchfields().items()
        return {name: field.boost or 1.0 for name, field in fields if is_searched(field)}

    @property
    def _unified(self) -> object:
        return connections[self.connection_alias].get_unified_index()

    # Opening

    def exists(self) -> bool:
        """Whether there is an index as this version of the archive makes it."""
        return whoosh_index.exists_in(str(self.folder / self.version))

    def setup(self) -> None:
        """Opens the index, and makes an empty one where there is none."""
        place = self.folder / self.version
        try:
            place.mkdir(parents=True, exist_ok=True)
            storage = FileStorage(str(place))
            if not whoosh_index.exists(storage):
                self._create(storage)
            self.index = storage.open_index(schema=self.schema)
        except OSError as error:
            raise SearchBackendError(f"The search index in {place} cannot be opened: {error}") from error
        self.setup_complete = True

    def _create(self, storage: FileStorage) -> None:
        """Making an index clears its folder, so only one process may do it, and only once."""
        lock = storage.lock("create")
        lock.acquire(blocking=True)
        try:
            if not whoosh_index.exists(storage):
                FileIndex.create(storage, self.schema)
        finally:
            lock.release()

    def shelf(self) -> Shelf:
        """The index as it is now, open for reading."""
        if not self.setup_complete or self.index.latest_generation() < 0:
            self.setup()
        state = self._state()
        if self._shelf is None or self._shelf.state != state:
            self._shelf = Shelf(self.index.searcher(weighting=BM25F(B=0.75, K1=1.2)), state)
        return self._shelf

    def _state(self) -> tuple[int, ...]:
        """What is different after every commit, even into an index that was put in place of another."""
        generation = self.index.latest_generation()
        try:
            contents = (self.folder / self.version / f"_{self.index.indexname}_{generation}.toc").stat()
        except FileNotFoundError:  # another process has just written the next one
            return (generation,)
        return (generation, contents.st_ino, contents.st_mtime_ns)

    # Searching

    @log_query
    def search(
        self,
        query: Query,
        sort_by: Sequence[str] | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        facets: Iterable[str] | None = None,
        narrow_queries: Iterable[Choice] | None = None,
        models: Iterable[type[Model]] | None = None,
        result_class: Callable[..., SearchResult] = SearchResult,
        **kwargs: object,
    ) -> dict[str, object]:
        """Runs a query value. Facet counts are exact; those of a narrowed field are made as if it were not narrowed."""
        if not isinstance(query, Query):
            raise TypeError("The engine runs query values only; read text with search.reading.read.")
        shelf = self.shelf()
        choices = [*(narrow_queries or ())]
        if models:
            choices.append(Choice(DJANGO_CT, tuple(get_model_ct(model) for model in models)))
        scores = _scores(shelf, compile_query(query, self.weights))
        matched = bits((number for _, number in scores), shelf.size)
        within = matched
        for choice in choices:
            within &= shelf.chosen(choice)
        page = _ordered(shelf, scores, within, sort_by or ())[start_offset:end_offset]
        return {
            "results": [self._result(shelf, result_class, score, number) for score, number in page],
            "hits": within.bit_count(),
            "facets": {"fields": {field: shelf.counts(field, matched, choices) for field in facets or ()}},
            "spelling_suggestion": None,
        }

    def _result(self, shelf: Shelf, make: Callable[..., SearchResult], score: float, number: int) -> SearchResult:
        stored = shelf.searcher.stored_fields(number)
        app_label, model_name = stored[DJANGO_CT].split(".")
        rest = {name: value for name, value in stored.items() if name not in (ID, DJANGO_CT, DJANGO_ID)}
        return make(app_label, model_name, stored[DJANGO_ID], score, **rest)

    def more_like_this(self, *args: object, **kwargs: object) -> dict[str, object]:
        raise SearchBackendError("The index keeps no text, so it cannot look for more like this.")

    def held(self) -> dict[int, str]:
        """The documents that the index has, with the stamp of the state in which it has each."""
        shelf = self.shelf()
        found = (shelf.searcher.stored_fields(number) for number in shelf.reader.all_doc_ids())
        return {int(stored["document"]): stored["stamp"] for stored in found if stored.get("stamp")}

    # Writing

    def follow(self, ids: Iterable[int]) -> None:
        """Brings what the index has of these documents to what the database has now.

        The changes are noted down first: should the lock not come free in time, whoever writes next does them too.
        """
        self.pending.add(ids)
        self.catch_up()

    def catch_up(self) -> int:
        """Does everything that is noted down, and returns how many documents that were."""
        if not self.setup_complete:
            self.setup()
        if not self.pending.files():
            return 0
        with self._writing() as writer:
            # Read again under the lock: another process may have done it all meanwhile.
            files = self.pending.files()
            ids = self.pending.ids(files)
            if not self._replace(writer, ids):
                writer.cancel()
        self.pending.done(files)
        return len(ids)

    def rebuild(self, ids: Iterable[int]) -> None:
        """Makes the index anew. Until it is ready, searches see the old one."""
        if not self.setup_complete:
            self.setup()
        with self._writing() as writer:
            for entry in prepared(ids, self._unified):
                self._add(writer, entry)
            writer.commit(mergetype=CLEAR)
        self._forget_other_versions()

    def discard(self) -> None:
        """Removes the index, as when it cannot be read."""
        self._shelf = None
        self.setup_complete = False
        shutil.rmtree(self.folder / self.version, ignore_errors=True)

    def update(self, index: SearchIndex, iterable: Iterable[Model], commit: bool = True) -> None:
        if not self.setup_complete:
            self.setup()
        with self._writing() as writer:
            for obj in iterable:
                try:
                    entry = index.full_prepare(obj)
                except SkipDocument:
                    continue
                writer.delete_by_term(ID, entry[ID])
                self._add(writer, entry)

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        if not self.setup_complete:
            self.setup()
        with self._writing() as writer:
            writer.delete_by_term(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        if not self.setup_complete:
            self.setup()
        with self._writing() as writer:
            if models is None:
                writer.commit(mergetype=CLEAR)
                return
            for model in models:
                writer.delete_by_term(DJANGO_CT, get_model_ct(model))

    @contextmanager
    def _writing(self) -> Iterator[SegmentWriter]:
        """The one writer that there may be. Commits at the end, unless that is done; takes all back after an error."""
        try:
            writer = self.index.writer(timeout=self.timeout, delay=0.02)
        except LockError as error:
            message = f"Another process has been writing the search index for more than {self.timeout} seconds."
            raise SearchBackendError(message) from error
        try:
            yield writer
            if not writer.is_closed:
                writer.commit()
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise

    def _replace(self, writer: SegmentWriter, ids: Iterable[int]) -> int:
        """Puts the published ones of these documents in place of what the index had of them all."""
        changed = sum(writer.delete_by_term("document", str(key)) for key in ids)
        for entry in prepared(ids, self._unified):
            self._add(writer, entry)
            changed += 1
        return changed

    def _add(self, writer: SegmentWriter, entry: dict[str, object]) -> None:
        words = " \n\n".join(str(entry[field]) for field in self.weights if entry.get(field))
        values = {
            name: value if isinstance(value, list) else str(value)
            for name, value in entry.items()
            if value not in (None, "")
        }
        writer.add_document(**values, **{FORMS: sorted({token.form for token in tokens(words)})})

    def _forget_other_versions(self) -> None:
        for place in self.folder.glob("whoosh-*"):
            if place.name != self.version:
                shutil.rmtree(place, ignore_errors=True)


def _scores(shelf: Shelf, query: object) -> list[tuple[float, int]]:
    return shelf.searcher.search(query, limit=None, scored=True).top_n if shelf.size else []


def _ordered(
    shelf: Shelf, scores: list[tuple[float, int]], within: int, sort_by: Sequence[str]
) -> list[tuple[float, int]]:
    """Those within the set: best first unless fields are named; what is equal then, in the order of the archive."""
    inside = members(within, shelf.size)
    kept = [pair for pair in scores if inside[pair[1] >> 3] >> (pair[1] & 7) & 1]
    places = shelf.column("place")
    kept.sort(key=lambda pair: (-round(pair[0], 9), places[pair[1]]))
    for name in reversed(sort_by):
        field, backwards = name.removeprefix("-"), name.startswith("-")
        column = shelf.column(field)
        kept.sort(key=lambda pair: column[pair[1]], reverse=backwards)
        # What has no value comes last either way.
        kept.sort(key=lambda pair: not column[pair[1]])
    return kept


class WhooshEngine(BaseEngine):
    backend = Backend
    query = ArchiveSearchQuery
