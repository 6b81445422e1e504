"""Where a reading or a class goes outside the archive: onto paper, and into other programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template

from classroom.live import LiveReading
from classroom.paper.typeset import page_count
from interchange.addresses import absolute

register = template.Library()

GOOGLE_CLASSROOM = "https://classroom.google.com/share"


@register.simple_tag(takes_context=True)
def google_classroom(context: dict[str, Any], path: str, title: str) -> str:
    """The address at which Google Classroom asks what to do with a page of this archive.

    It is an ordinary link: nothing is asked of Google before somebody follows it.
    """
    return f"{GOOGLE_CLASSROOM}?{urlencode({'url': absolute(context.get('request'), path), 'title': title})}"


@register.simple_tag(takes_context=True)
def handout_pages(context: dict[str, Any], live: LiveReading) -> int:
    """How many pages the handout of a reading has."""
    return page_count(live, context.get("request"))
