"""Home, one document, and the source it was made from."""

from __future__ import annotations

import codecs

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static

from documents import queries
from documents.home import front_page
from documents.models import Document
from documents.page import DocumentPage
from editions.errors import ReadError
from editions.readers.sources import FORMATS

#: A longer query is not worth marking.
LONGEST_QUERY = 500
#: How a source is sent, by its format: its media type, whether a browser shows it, the ending of its name.
TEXT = ("text/plain", "inline", ".txt")
CHARSETS = {"cp1252": "windows-1252", "mac-roman": "macintosh", "utf-8-sig": "utf-8"}
MEDIA_TYPES = {
    "archive-text": ("text/plain", "inline", ".md"),
    "tei": ("text/plain", "inline", ".xml"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment", ".docx"),
    "pdf": ("application/pdf", "attachment", ".pdf"),
}


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
    """What was pasted or uploaded, byte for byte: a text to read here, any other file to take away."""
    found = get_object_or_404(Document.objects.published().only("source", "source_format"), slug=slug)
    if not found.source:
        raise Http404("This document was entered by hand: it has no source.")
    source = bytes(found.source)
    media_type, shown, suffix = MEDIA_TYPES.get(found.source_format) or TEXT
    if media_type == "text/plain":
        media_type = f"text/plain; charset={_charset(source, found.source_format)}"
    response = HttpResponse(source, content_type=media_type)
    response["Content-Disposition"] = f'{shown}; filename="{slug}{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _charset(source: bytes, format: str) -> str:
    """The coding of a text, as a browser knows it; UTF-8 where it is not told."""
    try:
        coding = FORMATS[format].coding(source) if format in FORMATS else ""
        name = codecs.lookup(coding or "utf-8").name
        return CHARSETS.get(name, name)
    except (ReadError, LookupError):
        return "utf-8"


def favicon(request: HttpRequest) -> HttpResponseBase:
    """For programs that ask for it without having read a page."""
    return redirect(static("favicon.ico"))
