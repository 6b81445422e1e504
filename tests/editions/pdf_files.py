"""PDF files for tests, written by hand from pages that people can read.

A page is lines of "x y size | words", measured in points from below left; ^1^ is set as a superscript. The type is
Courier, in which every character is 0.6 of its size wide.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter

LINE = re.compile(r"(?P<x>[\d.]+) (?P<y>[\d.]+) (?P<size>[\d.]+) \| (?P<words>.*)")
WIDTH = 0.6


def pdf_file(*pages: str, labels: str = "", extra: str = "") -> bytes:
    """Writes a PDF; ``labels`` is the content of the number tree of page labels, ``extra`` more of the catalog."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    catalog = f"/Type /Catalog /Pages 2 0 R {f'/PageLabels << /Nums [{labels}] >>' if labels else ''} {extra}"
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        f"<< {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        content = "\n".join(_line(line) for line in page.splitlines() if line.strip())
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return assembled(objects)


def pdf_folder(folder: Path) -> bytes:
    """Writes a PDF of the pages in a folder (page-1.txt and so on)."""
    return pdf_file(*(path.read_text(encoding="utf-8") for path in sorted(folder.glob("page-*.txt"))))


def assembled(objects: list[str], coding: str = "cp1252") -> bytes:
    """Puts objects, the first of which is the catalog, into a file with their table."""
    file, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode(coding)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return file + f"{end}startxref\n{len(file)}\n%%EOF\n".encode()


def encrypted(source: bytes, password: str) -> bytes:
    """Encrypts a PDF; an empty password only forbids printing and copying."""
    writer, file = PdfWriter(clone_from=PdfReader(BytesIO(source))), BytesIO()
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def _line(line: str) -> str:
    match = LINE.fullmatch(line)
    assert match, line
    x, y, size = float(match["x"]), float(match["y"]), float(match["size"])
    written = []
    for index, words in enumerate(match["words"].split("^")):
        scale, rise = (0.6, 0.35) if index % 2 else (1.0, 0.0)
        escaped = re.sub(r"([\\()])", r"\\\1", words)
        if words:
            written.append(f"BT /F1 {size * scale:g} Tf {x:g} {y + rise * size:g} Td ({escaped}) Tj ET")
        x += len(words) * WIDTH * size * scale
    return "\n".join(written)
