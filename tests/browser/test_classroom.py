"""A teacher builds a reading and gives it to a class, two students answer on their phones, and the class is deleted."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from classroom.models import Answer, Assignment, Student
from documents.models import Collection
from tests.classroom.readings import PASSWORD, teacher
from tests.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 12
NAMES = ("Kennedy to Khrushchev, 7 March 1962", "Khrushchev to Kennedy, 20 March 1962", "NSAM 129")


class Clicks:
    """Clicks for a reader, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str | re.Pattern[str]) -> None:
        self._click("link", name)

    def button(self, name: str | re.Pattern[str]) -> None:
        self._click("button", name)

    def _click(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.count += 1


@pytest.fixture
def desk(open_page: OpenPage, searchable: Collection) -> Page:
    """The home page, as a teacher sees it who has signed in by the form."""
    teacher("ruth")
    page = open_page("/classroom/sign-in/?next=/")
    page.get_by_label("Username").fill("ruth")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The documents")).to_be_visible()
    return page


def give(clicks: Clicks, class_name: str) -> Assignment:
    """From the page of a reading or its edit page to the desk of a class."""
    clicks.link(re.compile("^Give to a class"))
    clicks.page.get_by_label("Class", exact=True).fill(class_name)
    clicks.button("Give to the class")
    expect(clicks.page.get_by_role("heading", level=1)).to_have_text(class_name)
    return Assignment.objects.get(class_name=class_name)


def test_three_documents_are_given_to_a_class_in_twelve_clicks(desk: Page) -> None:
    clicks = Clicks(desk)
    for place, name in enumerate(NAMES):
        if place:
            desk.get_by_role("banner").get_by_role("link", name="The Reading Room").click()
            clicks.count += 1
        clicks.link(name)
        clicks.button(re.compile("^Add to"))
    clicks.link("Look at the reading")
    given = give(clicks, "History 10b")
    assert [item["document"] for item in given.frozen["items"]] == [
        "kennedy-1962-03-07",
        "khrushchev-1962-03-20",
        "nsam-129",
    ]
    assert clicks.count <= MOST_CLICKS, f"{clicks.count} clicks"


def build(page: Page) -> None:
    """A reading of five items: two from the pages of documents, and a question of each form."""
    page.goto("/documents/kennedy-1962-03-07/")
    Clicks(page).button(re.compile("^Add to"))
    expect(page.get_by_role("link", name="Look at the reading")).to_be_visible()
    page.goto("/documents/khrushchev-1962-03-20/")
    page.get_by_text("Passages, or another reading").click()
    page.get_by_label(re.compile("^Passages")).fill("3-5, 9")
    Clicks(page).button(re.compile("^Add$"))
    expect(page.get_by_role("status").filter(has_text="Added")).to_be_visible()
    Clicks(page).link("Look at the reading")
    Clicks(page).link(re.compile("^Edit"))
    for kind, label, prompt in (
        ("An open question", "Question", "Why does Kennedy write now?"),
        ("A question with choices", "Question", "What does Khrushchev accept?"),
        ("“Point to the passage”", "Point to the passage that shows…", "Point to the passage on costs."),
    ):
        Clicks(page).link(re.compile(f"^{kind}"))
        page.get_by_label(label, exact=True).fill(prompt)
        if "choices" in kind:
            page.get_by_label("Choice 1", exact=True).fill("Weather satellites")
            page.get_by_label("Choice 2", exact=True).fill("Nothing at all")
        Clicks(page).button("Add to the reading")
        expect(page.get_by_role("heading", name="Items")).to_be_visible()


def answer(open_page: OpenPage, code: str, name: str) -> Page:
    """Joins on a phone without an account, and answers all three questions."""
    phone = open_page("/classroom/", width=390, height=844)
    phone.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code.lower())
    phone.locator("main").get_by_role("button").first.click()
    phone.get_by_label(re.compile("name", re.IGNORECASE)).fill(name)
    Clicks(phone).button(re.compile("^Join"))
    Clicks(phone).link("Begin reading")
    phone.locator(".item.is-question textarea").first.fill(f"{name} thinks that Glenn's flight mattered.")
    phone.get_by_label("Weather satellites").check()
    phone.locator(".item.is-question select").select_option(index=5)
    expect(phone.locator("#save-state")).to_contain_text("Saved")
    Clicks(phone).button("Hand in")
    expect(phone.get_by_text(re.compile("^You handed", re.IGNORECASE)).first).to_be_visible()
    return phone


def test_a_class_from_its_reading_to_its_end(desk: Page, open_page: OpenPage) -> None:
    build(desk)
    given = give(Clicks(desk), "History 10b")
    assert [item["kind"] for item in given.frozen["items"]] == ["document", "passages", *["question"] * 3]
    phones = {name: answer(open_page, str(given.code), name) for name in ("Ada", "Ben")}
    assert Answer.objects.filter(student__assignment=given).count() == 6

    desk.reload()
    Clicks(desk).link(re.compile("^Ada"))
    expect(desk.get_by_text("Ada thinks that Glenn's flight mattered.")).to_be_visible()
    expect(desk.get_by_text("Ben thinks")).to_have_count(0)
    desk.get_by_label(re.compile("^Comment", re.IGNORECASE)).first.fill("Which passage says so?")
    Clicks(desk).button(re.compile("^Save"))
    expect(desk.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    phones["Ada"].reload()
    expect(phones["Ada"].get_by_text("Which passage says so?")).to_be_visible()
    phones["Ben"].reload()
    expect(phones["Ben"].get_by_text("Which passage says so?")).to_have_count(0)

    desk.goto(given.get_absolute_url())
    with desk.expect_download() as download:
        Clicks(desk).link(re.compile("CSV"))
    table = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == ["Ada", "Ben"]

    Clicks(desk).link(re.compile("^Delete the class"))
    Clicks(desk).button("Delete the class")
    expect(desk.get_by_role("heading", name="Your classes and readings")).to_be_visible()
    assert not Student.objects.exists() and not Answer.objects.exists()
    assert phones["Ada"].request.get(phones["Ada"].url).status == 404
