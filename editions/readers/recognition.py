"""Tells from its first bytes what a file is, and refuses what no reader reads."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from editions.errors import ReadError

#: How far into a file its kind shows.
HEAD = 2048
COPY = "Open it, copy the text and paste it."
SAVE_AS_WORD = "Open it in a word processor, save it as a Word document (.docx), and choose that file."
TRANSCRIBE = "An archive of texts needs its words: transcribe it, or paste the text."
UNPACK = "Unpack it and choose the files in it."

#: What begins with these bytes is no source: what it is, and what to do.
FOREIGN = (
    (b"\xff\xd8\xff", "a JPEG image", TRANSCRIBE),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", TRANSCRIBE),
    (b"GIF8", "a GIF image", TRANSCRIBE),
    (b"II*\0", "a TIFF image", TRANSCRIBE),
    (b"MM\0*", "a TIFF image", TRANSCRIBE),
    (b"AT&TFORM", "a DjVu scan", TRANSCRIBE),
    (b"ID3", "a sound recording", TRANSCRIBE),
    (b"OggS", "a sound recording", TRANSCRIBE),
    (b"fLaC", "a sound recording", TRANSCRIBE),
    (b"{\\rtf", "a document in Rich Text Format (RTF)", SAVE_AS_WORD),
    (b"%!PS", "a PostScript file", "Convert it to PDF and choose that file."),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"7z\xbc\xaf'\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"SQLite format 3\0", "a SQLite database", "Export the texts and choose those files."),
    (b"\x7fELF", "a program", "Choose a file with the text of a document."),
    (b"\xffWPC", "a WordPerfect document", SAVE_AS_WORD),
    (b"\xdb\xa5-\0", "a Word document of before 1997", SAVE_AS_WORD),
)
#: Files made of chunks: the kind stands behind a first word and a length.
CHUNKED = (
    (b"RIFF", 8, b"WEBP", "a WebP image"),
    (b"RIFF", 8, b"WAVE", "a sound recording"),
    (b"RIFF", 8, b"AVI ", "a film"),
    (b"", 4, b"ftypheic", "a HEIC image"),
    (b"", 4, b"ftypM4A", "a sound recording"),
    (b"", 4, b"ftyp", "a film"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Names of streams in an OLE container, as it writes them, and what a file with such a stream is.
OLE_STREAMS = (
    ("EncryptedPackage", "a Word document with a password", "Open it, save it without the password, and try again."),
    ("WordDocument", "a Word document in the old format (.doc)", SAVE_AS_WORD),
    ("Workbook", "an Excel workbook", COPY),
    ("PowerPoint Document", "a PowerPoint presentation", COPY),
    ("__substg1.0_", "an Outlook message", COPY),
)
#: Names of parts in a ZIP archive that tell what it is.
ZIP_PARTS = (
    ("xl/workbook.xml", "an Excel workbook", COPY),
    ("ppt/presentation.xml", "a PowerPoint presentation", COPY),
    ("META-INF/container.xml", "an EPUB book", COPY),
    ("Index/Document.iwa", "a Pages document", SAVE_AS_WORD),
    ("content.xml", "an OpenDocument text (.odt)", SAVE_AS_WORD),
)
BLANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
#: A PDF may begin with something else; a text that speaks of PDFs is none.
PDF = re.compile(rb"%PDF-\d\.\d[\r\n]")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
XML = re.compile(
    rb"<\?xml\s|<(?:\w+:)?TEI(?:\.2|Corpus)?[\s>/]|<!DOCTYPE\s+TEI|<div\s[^>]*type=.document", re.IGNORECASE
)
XHTML = re.compile(rb"<html[\s>]|<!doctype\s+html", re.IGNORECASE)
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def look_at(source: bytes) -> str:
    """Returns what the first bytes of a source show: "docx", "pdf", "tei", or "" for what may be any text.

    Raises ``ReadError`` for what no reader reads, with what it is and what to do instead.
    """
    for start, what, remedy in FOREIGN:
        if source.startswith(start):
            raise ReadError(f"this is {what}. {remedy}")
    for start, at, word, what in CHUNKED:
        if source.startswith(start) and source.startswith(word, at):
            raise ReadError(f"this is {what}. {TRANSCRIBE}")
    if source.startswith(OLE):
        raise _ole(source)
    if source.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(source)
    if source.startswith(b"%PDF-") or PDF.search(source, 0, 1024):
        return "pdf"
    return _markup(source)


def _ole(source: bytes) -> ReadError:
    for stream, what, remedy in OLE_STREAMS:
        if stream.encode("utf-16-le") in source:
            return ReadError(f"this is {what}. {remedy}")
    return ReadError(f"this is a file of an old Office program. {SAVE_AS_WORD}")


def _zip(source: bytes) -> str:
    try:
        with ZipFile(BytesIO(source)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(
            "this Word document or ZIP archive is damaged: it has no readable list of its parts. It may have been "
            "cut off on its way: get it again."
        ) from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    for part, what, remedy in ZIP_PARTS:
        if part in names:
            raise ReadError(f"this is {what}. {remedy}")
    raise ReadError(f"this is a ZIP archive. {UNPACK}")


def _markup(source: bytes) -> str:
    head = source[:HEAD]
    if (coding := UTF_16.get(head[:2])) is not None:
        head = head[2:].decode(coding, "ignore").encode()
    start = BLANK.match(head)
    words = head[start.end() if start else 0 :]
    if HTML.match(words) or (words.startswith(b"<?xml") and XHTML.search(words)):
        raise ReadError("this is a web page (HTML). Open it in a browser, copy the text and paste it.")
    return "tei" if XML.match(words) else ""
