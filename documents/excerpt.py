"""Parts of a text shown away from the page of its document."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

from editions.references.sentences import sentence_around

TAG = re.compile(r"<[a-z][^>]*>")
IDENT = re.compile(r'\sid="([^"]*)"')
HERE = re.compile(r'\shref="#([^"]*)"')


def elsewhere(html: str, address: str, prefix: str) -> SafeString:
    """Makes a passage's HTML fit another page: its ids get a prefix, its links within the page lead home.

    Only tags are touched; the words stay as they are.
    """

    def moved(tag: re.Match[str]) -> str:
        named = IDENT.sub(rf' id="{prefix}-\1"', tag[0])
        return HERE.sub(rf' href="{address}#\1"', named)

    return mark_safe(TAG.sub(moved, html))


def calling(text: str, offset: int) -> tuple[str, str]:
    """The sentence of a passage that calls a note, cut where the marker stands: ``offset`` characters into the text.

    Of a sentence too long to be shown whole, what comes before the marker.
    """
    at = max(min(offset, len(text)), 1)
    before, whole = (sentence_around(said, at - 1, at) for said in (text[:at], text))
    return (before, whole.removeprefix(before)) if whole.startswith(before) else (f"{before} …", "")
