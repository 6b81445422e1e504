"""What the pipeline needs to know of a text, and what it gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from editions.model import Metadata

_NAMED = re.compile(r"(?P<volume>frus[\w-]+)-d(?P<number>\d+)")

#: Where words that cite something start and end in a text, and the identifier of what they cite.
Target = tuple[int, int, str]


@dataclass(frozen=True)
class Context:
    """Where a text stands, which decides what numbers without a volume mean.

    ``volume`` is the identifier of the volume ("frus1961-63v25") and ``number`` that of the document in it ("388"),
    ``publication`` the citation of the edition that the text follows, ``written`` the day it was written.
    """

    volume: str = ""
    number: str = ""
    publication: str = ""
    written: date | None = None


@dataclass(frozen=True)
class FoundReference:
    """Words of a text that point at a document: characters ``start`` to ``end`` of the reading text of a place.

    ``place`` is the id of a block, whose reading text is ``reading_text(block.content)``, or of a note, whose is
    ``note_text(note)``. ``target`` is a canonical identifier ("frus1961-63v06/d35", "frus1961-63v06/d42#fn2",
    "un-ga-res/1721-xvi", "nsam-129"), ``title`` says in plain words what is meant.
    """

    place: str
    start: int
    end: int
    words: str
    target: str
    title: str
    sentence: str


def context_of(name: str, metadata: Metadata) -> Context:
    """Returns the context of a text that is kept under a name such as "frus1961-63v06-d41".

    The number that the text itself has goes before that of the name; any other name says nothing of a volume.
    """
    match = _NAMED.fullmatch(name)
    written = metadata.written
    return Context(
        volume=match["volume"] if match else "",
        number=metadata.number or (match["number"] if match else ""),
        publication=metadata.source,
        written=written.earliest if written and written.earliest == written.latest else None,
    )
