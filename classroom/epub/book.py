"""A reading as a book: EPUB 3.3, with a chapter for everything that has a heading, and what follows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.http import HttpRequest

from classroom.epub.xhtml import Writer
from classroom.live import LiveReading
from classroom.paper.sheet import sheet
from classroom.paper.tree import Node
from interchange.addresses import absolute

MEDIA_TYPE = "application/epub+zip"
STYLE = Path(__file__).parent / "book.css"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><meta charset="UTF-8"/><title>{title}</title><link rel="stylesheet" href="book.css"/></head>
<body>
{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
    <dc:title>{title}</dc:title>
    <dc:language>en</dc:language>
    <dc:publisher>{archive}</dc:publisher>
    <dc:source>{address}</dc:source>
    <meta property="dcterms:modified">{modified}</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">displayTransformability</meta>
    <meta property="schema:accessibilityFeature">readingOrder</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta property="schema:accessibilitySummary">All of it is text, with headings, and notes that link back.</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="style" href="book.css" media-type="text/css"/>
{manifest}  </manifest>
  <spine>
{spine}  </spine>
</package>
"""


@dataclass
class Chapter:
    """A file of the book, with the questions in it by their numbers."""

    name: str
    title: str
    body: str
    questions: list[int] = field(default_factory=list)


def book(live: LiveReading, address: str, request: HttpRequest | None = None, *, for_teacher: bool = False) -> bytes:
    """The reading as a book; ``address`` is that of the reading in the archive, and names the book for good."""
    written = sheet(live, request, for_teacher=for_teacher)
    full = absolute(request, address) + ("?for=teacher" if for_teacher else "")
    chapters = _chapters(written)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MEDIA_TYPE, ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("EPUB/package.opf", _package(written, full, chapters))
        archive.writestr("EPUB/nav.xhtml", _contents(chapters))
        archive.writestr("EPUB/book.css", STYLE.read_bytes())
        for chapter in chapters:
            archive.writestr(f"EPUB/{chapter.name}", PAGE.format(title=escape(chapter.title), body=chapter.body))
    return made.getvalue()


def _chapters(written: Node) -> list[Chapter]:
    """The title page with the introduction, then a chapter for each item that has a heading."""
    writer = Writer(written)
    version = "<p>Teacher’s version, with answers.</p>\n" if written["for_teacher"] else ""
    about = f"{written['level']} · about {written['minutes']} minute{'' if written['minutes'] == 1 else 's'}"
    title = f'<h1 class="book">{escape(written["title"])}</h1>\n<p class="about">{escape(about)}</p>\n{version}'
    chapters = [Chapter("title.xhtml", written["title"], title + writer.write(written["introduction"]))]
    for item in written["items"]:
        heading = _heading(item)
        if heading:
            chapters.append(Chapter(f"chapter-{len(chapters)}.xhtml", heading, ""))
        chapters[-1].body += writer.item(item)
        if item["is"] == "question":
            chapters[-1].questions.append(item["number"])
    return chapters


def _heading(item: Node) -> str:
    return f"{item['name']} {item['title']}" if item["is"] == "proposal" else str(item.get("heading", ""))


def _contents(chapters: Sequence[Chapter]) -> str:
    entries = "\n".join(_entry(chapter) for chapter in chapters)
    body = f'<nav epub:type="toc" role="doc-toc"><h1>Contents</h1><ol>\n{entries}\n</ol></nav>\n'
    return PAGE.format(title="Contents", body=body)


def _entry(chapter: Chapter) -> str:
    within = "".join(
        f'<li><a href="{chapter.name}#question-{each}">Question {each}</a></li>' for each in chapter.questions
    )
    return f'<li><a href="{chapter.name}">{escape(chapter.title)}</a>{f"<ol>{within}</ol>" if within else ""}</li>'


def _package(written: Node, address: str, chapters: Iterable[Chapter]) -> str:
    names = [chapter.name for chapter in chapters]
    return PACKAGE.format(
        identifier=uuid5(NAMESPACE_URL, address),
        title=escape(written["title"]),
        archive=escape(written["archive"]),
        address=escape(address),
        modified=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        manifest="".join(
            f'    <item id="{_id(name)}" href="{name}" media-type="application/xhtml+xml"/>\n' for name in names
        ),
        spine="".join(f'    <itemref idref="{_id(name)}"/>\n' for name in names),
    )


def _id(name: str) -> str:
    return name.partition(".")[0]
