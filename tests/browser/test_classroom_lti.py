"""Classes opened from a course in a browser: the course system is another site, and cookies go where they may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from classroom.lti import asking
from classroom.lti.messages import LINKING
from classroom.lti.models import LinkedTeacher
from classroom.models import Student
from tests.classroom.course_system import CourseSystem, Opened
from tests.classroom.readings import ITEMS, PASSWORD, assignment, reading, teacher
from tests.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

Axe = Callable[[Page], None]
SHORT = [each for each in ITEMS if each["ident"] in ("intro1", "open01")]


@pytest.fixture
def moodle(settings: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[CourseSystem]:
    settings.LTI, settings.SITE_URL = True, live_server.url
    monkeypatch.setattr(asking, "SCHEMES", ("https", "http"))
    system = CourseSystem()
    system.tool_keys = Client().get(reverse("lti_keys")).json()
    yield system
    system.close()


def test_a_student_opens_a_class_from_another_site_and_stays_in_others(
    open_page: OpenPage, moodle: CourseSystem, live_server: Any
) -> None:
    history = assignment(reading(items=SHORT))
    other = assignment(reading(items=SHORT), "Physics 10b")
    LinkedTeacher.objects.create(user=teacher(), platform=moodle.platform, subject="a hash")
    moodle.opens = Opened(live_server.url, history.ident)
    page = open_page(f"/classroom/join/{other.code}/", width=390, height=844, javascript=False)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    page.goto(f"{moodle.url}/course")
    page.get_by_role("link", name="Open").click()
    page.get_by_role("button", name="It is me").click()
    expect(page).to_have_url(re.compile(f"/classroom/classes/{history.ident}/work/"))
    expect(page.get_by_label("Your answer").or_(page.get_by_role("textbox")).first).to_be_visible()
    page.goto("/classroom/")
    expect(page.locator("main")).to_contain_text("Physics 10b")
    expect(page.locator("main")).to_contain_text("History 10b")


def test_a_teacher_puts_a_class_into_a_course_and_sends_marks(
    open_page: OpenPage, moodle: CourseSystem, live_server: Any, axe_on_screens: Axe
) -> None:
    history = assignment(reading(items=SHORT), scale="20")
    moodle.opens = Opened(live_server.url, "", "Instructor", moodle.link_claims())
    page = open_page("/classroom/")
    page.goto(f"{moodle.url}/course")
    page.get_by_role("link", name="Open").click()
    page.get_by_role("button", name="It is me").click()
    page.get_by_label("Name").fill(teacher().username)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    axe_on_screens(page)
    page.get_by_role("button", name="Link the account").click()
    axe_on_screens(page)
    page.get_by_role("button", name="Choose History 10b").press("Enter")
    axe_on_screens(page)
    page.get_by_role("button", name="Back to Moodle with this class").click()
    expect(page.locator("body")).to_contain_text("The class is in the course.")
    [item] = moodle.read(moodle.returned, moodle.platform.issuer)[LINKING + "content_items"]
    moodle.launch(Client(), item["custom"]["class"])
    Student.objects.update(mark="12")
    page.goto(history.get_absolute_url())
    axe_on_screens(page)
    page.get_by_role("button", name="Send marks to the course").click()
    expect(page.get_by_role("row", name="Ada Byron")).to_contain_text("Sent.")
    axe_on_screens(page)
