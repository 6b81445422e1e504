"""What templates of the classroom ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from classroom.citing import citation_of
from classroom.excerpts import Excerpt
from documents.models import Document

register = template.Library()


@register.simple_tag(takes_context=True)
def cited(context: dict[str, Any], document: Document, excerpt: Excerpt | None = None) -> SafeString:
    """The citation of a document, or of the passages of an excerpt, in the Chicago style."""
    return mark_safe(citation_of(document, context.get("request"), excerpt).html)  # escaped run by run
