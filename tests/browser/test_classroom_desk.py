"""A teacher gives a reading to a class, reads what came back and deletes the class, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from classroom.models import Answer, Assignment, Student
from documents.models import Collection
from tests.classroom import readings
from tests.classroom.readings import student, teacher
from tests.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

Opened = Callable[..., Page]


@pytest.fixture
def opened(open_page: OpenPage, space_exchange: Collection) -> Opened:
    """Opens a page of the classroom for a teacher who is signed in."""
    client = Client()
    client.force_login(teacher())

    def open_desk(address: str, **how: Any) -> Page:
        page = open_page("/robots.txt", **how)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}])
        page.goto(address)
        return page

    return open_desk


def answered() -> Assignment:
    """A class of two, of whom one has answered and handed in."""
    end = timezone.now() + timedelta(days=30)
    assignment = readings.assignment(scale="20", code_expires_at=end, due_at=end)
    ada, _ = student(assignment, "Ada")
    student(assignment, "Ben")
    Answer.objects.create(student=ada, item="open01", value={"text": "Because Glenn had flown."})
    Answer.objects.create(student=ada, item="choice", value={"chosen": [0]})
    Answer.objects.create(student=ada, item="point1", value={"places": ["letter#p9"]})
    Student.objects.filter(pk=ada.pk).update(submitted_at=timezone.now())
    return assignment


def of(assignment: Assignment, name: str, *more: object) -> str:
    return reverse(name, args=[assignment.ident, *more])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reading_is_given_with_one_name_and_one_click(opened: Opened, javascript: bool) -> None:
    page = opened(reverse("assign", args=[readings.reading().ident]), javascript=javascript, width=390, height=844)
    page.get_by_label("Class", exact=True).fill("History 10b")
    page.get_by_label("Due").fill("2099-03-04T10:00")
    page.get_by_role("button", name="Give to the class").click()
    assignment = Assignment.objects.get()
    expect(page.locator(".join-code")).to_have_text(assignment.code)
    expect(page.locator(".empty")).to_contain_text("Nobody has joined yet")
    expect(page.locator(".class-facts")).to_contain_text("4 March 2099, 10:00")
    link = page.get_by_label("Or send them this link").input_value()
    assert link.endswith(reverse("join_code", args=[assignment.code]))


def test_times_are_the_teachers_own(opened: Opened) -> None:
    assignment = answered()
    Assignment.objects.update(due_at="2099-03-04T10:00Z", opens_at="2026-01-01T00:30Z")
    page = opened(of(assignment, "desk"))
    far = page.context.browser.new_context(base_url=page.url, timezone_id="Asia/Tokyo")
    far.add_cookies(page.context.cookies())
    there = far.new_page()
    there.goto(of(assignment, "edit_class"))
    expect(there.get_by_label("Due")).to_have_value("2099-03-04T19:00")
    there.get_by_label("Due").fill("2099-03-05T09:00")
    there.get_by_role("button", name="Save").click()
    expect(there.locator(".class-facts")).to_contain_text("5 March 2099, 09:00")
    far.close()
    assignment.refresh_from_db()
    assert f"{assignment.due_at:%d %H:%M}" == "05 00:00"
    assert f"{assignment.opens_at:%d %H:%M}" == "01 00:30"


def test_a_comment_is_written_from_the_keyboard(opened: Opened) -> None:
    page = opened(of(answered(), "desk"))
    page.get_by_role("link", name="Read what is new (1)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada")
    page.get_by_label("Comment on Question 1").focus()
    page.keyboard.type("Well seen.")
    page.keyboard.press("Tab")
    page.keyboard.type("18")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_label("Comment on Question 1")).to_have_value("Well seen.")
    assert Answer.objects.get(item="open01").mark == "18"
    page.get_by_role("navigation", name="Students").get_by_role("link", name="Ben").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben")


def test_what_was_typed_is_not_left_unsaved_without_a_question(opened: Opened) -> None:
    assignment = answered()
    page = opened(of(assignment, "review_question", "open01"))
    page.get_by_label("Comment on Ada’s answer").fill("Half a thought")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="History 10b").click()
    assert asked.value.type == "beforeunload"
    expect(page.get_by_label("Comment on Ada’s answer")).to_have_value("Half a thought")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")


def test_a_class_is_deleted(opened: Opened) -> None:
    page = opened(of(answered(), "desk"), javascript=False)
    page.get_by_role("link", name="Delete the class").click()
    expect(page.locator(".notice")).to_contain_text("2 students and all that they wrote")
    page.get_by_role("button", name="Delete the class").click()
    expect(page).to_have_url(reverse("classroom"))
    assert not Student.objects.exists()


def test_axe_finds_nothing_on_any_screen(opened: Opened, axe_on_screens: Callable[[Page], None]) -> None:
    assignment = answered()
    page = opened(reverse("assign", args=[assignment.reading.ident]))
    axe_on_screens(page)
    for address in (
        of(assignment, "desk"),
        of(assignment, "review_student", assignment.students.get(name="Ada").pk),
        of(assignment, "review_question", "point1"),
        of(assignment, "print_class"),
        of(assignment, "delete_class"),
    ):
        page.goto(address)
        axe_on_screens(page)
