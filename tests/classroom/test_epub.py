"""A reading is a book: EPUB 3.3 without errors, its notes beside what calls them, its answers for teachers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.test import RequestFactory
from lxml import etree

from classroom.epub.book import MEDIA_TYPE, book
from classroom.live import live
from documents.models import Collection
from tests.classroom.readings import ITEMS, content

pytestmark = pytest.mark.django_db
REQUEST = RequestFactory().get("/", headers={"host": "localhost"})
XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
NSAM = {"kind": "passages", "ident": "memo", "document": "nsam-129", "spans": [{"first": "heading", "last": "p2"}]}
STRANGE = {
    "kind": "text",
    "ident": "strange",
    "heading": "<b>&amp; ]]>",
    "text": "\x0b\ufffe 東京 & <script>",
}
GONE = {"kind": "document", "ident": "gone", "document": "nowhere", "remark": "Look & see."}


def made(for_teacher: bool = False, **changes: Any) -> bytes:
    return book(live(content(**changes)), "/classroom/readings/abc/", REQUEST, for_teacher=for_teacher)


def files(written: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(written)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(written: bytes) -> str:
    return b"\n".join(content for name, content in files(written).items() if name.endswith(".xhtml")).decode()


def test_a_checker_finds_nothing_wrong(
    space_exchange: Collection, valid_epub: Callable[[Mapping[str, bytes]], None]
) -> None:
    items = [STRANGE, *ITEMS, NSAM, GONE]
    valid_epub({"teachers": made(True, items=items, title="A & B <i>")})


def test_it_says_first_what_it_is(space_exchange: Collection) -> None:
    with ZipFile(BytesIO(made())) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype") == MEDIA_TYPE.encode()


def test_its_contents_name_documents_and_questions(space_exchange: Collection) -> None:
    contents = etree.fromstring(files(made())["EPUB/nav.xhtml"])
    assert contents.xpath("//h:nav/h:ol/h:li/h:a/text()", namespaces=XHTML) == [
        "A letter and its answer",
        "Before you read",
        "Kennedy to Khrushchev, 7 March 1962",
        "Khrushchev to Kennedy, 20 March 1962",
        "K1 Joint weather satellites",
        "Kennedy to Khrushchev, 7 March 1962 beside Khrushchev to Kennedy, 20 March 1962",
    ]
    questions = contents.xpath("//h:nav//h:ol//h:ol/h:li/h:a/text()", namespaces=XHTML)
    assert questions == ["Question 1", "Question 2", "Question 3"]


def test_notes_and_their_markers_lead_to_each_other(space_exchange: Collection) -> None:
    chapter = etree.fromstring(files(made(items=[NSAM]))["EPUB/chapter-1.xhtml"])
    markers = chapter.xpath("//h:a[@epub:type='noteref']", namespaces=XHTML)
    assert [marker.text for marker in markers] == ["1", "2"]
    for marker in markers:
        note = chapter.xpath(f"//h:aside[@id='{marker.get('href')[1:]}'][@epub:type='footnote']", namespaces=XHTML)[0]
        assert note.xpath(".//h:a[@role='doc-backlink']/@href", namespaces=XHTML) == [f"#{marker.get('id')}"]


def test_answers_are_in_the_teachers_version_alone(space_exchange: Collection) -> None:
    for answer in ("Glenn's flight", "(correct)", "passage 9"):
        assert answer in text(made(for_teacher=True))
        assert answer not in text(made())


def test_it_fetches_and_runs_nothing(space_exchange: Collection) -> None:
    for name, written in files(made(items=[STRANGE, *ITEMS])).items():
        if name.endswith(".xhtml"):
            page = etree.fromstring(written)
            assert not page.xpath("//h:script | //h:img | //h:iframe | //*[@src] | //*[@style]", namespaces=XHTML)
