"""A reader searches, reads on at the first hit, and narrows results; with and without scripts, on every width."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from documents.models import Collection
from tests.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

#: Each state that the search page has.
STATES = {
    "how": "",
    "results": "weather satellite",
    "notes": "McGhee OR rescue",
    "many": "space OR the",
    "none": "zebra weather",
    "problems": '"heavenly matters AND & (x OR',
    "named": "NSAM 129",
    "meant": "sattelite",
    "most": "weather satellite rescue zebra",
}
#: The page with filters, dates and groups, and the pages beside it.
OTHERS = [
    "/search/?q=space&type=proposal&from=john-f-kennedy",
    "/search/?q=space&after=1962-03&before=1962-03",
    "/search/?q=space&after=soon&group=collection",
    "/search/?q=space&document=nsam-129",
    "/search/help/",
    "/documents/nsam-129/?q=space",
]


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    height = page.viewport_size["height"] if page.viewport_size else 0
    return box is not None and 0 <= box["y"] < height


@pytest.mark.parametrize("javascript", [True, False])
def test_a_result_opens_at_its_first_hit(searchable: Collection, open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    page.fill("#masthead-q", '"heavenly matters"')
    page.press("#masthead-q", "Enter")
    page.wait_for_url("**/search/?q=*")
    page.click(".results h3 a")

    page.wait_for_url("**/documents/khrushchev-1962-03-20/?q=*#hit-1")
    assert page.locator("#hit-1").inner_text() == "heavenly matters"
    assert in_view(page, "#hit-1")


def test_a_proposal_and_a_note_open_where_they_stand(searchable: Collection, open_page: OpenPage) -> None:
    for typed, place in (("rescue", "#proposal-h4"), ("McGhee", "#fn3")):
        page = open_page(f"/search/?q={typed}")
        page.click(f'.results h3 a[href$="{place}"]')
        page.wait_for_url(f"**{place}")
        assert in_view(page, place)
        assert page.locator("mark.hit").count()


def test_filters_are_chosen_and_taken_away_without_scripts(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/search/?q=space", javascript=False)
    before = page.locator(".search-summary").inner_text()
    page.click(".value:has-text('Proposals')")
    page.click(".value:has-text('John F. Kennedy') >> nth=0")
    assert page.locator(".search-chips .chip").count() == 3
    page.fill("#q", "satellite")
    page.click(".search-head .button")
    assert page.locator(".search-chips .chip").count() == 3
    page.fill("#q", "space")
    page.click(".search-head .button")
    page.click("text=Remove all filters")

    assert page.locator(".search-summary").inner_text() == before


def test_going_back_is_as_it_was(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/search/?q=space")
    page.click(".value:has-text('Proposals')")
    narrowed = page.url
    page.click(".results h3 a >> nth=0")
    page.wait_for_url("**/documents/**")
    page.go_back()
    page.wait_for_url(narrowed)

    assert page.input_value("#q") == "space"
    assert page.locator(".value[aria-current]").count() == 1


def test_a_bar_of_the_figure_narrows_the_search_and_back_widens_it(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/search/?q=space+OR+the", javascript=False)
    before = page.locator(".search-summary").inner_text()
    page.click(".histogram a[aria-label^='March 1962'] .bar-room")
    page.wait_for_url("**after=1962-03&before=1962-03")
    assert page.locator(".search-chips .chip").inner_text().startswith("Written: March 1962")
    assert page.input_value("#after") == "1962-03"
    page.go_back()

    assert page.locator(".search-summary").inner_text() == before


def test_dates_are_typed_beside_the_words_and_the_filters(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/search/?q=space&type=proposal", javascript=False)
    page.fill("#after", "March 10, 1962")
    page.click("text=Apply")

    assert page.locator(".search-chips .chip").count() == 3
    assert page.input_value("#q") == "space"
    assert page.input_value("#after") == "1962-03-10"


@pytest.mark.parametrize("javascript", [True, False])
def test_words_are_found_within_a_document(searchable: Collection, open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/documents/khrushchev-1962-03-20/", javascript=javascript)
    page.fill("#find-q", '="heavenly matters"')
    page.press("#find-q", "Enter")
    page.wait_for_url("**/documents/khrushchev-1962-03-20/?q=*")

    assert page.locator("mark.hit").count() == 1
    assert in_view(page, "#hit-1")


def test_keys_go_from_hit_to_hit_and_take_the_marks_away(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/documents/khrushchev-1962-03-20/?q=note:president+OR+satel*")
    total = page.locator("mark.hit[id]").count()
    assert total > 2
    page.keyboard.press("n")
    assert page.locator("[data-hits-here]").inner_text() == f"Hit 2 of {total}"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.locator("[data-hits-here]").inner_text() == f"Hit {total} of {total}"
    page.keyboard.press("Escape")

    assert "hits-off" in (page.locator("html").get_attribute("class") or "")


def test_every_state_is_accessible(
    searchable: Collection, open_page: OpenPage, axe_on_screens: Callable[..., None]
) -> None:
    page = open_page("/robots.txt")
    for address in (*(f"/search/?q={quote(typed)}" for typed in STATES.values()), *OTHERS):
        page.goto(address)
        axe_on_screens(page)


def test_nothing_scrolls_sideways_on_a_narrow_screen(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/robots.txt", width=320)
    for typed in (*STATES.values(), "x" * 500, '"' + "longword" * 60):
        page.goto(f"/search/?q={quote(typed)}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, typed


def test_the_keyboard_reaches_every_filter(searchable: Collection, open_page: OpenPage) -> None:
    page = open_page("/search/?q=weather")
    wanted = page.locator(".search-body a:visible").count()
    page.focus("#q")
    reached = 0
    for _ in range(wanted + 10):
        page.keyboard.press("Tab")
        reached += page.evaluate("!!document.activeElement.closest('.search-body a')")

    assert reached == wanted
