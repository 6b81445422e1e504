"""The same texts in plain PostgreSQL full text search and in SQLite FTS5. Django must be set up.

Takes the folder of the volumes and a folder for SQLite's file. PostgreSQL's table is in a database of its own, on the
server of the archive, and goes with it at the end.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.db import connection
from django.http import QueryDict

from benchmarks.searching.abstracts import abstracts, plain, reciprocal_rank
from benchmarks.searching.known_items import LOOKED_AT, asked
from benchmarks.searching.plain_queries import Unspoken, fts5, tsquery
from benchmarks.searching.queries import recorded
from benchmarks.searching.times import measured
from documents.models import Document
from search.indexing.loaded import load_documents
from search.page.asked import Asked
from search.query import Query

FIRST = 20
DATABASE = "archive_benchmark_of_plain_search"
#: PostgreSQL takes seconds to rank all that has any of thirty words: it is asked one in so many of the abstracts.
ONE_IN = 10

#: PostgreSQL takes no vector of more than a megabyte.
_MAKE = """
CREATE TABLE texts (slug text, body text, words tsvector);
INSERT INTO texts SELECT slug, body, to_tsvector('english', left(body, 900000)) FROM unnest(%s, %s) given (slug, body);
CREATE INDEX ON texts USING gin (words);
ANALYZE texts;
"""
_RANKED = """
SELECT slug FROM texts, to_tsquery('english', %s) asked WHERE words @@ asked
ORDER BY ts_rank_cd(words, asked) DESC LIMIT %s
"""
_COUNTED = "SELECT count(*) FROM texts WHERE words @@ to_tsquery('english', %s)"


@dataclass(frozen=True)
class Opened:
    """Texts that can be searched: the addresses of the best, and how many there are."""

    rank: Callable[[Query, int], Sequence[str]]
    count: Callable[[Query], object]
    megabytes: float


def main() -> None:
    volumes, folder = map(Path, sys.argv[1:])
    summaries = abstracts(volumes)
    texts = dict(_texts(summaries))
    places, queries = comparable()
    asked_for = {slug: asked(summaries[slug]) for slug in sorted(summaries.keys() & texts.keys())}
    found = {
        "places": places,
        "PostgreSQL": _measured(_postgresql(texts), queries, dict(list(asked_for.items())[::ONE_IN])),
        "SQLite FTS5": _measured(_sqlite(texts, folder), queries, asked_for),
    }
    print(json.dumps(found))  # noqa: T201 - read by the process that started this one


def _measured(
    opening: AbstractContextManager[Opened], queries: Sequence[Query], asked_for: Mapping[str, Query]
) -> dict[str, object]:
    began = time.monotonic()
    with opening as opened:
        return {
            "seconds": time.monotonic() - began,
            "megabytes": opened.megabytes,
            "times": asdict(measured(lambda query: (opened.rank(query, FIRST), opened.count(query)), queries)),
            "ranks": {slug: reciprocal_rank(slug, opened.rank(query, LOOKED_AT)) for slug, query in asked_for.items()},
        }


def comparable() -> tuple[list[int], list[Query]]:
    """Where among the recorded queries those stand that both have words for, and what they ask."""
    places, queries = [], []
    for place, each in enumerate(recorded()):
        search = Asked.of(QueryDict(each.address))
        if search.query is None or search.is_narrowed or search.sort or search.page > 1:
            continue
        try:
            tsquery(search.query), fts5(search.query)
        except Unspoken:
            continue
        places.append(place)
        queries.append(search.query)
    return places, queries


def _texts(summaries: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Title, passages and notes of each document, without the abstract."""
    for document in load_documents(list(Document.objects.published().values_list("pk", flat=True))):
        notes = [note.text for note in document.notes if plain(note.text) != summaries.get(document.slug)]
        yield document.slug, "\n\n".join([document.title, *(each.text for each in document.passages), *notes])


@contextmanager
def _postgresql(texts: dict[str, str]) -> Iterator[Opened]:
    settings = connection.get_connection_params()
    server = psycopg2.connect(**settings)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    own = psycopg2.connect(**{**settings, "dbname": DATABASE})
    own.autocommit = True
    try:
        with own.cursor() as cursor:
            cursor.execute(_MAKE, (list(texts), list(texts.values())))
            megabytes = _first(cursor, "SELECT pg_total_relation_size('texts')", ())[0] / 1e6
            yield Opened(
                lambda query, limit: _first(cursor, _RANKED, (tsquery(query), limit)),
                lambda query: _first(cursor, _COUNTED, (tsquery(query),)),
                megabytes,
            )
    finally:
        own.close()
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {DATABASE}")
        server.close()


@contextmanager
def _sqlite(texts: dict[str, str], folder: Path) -> Iterator[Opened]:
    file = folder / "fts5.sqlite"
    own = sqlite3.connect(file)
    try:
        own.execute("CREATE VIRTUAL TABLE texts USING fts5(slug UNINDEXED, body, tokenize='porter unicode61')")
        own.executemany("INSERT INTO texts VALUES (?, ?)", texts.items())
        own.commit()
        ranked = "SELECT slug FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?"
        yield Opened(
            lambda query, limit: [row[0] for row in own.execute(ranked, (fts5(query), limit))],
            lambda query: own.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (fts5(query),)).fetchone(),
            file.stat().st_size / 1e6,
        )
    finally:
        own.close()
        file.unlink()


def _first(cursor: Any, statement: str, values: tuple[object, ...]) -> list[Any]:
    cursor.execute(statement, values)
    return [row[0] for row in cursor.fetchall()]


if __name__ == "__main__":
    main()
