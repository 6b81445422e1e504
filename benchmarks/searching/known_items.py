"""Whether the engine that is set finds documents by their editors' abstracts, which it is not given.

Django must be set up. Takes the folder of the volumes. The abstracts' notes are left out of the index, and stay so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from benchmarks.searching.abstracts import abstracts, plain, reciprocal_rank
from documents.models import Document
from search import fields
from search.engines.backend import Backend
from search.fields import BEST, Shelf
from search.indexing.entries import entries_of_document
from search.indexing.loaded import load_documents
from search.language.reading import read
from search.language.relaxing import relax
from search.query import Choice, Query

#: Who is not among so many is not found.
LOOKED_AT = 100
_DOCUMENTS = Choice("type", (fields.DOCUMENT,))


def main() -> None:
    engine: Backend = connections[DEFAULT_ALIAS].get_backend()
    texts = abstracts(Path(sys.argv[1]))
    keys = dict(Document.objects.filter(slug__in=texts).values_list("slug", "pk"))
    leave_out(engine, {keys[slug]: text for slug, text in texts.items() if slug in keys})
    found: dict[str, dict[str, float]] = {"plain": {}, "own": {}}
    for slug, key in keys.items():
        query = asked(texts[slug])
        found["plain"][slug] = reciprocal_rank(str(key), _plain(engine, query))
        found["own"][slug] = reciprocal_rank(str(key), _own(engine, query))
    print(json.dumps(found))  # noqa: T201 - read by the process that started this one


def asked(abstract: str) -> Query:
    """What the page searches for when a passage is pasted that no document has."""
    query = read(abstract).query
    relaxed = relax(query) if query else None
    if relaxed is None:
        raise ValueError(f"Nothing is asked by {abstract!r}.")
    return relaxed


def leave_out(engine: Backend, texts: Mapping[int, str]) -> None:
    """Indexes these documents without the notes that are their abstracts."""
    left_out = 0
    with engine.writing() as writer:
        for document in load_documents(list(texts)):
            notes = [note for note in document.notes if plain(note.text) != texts[document.pk]]
            left_out += len(document.notes) - len(notes)
            writer.remove(document.unit)
            for entry in entries_of_document(replace(document, notes=notes), ""):
                writer.add(entry)
    if left_out < len(texts):
        raise RuntimeError(f"Of {len(texts)} abstracts only {left_out} were found among the notes.")


def _plain(engine: Backend, query: Query) -> list[str]:
    """By BM25 of the whole document, and nothing else."""
    return [hit.document for hit in engine.top(Shelf.DOCUMENTS, query, (), BEST, LOOKED_AT).hits]


def _own(engine: Backend, query: Query) -> list[str]:
    found = engine.search(query, end_offset=LOOKED_AT, narrow_queries=[_DOCUMENTS])["results"]
    return [str(result.pk) for result in found]


if __name__ == "__main__":
    main()
