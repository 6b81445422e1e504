"""A glimpse of where a link leads, by mouse, keyboard and touch; and the pages of what cites and what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from documents.models import Collection, Document, Footnote, Passage
from tests.citations import add_citing

pytestmark = pytest.mark.django_db(transaction=True)

KENNEDY, NSAM = "/documents/kennedy-1962-03-07/", "/documents/nsam-129/"
KHRUSHCHEV = "/documents/khrushchev-1962-03-20/"
CITING = f"{NSAM}cited-by/"
WORDS = (
    f'<p>See <a class="reference" href="{NSAM}#fn2">footnote 2, Document 388</a>, and '
    f'<a class="reference" href="{KHRUSHCHEV}">his reply</a>, and the rest of this paragraph, which cites nothing.</p>'
)
#: Longer than any card waits before it opens or closes, in milliseconds.
LONG = 2000

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def _referring(space_exchange: Collection) -> None:
    """The President's letter points at a note and at a letter."""
    Passage.objects.filter(document__slug="kennedy-1962-03-07", ident="p2").update(html=WORDS)


@pytest.fixture
def touched(browser: Browser, live_server: Any) -> Iterator[Page]:
    """The President's letter on a telephone."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(KENNEDY)
    yield page
    context.close()


def card(page: Page) -> Locator:
    return page.locator("#preview")


def note_link(page: Page) -> Locator:
    return page.get_by_role("link", name="footnote 2, Document 388")


def letter_link(page: Page) -> Locator:
    return page.get_by_role("link", name="his reply")


def test_the_mouse_shows_the_note_with_its_sentence(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_contain_text("should cooperate in the exploration of space.[note 2]2")
    expect(card(page)).to_contain_text("For texts, see")
    link, shown = note_link(page).bounding_box(), card(page).bounding_box()
    assert link and shown
    assert shown["y"] >= link["y"] + link["height"] or shown["y"] + shown["height"] <= link["y"]


def test_the_card_stays_while_the_mouse_is_in_it_and_goes_when_it_leaves(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    page.clock.install()
    card(page).hover()
    page.clock.run_for(LONG)
    expect(card(page)).to_be_visible()
    page.locator("h1").hover()
    page.clock.run_for(LONG)
    expect(card(page)).to_have_count(0)


def test_a_mouse_that_passes_by_asks_for_nothing(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.install()
    note_link(page).hover()
    page.locator("h1").hover()
    page.clock.run_for(LONG)
    assert not [url for url in asked if "/preview/" in url]


def test_a_document_shows_what_it_is(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    letter_link(page).hover()
    expect(card(page)).to_contain_text("Khrushchev to Kennedy, 20 March 1962")
    expect(card(page)).to_contain_text("from Nikita S. Khrushchev to John F. Kennedy")


def test_one_card_follows_the_other(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_contain_text("Note 2")
    card(page).get_by_role("button", name="Close").click()
    letter_link(page).hover()
    expect(card(page)).to_contain_text("20 March 1962")
    expect(card(page)).to_have_count(1)


def test_escape_closes_it_under_the_mouse(open_page: OpenPage) -> None:
    page = open_page(f"{KENNEDY}?q=satellite")
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert not page.evaluate("document.documentElement.classList.contains('hits-off')")


def test_a_click_follows_the_link(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    note_link(page).click()
    page.wait_for_url(f"**{NSAM}#fn2")


def test_the_keyboard_opens_it_goes_in_and_comes_back(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    page.locator("#p2 .passage-number").focus()
    page.keyboard.press("Tab")
    expect(note_link(page)).to_be_focused()
    expect(card(page)).to_be_visible()
    expect(page.locator("main > [role=status]")).to_contain_text("Preview: Note 2, NSAM 129")
    page.keyboard.press("Tab")
    expect(card(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(card(page).locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(note_link(page)).to_be_focused()


def test_the_card_goes_when_the_keyboard_goes_on(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    page.locator("#p2 .passage-number").focus()
    page.keyboard.press("Tab")
    expect(card(page)).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_have_count(0)


def test_enter_follows_the_link(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).press("Enter")
    page.wait_for_url(f"**{NSAM}#fn2")


def test_the_first_tap_shows_the_card_and_the_second_goes_there(touched: Page) -> None:
    note_link(touched).tap()
    expect(card(touched)).to_contain_text("For texts, see")
    assert touched.url.endswith(KENNEDY)
    note_link(touched).tap()
    touched.wait_for_url(f"**{NSAM}#fn2")


def test_on_a_telephone_the_card_leads_there_too(touched: Page) -> None:
    letter_link(touched).tap()
    card(touched).get_by_role("link", name="Go there").tap()
    touched.wait_for_url(f"**{KHRUSHCHEV}")


def test_a_tap_elsewhere_closes_it(touched: Page) -> None:
    note_link(touched).tap()
    expect(card(touched)).to_be_visible()
    touched.locator("h1").tap()
    expect(card(touched)).to_have_count(0)
    note_link(touched).tap()
    card(touched).get_by_role("button", name="Close").tap()
    expect(card(touched)).to_have_count(0)


def test_where_there_is_nothing_to_show_a_tap_goes_there(touched: Page) -> None:
    touched.route("**/preview/", lambda route: route.fulfill(body="Nothing."))
    note_link(touched).tap()
    touched.wait_for_url(f"**{NSAM}#fn2")


def test_a_long_note_is_scrolled_in_its_card(open_page: OpenPage) -> None:
    Footnote.objects.filter(document__slug="nsam-129", ident="fn2").update(html=f"<p>{'A long note. ' * 600}</p>")
    page = open_page(KENNEDY, width=390, height=700)
    note_link(page).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card(page)).to_be_visible()
    shown = card(page).bounding_box()
    assert shown and shown["y"] >= 0 and shown["y"] + shown["height"] <= 700
    assert card(page).evaluate("card => card.scrollHeight > card.clientHeight")


def test_words_selected_in_a_card_are_no_words_of_the_letter(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    page.evaluate("""() => {
        const text = document.querySelector("#preview .preview-note p").firstChild;
        getSelection().setBaseAndExtent(text, 0, text, 9);
        document.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
    }""")
    page.clock.install()
    page.clock.run_for(LONG)
    expect(page.get_by_text("Cite these words")).to_have_count(0)


def test_without_scripts_it_is_a_link(open_page: OpenPage) -> None:
    page = open_page(KENNEDY, javascript=False)
    note_link(page).click()
    assert page.url.endswith(f"{NSAM}#fn2")


def test_a_glimpse_by_itself_is_a_page(open_page: OpenPage, axe: Callable[[Page], None]) -> None:
    page = open_page(f"{NSAM}notes/fn2/preview/", width=390)
    axe(page)
    page.get_by_role("link", name="Go there").click()
    assert page.url.endswith(f"{NSAM}#fn2")


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None], width: int) -> None:
    screens = ((width, "light"), (width, "dark"))
    add_citing(Document.objects.get(slug="nsam-129"), 11, "fn2")
    page = open_page(KENNEDY, width=width)
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    axe_on_screens(page, screens)
    expect(card(page)).to_be_visible()
    for address in (NSAM, CITING, f"{CITING}?note=fn2", "/wanted/", "/wanted/?kind=papers"):
        page.goto(address)
        axe_on_screens(page, screens)


def test_no_screen_is_too_narrow(open_page: OpenPage) -> None:
    add_citing(Document.objects.get(slug="nsam-129"), 60, "fn2")
    add_citing("an-identifier-of-no-known-form-" + "x" * 90, 1)
    for address in (KENNEDY, NSAM, CITING, "/wanted/", f"{NSAM}notes/fn2/preview/"):
        page = open_page(address)
        for width in (1110, 700, 390, 320):
            page.set_viewport_size({"width": width, "height": 700})
            if address == KENNEDY:
                page.locator("h1").hover()
                note_link(page).hover()
                expect(card(page)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{address} at {width}"


def test_on_paper_there_is_no_card(open_page: OpenPage) -> None:
    page = open_page(KENNEDY)
    note_link(page).hover()
    expect(card(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(card(page)).not_to_be_visible()
