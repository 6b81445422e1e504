"""CSV (RFC 4180): a table with one row for each document, for spreadsheets and for statistics.

It begins with the mark of UTF-8, without which Excel takes the text for something else. Programs for spreadsheets run a
cell that begins with = + - @, a tab or the end of a line as a formula, so such a cell has an apostrophe before it; so
has one with spaces or apostrophes before such a sign. One apostrophe taken away there always gives back the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from editions.dates import HistoricalDate
from interchange.bibliography import Name, Record

MARK = "\ufeff"
FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r\n]")


def _names(names: tuple[Name, ...]) -> str:
    return "; ".join(name.usual for name in names)


def _of_date(read: Callable[[HistoricalDate], str]) -> Callable[[Record], str]:
    return lambda record: read(record.date) if record.date else ""


#: The columns in their order, each with what stands in it. Several names, topics or identifiers are parted by "; ".
COLUMNS: dict[str, Callable[[Record], str]] = {
    "id": lambda record: record.slug,
    "url": lambda record: record.address,
    "kind": lambda record: record.kind,
    "number": lambda record: record.number,
    "title": lambda record: record.title,
    "short_title": lambda record: record.short_title,
    "senders": lambda record: _names(record.senders),
    "recipients": lambda record: _names(record.recipients),
    "date": _of_date(lambda date: date.display),
    "date_earliest": _of_date(lambda date: date.earliest.isoformat()),
    "date_latest": _of_date(lambda date: date.latest.isoformat()),
    "date_precision": _of_date(lambda date: date.precision.value),
    "date_supplied": _of_date(lambda date: "yes" if date.supplied else "no"),
    "place": lambda record: record.place,
    "collection": lambda record: record.collection,
    "publication": lambda record: record.publication,
    "publication_url": lambda record: record.publication_url,
    "repository": lambda record: record.repository,
    "classification": lambda record: record.classification,
    "abstract": lambda record: record.abstract,
    "topics": lambda record: "; ".join(record.topics),
    "identifiers": lambda record: "; ".join(record.identifiers),
}


def write(records: Iterable[Record]) -> Iterator[str]:
    """Yields the row of names, then one row after the other."""
    return table(COLUMNS, ((read(record) for read in COLUMNS.values()) for record in records))


def table(names: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yields any table in this manner: the row of names, then one row after the other."""
    yield MARK + _row(names)
    for cells in rows:
        yield _row(map(_guarded, cells))


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell
