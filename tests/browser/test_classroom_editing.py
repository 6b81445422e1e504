"""A teacher makes a reading in the browser: by few clicks, by keyboard, by dragging, on a phone and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from classroom.content import Passages
from classroom.models import Assignment, Reading
from documents.models import Collection
from tests.classroom.readings import ITEMS, LETTER, PASSWORD, REPLY, reading, teacher

pytestmark = pytest.mark.django_db(transaction=True)

OpenPage = Callable[..., Page]
PAGE = f"/documents/{LETTER}/"


@pytest.fixture(autouse=True)
def _exchange(space_exchange: Collection) -> None:
    """Every test has the space exchange."""


@pytest.fixture
def ruth(open_page: OpenPage) -> OpenPage:
    """Opens pages as a teacher who has signed in."""
    teacher()

    def open_one(address: str, **how: object) -> Page:
        page = open_page("/classroom/sign-in/", **how)
        page.fill("[name=username]", "ruth")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/classroom/")
        page.goto(address)
        return page

    return open_one


def order(stored: Reading) -> list[str]:
    stored.refresh_from_db()
    return [each["ident"] for each in stored.items]


def shown(page: Page) -> list[str | None]:
    return [each.get_attribute("data-item") for each in page.locator("[data-item]").all()]


def drag(page: Page, grip: Locator, to: Locator) -> None:
    start, end = grip.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"], end["y"] + 4, steps=6)
    page.mouse.up()


def test_from_home_to_three_documents_given_to_a_class_is_few_clicks(ruth: OpenPage) -> None:
    page = ruth("/")
    clicks = 0

    def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        what.click()

    click(page.locator("main").get_by_role("link", name="Kennedy to Khrushchev, 7 March 1962").first)
    click(page.get_by_role("button", name="Add to a new reading"))
    click(page.locator(".ties").get_by_role("link", name="Khrushchev to Kennedy").first)
    click(page.locator(".adding-at-once button"))
    click(page.locator(".neighbors").get_by_role("link", name="NSAM 129").or_(page.locator(".ties a").first).first)
    click(page.locator(".adding-at-once button"))
    click(page.get_by_role("link", name="Look at the reading"))
    expect(page.locator("section.item")).to_have_count(3)
    click(page.get_by_role("link", name="Give to a class"))
    page.get_by_label("Class", exact=True).fill("History 10b")
    click(page.get_by_role("button", name="Give to the class"))
    page.wait_for_url("**/classroom/classes/*/")
    assert len(Assignment.objects.get().content.items) == 3
    assert clicks <= 12


def comes_to(page: Page, stored: Reading, expected: list[str]) -> None:
    """The page has this order at once, and the database as soon as the page has told the server."""
    assert shown(page) == expected
    for _ in range(200):
        if order(stored) == expected:
            return
        page.wait_for_timeout(50)
    assert order(stored) == expected


def test_items_are_moved_by_keyboard_by_button_and_by_dragging(ruth: OpenPage) -> None:
    stored = reading(items=ITEMS[:3] + ITEMS[6:8])
    page = ruth(f"/classroom/readings/{stored.ident}/edit/", height=1500)
    page.locator("[data-grip]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-arranging-said]")).to_contain_text("Before you read: place 3 of 5.")
    expect(page.locator("[data-item=intro1] [data-grip]")).to_be_focused()
    comes_to(page, stored, ["letter", "spans1", "intro1", "term01", "open01"])
    page.locator("[data-item=open01] [name=up]").click()
    comes_to(page, stored, ["letter", "spans1", "intro1", "open01", "term01"])
    drag(page, page.locator("[data-item=intro1] [data-grip]"), page.locator("[data-item=letter]"))
    comes_to(page, stored, ["intro1", "letter", "spans1", "open01", "term01"])
    assert page.locator("[data-number]").all_text_contents() == ["1", "2", "3", "4", "5"]


def test_passages_are_ticked_or_selected_in_the_document(ruth: OpenPage) -> None:
    page = ruth(PAGE)
    page.get_by_text("Passages, or another reading").click()
    page.get_by_role("button", name="Choose them in the text").click()
    page.locator("#p3 .choose-passage input").check()
    page.locator("#p4 .choose-passage input").focus()
    page.keyboard.press("Space")
    page.locator("#p8 .choose-passage input").check()
    expect(page.get_by_role("group", name="Choose passages")).to_contain_text("Chosen: passages 3–4, 8")
    page.get_by_role("button", name="Add to a new reading").last.click()
    expect(page.locator(".adding-done")).to_contain_text("7 March 1962, passages 3–4, 8 to")
    item = Reading.objects.get().content.items[0]
    assert isinstance(item, Passages)
    assert [(span.first, span.last) for span in item.spans] == [("p3", "p4"), ("p8", "p8")]
    page.locator("#p1 .passage-number").click()
    page.get_by_role("button", name="Add passage 1 to").click()
    expect(page.locator(".adding-done")).to_contain_text("7 March 1962, passage 1 to")
    assert len(Reading.objects.get().items) == 2


def test_everything_works_without_scripts(ruth: OpenPage) -> None:
    page = ruth(f"/documents/{REPLY}/", javascript=False)
    page.get_by_text("Passages, or another reading").click()
    page.get_by_label("Passages", exact=True).fill("2-3, 7")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Edit it").click()
    stored = Reading.objects.get()
    page.get_by_role("link", name="A question with choices").click()
    page.get_by_label("Question", exact=True).fill("Who answers?")
    page.get_by_label("Choice 1", exact=True).fill("Khrushchev")
    page.get_by_label("Choice 2", exact=True).fill("Kennedy")
    page.get_by_label("Choice 1 is correct").check()
    page.get_by_role("button", name="Add to the reading").click()
    page.get_by_role("button", name="Move Question 1: Who answers? up").click()
    assert [each["kind"] for each in Reading.objects.get().items] == ["question", "passages"]
    page.get_by_role("button", name="Delete Khrushchev to Kennedy").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_label("Title").fill("One question")
    page.get_by_role("button", name="Save").click()
    stored.refresh_from_db()
    assert stored.title == "One question"
    assert [each["kind"] for each in stored.items] == ["question", "passages"]


@pytest.mark.parametrize(("width", "dark"), [(1440, True), (390, False)])
def test_every_page_of_making_a_reading_is_accessible_and_fits(
    ruth: OpenPage, axe: Callable[[Page], None], width: int, dark: bool
) -> None:
    stored = reading()
    at = f"/classroom/readings/{stored.ident}/"
    page = ruth(PAGE, width=width, dark=dark)
    addresses = [PAGE, "/classroom/readings/", "/classroom/readings/new/", at, f"{at}edit/", f"{at}edit/add/"]
    addresses += [f"{at}edit/add/?kind={kind}" for kind in ("document", "passages", "proposal", "comparison")]
    addresses += [f"{at}edit/items/{item}/" for item in ("letter", "spans1", "choice", "point1")]
    for address in addresses:
        page.goto(address)
        for folded in page.locator("main details > summary").all():
            folded.click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"{at}edit/add/?kind=choice")
    page.get_by_label("Choice 1", exact=True).fill("Only one")
    page.get_by_label("Question", exact=True).fill("Which?")
    page.get_by_role("button", name="Add to the reading").click()
    expect(page.locator(".field-error")).to_contain_text("at least two choices")
    axe(page)
