"""Where a search is found in its other forms: the same parameters after another path."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from interchange.formats import FORMATS
from search.page.asked import Asked


@dataclass(frozen=True)
class Kept:
    """One way of keeping a search: its label, what it gives in a few words, its address, and its media type."""

    label: str
    gives: str
    address: str
    content_type: str


def ways(asked: Asked) -> list[Kept]:
    """The feed of the search, then all its documents in each format of export."""
    feed = Kept("Feed", "new documents as they appear", feed_address(asked), "application/atom+xml")
    return [feed] + [
        Kept(format.label, "all results", export_address(asked, suffix), format.content_type.partition(";")[0])
        for suffix, format in FORMATS.items()
    ]


def feed_address(asked: Asked) -> str:
    return _same_search(reverse("search_feed"), asked.sorted_by("").grouped_by(""))


def export_address(asked: Asked, suffix: str) -> str:
    return _same_search(reverse("search_export", args=[suffix]), asked.grouped_by(""))


def json_address(asked: Asked, per_page: int) -> str:
    """A page of the search as JSON."""
    address = _same_search(reverse("search_json"), asked)
    return f"{address}{'&' if '?' in address else '?'}per_page={per_page}"


def _same_search(path: str, asked: Asked) -> str:
    parameters = asked.address.partition("?")[2]
    return f"{path}?{parameters}" if parameters else path
