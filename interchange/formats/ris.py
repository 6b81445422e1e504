"""RIS, which Zotero, EndNote, Mendeley and most other programs for references read.

After the RIS Format Specifications of Research Information Systems (2001, types and tags of 2011): a tag of six
characters, one line for each value, CR LF, dates as YYYY/MM/DD/other. Values are UTF-8 and never broken over lines.

The types are chosen by what the specification has and by what Zotero's translator makes of them: a personal
communication (PCOMM) is the only one with a recipient (A2); a manuscript (MANSCPT) keeps archive, place and its own
kind (M3); GEN, the type for everything else, would become an article in a journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from editions.dates import HistoricalDate, Precision
from interchange.bibliography import Record
from interchange.formats.lines import addressees, inverted, one_line, stated
from interchange.publications import bare, publication

LETTER, CHAPTER = "PCOMM", "CHAP"
TYPES = {
    "letter": LETTER,
    "memorandum": LETTER,
    "telegram": LETTER,
    "note": LETTER,
    "report": "RPRT",
    "editorial-note": CHAPTER,
}
#: The type of all other kinds.
OTHER = "MANSCPT"
#: Where the name of an archive ends and series and box begin.
AFTER_ARCHIVE = re.compile(r"[,;:]\s+")
#: The specification has no asterisks in names and keywords.
NO_ASTERISK = str.maketrans("*", "∗")

Fields = list[tuple[str, str]]


def write(records: Iterable[Record]) -> Iterator[str]:
    """Yields one record after the other, each complete."""
    for record in records:
        kind = TYPES.get(record.kind, OTHER)
        fields = [
            ("TY", kind),
            ("TI", record.title),
            ("ST", record.short_title),
            *(("AU", inverted(name).translate(NO_ASTERISK)) for name in record.senders),
            *_date(record.date),
            *(_of_chapter(record) if kind == CHAPTER else _of_manuscript(record, kind)),
            *_kept_at(record.repository),
            ("DP", record.archive),
            ("UR", record.address),
            ("AB", record.abstract),
            *(("KW", topic.translate(NO_ASTERISK)) for topic in record.topics),
            ("N1", " | ".join(_remarks(record, kind))),
        ]
        yield "".join(_line(tag, one_line(value)) for tag, value in fields if one_line(value)) + "ER  - \r\n"


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}\r\n"


def _of_manuscript(record: Record, kind: str) -> Fields:
    """Recipients are fields of their own only in letters."""
    recipients = record.recipients if kind == LETTER else ()
    return [
        *(("A2", inverted(name).translate(NO_ASTERISK)) for name in recipients),
        ("M3", record.kind_name),
        ("CY", record.place),
    ]


def _of_chapter(record: Record) -> Fields:
    """What the editors wrote is part of their volume and has its date."""
    printed = publication(record.publication)
    first, _, last = printed.pages.replace("–", "-").partition("-")
    return [
        ("PY", "" if record.date else printed.year),
        ("T2", printed.volume or record.collection),
        ("CY", printed.place),
        ("PB", printed.publisher),
        ("SP", first),
        ("EP", last),
    ]


def _kept_at(repository: str) -> Fields:
    """The archive (DB), and where in it the original is (AN)."""
    archive, *rest = AFTER_ARCHIVE.split(bare(repository), maxsplit=1)
    return [("DB", archive), ("AN", "".join(rest))]


def _date(date: HistoricalDate | None) -> Fields:
    """A date without day or month leaves these empty; a span is free text, after the three strokes."""
    if date is None:
        return []
    first, last = date.earliest, date.latest
    year = f"{first.year:04}" if first.year == last.year else ""
    match date.precision:
        case Precision.DAY:
            written = f"{year}/{first.month:02}/{first.day:02}/"
        case Precision.MONTH:
            written = f"{year}/{first.month:02}//"
        case Precision.YEAR:
            written = f"{year}///"
        case _:
            written = f"///{date.display.replace('/', '–')}"
    return [("PY", year), ("DA", written)]


def _remarks(record: Record, kind: str) -> list[str]:
    printed = f"Published in {bare(record.publication)}" if record.publication else ""
    received = "" if kind == LETTER else addressees(record)
    return [part for part in (received, printed, *stated(record)) if part]
