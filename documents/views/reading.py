"""Home, one document, and the source it was made from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static

from documents import queries
from documents.home import front_page
from documents.models import Document
from documents.page import DocumentPage

#: A longer query is not worth marking.
LONGEST_QUERY = 500


def home(request: HttpRequest) -> HttpResponse:
    """What the archive is, and each of its exchanges."""
    return render(request, "documents/home.html", {"front": front_page()})


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document with all that an edition of it has; ``q`` marks the hits of a search."""
    try:
        page = DocumentPage(queries.load(slug))
    except Document.DoesNotExist as error:
        raise Http404(f"There is no public document with the address {slug}.") from error
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    return render(request, "documents/document.html", {"page": page, "document": page.document, "query": query})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """What was pasted or uploaded, byte for byte."""
    found = get_object_or_404(Document.objects.published().only("source", "source_name"), slug=slug)
    if not found.source:
        raise Http404("This document was entered by hand: it has no source.")
    response = HttpResponse(bytes(found.source), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slug}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def favicon(request: HttpRequest) -> HttpResponseBase:
    """For programs that ask for it without having read a page."""
    return redirect(static("favicon.ico"))
