"""A reading that ships, in a browser, for anybody and for students: axe, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from archive.environment import ROOT
from classroom import shipped
from classroom.models import Reading
from tests.classroom.readings import assignment

OpenPage = Callable[..., Page]


@pytest.fixture
def seminar(space_exchange: object) -> Reading:
    """The reading with items of almost every kind."""
    shipped.load([ROOT / "fixtures" / "readings"])
    return Reading.objects.get(shipped="opening-a-negotiation")


def test_anybody_reads_one(open_page: OpenPage, axe_on_screens: Callable[..., None], seminar: Reading) -> None:
    axe_on_screens(open_page(seminar.get_absolute_url()), ((1440, "light"), (390, "dark")))


def test_a_class_reads_one(open_page: OpenPage, axe_on_screens: Callable[..., None], seminar: Reading) -> None:
    given = assignment(seminar)
    page = open_page(f"/classroom/join/{given.code}/")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Begin reading").click()
    assert page.get_by_role("heading", level=1).inner_text() == seminar.title

    axe_on_screens(page)
