"""What the engine that is set takes for the recorded queries in one process, and for an edit. Django must be set up."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from django.http import QueryDict
from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from benchmarks.searching.queries import recorded
from benchmarks.searching.times import measured
from documents.models import Document
from search import fields
from search.engines.backend import Backend
from search.fields import BEST, FILTERS, ORDERS, Shelf
from search.page.asked import SORTS, Asked
from search.query import Choice, Everything, Query, Word

FIRST = 20
EDITS = 5
#: No document has this word.
UNHEARD = "zqxjkvbp"


def main() -> None:
    engine: Backend = connections[DEFAULT_ALIAS].get_backend()
    queries = [Asked.of(QueryDict(each.address)) for each in recorded()]
    found = {
        "whole": asdict(measured(partial(_search, engine), queries)),
        "documents": asdict(measured(partial(_top, engine, [Shelf.DOCUMENTS]), queries)),
        "engine": asdict(measured(partial(_top, engine, list(Shelf)), queries)),
        "edit": max(_edit(engine, number) for number in range(EDITS)),
    }
    print(json.dumps(found))  # noqa: T201 - read by the process that started this one


def _top(engine: Backend, shelves: Sequence[Shelf], asked: Asked) -> None:
    """The first twenty of each of these shelves and how many there are."""
    sort = SORTS[asked.sort][1]
    order = ORDERS[sort[0]] if sort else BEST
    for shelf in shelves:
        results = [Choice("type", fields.RESULTS_IN_PIECES)] if shelf is Shelf.PIECES else []
        engine.top(shelf, _query(asked), [*asked.choices, *results], order, FIRST)


def _search(engine: Backend, asked: Asked) -> None:
    """A page of both shelves, ranked by the best passages too, and the counts of every filter."""
    start = (asked.page - 1) * FIRST
    engine.search(
        _query(asked),
        sort_by=SORTS[asked.sort][1],
        start_offset=start,
        end_offset=start + FIRST,
        facets=FILTERS,
        narrow_queries=asked.choices,
    )


def _query(asked: Asked) -> Query:
    return asked.query or Everything()


def _edit(engine: Backend, number: int) -> float:
    """Seconds from saving a document until it is found by what was written; then it is as it was before."""
    document = Document.objects.published().order_by("pk")[number]
    title, word = document.title, f"{UNHEARD}{number}"
    began = time.monotonic()
    document.title = f"{title} {word}"
    document.save()
    while not engine.top(Shelf.DOCUMENTS, Word(word), (), BEST, 1).total:
        time.sleep(0.005)
    seconds = time.monotonic() - began
    document.title = title
    document.save()
    return seconds


if __name__ == "__main__":
    main()
