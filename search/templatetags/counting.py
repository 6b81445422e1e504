"""Counts as they are read: ``{{ 1438|counted:"result" }}`` is ``1,438 results``."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """The number with commas between the thousands."""
    return f"{number:,}"


@register.filter
def counted(number: int, noun: str) -> str:
    """The number and what is counted, in the plural if it is not one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
