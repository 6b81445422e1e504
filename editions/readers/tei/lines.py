"""The lines of a TEI document, as an editor sees them beside its text."""

from __future__ import annotations

from editions.errors import ReadError
from editions.readers.encoding import BOM, LINE_ENDS
from editions.readers.tei.tree import parse


def tei_lines(source: bytes) -> tuple[str, ...]:
    """Returns the lines of a document in TEI; raises ``ReadError`` when it is not well-formed or has a DOCTYPE."""
    coding = tei_coding(source)
    try:
        text = source.decode(coding, "replace")
    except LookupError as error:
        raise ReadError(f"the encoding {coding} is not known. Save the file as UTF-8.", 1) from error
    return tuple(LINE_ENDS.sub("\n", text.removeprefix(BOM)).split("\n"))


def tei_coding(source: bytes) -> str:
    """Returns the encoding that a document declares, UTF-8 when it declares none; raises as ``tei_lines`` does."""
    return parse(source).getroottree().docinfo.encoding or "UTF-8"
