"""Takes apart a publication as a citation gives it.

"Foreign Relations of the United States, 1961–1963, Volume V, Soviet Union (Washington: United States Government
Printing Office, 1998), Document 5" has a title, a volume that belongs to it, an imprint, and a place within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Where the title of a publication ends and what locates something in it begins.
LOCATOR = re.compile(r"\s\(|,\s(?:vol|volume|ed|edited|document|doc|no|item|part|pp?|series)\b\.?|,\s\d+(?:[–-]\d+)?$")
IMPRINT = re.compile(r"\s\((?:(?P<place>[^:()]+):\s)?(?P<publisher>[^()]+?),\s(?P<year>\d{4})\)")
#: Where the volume ends and the place within it begins.
WITHIN = re.compile(r",\s(?:documents?|docs?|nos?|items?|pp?)\b\.?\s|,\s\d+(?:[–-]\d+)?$", re.IGNORECASE)
PAGES = re.compile(r",\spp?\.\s(?P<pages>\d+(?:[–-]\d+)?)")


@dataclass(frozen=True)
class Publication:
    """``title`` alone, or ``volume`` with all that is printed on its title page; ``rest`` is what follows the title.

    What is not told is empty. A title in quotation marks is part of no volume: then ``title`` is empty.
    """

    title: str
    rest: str
    volume: str
    place: str = ""
    publisher: str = ""
    year: str = ""
    pages: str = ""


def publication(text: str) -> Publication:
    """Reads any text; what it does not understand stays in ``rest`` and in ``volume``."""
    text = bare(text)
    if text.startswith(("“", '"')):
        return Publication("", text, text)
    located, imprint, pages = LOCATOR.search(text), IMPRINT.search(text), PAGES.search(text)
    within = WITHIN.search(text)
    end = located.start() if located else len(text)
    ends = [match.start() for match in (imprint, within) if match]
    said = imprint.groupdict(default="") if imprint else {}
    return Publication(text[:end], text[end:], text[: min(ends, default=len(text))], **said, pages=_pages(pages))


def bare(text: str) -> str:
    """The text without the full stop that ends a sentence."""
    return text.strip().removesuffix(".")


def _pages(found: re.Match[str] | None) -> str:
    return found["pages"] if found else ""
