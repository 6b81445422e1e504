"""Marks hits on any page: ``{% hit_marker query as marker %}``, then ``{{ html|mark_hits:marker }}``.

In a passage or a note, only what was asked for in its voice is marked: ``{{ piece|mark_piece:marker }}``.
"""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from documents.rows import Piece
from search import fields
from search.marking import HitMarker

register = template.Library()


@register.simple_tag
def hit_marker(query: str | None) -> HitMarker:
    """A marker for what was typed. It counts the hits of one page, in the order in which html is handed to it."""
    return HitMarker.of(query or "")


@register.filter
def mark_hits(html: str, marker: HitMarker | None) -> SafeString:
    """Wraps the hits in ``<mark class="hit" id="hit-N">``. Html not marked safe is escaped first."""
    return _marked(html, marker, "")


@register.filter
def mark_piece(piece: Piece, marker: HitMarker | None) -> SafeString:
    """The html of a passage or a note, with what was asked for in its voice."""
    return _marked(piece.html, marker, piece.voice)


@register.filter
def mark_text(html: str, marker: HitMarker | None) -> SafeString:
    """A part of the text, as a row of a table is one, with what was asked for in the text."""
    return _marked(html, marker, fields.TEXT)


def _marked(html: str, marker: HitMarker | None, voice: str) -> SafeString:
    safe = conditional_escape(html)
    return mark_safe(marker.mark(safe, voice)) if marker else safe
