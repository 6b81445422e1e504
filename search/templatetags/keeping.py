"""Ways to keep a search: ``{% keep_search asked %}`` lists them, ``{% feed_of asked as address %}`` is its feed."""

from __future__ import annotations

from django import template

from search.keeping.addresses import Kept, feed_address, ways
from search.page.asked import Asked

register = template.Library()


@register.inclusion_tag("search/_keep.html")
def keep_search(asked: Asked) -> dict[str, list[Kept]]:
    """The feed of a search, and links to all its documents in each format of export."""
    return {"ways": ways(asked)}


@register.simple_tag
def feed_of(asked: Asked) -> str:
    """The address of the feed of a search."""
    return feed_address(asked)
