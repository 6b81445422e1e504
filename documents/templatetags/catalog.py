"""What the lists of the archive need beyond what a template can say."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def pages_around(page: Page[Any]) -> list[int | None]:
    """The numbers of the first and the last page and of those around this one, None where some are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
