"""Volumes in a browser: axe, narrow screens, tables, the keyboard, paper, no scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from documents.models import Document
from tests.series import add_tables, fill

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = "/documents/volume-0-d1/"
PAGES = [
    "/",
    "/collections/",
    "/collections/volume-0/",
    "/collections/volume-0/divisions/ch2/",
    "/collections/volume-0/persons/",
    "/collections/volume-0/9999/",
    "/documents/?kind=letter",
    "/people/",
    "/people/?name=nobody",
    "/people/person-0/",
    TABLES,
]

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _volumes(db: None) -> None:
    """Two volumes of a series with 320 documents each, and more names than one page holds."""
    fill(2, 320, people=210)
    add_tables(Document.objects.get(slug="volume-0-d1"))


def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None]) -> None:
    page = open_page("/about/")
    page.route("**/9999/", lambda route: route.fulfill(response=route.fetch(), status=200))
    for address in PAGES:
        page.goto(address)
        axe_on_screens(page, ((1440, "light"), (390, "dark")))


def test_nothing_scrolls_sideways_but_the_box_of_a_table(open_page: OpenPage) -> None:
    page = open_page("/about/", width=320)
    for address in [each for each in PAGES if "9999" not in each]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.goto(TABLES)
    box = page.locator(".table-scroll").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(box).to_be_focused()


def test_a_note_called_in_a_table_opens_below_it(open_page: OpenPage) -> None:
    page = open_page(TABLES, width=390)
    expect(page.locator("#fn1")).not_to_be_visible()
    page.locator("#marker-fn1 a").click()
    expect(page.locator("#fn1")).to_be_visible()
    table, note = page.locator("#table").bounding_box(), page.locator("#fn1").bounding_box()
    row = page.locator("#p5").bounding_box()
    assert table and note and row
    assert note["y"] > row["y"]


def test_the_address_of_a_row_shows_which_it_is(open_page: OpenPage) -> None:
    page = open_page(f"{TABLES}#p5")
    expect(page.locator("#p5")).to_be_in_viewport()
    plain, shown = (
        page.locator(f"#{ident}").evaluate("row => getComputedStyle(row).backgroundColor") for ident in ("p4", "p5")
    )
    assert plain != shown


def test_what_a_list_says_of_a_word_opens_at_a_tap_and_closes(open_page: OpenPage) -> None:
    page = open_page(TABLES, width=390)
    page.locator(".term").click()
    expect(page.locator(".gloss")).to_have_text("ACDA, a U.S. agency")
    page.keyboard.press("Escape")
    expect(page.locator(".gloss")).to_have_count(0)
    page.get_by_role("link", name="Names and terms").click()
    expect(page.locator("#lists")).to_be_in_viewport()


def test_a_row_can_be_cited(open_page: OpenPage) -> None:
    page = open_page(TABLES)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#p5 .passage-number").click()
    page.get_by_role("button", name="Chicago", exact=True).click()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{TABLES}#p5.")


def test_without_scripts_one_gets_from_the_volume_to_a_document_and_back(open_page: OpenPage) -> None:
    page = open_page("/collections/volume-0/", width=390, javascript=False)
    page.get_by_label("Go to document no.").fill("100")
    page.get_by_role("button", name="Go").click()
    assert page.url.endswith("/documents/volume-0-d100/")
    page.get_by_role("navigation", name="Where this is").get_by_text("Chapter 2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chapter 2")
    page.get_by_role("link", name="No. 100", exact=False).first.click()
    assert page.url.endswith("/documents/volume-0-d100/")


def test_paper_has_the_whole_table_and_nothing_to_fill_in(open_page: OpenPage) -> None:
    page = open_page(TABLES, width=700)
    page.emulate_media(media="print")
    assert page.locator(".table-scroll").first.evaluate("box => getComputedStyle(box).overflowX") == "visible"
    for address in ("/people/", "/documents/", "/collections/volume-0/"):
        page.goto(address)
        for form in page.locator("main form, .letters, .pages").all():
            expect(form).not_to_be_visible()
