"""Sets a sheet on pages: a tagged PDF (PDF/UA-1), made by Typst with the faces it brings, so that it looks the same
wherever it is made.

The template reads the sheet as data; nothing that anybody wrote is ever read as Typst. It finds no file but itself and
the sheet, and fetches no package.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.core.cache import cache as remembered
from django.http import HttpRequest
from pypdf import PdfReader

from classroom.live import LiveReading
from classroom.paper.sheet import sheet
from classroom.paper.tree import Node

#: The folder of the template, and all of the disk that it may read.
FOLDER = Path(__file__).parent / "template"
#: PDF/UA-1, and what Typst says when something keeps a file from being that.
UNIVERSAL: list[Any] = ["ua-1"]
NOT_UNIVERSAL = "PDF/UA-1 error"
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
    """A sheet as a PDF. What the template has no face for is set from those of this machine; what no face at all has
    is an empty box. That, and whatever else PDF/UA forbids, makes a PDF that is tagged and does not claim to be PDF/UA.
    """
    data = json.dumps(written | {"paper": str(paper)}, ensure_ascii=False).encode()
    for only_own_faces in (True, False):
        try:
            return _set(data, only_own_faces, UNIVERSAL)
        except typst.TypstError as error:
            if NOT_UNIVERSAL not in str(error):
                raise
    return _set(data, only_own_faces=False, standards=[])


def _set(data: bytes, only_own_faces: bool, standards: list[Any]) -> bytes:
    files = {"main.typ": _template(), "sheet.json": data}
    return typst.compile(files, root=FOLDER, ignore_system_fonts=only_own_faces, pdf_standards=standards)


@cache
def _template() -> bytes:
    return (FOLDER / "handout.typ").read_bytes()


def _key(written: Node, paper: Paper) -> str:
    return sha256(_template() + json.dumps([written, paper], sort_keys=True).encode()).hexdigest()
