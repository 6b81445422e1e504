"""The exchange and the lists in a browser: axe, narrow screens, the keyboard, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

TABLE = "/collections/space-1962/exchange/"
BESIDE = "/documents/kennedy-1962-03-07/beside/khrushchev-1962-03-20/"
K1 = "/documents/kennedy-1962-03-07/proposals/k1/"
PAGES = [
    TABLE,
    f"{TABLE}?topic=tracking",
    f"{TABLE}?topic=nonsense",
    BESIDE,
    "/documents/nsam-129/beside/kennedy-1962-03-07/",
    K1,
    "/documents/nsam-129/proposals/n1/",
    "/documents/khrushchev-1962-03-20/proposals/h4/",
    "/collections/space-1962/",
    "/documents/",
    "/people/",
    "/people/john-f-kennedy/",
    "/organizations/nasa/",
    "/topics/",
    "/topics/tracking/",
    "/about/",
]

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.usefixtures("space_exchange")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None], address: str) -> None:
    axe_on_screens(open_page(address))


def test_nothing_scrolls_sideways_on_the_narrowest_screens(open_page: OpenPage) -> None:
    page = open_page(PAGES[0], width=320)
    for address in PAGES:
        page.goto(address)
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, address


def test_one_map_is_shown_at_a_time(open_page: OpenPage) -> None:
    wide, narrow = open_page(TABLE), open_page(TABLE, width=390)
    expect(wide.locator(".map-wide")).to_be_visible()
    expect(wide.locator(".map-narrow")).to_be_hidden()
    expect(narrow.locator(".map-narrow")).to_be_visible()
    expect(narrow.locator(".map-wide")).to_be_hidden()


def test_the_words_of_the_map_can_be_read_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(TABLE, width=390)
    scale = page.locator(".map-narrow").evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert scale * 11.25 >= 10


def test_words_stay_inside_their_boxes(open_page: OpenPage) -> None:
    for width in (1440, 390):
        page = open_page(TABLE, width=width)
        page.evaluate("document.fonts.ready")
        outside = page.locator(".map-node:visible").evaluate_all(
            """nodes => nodes.filter(node => {
                const box = node.querySelector("rect").getBBox();
                return [...node.querySelectorAll("text")].some(text => {
                    const words = text.getBBox();
                    return words.x < box.x || words.x + words.width > box.x + box.width;
                });
            }).map(node => node.getAttribute("aria-label"))"""
        )
        assert outside == []


def test_the_map_is_read_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    node = page.get_by_role("link", name=re.compile("^K1 Joint weather satellites"))
    first = node.first
    first.focus()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(K1))


def test_a_filter_works_without_scripts(open_page: OpenPage) -> None:
    page = open_page(TABLE, javascript=False)
    page.locator(".filter-groups summary").click()
    page.get_by_role("checkbox", name=re.compile("^Search and rescue")).check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".negotiation tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".negotiation tbody tr")).to_have_count(10)


def test_a_proposal_and_its_answer_are_one_click_apart_both_ways(open_page: OpenPage) -> None:
    page = open_page(K1, javascript=False)
    page.locator(".states").get_by_role("link", name="Accepted by H2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("H2 A world-wide weather service")
    page.locator(".states").get_by_role("link", name="Accepts K1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("K1 Joint weather satellites")


def test_a_citation_of_a_proposal_can_be_copied(open_page: OpenPage) -> None:
    page = open_page(K1)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the Chicago citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "John F. Kennedy to Nikita S. Khrushchev, “Message"
    )


def test_pointing_at_a_proposal_brings_out_its_lines(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    lines = page.locator(".map-wide .map-line.is-here")
    page.locator(".map-wide").get_by_role("link", name=re.compile("^H3 ")).focus()
    expect(lines).to_have_count(2)
    page.locator(".map-wide").get_by_role("link", name=re.compile("^K7 ")).focus()
    expect(lines).to_have_count(0)


def test_quoted_words_are_found_in_their_document(open_page: OpenPage) -> None:
    page = open_page(K1)
    page.get_by_role("link", name=re.compile("^Read in place ?: Khrushchev to Kennedy")).first.click()
    quoted = page.locator("#link-h2-k1-answer")
    expect(quoted).to_have_text("Let us also cooperate in this field.")
    expect(quoted).to_be_in_viewport()


def test_pairs_stand_side_by_side_and_one_after_the_other_on_a_phone(open_page: OpenPage) -> None:
    for width, is_beside in ((1440, True), (390, False)):
        page = open_page(BESIDE, width=width)
        pair = page.locator(".pair-linked").first
        left = pair.locator(".pair-side").first.bounding_box()
        right = pair.locator(".pair-side").last.bounding_box()
        assert left and right
        assert (left["y"] == right["y"]) is is_beside
        assert (right["x"] > left["x"]) is is_beside


def test_the_table_is_stacked_on_a_phone_with_the_document_named_in_each_cell(open_page: OpenPage) -> None:
    page = open_page(TABLE, width=390)
    cell = page.locator(".negotiation td:not(.is-empty)").first
    expect(cell.locator(".cell-document")).to_be_visible()
    box = cell.bounding_box()
    assert box and box["width"] > 300


def test_no_word_of_a_topic_is_torn(open_page: OpenPage) -> None:
    page = open_page(TABLE, width=1440)
    torn = page.evaluate(
        """() => [...document.querySelectorAll(".negotiation th[scope=row] a")].flatMap((link) =>
          [...link.textContent.matchAll(/\\S+/g)].filter((word) => {
            const range = document.createRange();
            range.setStart(link.firstChild, word.index);
            range.setEnd(link.firstChild, word.index + word[0].length);
            return range.getClientRects().length > 1;
          }).map((word) => word[0]))"""
    )
    assert torn == []
