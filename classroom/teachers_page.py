"""Pages of the archive that have tools for teachers are kept by nobody but the teacher."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

#: What the tag ``add_to_reading`` notes on the request: that the page differs for teachers, and that this is theirs.
DIFFERS, THEIRS = "differs_for_teachers", "is_a_teachers_page"

View = Callable[[HttpRequest], HttpResponseBase]


def teachers_page(get_response: View) -> View:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if getattr(request, DIFFERS, False):
            patch_vary_headers(response, ["Cookie"])
        if getattr(request, THEIRS, False):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer
