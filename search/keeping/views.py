"""A search for programs: as a feed, as JSON, as files; and what browsers need to offer the archive as a search engine.

All of it is public, and may be read from pages of other sites.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from interchange.addresses import absolute, base_url
from interchange.formats import FORMATS
from interchange.records import records
from search.finding import SearchUnavailable
from search.keeping import answer, suggestions
from search.keeping.documents import documents_by_and_by
from search.keeping.feed import CONTENT_TYPE, Feed, empty_feed, feed
from search.page.asked import Asked
from search.query import Query

UNAVAILABLE = "The search is not working at the moment. Please try again in a few minutes."
NOTHING_ASKED = "There is nothing to search for: give words in q, or a filter."
#: Seconds after which a program may try again.
PAUSE = "120"
#: A file is sent in portions of so many characters, since each row by itself would travel slowly.
PORTION = 32_000

View = Callable[..., HttpResponseBase]
#: Says a sentence, with a status, in the format that was asked for.
Saying = Callable[[HttpRequest, Asked, str, int], HttpResponseBase]


class NothingAskedError(Exception):
    """Neither words nor a filter were given."""


def for_programs(say: Saying) -> Callable[[View], View]:
    """Makes a view that any page may read and no search engine lists; it says in its format what went wrong."""

    def made(view: View) -> View:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, **named: str) -> HttpResponseBase:
            try:
                response = view(request, **named)
            except NothingAskedError:
                response = say(request, Asked.of(request.GET), NOTHING_ASKED, 400)
            except SearchUnavailable:
                response = say(request, Asked.of(request.GET), UNAVAILABLE, 503)
                response["Retry-After"] = PAUSE
            response["Access-Control-Allow-Origin"] = "*"
            response["X-Robots-Tag"] = "noindex"
            return response

        return answered

    return made


def _said_in_json(request: HttpRequest, asked: Asked, sentence: str, status: int) -> HttpResponseBase:
    return JsonResponse({"error": sentence}, status=status)


def _said_in_a_file(request: HttpRequest, asked: Asked, sentence: str, status: int) -> HttpResponseBase:
    """JSON where JSON was asked for; the other formats have no way to say it, so it is plain text."""
    if request.path.endswith(".json"):
        return _said_in_json(request, asked, sentence, status)
    return HttpResponse(sentence + "\n", content_type="text/plain; charset=utf-8", status=status)


def _said_in_a_feed(request: HttpRequest, asked: Asked, sentence: str, status: int) -> HttpResponseBase:
    """A feed without documents. That nothing was asked for is no error to a program that follows it."""
    found = empty_feed(request, asked, sentence)
    return HttpResponse(str(found), content_type=CONTENT_TYPE, status=200 if status == 400 else status)


@for_programs(_said_in_json)
def results(request: HttpRequest) -> HttpResponseBase:
    """``/search.json``: a page of results, with ``per_page`` of them."""
    asked, query = _asked(request)
    per_page = _number(request.GET.get("per_page", ""), answer.FEWEST, answer.MOST)
    found = answer.answer(asked, query, per_page, lambda path: absolute(request, path))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


@for_programs(_said_in_a_feed)
def atom(request: HttpRequest) -> HttpResponseBase:
    """``/search.atom``: the newest documents. A program that has the feed as it is now gets 304."""
    found = feed(request, *_asked(request))
    return _unless_known(request, found)


@for_programs(_said_in_a_file)
def export(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """``/search/export.csv`` and its like: every document of the search, sent as it is read from the database."""
    if suffix not in FORMATS:
        raise Http404(f"A search comes as {', '.join(FORMATS)}, and not as {suffix}.")
    asked, query = _asked(request)
    keys = documents_by_and_by(asked, query)
    # Asked for now, while it can still be said that the engine is down.
    first = next(keys)
    format = FORMATS[suffix]
    found = chain.from_iterable(records(each, base_url(request)) for each in chain([first], keys))
    pieces = format.write(found) if request.method == "GET" else ()
    response = StreamingHttpResponse(_portions(pieces), content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(asked)}.{suffix}"'
    return response


@for_programs(_said_in_json)
def completions(request: HttpRequest) -> HttpResponseBase:
    """``/search/suggestions.json``: what a browser offers while words are typed, as OpenSearch Suggestions have it."""
    typed = request.GET.get("q", "")
    found = suggestions.suggestions(typed)
    paths = [absolute(request, each.path) for each in found]
    return JsonResponse(
        [typed, [each.text for each in found], [each.note for each in found], paths],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/x-suggestions+json",
    )


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """``/opensearch.xml``: what a browser reads to offer the archive as a search engine."""
    return render(
        request,
        "search/opensearch.xml",
        {"base_url": base_url(request)},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def _asked(request: HttpRequest) -> tuple[Asked, Query]:
    asked = Asked.of(request.GET)
    query = asked.query
    if query is None:
        raise NothingAskedError
    return asked, query


def _unless_known(request: HttpRequest, found: Feed) -> HttpResponseBase:
    body = str(found).encode()
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    changed = int(found.latest_post_date().timestamp())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response)


def _portions(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in portions that are worth sending; the first piece at once, so that a program sees it begin."""
    portion: list[str] = []
    length, enough = 0, 0
    for piece in pieces:
        portion.append(piece)
        length += len(piece)
        if length >= enough:
            yield "".join(portion)
            portion, length, enough = [], 0, PORTION
    if portion:
        yield "".join(portion)


def _file_name(asked: Asked) -> str:
    """The words of the search as a name that every system takes."""
    return "-".join(filter(None, ("search", slugify(asked.typed)[:60].strip("-"))))


def _number(typed: str, lowest: int, highest: int) -> int:
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else lowest
    return min(max(wanted, lowest), highest)
