"""A long negotiation in a browser: axe, the keyboard, narrow screens, paper, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.negotiations import negotiation

TABLE = "/collections/tests/exchange/"
CHAIN = f"{TABLE}?proposal=tests-4/D9"

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stored(db: None) -> None:
    negotiation().store()


@pytest.mark.parametrize("asked", ["", "?proposal=small-4/D3", "?side=first&state=accepts&state=new", "?topic=nothing"])
def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None], asked: str) -> None:
    """Of a negotiation drawn as long ones are, with as few proposals: axe looks at every box for seconds."""
    negotiation(documents=6, each=4, slug="small", first=40000).store()
    axe_on_screens(open_page(f"/collections/small/exchange/{asked}"))


def test_axe_finds_nothing_where_there_are_too_many(open_page: OpenPage, axe: Callable[[Page], None]) -> None:
    negotiation(documents=8, each=40, slug="large", first=20000).store()
    axe(open_page("/collections/large/exchange/"))


@pytest.mark.parametrize("width", [320, 390, 800, 1024, 1440, 1920])
def test_only_map_and_table_scroll_sideways(open_page: OpenPage, width: int) -> None:
    page = open_page(CHAIN, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate("document.documentElement.scrollHeight - document.body.scrollHeight") <= 0


def test_the_whole_map_of_ten_documents_is_seen_on_a_wide_screen(open_page: OpenPage) -> None:
    page = open_page(TABLE, width=1440)
    room = page.locator(".map-scroll-wide").evaluate("region => region.scrollWidth - region.clientWidth")
    assert room <= 0


def test_words_stay_inside_their_boxes_in_the_faces_of_the_site(open_page: OpenPage) -> None:
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


def test_boxes_on_a_phone_are_large_enough_to_be_hit(open_page: OpenPage) -> None:
    page = open_page(TABLE, width=390)
    sizes = page.locator(".map-narrow .map-node rect").evaluate_all(
        "boxes => boxes.map(box => [box.getBoundingClientRect().width, box.getBoundingClientRect().height])"
    )
    assert len(sizes) == 100
    assert all(width >= 24 and height >= 24 for width, height in sizes)


def test_the_heads_of_the_table_stay_while_it_scrolls(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    region = page.locator(".negotiation-scroll")
    region.evaluate("region => region.scrollTo(900, 700)")
    frame, head, topic = (
        page.locator(name).first.bounding_box()
        for name in (
            ".negotiation-scroll",
            ".negotiation thead th:first-child",
            ".negotiation tbody tr:nth-child(3) th",
        )
    )
    assert frame and head and topic
    assert abs(head["y"] - frame["y"]) < 3 and abs(head["x"] - frame["x"]) < 3
    assert abs(topic["x"] - frame["x"]) < 3


def test_the_table_scrolls_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    region = page.get_by_role("region", name="Table, which scrolls")
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)


def test_pointing_at_a_proposal_brings_out_its_whole_chain(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    told = open_page(CHAIN).locator(".map-wide .in-chain.map-node").count()
    page.locator(".map-wide").get_by_role("link", name=re.compile("^D9 ")).focus()
    expect(page.locator(".map-wide .map-node.is-here")).to_have_count(told)
    expect(page.locator(".map-wide .map-line.is-here").first).to_be_attached()
    page.keyboard.press("Tab")
    page.locator("h1").click()


def test_filters_work_without_scripts_and_together(open_page: OpenPage) -> None:
    page = open_page(TABLE, javascript=False)
    page.locator(".filter-groups summary").click()
    page.get_by_role("checkbox", name=re.compile("^Costs")).check()
    page.get_by_role("checkbox", name=re.compile("^Moratorium")).check()
    page.get_by_role("checkbox", name=re.compile("^Soviet Union")).check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".negotiation tbody tr")).to_have_count(2)
    expect(page.locator(".filter-now")).to_contain_text("Moratorium or Costs; Soviet Union.")
    assert "topic=tests-topic-11" in page.url and "side=second" in page.url
    expect(page.get_by_role("checkbox", name=re.compile("^Costs"))).to_be_checked()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".negotiation tbody tr")).to_have_count(15)


def test_the_files_are_downloads(open_page: OpenPage) -> None:
    page = open_page(f"{TABLE}?topic=tests-topic-11")
    for link, name in (("Map as SVG", "tests-exchange-costs.svg"), ("Table as CSV", "tests-exchange-costs.csv")):
        with page.expect_download() as download:
            page.get_by_role("link", name=link).click()
        assert download.value.suggested_filename == name


def test_on_paper_the_map_is_the_small_one_with_its_key(open_page: OpenPage) -> None:
    page = open_page(TABLE)
    page.emulate_media(media="print")
    expect(page.locator(".map-narrow")).to_be_visible()
    expect(page.locator(".map-wide")).to_be_hidden()
    expect(page.locator(".map-key li")).to_have_count(10)
    cut = page.locator(".negotiation-scroll").evaluate("region => region.scrollHeight - region.clientHeight")
    assert cut <= 0
