"""``{% for group, boxes in field|boxes %}``: the choices of a field under the names of their groups."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def boxes(field: BoundField) -> list[tuple[str, list[dict[str, Any]]]]:
    """What there is to tick; choices that are in no group stand under an empty name, together."""
    widget = field.field.widget
    found: list[tuple[str, list[dict[str, Any]]]] = []
    for name, options, _ in widget.optgroups(
        field.html_name, widget.format_value(field.value()), {"id": field.auto_id}
    ):
        if found and not name and not found[-1][0]:
            found[-1][1].extend(options)
        else:
            found.append((name or "", options))
    return found
