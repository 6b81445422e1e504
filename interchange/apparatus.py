"""The apparatus of two witnesses as a table, for who works on with it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from documents import witnesses
from documents.apparatus import entries
from documents.collation_page import CollationPage
from documents.collation_rows import Selection, Words
from documents.models import Collation
from interchange.addresses import absolute
from interchange.formats import csv_table

#: The columns in their order. Readings stand in full; what is omitted or added has one of them only.
COLUMNS = (
    "number",
    "section",
    "sort",
    "base",
    "base_place",
    "base_url",
    "base_reading",
    "witness",
    "witness_place",
    "witness_url",
    "witness_reading",
)


@require_safe
def apparatus_csv(request: HttpRequest, slug: str, siglum: str, base: str = "") -> StreamingHttpResponse:
    """Every difference of two public witnesses, or of the reading text and a witness, in the order of its number."""
    try:
        found = witnesses.find(witnesses.collations(), slug, base, siglum)
    except Collation.DoesNotExist as error:
        raise Http404("There are no two public witnesses with these sigla.") from error
    page = witnesses.page_of(found, Selection())
    table = csv_table.table(COLUMNS, _rows(request, page))
    response = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    name = "-".join(filter(None, (slug, base, siglum)))
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _rows(request: HttpRequest, page: CollationPage) -> Iterator[tuple[str, ...]]:
    for entry in (entry for pairs in page.pairs.values() for pair in pairs for entry in entries(pair)):
        ours = _side(request, page.base.name, entry.pair.base, entry.base)
        theirs = _side(request, page.witness.name, entry.pair.witness, entry.witness)
        yield (str(entry.number), entry.pair.row.section.value, entry.sort, *ours, *theirs)


def _side(request: HttpRequest, name: str, words: Words | None, reading: str) -> tuple[str, ...]:
    place, address = (words.name, words.address) if words else ("", "")
    return name, place, absolute(request, address) if address else "", reading
