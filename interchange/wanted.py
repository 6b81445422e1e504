"""What the archive wants, as a table for who goes looking for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from documents import wanted
from documents.wanted import Wanted
from interchange.addresses import absolute
from interchange.formats import csv_table

#: The columns in their order. Several addresses are parted by a space.
COLUMNS = ("identifier", "kind", "title", "documents", "url", "cited_by")


@require_safe
def wanted_csv(request: HttpRequest) -> StreamingHttpResponse:
    """``/wanted.csv``: all that is wanted, with every document that cites it; narrowed as the page is."""
    collection, kind = (request.GET.get(name, "").replace("\0", "") for name in ("collection", "kind"))
    found = wanted.whole(collection, kind)
    rows = (_cells(each, lambda slug: absolute(request, reverse("document", args=[slug]))) for each in found)
    response = StreamingHttpResponse(csv_table.table(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, ("wanted", slugify(collection), slugify(kind))))
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cells(each: Wanted, address: Callable[[str], str]) -> tuple[str, ...]:
    citing = " ".join(address(slug) for slug, _ in each.citing)
    return each.identifier, each.kind_name, each.title, str(each.documents), each.outside, citing
