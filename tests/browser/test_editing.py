"""An editor adds a document in a browser: paste, compare, correct with a live preview, publish."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from documents.models import Collection, Document
from tests.conftest import OpenPage

pytestmark = [pytest.mark.django_db(transaction=True)]

TEXT = """Letter From Dr. Ada Example to Chairman Khrushchev

Geneva, May 3, 1962

Dear Mr. Chairman:

I write about the moon.1 It is far.

1See Item 60.

Sincerely,

ADA EXAMPLE"""


@pytest.fixture
def signed_in(open_page: OpenPage, searchable: Collection) -> Any:
    User.objects.create_superuser("editor", password="a long password")
    page = open_page("/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")
    return page


def test_a_letter_is_pasted_corrected_and_published(signed_in: Any, open_page: OpenPage) -> None:
    page = signed_in
    page.goto("/admin/documents/document/add/")
    page.fill("#id_pasted", TEXT)
    page.click("text=Make a draft")
    page.wait_for_selector("#preview .note-marker")
    assert page.locator(".source li").nth(6).inner_text() == "I write about the moon.1 It is far."
    document = Document.objects.latest("pk")
    assert open_page("/").request.get(document.get_absolute_url()).status == 404

    page.fill("#id_text", page.input_value("#id_text").replace("It is far.", "It is *very* far."))
    page.wait_for_selector("#preview em >> text=very")
    page.click("input[name=_publish] >> nth=0")
    page.wait_for_selector("text=is published")
    reader = open_page(document.get_absolute_url())
    assert reader.locator("em", has_text="very").count() == 1
    reader.goto("/search/?q=moon+far")
    assert reader.locator("a", has_text="Ada Example").count() >= 1


def test_what_is_wrong_with_a_text_is_shown_as_it_is_written(signed_in: Any) -> None:
    page = signed_in
    document = Document.objects.get(slug="nsam-129")
    page.goto(f"/admin/documents/document/{document.pk}/change/")
    page.fill("#id_text", "Some [words")
    page.wait_for_selector("#preview [role=alert] >> text=never closed")
