"""Readers of sources that are text: what was pasted, and archive text."""

from __future__ import annotations

from editions.readers.archive_text import parse_archive_text
from editions.readers.encoding import decode, decoded
from editions.readers.pasted import restore
from editions.readers.reading import Reading


def read_pasted(source: bytes) -> Reading:
    """Restores a text without markup; raises ``ReadError`` when it is no text."""
    text = decoded(source)
    restoration = restore(text.text)
    return Reading(restoration.edition, (*text.remarks, *restoration.remarks))


def read_archive_text(source: bytes) -> Reading:
    """Reads archive text; raises ``ReadError`` with the line where it breaks the notation."""
    text = decoded(source)
    return Reading(parse_archive_text(text.text), text.remarks)


def text_lines(source: bytes) -> tuple[str, ...]:
    """Returns the lines of a text; raises ``ReadError`` when it is no text."""
    return tuple(decode(source).split("\n"))


def text_coding(source: bytes) -> str:
    """Returns the name of the coding that a text is in; raises ``ReadError`` when it is no text."""
    return decoded(source).encoding
