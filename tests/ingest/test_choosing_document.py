"""Whoever adds a proposal finds its document by words, in an archive of any size."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document
from tests.ingest.test_roles import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(space_exchange: Collection) -> Collection:
    made = Collection.objects.create(slug="series", title="A long series")
    Document.objects.bulk_create(
        Document(collection=made, slug=f"d{n}", number=str(n), title=f"Telegram {n}") for n in range(1000, 1060)
    )
    return made


def asked(client: Client, **words: str) -> str:
    answer = client.get(reverse("admin:documents_proposal_add"), words)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_few_documents_are_offered_and_words_find_the_others(series: Collection) -> None:
    paula = logged_in("Publishers", "paula")
    page = asked(paula)
    assert page.count('href="?document=') == 25
    assert "There are more" in page
    page = asked(paula, words="telegram 1003")
    assert page.count('href="?document=') == 1
    assert "1003. Telegram 1003</a>" in page
    assert "A long series, a draft" in page
    assert "No document has these words" in asked(paula, words="zebra")


def test_letters_of_one_title_are_told_apart_by_their_dates(series: Collection) -> None:
    letter = Document.objects.get(slug="d1003")
    letter.dates.create(event="written", display="March 7, 1962", earliest="1962-03-07", latest="1962-03-07")
    assert "1003. Telegram 1003, March 7, 1962</a>" in asked(logged_in("Publishers", "paula"), words="1003")


def test_the_chosen_document_is_named_and_no_list_of_all_comes_with_the_form(series: Collection) -> None:
    paula = logged_in("Publishers", "paula")
    live = Document.objects.get(slug="nsam-129")
    page = asked(paula, document=str(live.pk))
    assert "A proposal within" in page
    assert f'<input type="hidden" name="document" value="{live.pk}" id="id_document">' in page
    assert "Telegram 1003" not in page
    assert "p1: " in page, "its passages are offered"


def test_who_may_not_publish_is_offered_drafts_only(series: Collection) -> None:
    edith = logged_in("Editors", "edith")
    assert "NSAM 129" not in asked(edith, words="nsam")
    live = Document.objects.get(slug="nsam-129")
    assert edith.get(reverse("admin:documents_proposal_add"), {"document": live.pk}).status_code == 403
    page = edith.get(reverse("admin:documents_document_change", args=[live.pk])).content.decode()
    assert "Add a proposal" not in page


def test_what_moved_is_attached_by_those_who_may_publish(space_exchange: Collection) -> None:
    proposal = Document.objects.get(slug="nsam-129").proposals.earliest("position")
    type(proposal).objects.filter(pk=proposal.pk).update(quotation="lost", words="")
    address = reverse("admin:documents_proposal_changelist")
    assert "Confirm" in logged_in("Publishers", "paula").get(address).content.decode()
    assert "Confirm" not in logged_in("Editors", "edith").get(address).content.decode()
