"""Asks within which document something is added, before the form that needs to know."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from documents.models import Document
from documents.naming import dated_name
from ingest.admin.seen import may_publish

#: How many documents are offered; words narrow them.
OFFERED = 25


def chosen_document(request: HttpRequest) -> Document | None:
    """The document that was chosen, if there is one of this key."""
    chosen = request.POST.get("document") or request.GET.get("document") or ""
    return Document.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None


def documents_to_choose_from(request: HttpRequest) -> dict[str, Any]:
    """The documents in which someone may add something, each with its name and date, by the words looked for, and
    whether there are more."""
    words = request.GET.get("words", "").strip()
    found = Document.objects.select_related("collection").only("title", "short_title", "number", "status", "collection")
    if not may_publish(request):
        found = found.filter(status=Document.Status.DRAFT)
    for word in words.split():
        fields = ("title", "short_title", "number", "slug", "collection__title")
        found = found.filter(Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR))
    first = list(found.order_by("-pk").prefetch_related("dates")[: OFFERED + 1])
    named = [(document, dated_name(document)) for document in first[:OFFERED]]
    return {"words": words, "choose_from": named, "more": len(first) > OFFERED}
