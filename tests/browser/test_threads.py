"""The whole of an exchange, and what editors decide of it, in a browser: axe, narrow screens, keyboard, no scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from documents.models import Document, Reply
from tests.browsing import SCREENS
from tests.conftest import OpenPage
from tests.letters import back, letter

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "and I would like to say that the whole of it, from the first word to the last, is agreed to by all of us here."
THREAD, REPLIES = "/documents/answer/thread/", "/admin/documents/reply/"


@pytest.fixture(autouse=True)
def _exchange() -> None:
    """Three letters: the second surely answers the first, and the third probably the second."""
    asked = letter("asked", date(1962, 3, 7), f"Will you come? Think of it, {LONG}")
    back("answer", date(1962, 3, 20), f"We come to see you, {LONG}", answers=(asked,))
    letter("thanks", date(1962, 4, 2), f"I have your letter of 20 March, {LONG}")
    Document.objects.update(side="first")
    Document.objects.filter(slug="answer").update(side="second")
    assert Reply.objects.filter(status=Reply.Status.GUESSED).count() == 1


@pytest.fixture
def signed_in(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a page as an administrator."""

    def open_as(address: str, **how: object) -> Page:
        client = Client()
        user, _ = User.objects.get_or_create(username="paula", defaults={"is_staff": True, "is_superuser": True})
        client.force_login(user)
        page = open_page("/", **how)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": page.url}])
        page.goto(address)
        return page

    return open_as


@pytest.mark.parametrize("address", [THREAD, "/documents/thanks/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, axe_on_screens: Callable[..., None], address: str
) -> None:
    axe_on_screens(open_page(address), (*SCREENS, (320, "light"), (320, "dark")))


def test_the_exchange_is_walked_through_with_the_keyboard_and_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/documents/thanks/", javascript=False)
    page.get_by_role("link", name="The whole exchange").press("Enter")
    expect(page).to_have_url(page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("The whole exchange")
    listed = page.locator("ol.thread > li")
    expect(listed).to_have_count(3)
    expect(listed.nth(1)).to_contain_text("Answers 1 Abigail Adams to John Bell, 7 March 1962, 13 days later")
    expect(listed.nth(2)).to_contain_text("Probably answers 2 John Bell to Abigail Adams, 20 March 1962")
    listed.nth(2).get_by_role("link", name="“your letter of 20 March”").press("Enter")
    assert page.url.endswith("/documents/thanks/#p1")


def test_a_guess_is_told_apart_by_more_than_color(open_page: OpenPage) -> None:
    page = open_page("/documents/thanks/")
    said = page.locator(".ties .is-guess .ties-what")
    expect(said).to_have_text("Probably answers")
    expect(said).to_have_css("font-style", "italic")
    expect(page.locator(".ties .is-guess")).to_have_css("border-left-style", "dashed")


def test_a_guess_is_confirmed_without_scripts(signed_in: Callable[..., Page], open_page: OpenPage) -> None:
    page = signed_in(REPLIES, javascript=False)
    page.get_by_role("button", name="Confirm").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("is confirmed")
    assert Reply.objects.filter(status=Reply.Status.CONFIRMED).count() == 2
    assert "guessed" not in open_page(THREAD).locator("main").inner_text()


def test_axe_finds_nothing_in_the_list_of_replies(
    signed_in: Callable[..., Page], axe_on_screens: Callable[..., None]
) -> None:
    axe_on_screens(signed_in(REPLIES))
