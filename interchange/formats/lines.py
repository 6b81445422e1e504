"""What the formats that are made of lines have in common: text on one line, and a document's facts in sentences."""

from __future__ import annotations

import re

from editions.dates import Precision
from interchange.bibliography import Name, Record

#: Whatever a reader of such a file could take for the end of a line, or for no character at all.
BREAK = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """The text on one line, its words parted by single spaces."""
    return BREAK.sub(" ", text).strip()


def addressees(record: Record) -> str:
    """ "To Dean Rusk; James E. Webb", or nothing."""
    names = "; ".join(name.usual for name in record.recipients)
    return f"To {names}" if names else ""


def dated(record: Record) -> str:
    """What day, month and year alone do not say: how a span is written, and that an editor supplied the date."""
    if record.date is None:
        return ""
    is_exact = record.date.precision is not Precision.SPAN
    if record.date.supplied:
        return f"Date supplied by an editor: {record.date.display}"
    return "" if is_exact else f"Dated {record.date.display}"


def stated(record: Record) -> list[str]:
    """What neither RIS nor BibTeX has a field for; a collection that is the printed volume itself is named once."""
    is_volume = record.publication.startswith(record.collection)
    edition = f"Edition online: {record.publication_url}" if record.publication_url else ""
    marking = f"Classification: {record.classification}" if record.classification else ""
    collection = "" if is_volume else f"Collection: {record.collection}"
    return [part for part in (edition, dated(record), marking, collection) if part]


def inverted(name: Name) -> str:
    """ "King, Martin Luther, Jr.", and any other name as it is."""
    return ", ".join(part for part in name.parts if part) if name.parts else name.usual
