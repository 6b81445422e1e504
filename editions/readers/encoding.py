"""Turns the bytes of a text into characters."""

from __future__ import annotations

from editions.errors import ReadError

BOM = "\ufeff"


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
