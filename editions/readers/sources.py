"""The table of formats: what a source is called, how it is told, and which reader reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from editions.errors import ReadError
from editions.readers.docx import docx_lines, read_docx
from editions.readers.encoding import decode
from editions.readers.pdf import pdf_lines, read_pdf
from editions.readers.reading import Reading
from editions.readers.recognition import look_at
from editions.readers.tei.letter import read_tei
from editions.readers.tei.lines import tei_coding, tei_lines
from editions.readers.text import read_archive_text, read_pasted, text_coding, text_lines

__all__ = [
    "FORMATS",
    "LARGEST_SOURCE",
    "SUFFIXES",
    "Format",
    "Reading",
    "decode",
    "describe",
    "read_source",
    "recognise",
    "source_lines",
    "too_large",
]

#: How the name of a file ends; "Letter to Mr. Smith" and "Letter of 3.7" have no such ending.
SUFFIX = re.compile(r"\.[A-Za-z]\w{0,9}\Z", re.ASCII)
#: The largest source of one document, in bytes.
LARGEST_SOURCE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Format:
    """A format of sources.

    ``suffixes`` end the names of its files, ``title`` is what an editor calls it, ``read`` makes an edition of the
    bytes, and ``lines`` gives what an editor sees of the source beside the text, to which the lines of remarks refer.
    ``coding`` names the coding of a text. All raise ``ReadError`` and nothing else.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    read: Callable[[bytes], Reading]
    lines: Callable[[bytes], tuple[str, ...]]
    coding: Callable[[bytes], str] = lambda source: ""


#: The formats by name. To add one: a module in ``editions/readers`` and a line here.
FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("text", (".txt", ".text"), "plain text", read_pasted, text_lines, text_coding),
        Format("archive-text", (".md", ".archive"), "archive text", read_archive_text, text_lines, text_coding),
        Format("tei", (".xml", ".tei"), "TEI", read_tei, tei_lines, tei_coding),
        Format("docx", (".docx", ".docm"), "Word document", read_docx, docx_lines),
        Format("pdf", (".pdf",), "PDF with text", read_pdf, pdf_lines),
    )
}
SUFFIXES: dict[str, str] = {suffix: format.name for format in FORMATS.values() for suffix in format.suffixes}


def read_source(source: bytes, format: str) -> Reading:
    """Reads a source in a named format; raises ``ReadError`` when it cannot be, ``KeyError`` for no such format."""
    reader = FORMATS[format].read
    return reader(_checked(source))


def source_lines(source: bytes, format: str) -> tuple[str, ...]:
    """Returns the lines of a source as an editor sees them, to which the lines of its remarks refer.

    Raises ``ReadError`` when the source cannot be read, ``KeyError`` when there is no such format.
    """
    lines = FORMATS[format].lines
    return lines(_checked(source))


def describe(source: bytes, format: str) -> str:
    """Returns what a source is read as: "plain text, Windows-1252". Raises ``ReadError`` when it cannot be read."""
    known = FORMATS[format]
    return ", ".join(filter(None, [known.title, known.coding(_checked(source))]))


def recognise(source: bytes, name: str = "") -> str:
    """Returns the name of a source's format: told by its first bytes, then by the ending of its file's name.

    Raises ``ReadError`` for what no reader reads, with what it is and what to do instead.
    """
    seen = look_at(_checked(source))
    ending = SUFFIX.search(name)
    suffix = ending[0].lower() if ending else ""
    expected = SUFFIXES.get(suffix, "")
    if seen:
        return seen
    if suffix and not expected:
        raise ReadError(f"files of the kind {suffix} cannot be read. Use {', '.join(SUFFIXES)}.")
    return expected or "text"


def too_large(size: int) -> str:
    """What is said of a source with more bytes than one document may have."""
    most = LARGEST_SOURCE // 2**20
    return f"this source has {size / 2**20:.0f} MB, and one document has at most {most} MB. Split it into documents."


def _checked(source: bytes) -> bytes:
    if len(source) > LARGEST_SOURCE:
        raise ReadError(too_large(len(source)))
    if not source.strip():
        raise ReadError("this source is empty: there is no text in it.")
    return source
