"""Getting into the classroom in a browser: on a phone, without JavaScript, by keyboard; axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from classroom.models import Student
from tests.classroom.readings import PASSWORD, assignment, reading, teacher
from tests.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

Axe = Callable[[Page], None]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_student_joins_on_a_phone_without_javascript_leaves_and_comes_back(open_page: OpenPage) -> None:
    history = assignment()
    page = open_page("/classroom/", width=390, height=844, javascript=False)
    page.get_by_label("Join code").fill(str(history.code).lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    code = page.locator(".code-shown").inner_text()
    assert fits(page)
    page.get_by_role("link", name="Begin reading").click()
    expect(page).to_have_url(re.compile(f"/classroom/classes/{history.ident}/work/"))
    page.goto("/classroom/")
    page.get_by_role("button", name="Leave this device").click()
    expect(page.get_by_role("status")).to_contain_text("forgotten you")
    page.get_by_role("link", name="I have a return code").click()
    page.get_by_label("Return code").fill(code)
    page.get_by_role("button", name="Come back").click()
    expect(page).to_have_url(re.compile(f"/classroom/classes/{history.ident}/work/"))


def test_a_student_sees_what_is_stored_and_deletes_it_by_keyboard(open_page: OpenPage, axe: Axe) -> None:
    history = assignment()
    page = open_page(f"/classroom/join/{history.code}/", width=390, height=844)
    axe(page)
    page.get_by_label("Your name").press("Enter")
    expect(page.get_by_label("Your name")).to_have_accessible_description(re.compile("Write the name"))
    axe(page)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are in, Ada")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="what is stored about you").press("Enter")
    expect(page.get_by_role("heading", name="What is stored about you")).to_be_visible()
    axe(page)
    assert fits(page)
    page.get_by_role("link", name="Delete everything about me").press("Enter")
    expect(page.get_by_role("heading", name="Delete everything about you?")).to_be_visible()
    axe(page)
    page.evaluate("ident => localStorage.setItem(`classroom:${ident}:1:answer:open01`, '{}')", history.ident)
    page.get_by_role("button", name="Delete everything about me").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("was deleted")
    assert page.evaluate("localStorage.length") == 0
    assert not Student.objects.exists()


def test_a_teacher_signs_in_and_finds_their_classes(open_page: OpenPage, axe: Axe) -> None:
    assignment(reading(teacher(), visibility="public"))
    page = open_page("/classroom/", dark=True)
    axe(page)
    page.get_by_role("link", name="Teachers sign in").click()
    page.get_by_label("Username").fill("ruth")
    page.get_by_label("Password").fill(PASSWORD)
    axe(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="History 10b")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Change password").click()
    axe(page)


def test_who_leaves_a_device_leaves_nothing_in_its_browser(open_page: OpenPage) -> None:
    history = assignment()
    page = open_page(f"/classroom/join/{history.code}/")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    page.goto("/classroom/")
    page.evaluate("ident => localStorage.setItem(`classroom:${ident}:1:answer:open01`, '{}')", history.ident)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Leave this device").click()
    expect(page.get_by_role("status")).to_contain_text("forgotten you")
    assert "not saved yet" in asked[0]
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [390, 360])
def test_the_masthead_fits_in_one_line_of_a_phone(open_page: OpenPage, width: int) -> None:
    page = open_page("/classroom/", width=width, height=800)
    tops = page.locator(".masthead-nav li").evaluate_all("items => items.map(each => each.offsetTop)")
    assert len(set(tops)) == 1
    assert fits(page)
    page.locator(".masthead-tools").get_by_role("link", name="Search").click()
    expect(page).to_have_url(re.compile("/search/"))
