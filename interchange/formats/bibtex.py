"""BibTeX, in UTF-8, with the types and fields of biblatex.

Classic BibTeX prints it too: it takes types it does not know for @misc, fields it does not know for nothing, and has
the year beside biblatex's date. Zotero and JabRef know @letter, which biblatex means for letters and memoranda. The key
of an entry is the last part of the document's address, so it lasts as long as the address.

Braces are written as commands, for BibTeX counts those that are escaped as well. Titles have a second pair of braces:
styles would put their proper names in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from editions.dates import HistoricalDate
from interchange.bibliography import Name, Record
from interchange.formats.lines import addressees, one_line, stated
from interchange.publications import bare, publication

CHAPTER = "incollection"
TYPES = {
    "letter": "letter",
    "memorandum": "letter",
    "telegram": "letter",
    "note": "letter",
    "report": "report",
    "editorial-note": CHAPTER,
}
#: The type of all other kinds.
OTHER = "misc"
ESCAPES = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "`": r"{\textasciigrave}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
        **{character: f"\\{character}" for character in "#$%&_"},
    }
)
#: Two or three of these in a row would become one character: a dash, a quotation mark.
LIGATURE = re.compile(r"([-',])(?=\1)")
#: What parts names from one another, and one part of a name from the next.
PARTING = re.compile(r"\band\b|,", re.IGNORECASE)
NOT_IN_ADDRESS = {ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C", ord(" "): "%20"}

Fields = dict[str, str]


def write(records: Iterable[Record]) -> Iterator[str]:
    """Yields one entry after the other, each complete."""
    for record in records:
        kind = TYPES.get(record.kind, OTHER)
        fields = {
            "author": " and ".join(_name(name) for name in record.senders),
            "title": _kept(record.title),
            "shorttitle": _kept(record.short_title),
            **(_of_chapter(record) if kind == CHAPTER else _of_manuscript(record)),
            **_date(record.date),
            "library": _text(bare(record.repository)),
            "url": record.address.translate(NOT_IN_ADDRESS),
            "abstract": _text(record.abstract),
            "keywords": ", ".join(_text(topic) for topic in record.topics),
            "annote": _text("; ".join(stated(record))),
        }
        lines = "".join(f"  {field} = {{{value}}},\n" for field, value in fields.items() if value)
        yield f"@{kind}{{{record.slug},\n{lines}}}\n\n"


def _of_manuscript(record: Record) -> Fields:
    """Where it is printed, else where it is kept; to whom it went, for which there is no field."""
    return {
        "type": _text(record.kind_name),
        "howpublished": _text(bare(record.publication or record.repository)),
        "note": _text(addressees(record)),
        "organization": _text(record.archive),
        "address": _text(record.place),
    }


def _of_chapter(record: Record) -> Fields:
    """What the editors wrote is part of their volume; without a date of its own it has that of the volume."""
    printed = publication(record.publication)
    return {
        "booktitle": _kept(printed.volume or record.collection),
        "publisher": _text(printed.publisher),
        "address": _text(printed.place),
        "note": f"Document {_text(record.number)}" if record.number else "",
        "pages": re.sub("[–-]", "--", printed.pages),
        "year": printed.year,
    }


def _date(date: HistoricalDate | None) -> Fields:
    """biblatex's date has a day or a span of days; the year is for BibTeX, with a span of years as it is written."""
    if date is None:
        return {}
    is_one_year = date.earliest.year == date.latest.year
    return {"year": f"{date.earliest.year:04}" if is_one_year else _text(date.display), "date": date.iso}


def _name(name: Name) -> str:
    """ "King, Jr., Martin Luther"; any other name in braces, so that nothing in it is taken for a part of a name."""
    if name.parts is None:
        return f"{{{_text(name.usual)}}}"
    family, given, suffix = (f"{{{_text(part)}}}" if PARTING.search(part) else _text(part) for part in name.parts)
    return ", ".join(part for part in (family, suffix, given) if part)


def _kept(text: str) -> str:
    """Text whose capitals no style may change."""
    return f"{{{_text(text)}}}" if one_line(text) else ""


def _text(text: str) -> str:
    return LIGATURE.sub(r"\1{}", one_line(text).translate(ESCAPES))
