"""What editors are told: who sees a text, what was refused, what waits, and where to go on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Person
from tests.ingest.rehearsing import LETTER, bring, last_item, press
from tests.ingest.test_admin import save
from tests.ingest.test_roles import logged_in

pytestmark = pytest.mark.django_db

FILES = {"one.txt": LETTER.encode(), "bad.md": b"A marker[^1] without a note."}


@pytest.fixture
def edith(space_exchange: Collection) -> Client:
    return logged_in("Editors", "edith")


@pytest.fixture
def paula(space_exchange: Collection) -> Client:
    return logged_in("Publishers", "paula")


def chosen(client: Client, button: str) -> str:
    items = last_item().rehearsal.documents.all()
    answer = client.post(
        last_item().rehearsal.get_absolute_url(), {"chosen": [item.pk for item in items], button: "1"}, follow=True
    )
    return answer.content.decode()


def test_what_is_saved_for_later_waits_for_those_who_may_publish(
    edith: Client, paula: Client, space_exchange: Collection
) -> None:
    bring(edith, space_exchange, LETTER)
    assert "Who may publish finds it under Rehearsals." in press(edith, last_item(), "_save")
    for client in (edith, paula):
        assert ">1 text waits</a>" in client.get(reverse("admin:index")).content.decode()
    page = press(paula, last_item(), "_save")
    assert "Readers do not see it" in page
    assert "Who may publish" not in page


def test_a_name_is_no_longer_to_look_at_when_someone_says_who_it_is(edith: Client, space_exchange: Collection) -> None:
    bring(edith, space_exchange, LETTER)
    unknown = "“Dr. Ada Example” is read as the sender, a name that the archive does not know yet."
    assert unknown in press(edith, last_item(), "_save")
    Person.objects.create(slug="ada", name="Dr. Ada Example", sort_name="Example, Ada")
    assert unknown not in press(edith, last_item(), "_save")
    page = press(edith, last_item(), "_save", senders="A. Example")
    assert "“A. Example” is read as the sender, a name that the archive does not know yet." in page


def test_nothing_waits_when_all_is_settled(edith: Client, space_exchange: Collection) -> None:
    bring(edith, space_exchange, LETTER)
    press(edith, last_item(), "_draft")
    assert "wait" not in edith.get(reverse("admin:index")).content.decode()


def test_who_kept_a_text_is_led_to_adding_more(edith: Client, space_exchange: Collection) -> None:
    bring(edith, space_exchange, LETTER)
    page = press(edith, last_item(), "_draft")
    assert "Add more documents</a>" in page
    assert f'href="{reverse("admin:documents_document_change", args=[last_item().document.pk])}"' in page


def test_chosen_texts_that_were_refused_are_not_passed_over_in_silence(
    edith: Client, space_exchange: Collection
) -> None:
    bring(edith, space_exchange, files=FILES)
    page = chosen(edith, "_draft")
    assert "1 text kept as drafts." not in page
    assert "1 text kept as a draft." in page
    assert "1 of the chosen texts was refused: mend its file and bring it in again." in page
    assert "None of them waits any more; 1 was refused." in page
    assert 'name="chosen"' not in page, "there is nothing left to do with what is chosen"


def test_who_saves_a_document_is_told_whether_readers_see_it(paula: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    assert "“NSAM 129” is saved: readers see it as it is now." in save(paula, document, abstract="Mine.")
    save(paula, document, "_withdraw")
    assert "it is a draft; readers do not see it" in save(paula, document, abstract="Mine again.")


def test_documents_of_one_title_are_told_apart_in_the_list(paula: Client, space_exchange: Collection) -> None:
    for number in "57":
        Document.objects.create(
            collection=space_exchange, slug=f"note-{number}", number=number, title="Editorial Note", text="Some text.\n"
        )
    page = paula.get(reverse("admin:documents_document_changelist")).content.decode()
    assert '<td class="field-number">5</td>' in page
    assert "<h1>Documents</h1>" in page
