"""The table of formats: what a source is called, how it is told, and which reader reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editions.errors import ReadError
from editions.model import Edition, Remark
from editions.readers.archive_text import parse_archive_text
from editions.readers.pasted import restore

BOM = "\ufeff"


@dataclass(frozen=True)
class Reading:
    """What a reader made of a source: the edition, and the judgements an editor should look at."""

    edition: Edition
    remarks: tuple[Remark, ...] = ()


def _pasted(text: str) -> Reading:
    restoration = restore(text)
    return Reading(restoration.edition, restoration.remarks)


def _archive_text(text: str) -> Reading:
    return Reading(parse_archive_text(text))


#: The formats by name. To add one: a module in ``editions/readers`` and a line here.
FORMATS: dict[str, Callable[[str], Reading]] = {"text": _pasted, "archive-text": _archive_text}
SUFFIXES = {".txt": "text", ".text": "text", ".md": "archive-text", ".archive": "archive-text"}


def decode(source: bytes) -> str:
    """Returns the text of a source in UTF-8, line ends made LF, a byte order mark left out.

    Raises ``ReadError`` for an empty source, for bytes that are not UTF-8 (with their offset) and for NUL characters.
    """
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise ReadError(f"byte {error.start} is not UTF-8. Save the file as UTF-8 and try again.", line) from error
    if "\0" in text:
        raise ReadError("this is not text: it has a NUL character.", text.count("\n", 0, text.index("\0")) + 1)
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError("this source is empty: there is no text in it.")
    return text


def read_source(source: bytes, format: str) -> Reading:
    """Reads a source in a named format; raises ``ReadError`` when it cannot be, ``KeyError`` for no such format."""
    return FORMATS[format](decode(source))
