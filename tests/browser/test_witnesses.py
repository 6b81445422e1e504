"""Two witnesses compared, in a browser: axe, narrow screens, the keyboard, no scripts, paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from documents.models import Collection, Document
from tests.collations import LETTER, MOVED, add_witness, other_text

ADDRESS = f"/documents/{LETTER}/witnesses/B/"
PAGES = [
    ADDRESS,
    f"{ADDRESS}?hide=spelling&hide=case&hide=punctuation&alike=fold",
    f"{ADDRESS}?view=apparatus",
    f"/documents/{LETTER}/witnesses/S/",
    f"/documents/{LETTER}/witnesses/B/S/",
    f"/documents/{LETTER}/",
]

OpenPage = Callable[..., Page]


@pytest.fixture(autouse=True)
def letter(space_exchange: Collection) -> Document:
    """The letter with two witnesses: B differs in every way, S in none."""
    document = Document.objects.get(slug=LETTER)
    add_witness(document, "B", other_text(document), title="A second printing")
    add_witness(document, "S", document.text, title="The same once more", position=1)
    return document


def here(page: Page) -> str:
    return page.locator("[data-difference-here]").inner_text()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, axe_on_screens: Callable[..., None], address: str) -> None:
    axe_on_screens(open_page(address))


def test_nothing_scrolls_sideways_on_the_narrowest_screens(open_page: OpenPage) -> None:
    page = open_page(PAGES[0], width=320)
    for address in PAGES:
        page.goto(address)
        room = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert room <= 0, address


def test_the_two_stand_side_by_side_and_one_after_the_other_on_a_phone(open_page: OpenPage) -> None:
    for width, is_beside in ((1440, True), (390, False)):
        page = open_page(ADDRESS, width=width)
        words = page.locator(".collated-row.is-changed").first.locator(".words")
        left, right = words.first.bounding_box(), words.last.bounding_box()
        assert left and right
        assert (left["y"] == right["y"]) is is_beside
        assert (right["x"] > left["x"]) is is_beside


def test_a_gap_is_as_long_as_what_is_missing(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    gap = page.locator(".is-added .lacking").first.bounding_box()
    words = page.locator(".is-added .wholes").first.bounding_box()
    assert gap and words
    assert gap["height"] == pytest.approx(words["height"])


def test_what_is_alike_is_shown_once_on_a_phone(open_page: OpenPage) -> None:
    for width, shown in ((1440, 2), (390, 1)):
        row = open_page(ADDRESS, width=width).locator(".is-exact").first
        assert sum(each.is_visible() for each in row.locator(".words-text").all()) == shown
        assert all(each.is_visible() for each in row.locator(".words-place").all())


def test_n_and_p_go_from_difference_to_difference(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    total = page.locator("[id^=difference-]").count()
    page.keyboard.press("n")
    assert here(page) == f"Difference 1 of {total}"
    expect(page.locator("#difference-1")).to_have_class(re.compile("is-here"))
    expect(page).to_have_url(re.compile("#difference-1$"))
    page.keyboard.press("n")
    expect(page.locator("#difference-2")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Difference 2 in the apparatus", exact=True)).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert here(page) == f"Difference {total} of {total}"
    expect(page.locator(".is-here")).to_have_count(1)


def test_both_readings_of_a_difference_are_brought_out(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    organization = page.locator("del.is-spelling")
    number = organization.get_attribute("data-difference")
    organization.hover(position={"x": 20, "y": 12})  # its first box is that of words which are only said
    expect(page.locator(".is-pointed")).to_have_text([re.compile("organization"), re.compile("organisation")])
    page.goto(f"{ADDRESS}#difference-{number}")
    page.reload()
    expect(page.locator(".is-here")).to_have_text([re.compile("organization"), re.compile("organisation")])
    expect(page.locator("[data-difference-words]")).to_have_text("[in place of “organization”: organisation]")


def test_buttons_step_as_the_keys_do(open_page: OpenPage) -> None:
    page = open_page(f"{ADDRESS}?hide=punctuation")
    expect(page.get_by_role("link", name="First difference")).to_be_hidden()
    for _ in range(6):
        page.get_by_role("button", name="Next").click()
    numbers = sorted(
        int(each.removeprefix("difference-"))
        for each in page.locator("[id^=difference-]").evaluate_all("found => found.map(each => each.id)")
    )
    assert numbers[5] != 6
    assert here(page) == f"Difference {numbers[5]}, 6 of {len(numbers)} marked"
    page.get_by_role("button", name="Previous").click()
    assert here(page).startswith(f"Difference {numbers[4]}")


def test_escape_takes_the_marks_and_the_keys_away(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    noble = page.locator("del.is-omission")
    drawn = "mark => getComputedStyle(mark).borderBottomColor"
    before = noble.evaluate(drawn)
    page.keyboard.press("Escape")
    assert noble.evaluate(drawn) != before
    expect(page.locator(".words .is-lacking").first).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator(".is-here")).to_have_count(0)
    page.get_by_role("button", name="Hide marks").click()
    assert noble.evaluate(drawn) == before


def test_typing_is_no_step(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    page.get_by_role("searchbox").first.fill("")
    page.get_by_role("searchbox").first.press("n")
    expect(page.locator(".is-here")).to_have_count(0)


def test_it_is_read_without_scripts(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, javascript=False)
    page.get_by_role("link", name="First difference").click()
    expect(page).to_have_url(re.compile("#difference-1$"))
    expect(page.locator("#difference-1")).to_be_in_viewport()
    page.get_by_role("link", name="next ›").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_label("spelling").check()
    page.get_by_label("Fold what is alike").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".words .is-spelling")).to_have_count(0)
    folded = page.locator("details.folded").first
    passage = folded.locator(".words-text").first
    expect(passage).to_be_hidden()
    folded.locator("summary").click()
    expect(passage).to_be_visible()


def test_a_number_leads_to_the_apparatus_and_back(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, javascript=False)
    page.get_by_role("link", name="Difference 3 in the apparatus", exact=True).click()
    expect(page.locator("#difference-3")).to_be_in_viewport()
    page.get_by_role("link", name="Difference 3, side by side", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(ADDRESS) + "#difference-3$"))


def test_a_paragraph_that_moved_is_reached_from_its_other_place(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    page.get_by_role("link", name="It is shown at difference").click()
    expect(page.locator(".is-moved", has_text=MOVED)).to_be_in_viewport()


def test_sorts_are_told_apart_without_color(open_page: OpenPage) -> None:
    page = open_page(ADDRESS)
    drawn = {
        sort: page.locator(f"ins.variant.is-{sort}").first.evaluate(
            "mark => { const s = getComputedStyle(mark); return s.borderBottomStyle + s.borderLeftWidth }"
        )
        for sort in ("addition", "substitution", "spelling", "case")
    }
    drawn["punctuation"] = page.locator("del.variant.is-punctuation").first.evaluate(
        "mark => { const s = getComputedStyle(mark); return s.borderBottomStyle + s.borderLeftWidth }"
    )
    assert len(set(drawn.values())) == len(drawn), drawn


def test_on_paper_both_columns_stand_without_what_one_clicks(open_page: OpenPage) -> None:
    page = open_page(ADDRESS, width=794)
    page.emulate_media(media="print")
    words = page.locator(".collated-row.is-changed").first.locator(".words")
    left, right = words.first.bounding_box(), words.last.bounding_box()
    assert left and right and left["y"] == right["y"] and right["x"] > left["x"]
    for name in (".difference-tray", ".legend fieldset", ".views", ".difference-steps"):
        expect(page.locator(name).first).to_be_hidden()
    expect(page.locator(".legend-sorts")).to_be_visible()
