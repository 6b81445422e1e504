"""The page of a student in a browser: on a phone, without a connection, by keyboard, without scripts, and for axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classroom.identity import COOKIE, SALT
from classroom.models import Answer, Highlight, Student
from documents.models import Collection
from tests.classroom.readings import assignment, student

pytestmark = pytest.mark.django_db(transaction=True)

OpenPage = Callable[..., Page]
OpenWork = Callable[..., Page]


@pytest.fixture
def ada(space_exchange: Collection) -> tuple[Student, str]:
    return student(assignment(due_at=timezone.now() + timedelta(days=3)))


def enter(context: BrowserContext, base: str, who: Student, code: str) -> str:
    """Has a browser know a student; returns the address of their work."""
    value = signing.dumps({who.assignment.ident: code}, salt=SALT)
    context.add_cookies([{"name": COOKIE, "value": value, "url": base}])
    return f"{base}/classroom/classes/{who.assignment.ident}/work/"


@pytest.fixture
def open_work(open_page: OpenPage, live_server: Any, ada: tuple[Student, str]) -> OpenWork:
    """Opens the page of Ada: ``open_work(width=390)``."""

    def open_one(**how: object) -> Page:
        page = open_page("/classroom/privacy/", **how)
        page.goto(enter(page.context, live_server.url, *ada))
        return page

    return open_one


@pytest.fixture
def troubled(browser: Browser, live_server: Any, ada: tuple[Student, str]) -> Iterator[Page]:
    """The page of Ada in a browser that may say on its console that something could not be loaded."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(enter(context, live_server.url, *ada))
    yield page
    context.close()


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_contain_text("Saved", timeout=15_000)


def test_a_phone_reads_answers_and_comes_back(open_work: OpenWork, ada: tuple[Student, str]) -> None:
    page = open_work(width=390, height=844)
    page.get_by_role("textbox", name="Why now?").fill("Because of the flight.")
    page.get_by_label("A base on the moon").check()
    page.locator("#answer-point1").select_option("letter#p9")
    expect(page.locator("#question-point1 .chosen-places")).to_contain_text("Passage 9")
    saved(page)
    assert {each.item for each in Answer.objects.all()} == {"open01", "choice", "point1"}
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    marker, note = page.locator("#marker-item-letter-fn1 a"), page.locator("#item-letter-fn1")
    expect(note).not_to_be_visible()
    marker.click()
    expect(note).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Why now?")).to_have_value("Because of the flight.")
    expect(page.get_by_label("A base on the moon")).to_be_checked()
    expect(page.locator("#done")).to_contain_text("of 8 done")


def test_no_keystroke_is_lost_without_a_connection(troubled: Page) -> None:
    page = troubled
    field = page.get_by_role("textbox", name="Why now?")
    field.press_sequentially("Before. ")
    saved(page)
    page.context.set_offline(True)
    field.press_sequentially("In the tunnel.")
    expect(page.locator("#save-state")).to_contain_text("no connection", timeout=15_000)
    expect(page.locator("#save-state")).to_contain_text("kept on this device")
    assert Answer.objects.get().value == {"text": "Before. "}
    address = page.url
    # What a page sends while it is left passes by the cut that the browser makes.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('cut')); }")
    page.goto("about:blank")
    assert Answer.objects.get().value == {"text": "Before. "}
    page.context.set_offline(False)
    page.goto(address)
    expect(field).to_have_value("Before. In the tunnel.")
    saved(page)
    assert Answer.objects.get().value == {"text": "Before. In the tunnel."}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('classroom:'))") == []


def test_a_page_that_is_left_at_once_is_saved(open_work: OpenWork) -> None:
    page = open_work()
    page.get_by_role("textbox", name="Why now?").press_sequentially("Quickly")
    page.goto("/classroom/privacy/")
    page.go_back()
    expect(page.get_by_role("textbox", name="Why now?")).to_have_value("Quickly")
    saved(page)
    assert Answer.objects.get().value == {"text": "Quickly"}


def test_a_token_that_is_too_old_loses_nothing(troubled: Page) -> None:
    page = troubled
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("textbox", name="Why now?").press_sequentially("Still here")
    saved(page)
    assert Answer.objects.get().value == {"text": "Still here"}


def test_two_windows_lose_neither_answer(open_work: OpenWork) -> None:
    one, other = open_work(), open_work(width=390)
    one.get_by_role("textbox", name="Why now?").fill("From the library")
    saved(one)
    other.get_by_role("textbox", name="Why now?").fill("From the phone")
    problem = other.locator("#question-open01 .draft-problem")
    expect(problem).to_contain_text("From the library", timeout=15_000)
    assert Answer.objects.get().value == {"text": "From the library"}
    other.get_by_role("button", name="Keep what stands here").click()
    saved(other)
    assert Answer.objects.get().value == {"text": "From the phone"}


def test_a_passage_is_chosen_in_the_text_by_keyboard(open_work: OpenWork) -> None:
    page = open_work()
    opener = page.get_by_role("button", name="Choose in the text")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".point-here").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".point-here")).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#item-letter-p9").get_by_role("button", name="Choose passage 9").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answer-point1")).to_have_value("letter#p9")
    expect(opener).to_be_focused()
    saved(page)
    assert Answer.objects.get().value == {"places": ["letter#p9"]}


SELECT = """
  const text = document.querySelector("#item-letter-p1 > p").firstChild;
  getSelection().setBaseAndExtent(text, 3, text, 3 + "February twenty-second".length);
"""


def test_words_are_marked_with_a_note_by_keyboard_and_are_there_again(open_work: OpenWork) -> None:
    page = open_work()
    page.evaluate(SELECT)
    expect(page.locator(".own-tray")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#own-note")).to_be_focused()
    page.keyboard.type("Glenn's flight")
    page.keyboard.press("Escape")
    saved(page)
    found = Highlight.objects.get()
    assert (found.words, found.note, found.passage) == ("February twenty-second", "Glenn's flight", "p1")
    page.reload()
    expect(page.locator("mark.own-mark")).to_have_text("February twenty-second")
    expect(page.locator("#own")).to_contain_text("Glenn's flight")
    delete = page.get_by_role("button", name="Delete the mark")
    delete.click()
    expect(page.locator("mark.own-mark")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("mark.own-mark")).to_have_text("February twenty-second")
    delete.click()
    saved(page)
    assert not Highlight.objects.exists()


def test_a_whole_passage_is_marked_by_its_number(open_work: OpenWork) -> None:
    page = open_work()
    page.locator("#item-letter-p2 .passage-number").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Mark", exact=True).press("Enter")
    saved(page)
    assert Highlight.objects.get().words.startswith("The exploration of space is")


def test_what_was_scrolled_through_is_read(open_work: OpenWork, ada: tuple[Student, str]) -> None:
    page = open_work()
    page.locator("[data-beside=spans1]").scroll_into_view_if_needed()
    expect(page.locator(".outline [data-for=spans1] .done-mark")).to_have_text("read")
    saved(page)
    ada[0].refresh_from_db()
    assert "spans1" in ada[0].read


def test_handing_in_asks_what_is_unanswered_and_can_be_taken_back(
    open_work: OpenWork, ada: tuple[Student, str], axe: Callable[[Page], None]
) -> None:
    page = open_work()
    page.get_by_role("textbox", name="Why now?").fill("Now or never")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 questions have no answer yet")
    axe(page)
    page.get_by_role("button", name="Hand in all the same").click()
    expect(page.locator("#handed-in")).to_contain_text("You handed this in")
    expect(page.locator("#question-open01")).to_contain_text("Now or never")
    expect(page.locator("textarea")).to_have_count(0)
    axe(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("textbox", name="Why now?")).to_have_value("Now or never")
    page.get_by_role("button", name="Hand in", exact=True).click()  # with nothing left to save
    expect(page.get_by_role("heading", level=1)).to_have_text("2 questions have no answer yet")


#: Has something be read just before each message is sent, as scrolling to the end of the page does.
READS_AT_EACH_MESSAGE = """() => {
  const send = window.fetch;
  window.fetch = (...message) => { document.querySelector("[data-read]")?.click(); return send(...message); };
}"""


def test_what_is_read_meanwhile_holds_no_hand_in_up(open_work: OpenWork) -> None:
    page = open_work()
    page.evaluate(READS_AT_EACH_MESSAGE)
    page.get_by_role("textbox", name="Why now?").fill("Now or never")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 questions have no answer yet")


def test_everything_works_without_scripts(open_work: OpenWork, ada: tuple[Student, str]) -> None:
    page = open_work(javascript=False)
    page.get_by_role("textbox", name="Why now?").fill("On paper,\nso to say")
    page.locator("#answer-point1").select_option("letter#p9")
    page.locator("#question-open01").get_by_role("button", name="Save").click()
    assert page.url.endswith("#item-open01")
    expect(page.get_by_role("textbox", name="Why now?")).to_have_value("On paper,\nso to say")
    page.get_by_role("button", name="Mark as read: Before you read").click()
    page.locator("[data-beside=letter] summary").click()
    page.locator("#note-letter").fill("Ask about Glenn.")
    page.locator("[data-beside=letter]").get_by_role("button", name="Save").click()
    expect(page.locator("#note-letter")).to_have_value("Ask about Glenn.")
    ada[0].refresh_from_db()
    assert ada[0].read == ["intro1"]
    assert {each.item for each in Answer.objects.all()} == {"open01", "point1"}


def test_leaving_a_shared_computer_leaves_nothing_on_it(open_work: OpenWork) -> None:
    page = open_work()
    page.get_by_role("textbox", name="Why now?").press_sequentially("Mine")
    page.get_by_role("button", name="Leave this device").click()
    page.wait_for_url("**/classroom/?done=left")
    assert Answer.objects.get().value == {"text": "Mine"}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('classroom:'))") == []


@pytest.mark.parametrize("how", [{}, {"width": 390, "height": 844}, {"dark": True}], ids=["wide", "phone", "dark"])
def test_axe_finds_nothing(open_work: OpenWork, axe: Callable[[Page], None], how: dict[str, object]) -> None:
    page = open_work(**how)
    page.evaluate(SELECT)
    page.get_by_role("button", name="Write a note").click()
    page.locator("#own-note").fill("Why then?")
    axe(page)
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Choose in the text").click()
    axe(page)
