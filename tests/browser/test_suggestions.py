"""An editor decides on suggested links from the keyboard, or with plain buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from documents.models import Collection, Link, Proposal, SuggestedLink
from tests.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

Queue = Callable[..., Page]
SCREENS = ((1440, "light"), (1440, "dark"), (390, "light"))


@pytest.fixture
def queue(open_page: OpenPage, space_exchange: Collection) -> Queue:
    """Opens the suggestions for a proposal of the collection, which has no links: ``queue("H2", width=390)``."""
    Link.objects.all().delete()
    user = User.objects.create_superuser("paula", password="a long password")
    client = Client()
    client.force_login(user)

    def open_queue(ident: str = "", **how: Any) -> Page:
        page = open_page("/", **how)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}])
        address = reverse("admin:documents_suggestedlink_queue", args=[space_exchange.pk])
        page.goto(f"{address}?proposal={Proposal.objects.get(ident=ident).pk}" if ident else address)
        return page

    return open_queue


def heading(page: Page) -> str:
    return page.locator("#later").inner_text()


def test_links_are_made_rejected_skipped_and_taken_back_from_the_keyboard(queue: Queue) -> None:
    page = queue("H2")
    current = page.locator(".choice[aria-current]")
    expect(current).to_have_attribute("data-number", "1")

    page.keyboard.press("2")
    expect(current).to_have_attribute("data-number", "2")
    page.keyboard.press("ArrowDown")
    expect(current).to_have_attribute("data-number", "3")
    page.keyboard.press("x")
    expect(page.locator(".suggesting-progress")).to_contain_text("rejected K3 for H2")
    expect(page.locator("#later")).to_contain_text("H2")

    page.keyboard.press("a")
    expect(page.locator(".messagelist")).to_contain_text("Linked: H2 accepts K1.")
    expect(page.locator("#later")).to_contain_text("H3")
    page.keyboard.press("u")
    expect(page.locator(".messagelist")).to_contain_text("Taken back: linked: H2 accepts K1.")
    expect(page.locator("#later")).to_contain_text("H2")

    page.keyboard.press("s")
    expect(page.locator("#later")).to_contain_text("H3")
    page.keyboard.press("n")
    expect(page.locator("#later")).to_contain_text("H4")
    assert not Link.objects.exists()
    assert SuggestedLink.objects.filter(status="rejected").count() == 6


def test_the_words_of_a_link_are_changed_before_it_is_made(queue: Queue) -> None:
    page = queue("H2")
    page.keyboard.press("w")
    expect(page.locator("#answer_words-1")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Let us also cooperate in this field.")
    page.keyboard.press("a")
    expect(page.locator("#answer_words-1")).to_have_value("Let us also cooperate in this field.a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".messagelist")).to_contain_text("Linked: H2 accepts K1.")
    assert Link.objects.get().answer_words == "Let us also cooperate in this field."


def test_words_that_are_wrong_stand_open_with_what_is_wrong(queue: Queue) -> None:
    page = queue("H2")
    page.keyboard.press("2")
    page.keyboard.press("w")
    page.keyboard.insert_text("Not so. ")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    wrong = page.locator(".choice.wrong")
    expect(wrong).to_have_attribute("aria-current", "true")
    expect(wrong.locator(".errorlist")).to_contain_text("These words do not stand in H2")
    expect(wrong.locator("#answer_words-2")).to_be_visible()


def test_single_keys_can_be_turned_off_and_stay_off(queue: Queue) -> None:
    page = queue("H2")
    page.get_by_role("button", name="Single keys are on").click()
    page.keyboard.press("s")
    page.reload()
    expect(page.get_by_role("button", name="Single keys are off")).to_be_visible()
    page.locator("body").press("n")
    assert "H2" in heading(page)
    expect(page.locator("kbd:visible")).to_have_count(0)
    assert not SuggestedLink.objects.filter(status="rejected").exists()


def test_the_words_in_common_with_the_chosen_candidate_are_marked(queue: Queue) -> None:
    page = queue("H5")
    marked = page.locator(".later mark:not(.beside)")
    expect(marked.filter(has_text="space medicine")).to_have_count(1)
    page.keyboard.press("2")
    expect(marked.filter(has_text="magnetic field")).to_have_count(1)
    expect(marked.filter(has_text="space medicine")).to_have_count(0)


def test_everything_is_done_with_buttons_without_scripts(queue: Queue) -> None:
    page = queue("H2", javascript=False)
    assert page.locator("kbd:visible").count() == 0
    page.locator(".choice").first.get_by_role("button", name="accepts").click()
    expect(page.locator(".messagelist")).to_contain_text("Linked: H2 accepts K1.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#later")).to_contain_text("H2")
    page.get_by_role("link", name="Skip for now").click()
    page.get_by_role("button", name="None of these").click()
    expect(page.locator("#later")).to_contain_text("H4")


def test_every_part_is_reached_with_the_tab_key(queue: Queue) -> None:
    page = queue("H6")
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.key ?? document.activeElement.tagName"))
    assert reached >= {"n", "s", "a", "c", "x", "SUMMARY"}


def test_its_pages_are_accessible_and_fit(queue: Queue, axe_on_screens: Callable[..., None]) -> None:
    page = queue("H5")
    for ident in ("H5", "H7"):
        page.goto(page.url.split("?")[0] + f"?proposal={Proposal.objects.get(ident=ident).pk}")
        for details in page.locator("details").all():
            details.locator("summary").click()
        axe_on_screens(page, SCREENS)
    page.goto(reverse("admin:documents_suggestedlink_changelist"))
    axe_on_screens(page, SCREENS)
    SuggestedLink.objects.update(status="rejected")
    page.go_back()
    page.goto(page.url.split("?")[0])
    expect(page.locator("#content-main")).to_contain_text("All suggestions of this collection are decided.")
    axe_on_screens(page, SCREENS)
