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
    """The full address of a join link as a drawn QR code, in ink and paper of the page."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(scale=4, border=4, title=title, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)  # segno escapes the title; the address is drawn
