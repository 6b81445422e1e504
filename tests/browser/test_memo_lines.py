"""TO, SUBJECT and PARTICIPANTS above a memorandum: each beside what it names, however much that is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from documents.models import Document, Footnote, Passage
from tests.series import fill

pytestmark = pytest.mark.django_db(transaction=True)

OpenPage = Callable[..., Page]
HEADING = (
    '<h2 class="heading">Memorandum of Conversation<sup class="note-marker" id="marker-fn1"><a href="#fn1">1</a></sup>'
    '<sup class="note-marker" id="marker-fn2"><a href="#fn2">2</a></sup></h2>'
)
#: Ident, kind, number, depth and HTML of each passage.
MEMORANDUM = [
    ("heading", "heading", None, 0, HEADING),
    ("memo-participants", "memo", None, 0, '<p class="memo">PARTICIPANTS:</p>'),
    ("one", "item", None, 1, '<p class="item"><span class="label">•</span> Prime Minister Chou En-lai</p>'),
    ("two", "item", None, 1, '<p class="item"><span class="label">•</span> Henry A. Kissinger</p>'),
    ("three", "item", None, 1, '<p class="item"><span class="label">•</span> Winston Lord</p>'),
    ("memo-subjects", "memo", None, 0, '<p class="memo">GENERAL SUBJECTS OF THE CONVERSATION:</p>'),
    ("first", "item", None, 1, '<p class="item"><span class="label">1.</span> Korea</p>'),
    ("p1", "paragraph", 1, 0, "<p>There are even fewer members on your team.</p>"),
]


@pytest.fixture(autouse=True)
def _memorandum(db: None) -> None:
    fill(1, 3)
    document = Document.objects.get(slug="volume-0-d1")
    document.passages.all().delete()
    Passage.objects.bulk_create(
        Passage(
            document=document,
            ident=ident,
            kind=kind,
            number=number,
            depth=depth,
            position=place,
            html=html,
            text="",
        )
        for place, (ident, kind, number, depth, html) in enumerate(MEMORANDUM)
    )
    heading = document.passages.get(ident="heading")
    for place, ident in enumerate(("fn1", "fn2")):
        Footnote.objects.create(
            document=document,
            passage=heading,
            ident=ident,
            label=ident[-1],
            position=place,
            text="",
            html=f"<p>{'A long note. ' * 40}</p>",
        )


def boxes(page: Page, *idents: str) -> list[dict[str, float]]:
    return [page.locator(f"#{ident} > p").bounding_box() or {} for ident in idents]


def test_all_participants_stand_in_one_column_beside_the_word(open_page: OpenPage) -> None:
    page = open_page("/documents/volume-0-d1/")
    label, *names = boxes(page, "memo-participants", "one", "two", "three")
    assert len({name["x"] for name in names}) == 1
    assert names[0]["x"] > label["x"] + 100
    assert abs(names[0]["y"] - label["y"]) < 8  # whatever notes are in the margin
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(names))
    assert label["height"] < 1.6 * names[0]["height"]  # "PARTICIPANTS:" is not broken


@pytest.mark.parametrize("width", [1440, 390])
def test_a_long_label_stands_above_and_what_follows_begins_at_the_margin(open_page: OpenPage, width: int) -> None:
    page = open_page("/documents/volume-0-d1/", width=width)
    label, item, text = boxes(page, "memo-subjects", "first", "p1")
    assert label["y"] + label["height"] <= item["y"] + 1
    assert item["y"] + item["height"] < text["y"]
    assert text["x"] == label["x"]


def test_bullets_are_left_out_and_numbers_are_kept(open_page: OpenPage) -> None:
    page = open_page("/documents/volume-0-d1/")
    assert not page.locator("#one .label").is_visible()
    assert page.locator("#first .label").is_visible()


def test_a_narrow_window_has_the_word_above_what_it_names(open_page: OpenPage) -> None:
    page = open_page("/documents/volume-0-d1/", width=390)
    label, *names = boxes(page, "memo-participants", "one", "two")
    assert label["y"] + label["height"] <= names[0]["y"] + 1
    assert names[0]["x"] == names[1]["x"]
    assert names[0]["width"] > 250


def test_on_paper_the_number_is_level_with_the_passage_that_follows(open_page: OpenPage) -> None:
    page = open_page("/documents/volume-0-d1/", width=760)
    page.emulate_media(media="print")
    number = page.locator("#p1 > .passage-number").bounding_box() or {}
    assert abs(number["y"] - boxes(page, "p1")[0]["y"]) < 8
