"""Parts of a text shown away from the page of its document."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

from editions.references.sentences import sentence_around

TAG = re.compile(r"<[a-z][^>]*>")
IDENT = re.compile(r'\sid="([^"]*)"')
HERE = re.compile(r'\shref="#([^"]*)"')
#: Stands for a marker while its sentence is looked for: no text has it, since Unicode says that no text may.
MARKER = "\ufdd0"


def elsewhere(html: str, address: str, prefix: str) -> SafeString:
    """Makes a passage's HTML fit another page: its ids get a prefix, its links within the page lead home.

    Only tags are touched; the words stay as they are.
    """

    def moved(tag: re.Match[str]) -> str:
        named = IDENT.sub(rf' id="{prefix}-\1"', tag[0])
        return HERE.sub(rf' href="{address}#\1"', named)

    return mark_safe(TAG.sub(moved, html))


def calling(text: str, offset: int) -> tuple[str, str]:
    """The sentence of a passage that calls a note, cut where the marker stands: ``offset`` characters into the text."""
    at = min(offset, len(text))
    marked = sentence_around(f"{text[:at]}{MARKER}{text[at:]}", max(at - 1, 0), at + 1)
    before, _, after = marked.partition(MARKER)
    return before, after
