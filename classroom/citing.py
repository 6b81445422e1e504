"""How an excerpt of a reading is cited."""

from __future__ import annotations

from django.http import HttpRequest

from classroom.excerpts import Excerpt
from documents.models import Document
from interchange.addresses import absolute
from interchange.citations import Citation, Passage, chicago
from interchange.records import record_of


def citation_of(document: Document, request: HttpRequest | None, excerpt: Excerpt | None = None) -> Citation:
    """A citation in the Chicago style: of the whole document, or of it from the first passage of an excerpt on."""
    cited = record_of(document, absolute(request, document.get_absolute_url()))
    if excerpt is None or excerpt.is_whole or not excerpt.plain:
        return chicago(cited)
    return chicago(cited, Passage(next(iter(excerpt.plain)), excerpt.numbers))
