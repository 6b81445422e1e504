"""Tables of a text as a page shows them: passages that are rows of one table stand in one ``<table>``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple, Protocol, TypeVar

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from editions.model import ROW_KINDS, BlockKind

ROWS = frozenset(kind.value for kind in ROW_KINDS)
COLUMNS, TABLE = BlockKind.TABLE_COLUMNS.value, BlockKind.TABLE.value
CELL = re.compile(r"<t[dh]\b")
EMPTY = '<th scope="col"></th>'


class Shown(Protocol):
    """A passage, as far as a table needs it."""

    @property
    def ident(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int | None: ...
    @property
    def html(self) -> str: ...


Each = TypeVar("Each", bound=Shown)


class TableRow(NamedTuple):
    """A row: its opening tag with the cell of its number, and its own cells, in which hits may be marked."""

    opening: SafeString
    html: SafeString


class Table(NamedTuple):
    """A table: what it is called where it cannot be seen, its caption, the rows at its top that name its columns, and
    the others; the caption may be empty."""

    name: str
    caption: SafeString
    head: list[TableRow]
    body: list[TableRow]


def grouped(passages: Iterable[Each]) -> Iterator[list[Each]]:
    """The passages one by one, but those of a table together: its caption, if it has one, and its rows."""
    group: list[Each] = []
    for passage in passages:
        if group and passage.kind not in ROWS:
            yield group
            group = []
        if passage.kind in ROWS or passage.kind == TABLE:
            group.append(passage)
        else:
            yield [passage]
    if group:
        yield group


def is_table(group: list[Each]) -> bool:
    return group[0].kind in ROWS or group[0].kind == TABLE


def table(group: list[Each]) -> Table:
    """Makes one table of what ``grouped`` found together. Every row has as many cells as the longest."""
    caption = group[0].html if group[0].kind == TABLE else ""
    rows = [passage for passage in group if passage.kind in ROWS]
    width = max((_cells(row.html) for row in rows), default=0)
    head = len(list(takewhile(lambda row: row.kind == COLUMNS, rows)))
    written = [TableRow(_opening(row), mark_safe(_filled(row.html, width))) for row in rows]  # cells are escaped
    first = next((row.number for row in rows if row.number), None)
    name = f"Table from passage {first}" if first else "Table"
    return Table(name, mark_safe(caption), written[:head], written[head:])


def alone(kind: str, html: str) -> str:
    """The HTML of a passage so that it can stand without those around it: a row in a table of its own."""
    if kind in ROWS:
        return f'<table class="edition-table"><tr>{html}</tr></table>'
    return f"<p>{html}</p>" if kind == TABLE else html


def _cells(html: str) -> int:
    return len(CELL.findall(html))


def _filled(html: str, width: int) -> str:
    """A single cell goes across the table, as a heading within it; others are followed by empty ones. What names no
    column is no heading of one."""
    html = html.replace(EMPTY, "<td></td>")
    missing = width - _cells(html)
    if missing and width - missing == 1:
        return html.replace(html[:3], f'{html[:3]} colspan="{width}"', 1)
    return html + "<td></td>" * missing


def _opening(row: Shown) -> SafeString:
    ident = escape(row.ident)
    number = ""
    if row.number:
        label = f"Passage {row.number}"
        number = f'<a class="passage-number" href="#{ident}" aria-label="{label}">{row.number}</a>'
    return mark_safe(f'<tr class="passage is-row" id="{ident}"><td class="row-number">{number}</td>')
