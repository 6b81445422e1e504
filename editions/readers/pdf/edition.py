"""Makes an edition of a PDF: its paragraphs, restored as pasted text is."""

from __future__ import annotations

from editions.model import Remark
from editions.readers.pasted import restore
from editions.readers.pdf.heads import take_heads
from editions.readers.pdf.pages import read_pages
from editions.readers.pdf.paragraphs import Joined, join
from editions.readers.reading import Reading


def read_pdf(source: bytes) -> Reading:
    """Reads the text of a PDF; raises ``ReadError`` for one that is damaged, encrypted, too large or without text."""
    joined, remarks = _joined(source)
    restoration = restore(joined.text())
    ordered = sorted([*remarks, *restoration.remarks], key=lambda remark: remark.line)
    return Reading(restoration.edition, tuple(ordered))


def pdf_lines(source: bytes) -> tuple[str, ...]:
    """Returns the text of a PDF, a line for each paragraph; raises ``ReadError`` as ``read_pdf`` does."""
    joined, _ = _joined(source)
    return tuple(joined.text().rstrip("\n").split("\n"))


def _joined(source: bytes) -> tuple[Joined, list[Remark]]:
    pages = read_pages(source)
    headed = take_heads(pages)
    joined = join(headed.pages)
    empty = [str(page.number) for page in pages if not page.lines]
    remarks = [*headed.remarks, *joined.remarks()]
    if empty:
        message = (
            f"These pages of the file have no text, and may be pictures: {', '.join(empty[:20])}. Transcribe them."
        )
        remarks.append(Remark(1, message, 0.2))
    return joined, remarks
