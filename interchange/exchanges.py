"""An exchange as files: its negotiation table as CSV and its map as SVG, narrowed as the page is."""

from __future__ import annotations

import re

from csp.decorators import csp
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse

from documents import published
from documents.chain import chain
from documents.exchange_map import MOST, draw
from documents.selection import Narrowing, file_name, in_words, select
from interchange.addresses import base_url
from interchange.drawing_style import drawing_style
from interchange.exchange_rows import COLUMNS, cells, rows
from interchange.formats import csv_table

NO_MAP = (
    f"There is no map of this selection: it has no proposal, or more than the {MOST} that can be read in one drawing. "
    "Narrow it, for instance to one topic.\n"
)
#: Characters that XML cannot have.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Who opens the file at its address sees it with the styles that it brings.
ALONE = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


def exchange_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The negotiation table, one row for each proposal and each link by which it is answered."""
    collection = get_object_or_404(published.collections(), slug=slug)
    whole, narrowing = published.exchange(collection), Narrowing.of(request.GET)
    prefetch_related_objects(whole.documents, "dates")
    found = rows(select(whole, narrowing), base_url(request))
    response = HttpResponse("".join(csv_table.table(COLUMNS, cells(found))), content_type="text/csv; charset=utf-8")
    return _as_file(response, file_name(whole, narrowing, slug, "csv"))


@csp(ALONE)
def exchange_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The exchange map as a drawing that stands alone; where there is none to draw, a sentence that says so."""
    collection = get_object_or_404(published.collections(), slug=slug)
    whole, narrowing = published.exchange(collection), Narrowing.of(request.GET)
    followed = chain(whole, request.GET.get("proposal", ""))
    drawn = draw(collection, select(whole, narrowing), followed)
    if drawn is None:
        return HttpResponse(NO_MAP, content_type="text/plain; charset=utf-8", status=404)
    base = base_url(request)
    address = base + reverse("exchange", args=[slug])
    context = {
        "map": drawn,
        "drawing": drawn.drawings[0],
        "style": drawing_style(),
        "base": base,
        "address": f"{address}?{narrowing.query}" if narrowing else address,
        "narrowed_to": in_words(whole, narrowing),
    }
    written = CONTROL.sub("", render_to_string("exchange/map.svg", context))
    response = HttpResponse(written, content_type="image/svg+xml; charset=utf-8")
    return _as_file(response, file_name(whole, narrowing, slug, "svg"))


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
