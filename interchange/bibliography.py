"""What a bibliography says of one document: a value that citations and every format of export are made from.

Nothing here reads the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from editions.dates import HistoricalDate

SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A name in its usual order, and as an index has it. Only the name of a person has family and given names."""

    usual: str
    sorted: str = ""
    is_person: bool = False

    @property
    def parts(self) -> tuple[str, str, str] | None:
        """Family name, given names and suffix ("King", "Martin Luther", "Jr."); None where they are not told apart."""
        if not self.is_person:
            return None
        family, *rest = [part.strip() for part in self.sorted.split(",")]
        suffix = ", ".join(part for part in rest if SUFFIX.fullmatch(part))
        given = ", ".join(part for part in rest if part and not SUFFIX.fullmatch(part))
        return (family, given, suffix) if family and given else None


@dataclass(frozen=True)
class Record:
    """A document, as read at ``address`` in ``archive``; what is not known is empty.

    ``slug`` is the last part of its address, and no two documents share it. ``publication`` is the edition that the
    text follows, as a citation gives it; ``repository`` the archive, series and box of the original.
    """

    title: str
    address: str
    archive: str
    kind: str = ""
    senders: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    date: HistoricalDate | None = None
    place: str = ""
    publication: str = ""
    repository: str = ""
    collection: str = ""
    slug: str = ""
    kind_name: str = ""
    number: str = ""
    short_title: str = ""
    publication_url: str = ""
    classification: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
