"""Addresses that lead on: those that documents had, their numbers, and the names by which others cite them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents import former, published
from documents.models import Collection, Document

View = Callable[..., HttpResponseBase]
#: What is named by the address of a document in the addresses of pages.
NAMES = ("slug", "other")


def leading_on(view: View) -> View:
    """Sends on, for good, who asks for a page of a document by an address that it had before."""

    @wraps(view)
    def found(request: HttpRequest, **named: str) -> HttpResponseBase:
        try:
            return view(request, **named)
        except Http404:
            address = _address_now(request, named)
            if not address:
                raise
            return redirect(address, permanent=True)

    return found


def _address_now(request: HttpRequest, named: dict[str, str]) -> str:
    """The same page at the address that its document has now; empty when the document never had this one."""
    now = former.addresses_now(named[name] for name in NAMES if name in named)
    if not now or request.resolver_match is None:
        return ""
    address = reverse(
        str(request.resolver_match.url_name), kwargs={name: now.get(value, value) for name, value in named.items()}
    )
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


def by_number(request: HttpRequest, slug: str, number: str) -> HttpResponseBase:
    """The document with this number in the collection; without one, a page that says what to try."""
    collection = get_object_or_404(published.collections(), slug=slug)
    if found := former.with_number(collection, number):
        return redirect(found)
    return no_such_number(request, collection, number)


def no_such_number(request: HttpRequest, collection: Collection, number: str) -> HttpResponseBase:
    """Says which numbers there are. A number may be of any kind: the first and the last are those in order."""
    listed = Document.objects.published().filter(collection=collection).exclude(number="")
    ordered = listed.order_by("position", "sort_date", "slug").values_list("number", flat=True)
    context = {"collection": collection, "number": number, "first": ordered.first(), "last": ordered.last()}
    return render(request, "documents/no_such_number.html", context, status=404)


def by_identifier(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The document that others cite by this name."""
    found = former.with_identifier(identifier.rstrip("/"))
    if found is None:
        raise Http404("No public document has this identifier.")
    return redirect(found)
