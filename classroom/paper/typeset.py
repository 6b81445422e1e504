"""Sets a sheet on pages: a tagged PDF (PDF/UA-1), made by Typst with the faces it brings, so that it looks the same
wherever it is made.

The template reads the sheet as data; nothing that anybody wrote is ever read as Typst. It finds no file but itself and
the sheet, and fetches no package.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import typst
from django.core.cache import cache as remembered
from django.http import HttpRequest
from pypdf import PdfReader

from classroom.live import LiveReading
from classroom.paper.sheet import sheet
from classroom.paper.tree import Node

#: The folder of the template, and all of the disk that it may read.
FOLDER = Path(__file__).parent / "template"
#: What Typst says of a character that no face has, and what is set in its place.
WITHOUT_FACE = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
INSTEAD = "\u25a1"
#: So long a count of pages is remembered, in seconds.
REMEMBERED = 24 * 3600


class Paper(StrEnum):
    """The sizes that there are."""

    A4 = "a4"
    LETTER = "us-letter"

    @classmethod
    def named(cls, name: str) -> Paper:
        """The paper that an address asks for, A4 where it does not say."""
        return cls.LETTER if name == "letter" else cls.A4


def handout(
    live: LiveReading, request: HttpRequest | None = None, *, for_teacher: bool = False, paper: Paper = Paper.A4
) -> bytes:
    """The reading as a PDF; for the teacher with the answers."""
    return pdf(sheet(live, request, for_teacher=for_teacher), paper)


def page_count(
    live: LiveReading, request: HttpRequest | None = None, *, for_teacher: bool = False, paper: Paper = Paper.A4
) -> int:
    """How many pages ``handout`` gives; remembered until anything on them changes."""
    written = sheet(live, request, for_teacher=for_teacher)
    key = f"classroom.pages.{_key(written, paper)}"
    return remembered.get_or_set(key, lambda: len(PdfReader(BytesIO(pdf(written, paper))).pages), REMEMBERED)


def pdf(written: Node, paper: Paper = Paper.A4) -> bytes:
    """A sheet as a PDF. What no face of the template has is set from those of this machine, or as an empty square."""
    data = json.dumps(written | {"paper": str(paper)}, ensure_ascii=False)
    try:
        return _set(data)
    except typst.TypstError as error:
        if not _without_face(error):
            raise
    try:
        return _set(data, only_own_faces=False)
    except typst.TypstError as error:
        missing = dict.fromkeys(map(ord, _without_face(error)), INSTEAD)
    return _set(data.translate(missing), only_own_faces=False)


def _set(data: str, *, only_own_faces: bool = True) -> bytes:
    files = {"main.typ": _template(), "sheet.json": data.encode()}
    return typst.compile(files, root=FOLDER, ignore_system_fonts=only_own_faces, pdf_standards=["ua-1"])


@cache
def _template() -> bytes:
    return (FOLDER / "handout.typ").read_bytes()


def _key(written: Node, paper: Paper) -> str:
    return sha256(_template() + json.dumps([written, paper], sort_keys=True).encode()).hexdigest()


def _without_face(error: typst.TypstError) -> str:
    """The characters that Typst has no face for; none when something else is wrong."""
    found = "".join(WITHOUT_FACE.findall(str(error)))
    return ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)) if escaped[1] else escaped[2], found)
