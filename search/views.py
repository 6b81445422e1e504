"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.advice import advise
from search.asked import SORTS, Asked
from search.examples import examples
from search.explanation import explain
from search.filters import panel
from search.finding import SearchUnavailable, find
from search.paging import steps
from search.problems import marked_problems
from search.results import results_of


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``q`` and the filters; how to search when nothing was asked for. Any characters may be asked for."""
    asked = Asked.of(request.GET)
    status = 200
    problems = marked_problems(asked.reading)
    context: dict[str, object] = {
        "asked": asked,
        "problems": problems,
        "more_problems": len(asked.reading.problems) - len(problems),
    }
    try:
        context |= _answer(asked)
    except SearchUnavailable:
        context["unavailable"] = True
        status = 503
    response = render(request, "search/search.html", context, status=status)
    if asked.address != Asked().address:
        response["X-Robots-Tag"] = "noindex"
    return response


def _answer(asked: Asked) -> dict[str, object]:
    query = asked.query
    if query is None:
        return {"examples": examples()}
    found = find(asked, query)
    answer = {
        "found": found,
        "understood": explain(query),
        "results": results_of(found.results, asked),
        "panel": panel(asked, found),
        "steps": steps(asked, found),
        "sorts": [(label, asked.sorted_by(sort).address, sort == asked.sort) for sort, (label, _) in SORTS.items()],
    }
    return answer if found.total else answer | {"advice": advise(asked, query)}
