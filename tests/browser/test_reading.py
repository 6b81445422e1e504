"""Reading in a browser: notes, corrections, hits, citations, themes, narrow screens, paper, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from documents.models import Collection

pytestmark = pytest.mark.django_db(transaction=True)

KENNEDY = "/documents/kennedy-1962-03-07/"
KHRUSHCHEV = "/documents/khrushchev-1962-03-20/"
NSAM = "/documents/nsam-129/"
PAGES = ("/", KENNEDY, KHRUSHCHEV, NSAM, f"{KENNEDY}?q=satellite")
#: What a first visit to the page may transfer, in bytes.
MOST = 200_000

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _imported(space_exchange: Collection) -> None:
    """Every test reads the space exchange."""


def test_a_wide_window_shows_notes_beside_their_markers(open_page: OpenPage) -> None:
    page = open_page(NSAM)
    text = page.locator("#p1").bounding_box()
    for number in range(1, 5):
        note, marker = page.locator(f"#fn{number}").bounding_box(), page.locator(f"#marker-fn{number}").bounding_box()
        assert note and marker and text
        assert note["x"] >= text["x"] + text["width"]
        assert note["y"] >= marker["y"] - 20


def test_nothing_in_the_margin_covers_anything_else(open_page: OpenPage) -> None:
    for path in (NSAM, KENNEDY, KHRUSHCHEV):
        page = open_page(path)
        boxes = sorted(
            (box for each in page.locator(".note, .mark").all() if (box := each.bounding_box())), key=lambda b: b["y"]
        )
        assert all(a["y"] + a["height"] <= b["y"] for a, b in pairwise(boxes))


def test_a_note_opens_and_closes_in_place_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(NSAM, width=390, height=844)
    marker, note = page.locator("#marker-fn2 a"), page.locator("#fn2")
    expect(note).not_to_be_visible()
    expect(marker).to_have_attribute("aria-expanded", "false")
    marker.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(marker).to_have_attribute("aria-expanded", "true")
    expect(note).to_contain_text("For texts, see")
    page.keyboard.press("Tab")
    expect(page.locator("#fn2 .note-label")).to_be_focused()
    page.keyboard.press("Enter")
    expect(note).not_to_be_visible()
    expect(marker).to_be_focused()


def test_an_address_opens_the_note_it_names(open_page: OpenPage) -> None:
    page = open_page(f"{NSAM}#fn3", width=390, height=844)
    expect(page.locator("#fn3")).to_be_in_viewport()
    expect(page.locator("#fn4")).not_to_be_visible()


def test_marker_and_note_lead_to_each_other(open_page: OpenPage) -> None:
    page = open_page(NSAM)
    page.locator("#marker-fn3 a").click()
    assert page.url.endswith("#fn3")
    expect(page.locator("#fn3")).to_be_in_viewport()
    page.locator("#fn3 .note-label").click()
    assert page.url.endswith("#marker-fn3")


def test_a_correction_says_what_was_printed(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    word = page.locator("#corrected-4")
    word.press("Enter")
    expect(page.locator("#opened-correction-4")).to_contain_text("dear")
    expect(word).to_have_attribute("aria-expanded", "true")
    word.press("Escape")
    expect(page.locator("#opened-correction-4")).to_have_count(0)


def test_keys_go_from_hit_to_hit_and_take_the_marks_away(open_page: OpenPage) -> None:
    page = open_page(f"{NSAM}?q=Bundy", width=390, height=844)
    here = page.locator("[data-hits-here]")
    total = page.locator(".hit[id]").count()
    expect(here).to_have_text(f"Hit 1 of {total}")
    for number in range(2, total + 1):
        page.keyboard.press("n")
        expect(here).to_have_text(f"Hit {number} of {total}")
        expect(page.locator(".hit.is-here").first).to_be_in_viewport()
    page.keyboard.press("n")
    expect(here).to_have_text(f"Hit 1 of {total}")
    page.keyboard.press("p")
    expect(here).to_have_text(f"Hit {total} of {total}")
    page.keyboard.press("Escape")
    assert page.locator(".hit").first.evaluate("hit => getComputedStyle(hit).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_a_passage_and_selected_words_can_be_cited(open_page: OpenPage) -> None:
    page = open_page(NSAM)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#p3 .passage-number").click()
    page.get_by_role("button", name="Chicago", exact=True).click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "888 (par. 3)" in copied
    assert copied.endswith(f"{NSAM}#p3.")
    page.evaluate("""() => {
        const text = document.querySelector("#p1 > p").firstChild;
        getSelection().setBaseAndExtent(text, 4, text, 13);
        document.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
    }""")
    expect(page.get_by_text("Cite these words")).to_be_visible()
    page.get_by_role("button", name="MLA", exact=True).click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("“President.” Bundy, McGeorge.")


def test_the_theme_is_chosen_and_kept(open_page: OpenPage) -> None:
    page = open_page("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    switch = page.locator("#theme")
    switch.click()
    switch.click()
    expect(switch).to_have_accessible_name("Theme: dark. Change to as your system")
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


def test_no_screen_is_too_narrow(open_page: OpenPage) -> None:
    page = open_page("/robots.txt")
    for path in PAGES:
        page.goto(path)
        for width in (1320, 1110, 1024, 700, 390, 320):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None]) -> None:
    page = open_page("/robots.txt")
    for path in PAGES:
        page.goto(path)
        axe_on_screens(page)
    page.route("**/no/such/page/", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto("/no/such/page/")
    axe_on_screens(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_without_scripts_everything_can_be_read(open_page: OpenPage, width: int) -> None:
    page = open_page(f"{NSAM}?q=McGhee", width=width, javascript=False)
    for note in page.locator(".note").all():
        expect(note).to_be_visible()
    expect(page.locator("#hit-1")).to_be_visible()
    expect(page.get_by_text("1 hit for")).to_be_visible()
    expect(page.locator("#theme")).not_to_be_visible()
    expect(page.locator("#citation-chicago")).to_be_visible()


def test_paper_has_notes_at_the_end_and_nothing_to_click(open_page: OpenPage) -> None:
    page = open_page(f"{NSAM}?q=space")
    page.emulate_media(media="print")
    signature, note = page.locator("#signature > p").bounding_box(), page.locator("#fn1").bounding_box()
    cite = page.locator("#cite").bounding_box()
    assert signature and note and cite
    assert signature["y"] < note["y"] < cite["y"]
    for quiet in (".masthead-nav", ".outline", "[data-hits]", ".neighbors", "#theme"):
        expect(page.locator(quiet)).not_to_be_visible()
    page.emulate_media(media="screen")
    assert (page.locator("#fn2").bounding_box() or {})["y"] < (page.locator("#p2").bounding_box() or {})["y"]


@pytest.mark.parametrize("path", ["/", KENNEDY, NSAM])
def test_a_first_visit_is_light_and_asks_nobody_else(open_page: OpenPage, live_server: Any, path: str) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert all(url.startswith(live_server.url) for url in asked)
    assert sum(sizes) <= MOST, f"{path} transfers {sum(sizes)} bytes"


def test_the_keyboard_reaches_the_text_first(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
