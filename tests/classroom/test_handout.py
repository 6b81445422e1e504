"""A reading is printed as a tagged PDF, its notes on the pages that call them, its answers for teachers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory
from pypdf import PdfReader

from benchmarks.printing import documents_that_ship
from classroom.live import live
from classroom.paper.typeset import Paper, handout, page_count
from documents.models import Collection, Document, Footnote
from tests.classroom.readings import LETTER, content

pytestmark = pytest.mark.django_db
REQUEST = RequestFactory().get("/", headers={"host": "localhost"})
#: Words of NSAM 129 beside the marker of a note, and words of that note.
NOTES = {
    "No. 1291": "Source: Kennedy Library",
    "space.2 While": "For texts, see Foreign",
    "designation has been made.3": "Under Secretary of State for",
    "McGeorge Bundy4": "Printed from a copy",
}


def printed(for_teacher: bool = False, paper: Paper = Paper.A4, **changes: Any) -> PdfReader:
    return PdfReader(BytesIO(handout(live(content(**changes)), REQUEST, for_teacher=for_teacher, paper=paper)))


def texts(pdf: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().replace("\xad", "-").split()) for page in pdf.pages]


def whole(pdf: PdfReader) -> str:
    return " ".join(texts(pdf))


def test_it_is_tagged_and_has_a_title_a_language_and_bookmarks(space_exchange: Collection) -> None:
    pdf = printed()
    root = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata.title == "A letter and its answer"
    assert "Kennedy to Khrushchev, 7 March 1962" in [
        entry.title for entry in pdf.outline if not isinstance(entry, list)
    ]


def test_a_checker_finds_it_accessible(
    space_exchange: Collection, valid_pdf: Callable[[Mapping[str, bytes]], None]
) -> None:
    found = live(content())
    valid_pdf({"students": handout(found, REQUEST), "teachers": handout(found, REQUEST, for_teacher=True)})


@pytest.mark.parametrize("lines", [0, 11, 13, 20, 31, 38, 44, 50])
def test_notes_stand_at_the_foot_of_the_page_that_calls_them(space_exchange: Collection, lines: int) -> None:
    items = [{"kind": "document", "ident": "memo", "document": "nsam-129"}]
    pages = texts(printed(introduction="\n".join(["A line."] * lines), items=items))
    for words, note in NOTES.items():
        assert [words in page for page in pages] == [note in page for page in pages]


def test_every_note_is_printed_once(space_exchange: Collection) -> None:
    said = whole(printed(items=[{"kind": "document", "ident": "memo", "document": "nsam-129"}]))
    for note in Footnote.objects.filter(document__slug="nsam-129"):
        assert said.count(" ".join(note.text.split())[:30]) == 1


def test_what_is_left_out_is_said_and_passages_keep_their_numbers(space_exchange: Collection) -> None:
    said = whole(printed(items=[each for each in content().to_json()["items"] if each["ident"] == "spans1"]))
    assert "[…] 2 passages left out" in said
    assert "5 1. Scientists consider" in said
    assert "par. 1–2, 5–6" in said
    assert "http://localhost/documents/khrushchev-1962-03-20/#p1" in said.replace(" ", "")


def test_answers_are_in_the_teachers_version_alone(space_exchange: Collection) -> None:
    answers = ["Because of Glenn’s flight.", "Weather (correct)", "Kennedy to Khrushchev, 7 March 1962, passage 9"]
    students, teachers = whole(printed()), whole(printed(for_teacher=True))
    assert [each.replace("’", "'") in teachers for each in answers] == [True, True, True]
    assert [each.replace("’", "'") in students for each in answers] == [False, False, False]
    assert "Teacher’s version" in teachers
    assert "Name Class Date" in students


def test_what_anybody_wrote_is_printed_as_it_is(space_exchange: Collection) -> None:
    written = '#read("/etc/passwd") $x^2$ *b* _i_ \\ <b>B</b> #import "@preview/a:1.0.0" // [a](b) = {h} @c'
    items = [{"kind": "text", "ident": "text", "heading": written, "text": written}]
    items += [{"kind": "question", "ident": "ques", "prompt": written, "model": written}]
    items += [{"kind": "term", "ident": "term", "term": written, "meaning": written}]
    pdf = printed(for_teacher=True, title=written, items=items)
    assert pdf.metadata.title == written
    assert whole(pdf).replace(" ", "").count(written.replace(" ", "")) >= 7


@pytest.mark.parametrize("strange", ["東京 and 😀", "\x07\x1b and \ufffe", "👩‍🚀", "مرحبا", "Ελλάδα, Россия, Łódź"])
def test_letters_that_its_faces_lack_do_not_stop_it(db: None, strange: str) -> None:
    said = whole(printed(title=f"About {strange}", items=[{"kind": "text", "ident": "text", "text": strange}]))
    assert "About" in said


def test_a_document_that_is_missing_is_said_to_be(space_exchange: Collection) -> None:
    Document.objects.filter(slug=LETTER).update(status="draft")
    assert whole(printed()).count("A part of this reading is not available now.") == 3
    assert f"The document {LETTER} is not in the archive now." in whole(printed(for_teacher=True))


def test_the_pages_are_counted_beforehand(space_exchange: Collection) -> None:
    found = live(content())
    assert page_count(found, REQUEST) == len(printed().pages)
    assert page_count(found, REQUEST, paper=Paper.LETTER) == len(printed(paper=Paper.LETTER).pages)


def test_us_letter_is_had_for_the_asking(db: None) -> None:
    page = printed(paper=Paper.named("letter"), items=[]).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)


def test_it_has_hardly_more_pages_than_plain_text(space_exchange: Collection) -> None:
    assert documents_that_ship().more <= 15


def test_a_heading_without_words_and_a_table_over_pages_with_links_above_it_are_accessible(
    space_exchange: Collection,
) -> None:
    passages = Document.objects.get(slug=LETTER).passages
    passages.filter(kind="heading").update(html='<h2 class="heading"></h2>')
    passages.filter(ident="p3").update(
        kind="columns", html='<th scope="col"><a class="reference" href="/documents/nsam-129/">A link</a></th>'
    )
    for passage in passages.filter(position__gt=passages.get(ident="p3").position):
        passage.kind, passage.html = "row", f"<td>{passage.text}</td>"
        passage.save()
    pdf = printed()
    assert len(pdf.pages) > 2
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root_object["/Metadata"].get_object().get_data()
