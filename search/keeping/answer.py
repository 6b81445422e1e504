"""A page of results as JSON has it. The keys are in docs/search-api.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from interchange.formats.json_array import date_as_object
from search.citing.direct import direct
from search.finding import Found, find
from search.keeping.addresses import export_address, feed_address, json_address
from search.language.explanation import explain
from search.page.asked import Asked
from search.page.dates import Range
from search.page.filters import Filter, panel
from search.page.histogram import Histogram, histogram
from search.page.result_rows import DocumentRow
from search.page.results import Result, results_of
from search.page.snippets import Snippet
from search.query import Query

FEWEST, MOST = 20, 100
_MARK = re.compile(r"</?mark>")

#: Makes the full address of a path.
Absolute = Callable[[str], str]


def answer(asked: Asked, query: Query, per_page: int, absolute: Absolute) -> dict[str, Any]:
    """What a search finds, page by page. Raises ``SearchUnavailable``."""
    found = find(asked, query, per_page)
    return {
        "query": _asked(asked, query),
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "per_page": per_page,
        "named": _named(asked, absolute),
        "results": [_result(result, absolute) for result in results_of(found.results, asked)],
        "filters": [_filter(each) for each in panel(asked, found).filters],
        "histogram": _histogram(histogram(asked, query, found)),
        "links": _links(asked, found, absolute),
    }


def _asked(asked: Asked, query: Query) -> dict[str, Any]:
    return {
        "typed": asked.typed,
        "understood": explain(query),
        "problems": [
            {"sentence": problem.sentence, "start": problem.start, "end": problem.end}
            for problem in asked.reading.problems
        ],
        "chosen": {name: list(values) for name, values in asked.chosen.items()},
        "dates": _dates(asked.dates),
        "document": asked.document,
        "sort": asked.sort,
    }


def _dates(dates: Range) -> dict[str, Any] | None:
    if not (dates or dates.problems):
        return None
    return {
        "after": dates.after,
        "before": dates.before,
        "undated": dates.undated,
        "understood": str(dates) if dates else "",
        "problems": list(dates.problems),
    }


def _named(asked: Asked, absolute: Absolute) -> dict[str, Any] | None:
    """The documents that a typed citation, number or title names; they stand before all results."""
    named = direct(asked.typed)
    if named is None:
        return None
    return {
        "sentence": named.sentence,
        "documents": [
            {"title": each.name, "url": absolute(each.get_absolute_url()), "collection": each.collection}
            for each in named.documents
        ],
    }


def _result(result: Result, absolute: Absolute) -> dict[str, Any]:
    document = result.document
    return {
        "type": result.type,
        "label": result.label,
        "title": _plain(result.title),
        "url": absolute(result.address),
        "document": _document(document, absolute) if document else None,
        "snippets": [_snippet(snippet, result, absolute) for snippet in result.snippets],
    }


def _document(document: DocumentRow, absolute: Absolute) -> dict[str, Any]:
    return {
        "id": document.slug,
        "title": document.name,
        "number": document.number,
        "kind": document.kind,
        "date": date_as_object(document.written) if document.written else None,
        "collection": {"id": document.collection_slug, "title": document.collection},
        "url": absolute(document.get_absolute_url()),
    }


def _snippet(snippet: Snippet, result: Result, absolute: Absolute) -> dict[str, str]:
    anchor = f"#{snippet.ident}" if snippet.ident else ""
    return {
        "voice": snippet.voice,
        "html": str(snippet.html),
        "text": _plain(snippet.html),
        "url": absolute((result.page or result.address) + anchor),
    }


def _filter(each: Filter) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": each.title,
        "values": [
            {"value": value.value, "label": value.label, "count": value.count, "chosen": value.chosen}
            for value in each.values
        ],
    }


def _histogram(figure: Histogram | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    bars = [
        {"name": bar.name, "first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
        for bar in figure.bars
    ]
    return {"grain": figure.grain, "bars": bars}


def _links(asked: Asked, found: Found, absolute: Absolute) -> dict[str, str | None]:
    def page(number: int) -> str | None:
        here = 1 <= number <= found.pages
        return absolute(json_address(asked.on_page(number), found.per_page)) if here else None

    return {
        "self": page(found.page),
        "previous": page(found.page - 1),
        "next": page(found.page + 1),
        "page": absolute(asked.on_page(1).address),
        "feed": absolute(feed_address(asked)),
        **{suffix: absolute(export_address(asked, suffix)) for suffix in ("csv", "json", "ris", "bib")},
    }


def _plain(html: str) -> str:
    """What stands in html that has no tags but marks."""
    return unescape(_MARK.sub("", html))
