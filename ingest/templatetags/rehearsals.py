"""What waits to be published, kept or dropped, for templates."""

from __future__ import annotations

from django import template

from ingest.models import RehearsedDocument

register = template.Library()


@register.simple_tag
def waiting_texts() -> int:
    """How many rehearsed texts nobody has settled yet."""
    return RehearsedDocument.objects.filter(state=RehearsedDocument.State.WAITING).count()
