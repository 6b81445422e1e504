"""The history of a document in the admin: looked at, compared, restored; what is deleted is brought back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Version
from ingest.derive import derive
from ingest.history import keeping, versions_of
from ingest.runs import login_name
from tests.conftest import OpenPage
from tests.ingest.test_admin import save

pytestmark = pytest.mark.django_db

LETTER = "kennedy-1962-03-07"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="a long password"))
    return client


def letter() -> Document:
    return Document.objects.get(slug=LETTER)


def change(old: str, new: str, **values: object) -> None:
    document = letter()
    with keeping(document, by_name="grace"):
        document.text = document.text.replace(old, new)
        for name, value in values.items():
            setattr(document, name, value)
        document.save()
        derive(document)


def history(client: Client) -> str:
    return client.get(reverse("admin:documents_document_history", args=[letter().pk])).content.decode()


def compared(client: Client, **query: str) -> str:
    return client.get(reverse("admin:documents_document_compare", args=[letter().pk]), query).content.decode()


def test_what_editors_save_publish_and_withdraw_is_kept(ada: Client, space_exchange: Collection) -> None:
    document = letter()
    save(ada, document, text=document.text.replace("broad and varied", "broad"))
    save(ada, document, "_withdraw")
    save(ada, document, "_publish")
    save(ada, document)
    found = list(versions_of(document).values_list("reason", "by_name"))
    assert found == [("Published", "ada"), ("Made a draft again", "ada"), ("Edited", login_name())]


def test_a_refused_form_keeps_nothing(ada: Client, space_exchange: Collection) -> None:
    assert "never closed" in save(ada, letter(), text="Some [words")
    assert not Version.objects.exists()


def test_what_the_actions_of_the_list_do_is_kept(ada: Client, space_exchange: Collection) -> None:
    keys = list(Document.objects.values_list("pk", flat=True))
    ada.post(reverse("admin:documents_document_changelist"), {"action": "withdraw", "_selected_action": keys})
    assert Version.objects.filter(reason="Made drafts").count() == len(keys)


def test_the_page_lists_every_state_with_who_why_and_how_much(ada: Client, space_exchange: Collection) -> None:
    change("broad and varied", "broad", title="Another title")
    page = history(ada)
    assert "2 words removed; Title" in page
    assert "grace" in page
    assert "the first state that is kept" in page
    assert page.count("Restore this version") == 1


def test_two_states_are_needed_to_compare_any(ada: Client, space_exchange: Collection) -> None:
    assert "Compare the two chosen states" not in history(ada)
    save(ada, letter(), "_withdraw")
    assert "Compare the two chosen states" in history(ada)


def test_many_states_stand_on_several_pages(ada: Client, space_exchange: Collection) -> None:
    for number in range(22):
        change("", "", place=f"Place {number}")
    address = reverse("admin:documents_document_history", args=[letter().pk])
    first, second = (ada.get(address, {"page": page}).content.decode() for page in ("1", "2"))
    assert "the first state that is kept" not in first
    assert "the first state that is kept" in second
    assert (first.count("<time"), second.count("<time")) == (20, 3)


def test_two_states_are_compared_whichever_is_named_first(ada: Client, space_exchange: Collection) -> None:
    change("broad and varied", "broad", title="<b>Another")
    change("is a broad", "is one broad")
    for query in ({"old": "1", "new": "now"}, {"old": "now", "new": "1"}):
        page = compared(ada, **query)
        assert "and varied<span" in page
        assert "<ins>&lt;b&gt;Another</ins>" in page
        assert "Restore version 1" in page
    assert "&lt;b&gt;Another" not in compared(ada, old="2", new="now")
    assert "The two texts are the same." in compared(ada, old="2", new="2")


@pytest.mark.parametrize("name", ["0", "99", "x", "²", "-1", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(ada: Client, space_exchange: Collection, name: str) -> None:
    address = reverse("admin:documents_document_compare", args=[letter().pk])
    assert ada.get(address, {"old": name}).status_code == 404
    assert ada.get(reverse("admin:documents_document_compare", args=[10**9])).status_code == 404


def test_one_button_restores_a_version(ada: Client, space_exchange: Collection) -> None:
    before = letter().text
    change("broad and varied", "broad")
    address = reverse("admin:documents_document_restore", args=[letter().pk, 1])
    assert ada.get(address).status_code == 403
    page = ada.post(address, follow=True).content.decode()
    assert "is again as it was in version 1" in page
    assert letter().text == before
    assert "Version 1 restored" in page
    assert letter().changed_by_name == "ada"


def test_a_deleted_document_is_listed_and_brought_back(ada: Client, space_exchange: Collection) -> None:
    document = letter()
    public = document.get_absolute_url()
    ada.post(reverse("admin:documents_document_delete", args=[document.pk]), {"post": "yes"})
    assert Client().get(public).status_code == 404
    listed = ada.get(reverse("admin:documents_document_deleted")).content.decode()
    assert "Deleted by ada" in listed
    version = Version.objects.get()
    address = reverse("admin:documents_document_bring_back", args=[version.pk])
    assert ada.get(address).status_code == 403
    assert "is back, published as before" in ada.post(address, follow=True).content.decode()
    assert Client().get(public).status_code == 200
    assert ada.post(address).status_code == 404, "it is not deleted any more"
    assert "No document is deleted" in ada.get(reverse("admin:documents_document_deleted")).content.decode()


def test_what_stands_in_the_way_of_bringing_back_is_said(ada: Client, space_exchange: Collection) -> None:
    ada.post(reverse("admin:documents_document_delete", args=[letter().pk]), {"post": "yes"})
    Document.objects.create(collection=space_exchange, slug=LETTER, title="Another")
    address = reverse("admin:documents_document_bring_back", args=[Version.objects.get().pk])
    assert "Another document has the address" in ada.post(address, follow=True).content.decode()


def test_history_is_for_those_who_may_see_documents(client: Client, space_exchange: Collection) -> None:
    change("broad and varied", "broad")
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    for name, args in (("history", [letter().pk]), ("compare", [letter().pk]), ("deleted", [])):
        assert client.get(reverse(f"admin:documents_document_{name}", args=args)).status_code == 403
    assert client.post(reverse("admin:documents_document_restore", args=[letter().pk, 1])).status_code == 403
    assert versions_of(letter()).count() == 1
    assert Client().get(reverse("admin:documents_document_history", args=[letter().pk])).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("dark", "width"), [(False, 1440), (True, 390)])
def test_the_pages_are_used_without_javascript(
    space_exchange: Collection, open_page: OpenPage, dark: bool, width: int
) -> None:
    User.objects.create_superuser("ada", password="a long password")
    before = letter().text
    change("broad and varied", "broad", title="Another title")
    page = open_page("/admin/", dark=dark, width=width, javascript=False)
    page.fill("#id_username", "ada")
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")
    page.goto(f"/admin/documents/document/{letter().pk}/history/")
    page.click("text=Compare the two chosen states")
    assert "and varied" in page.locator(".difference del").inner_text()
    page.click("text=Restore version 1")
    assert page.locator(".messagelist").inner_text().count("is again as it was") == 1
    assert letter().text == before


@pytest.mark.django_db(transaction=True)
def test_axe_has_no_complaint(
    space_exchange: Collection, open_page: OpenPage, axe_on_screens: Callable[..., None]
) -> None:
    User.objects.create_superuser("ada", password="a long password")
    change("broad and varied", "broad", title="Another title")
    page = open_page("/admin/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", "a long password")
    page.click("[type=submit]")
    for address in (f"{letter().pk}/history/", f"{letter().pk}/history/compare/?old=1", "deleted/"):
        page.goto(f"/admin/documents/document/{address}")
        axe_on_screens(page, ((1440, "light"), (1440, "dark")))
