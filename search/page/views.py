"""The search page, and the page that tells how to search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.citing.direct import absent, direct
from search.finding import Found, SearchUnavailable, count, find
from search.language.explanation import attributes
from search.language.problems import marked_problems
from search.language.relaxing import relax
from search.language.spelling import suggest
from search.language.word_forms import word_forms
from search.page.advice import advise
from search.page.asked import SORTS, Asked
from search.page.examples import examples, sections
from search.page.filters import panel
from search.page.grouping import grouped
from search.page.histogram import histogram
from search.page.paging import steps
from search.page.result_items import items
from search.page.results import results_of
from search.query import Dates, Not, Query


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``q`` and the filters; how to search when nothing was asked for. Any characters may be asked for."""
    asked = Asked.of(request.GET)
    status = 200
    problems = marked_problems(asked.reading)
    named = direct(asked.typed) if asked.typed else None
    missing = absent(asked.typed) if asked.typed and not named else ""
    context: dict[str, object] = {
        "asked": asked,
        "problems": problems,
        "more_problems": len(asked.reading.problems) - len(problems),
        "direct": named,
        "absent": missing,
    }
    try:
        context |= _answer(asked, may_relax=not (missing or (named and named.whole)))
    except SearchUnavailable:
        context["unavailable"] = True
        status = 503
    response = render(request, "search/search.html", context, status=status)
    if asked.address != Asked().address:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def how_to_search(request: HttpRequest) -> HttpResponse:
    """The whole of the language, with examples that find something in this archive."""
    try:
        return render(request, "search/help.html", {"sections": sections()})
    except SearchUnavailable:
        return render(request, "search/help.html", {"sections": [], "unavailable": True}, status=503)


def _answer(asked: Asked, may_relax: bool) -> dict[str, object]:
    """What the page says of the search. When nothing has all of its words, what has most of them."""
    query = asked.query
    if query is None:
        return {"examples": examples()}
    found = find(asked, query)
    answer: dict[str, object] = {
        "understood": attributes(query),
        "forms": word_forms(query),
        "suggestion": _suggestion(asked, query, found),
        "undated": _undated(asked, query),
    }
    if not found.total:
        answer["advice"] = advise(asked, query) if may_relax else None
        looser = relax(query) if may_relax else None
        relaxed = find(asked, looser) if looser else None
        if looser and relaxed and relaxed.total:
            query, found = looser, relaxed
            answer["relaxed"] = True
    return answer | _listed(asked, query, found)


def _listed(asked: Asked, query: Query, found: Found) -> dict[str, object]:
    """The results in their order, or in groups, and what narrows them."""
    groups = grouped(asked, query, found) if asked.group and found.total else None
    return {
        "found": found,
        "panel": panel(asked, found),
        "figure": None if asked.document else histogram(asked, query, found),
        "groups": groups,
        "items": "" if groups else items(results_of(found.results, asked, query)),
        "steps": steps(asked, groups or found),
        "sorts": [(label, asked.sorted_by(sort).address, sort == asked.sort) for sort, (label, _) in SORTS.items()],
        "by_collection": asked.grouped_by("collection").address if len(found.counts["collection"]) > 1 else "",
        "ungrouped": asked.grouped_by("").address,
    }


def _suggestion(asked: Asked, query: Query, found: Found) -> dict[str, object] | None:
    """What may have been meant, and the address of the search for it."""
    suggestion = suggest(query, found.total, asked.choices)
    if suggestion is None:
        return None
    meant = asked.for_words(suggestion.typed)
    return {"typed": meant.typed, "address": meant.address, "count": suggestion.count}


def _undated(asked: Asked, query: Query) -> tuple[int, str] | None:
    """How many results the dates leave out because they have none, and the address of the search with them."""
    dates = asked.dates
    if not dates or dates.undated:
        return None
    others = [each for each in asked.choices if not isinstance(each, Dates)]
    number = count(query, [*others, Not(Dates())])
    return (number, asked.written(dates.after, dates.before, undated=True).address) if number else None
