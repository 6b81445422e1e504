"""What holds for every page of the classroom, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from classroom.identity import COOKIE
from classroom.keeping import purge_once_a_day

#: Saving answers is frequent, and has to be quick.
FREQUENT = "save_work"


class EveryPage:
    """Deletes classes whose time is over before a page is shown, has no answer to somebody who is known kept by
    caches, and keeps files out of search engines (pages say so themselves). An address with a NUL is not found.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _in_classroom(request):
            known = {COOKIE, settings.SESSION_COOKIE_NAME} & request.COOKIES.keys()
            if known and "Cache-Control" not in response:
                add_never_cache_headers(response)
            if not response.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, values: Any) -> None:
        match = request.resolver_match
        if match is None or not _in_classroom(request):
            return
        if any("\0" in str(each) for each in (*values.values(), *request.GET.values())):
            raise Http404("No database can look this up.")
        if match.url_name != FREQUENT:
            purge_once_a_day()


def _in_classroom(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.route.startswith("classroom/")
