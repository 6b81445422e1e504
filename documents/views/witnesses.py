"""Two witnesses of a document compared: side by side, and as an apparatus."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from documents import witnesses
from documents.apparatus import apparatus
from documents.collation_page import APPARATUS
from documents.collation_rows import Selection
from documents.models import Collation

#: Who may change documents sees what is offered as well.
CHANGE = "documents.change_document"


def compare(request: HttpRequest, slug: str, siglum: str, base: str = "") -> HttpResponseBase:
    """Two witnesses of a document, or its reading text and a witness; ``hide``, ``alike`` and ``view`` say how.

    An editor sees any two that are collated. Both ways round there is one page: the other one leads to it.
    """
    try:
        return _page(request, witnesses.collations(), slug, base, siglum)
    except Collation.DoesNotExist:
        if not request.user.has_perm(CHANGE):  # type: ignore[union-attr]
            raise Http404("There are no two public witnesses with these sigla.") from None
    try:
        response = _page(request, Collation.objects.all(), slug, base, siglum)
    except Collation.DoesNotExist as error:
        raise Http404("There are no two witnesses with these sigla, or they are not collated yet.") from error
    add_never_cache_headers(response)
    return response


def _page(request: HttpRequest, among: QuerySet[Collation], slug: str, base: str, siglum: str) -> HttpResponseBase:
    """Raises ``Collation.DoesNotExist`` when the two are not among them."""
    try:
        found = witnesses.find(among, slug, base, siglum)
    except Collation.DoesNotExist:
        if not base:
            raise
        turned = witnesses.find(among, slug, siglum, base)
        query = request.META.get("QUERY_STRING", "")
        return redirect(witnesses.address_of(slug, turned.base, turned.witness) + (f"?{query}" if query else ""))
    selection = Selection.read(request.GET.getlist("hide"), request.GET.get("alike", ""))
    page = witnesses.page_of(found, selection)
    is_apparatus = request.GET.get("view") == APPARATUS
    context = {
        "document": found.document,
        "page": page,
        "choices": witnesses.choices(among, found),
        "apparatus": apparatus(page) if is_apparatus else None,
        "hidden_because": witnesses.hidden_because(found),
    }
    return render(request, "witnesses/compare.html", context)
