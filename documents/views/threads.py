"""The whole correspondence that a letter belongs to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from documents.models import Document
from documents.threads import thread as thread_of


def thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Every letter that answers another, or is answered, from one document on, in order of date."""
    try:
        found = thread_of(slug)
    except Document.DoesNotExist as error:
        raise Http404(f"There is no public document with the address {slug}.") from error
    return render(request, "threads/thread.html", {"thread": found, "document": found.document})
