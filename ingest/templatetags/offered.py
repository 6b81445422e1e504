"""What is offered to editors and not decided yet, for templates."""

from __future__ import annotations

from django import template

from documents.models import Witness

register = template.Library()


@register.simple_tag
def offered_witnesses() -> int:
    """How many documents are offered as witnesses of others."""
    return Witness.objects.filter(status=Witness.Status.OFFERED).count()
