"""Marks hits on any page: ``{% hit_marker query as marker %}``, then ``{{ html|mark_hits:marker }}``."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from search.marking import HitMarker

register = template.Library()


@register.simple_tag
def hit_marker(query: str | None) -> HitMarker:
    """A marker for what was typed. It counts the hits of one page, in the order in which html is handed to it."""
    return HitMarker.of(query or "")


@register.filter
def mark_hits(html: str, marker: HitMarker | None) -> SafeString:
    """Wraps the hits in ``<mark class="hit" id="hit-N">``. Html not marked safe is escaped first."""
    safe = conditional_escape(html)
    return mark_safe(marker.mark(safe)) if marker else safe
