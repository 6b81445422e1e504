"""What pages outside the classroom ask it for, and a code that cameras read."""

from __future__ import annotations

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

from classroom.models import Reading

register = template.Library()

#: So many readings stand on the front page of the archive.
ON_THE_FRONT_PAGE = 4


@register.simple_tag
def public_readings() -> list[Reading]:
    """The readings that the front page of the archive shows."""
    return list(Reading.objects.public()[:ON_THE_FRONT_PAGE])


@register.simple_tag
def join_qr(address: str, title: str) -> SafeString:
    """The full address of a join link as a drawn QR code: black on white, which every camera reads."""
    code, drawing = segno.make(address, error="m", micro=False), {"scale": 4, "border": 4, "svgclass": "qr"}
    svg = code.svg_inline(title=title, lineclass=None, omitsize=True, dark="#000", light="#fff", **drawing)
    return mark_safe(svg.replace("<svg", '<svg role="img"', 1))  # segno escapes the title; the address is drawn
