"""Editors accept, reject, add and correct witnesses in the admin; what readers see is decided by who may publish."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Collation, Collection, Document, Witness
from ingest.witnesses import collate_witnesses
from tests.ingest.rehearsing import EDITING, account
from tests.sources import source

pytestmark = pytest.mark.django_db

WITNESSES = [f"{action}_witness" for action in ("add", "change", "delete", "view")]
LETTER, MEMO = "kennedy-1962-03-07", "nsam-129"
LIST = "admin:documents_witness_changelist"
ADD = "admin:documents_witness_add"


@pytest.fixture
def publisher(space_exchange: Collection) -> Client:
    return account("paula", *EDITING, *WITNESSES, "publish_document")


@pytest.fixture
def editor(space_exchange: Collection) -> Client:
    return account("edith", *EDITING, *WITNESSES)


def letter() -> Document:
    return Document.objects.get(slug=LETTER)


def offered() -> Witness:
    witness = Witness.objects.create(
        document=letter(),
        other=Document.objects.get(slug=MEMO),
        siglum="B",
        title="Another text",
        status="offered",
        likeness=0.75,
    )
    collate_witnesses(witness.document)
    return witness


def decide(client: Client, witness: Witness, word: str, **values: str) -> Any:
    return client.post(reverse(f"admin:documents_witness_{word}", args=[witness.pk]), values, follow=True)


def add(client: Client, **values: Any) -> str:
    form = {"document": letter().pk, "siglum": "T", "title": "As it was sent", "position": 1, **values}
    return client.post(reverse(ADD), form, follow=True).content.decode()


def change(client: Client, witness: Witness, **values: Any) -> str:
    form = {
        "document": witness.document_id,
        "siglum": witness.siglum,
        "title": witness.title,
        "position": 1,
        "text": witness.text,
        **values,
    }
    address = reverse("admin:documents_witness_change", args=[witness.pk])
    return client.post(address, form, follow=True).content.decode()


def test_an_offered_witness_is_listed_with_its_likeness_and_its_differences(publisher: Client) -> None:
    witness = offered()
    page = publisher.get(reverse(LIST)).content.decode()
    assert "Offered: 75% of the words in common" in page
    assert f'href="/documents/{LETTER}/witnesses/B/"' in page
    assert reverse("admin:documents_witness_accept", args=[witness.pk]) in page
    page = publisher.get(reverse("admin:documents_document_change", args=[letter().pk])).content.decode()
    assert reverse("admin:documents_witness_reject", args=[witness.pk]) in page


def test_the_first_page_says_what_is_offered(publisher: Client) -> None:
    index = reverse("admin:index")
    assert "offered" not in publisher.get(index).content.decode()
    offered()
    page = publisher.get(index).content.decode()
    assert f'<a class="waiting" href="{reverse(LIST)}?status__exact=offered">1 witness is offered</a>' in page


@pytest.mark.parametrize(
    ("word", "status", "compared", "said"),
    [("accept", "accepted", 1, "is accepted"), ("reject", "rejected", 0, "is not offered again")],
)
def test_it_is_accepted_or_rejected_with_a_button(
    publisher: Client, word: str, status: str, compared: int, said: str
) -> None:
    witness = offered()
    answer = decide(publisher, witness, word)
    assert answer.redirect_chain == [(reverse(LIST), 302)]
    assert said in answer.content.decode()
    witness.refresh_from_db()
    assert (witness.status, Collation.objects.count()) == (status, compared)
    assert "already" in decide(publisher, witness, word).content.decode()


def test_a_decision_on_the_page_of_the_document_leads_back_to_it(publisher: Client) -> None:
    answer = decide(publisher, offered(), "accept", **{"from": "document"})
    assert answer.redirect_chain == [(reverse("admin:documents_document_change", args=[letter().pk]), 302)]
    assert letter().edited_here is False


def test_one_that_was_rejected_by_mistake_is_accepted(publisher: Client) -> None:
    witness = offered()
    decide(publisher, witness, "reject")
    page = publisher.get(reverse(LIST)).content.decode()
    assert f'formaction="/admin/documents/witness/{witness.pk}/accept/"' in page
    assert f'formaction="/admin/documents/witness/{witness.pk}/reject/"' not in page
    decide(publisher, witness, "accept")
    witness.refresh_from_db()
    assert witness.status == "accepted"
    assert Collation.objects.filter(witness=witness).exists()


def test_a_siglum_in_other_letters_is_the_same_siglum(publisher: Client) -> None:
    """The files of an export are named by it, and some file systems take b for B."""
    offered()
    assert "Another witness of this document has this siglum." in add(publisher, siglum="b", pasted="Other words.")
    add(publisher, siglum="t", pasted="Other words.")
    added = letter().witnesses.get(siglum="t")
    values = {"document": letter().pk, "siglum": "T", "title": "As it was sent", "position": 1, "text": "Other words."}
    publisher.post(reverse("admin:documents_witness_change", args=[added.pk]), values)
    assert letter().witnesses.filter(siglum="T").exists(), "its own letters can be changed"


def test_what_readers_would_see_is_decided_by_who_may_publish(editor: Client) -> None:
    witness = offered()
    assert decide(editor, witness, "accept").status_code == 403
    page = editor.get(reverse(LIST)).content.decode()
    assert "waits for someone who may publish" in page
    Document.objects.filter(slug=MEMO).update(status="draft")
    assert decide(editor, witness, "accept").status_code == 200
    witness.refresh_from_db()
    assert witness.status == "accepted"


def test_a_decision_is_sent_and_not_followed(publisher: Client) -> None:
    witness = offered()
    assert publisher.get(reverse("admin:documents_witness_accept", args=[witness.pk])).status_code == 403


def test_a_text_is_pasted_kept_as_it_came_and_compared(publisher: Client) -> None:
    pasted = source("kennedy-to-khrushchev").replace("broad and varied", "varied")
    add(publisher, pasted=pasted.replace("\n", "\r\n"))
    witness = Witness.objects.get()
    assert (witness.status, witness.source_format, bytes(witness.source).decode()) == ("accepted", "text", pasted)
    assert "a varied activity" in witness.text
    assert Collation.objects.get().counts["text"] == {"omission": 1}
    assert letter().edited_here is True


def test_a_file_is_uploaded_in_any_format_that_the_archive_reads(publisher: Client) -> None:
    upload = SimpleUploadedFile("sent.md", b"{salutation} Dear Mr. Chairman:\n\nThe exploration of space.")
    add(publisher, file=upload)
    witness = Witness.objects.get()
    assert (witness.source_name, witness.source_format) == ("sent.md", "archive-text")
    assert witness.text.startswith("{salutation} Dear Mr. Chairman:")


def test_another_document_is_a_witness_without_a_text_of_its_own(publisher: Client) -> None:
    add(publisher, other=Document.objects.get(slug=MEMO).pk)
    witness = Witness.objects.get()
    assert (witness.other.slug, witness.text, bytes(witness.source)) == (MEMO, "", b"")
    assert Collation.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Give one."),
        ({"pasted": "A text.", "other": MEMO}, "Give one."),
        ({"pasted": "A text.", "siglum": "a-b"}, "A siglum is made of letters and digits."),
        ({"other": LETTER}, "A document is no other witness of itself."),
        ({"file": ("text.md", b"A marker[^1] without a note.")}, "line 1"),
        ({"file": ("text.odt", b"words")}, "cannot be read"),
    ],
    ids=["nothing", "two", "siglum", "itself", "notation", "format"],
)
def test_what_is_no_witness_is_refused_with_what_to_do(publisher: Client, values: dict[str, Any], said: str) -> None:
    if "other" in values:
        values = {**values, "other": Document.objects.get(slug=values["other"]).pk}
    if "file" in values:
        values = {**values, "file": SimpleUploadedFile(*values["file"])}
    assert said in add(publisher, **values)
    assert not Witness.objects.exists()


def test_a_siglum_is_proposed_that_is_free(publisher: Client) -> None:
    offered()
    form = publisher.get(f"{reverse(ADD)}?document={letter().pk}").context["adminform"].form
    assert form["siglum"].value() == "C"


def test_the_text_of_a_witness_is_corrected_and_compared_anew(publisher: Client) -> None:
    add(publisher, pasted=source("kennedy-to-khrushchev"))
    witness = Witness.objects.get()
    assert Collation.objects.get().counts["text"] == {}
    change(publisher, witness, text=witness.text.replace("broad and varied", "varied"))
    assert Collation.objects.get().counts["text"] == {"omission": 1}
    assert "line 1" in change(publisher, witness, text="A marker[^1] without a note.")
    assert "The text is empty." in change(publisher, witness, text=" ")
    witness.refresh_from_db()
    assert "a varied activity" in witness.text


def test_pasting_again_replaces_the_text_and_its_source(publisher: Client) -> None:
    add(publisher, pasted=source("kennedy-to-khrushchev"))
    change(publisher, Witness.objects.get(), pasted="Only this.")
    witness = Witness.objects.get()
    assert (witness.text.strip(), bytes(witness.source)) == ("Only this.", b"Only this.")


def test_what_an_editor_adds_to_a_published_document_waits_for_a_publisher(editor: Client, publisher: Client) -> None:
    assert "once someone who may publish accepts it" in add(editor, pasted="Dear Mr. Chairman: No.")
    witness = Witness.objects.get()
    assert witness.status == "offered"
    change(editor, witness, pasted="Dear Mr. Chairman: Yes.")
    assert "Yes" in Witness.objects.get().text
    decide(publisher, witness, "accept")
    address = reverse("admin:documents_witness_change", args=[witness.pk])
    assert "adminform" in editor.get(address).context
    assert editor.post(address, {}).status_code == 403


def test_a_witness_that_goes_takes_its_comparisons_along(publisher: Client) -> None:
    add(publisher, pasted="Dear Mr. Chairman: No.")
    publisher.post(reverse("admin:documents_witness_delete", args=[Witness.objects.get().pk]), {"post": "yes"})
    assert (Witness.objects.count(), Collation.objects.count()) == (0, 0)


def test_who_may_only_look_sees_no_buttons(space_exchange: Collection) -> None:
    witness = offered()
    reader = account("rita", "view_witness", "view_document")
    assert decide(reader, witness, "accept").status_code == 403
    page = reader.get(reverse("admin:documents_document_change", args=[letter().pk])).content.decode()
    assert "Another text" in page
    assert reverse("admin:documents_witness_accept", args=[witness.pk]) not in page


def test_what_was_accepted_for_a_draft_waits_when_it_comes_to_readers(editor: Client) -> None:
    draft = Document.objects.create(collection=letter().collection, slug="draft", title="A draft", text="One.\n")
    own = Witness.objects.create(document=draft, siglum="T", title="Its own text", text="Two.\n")
    change(editor, own, document=letter().pk)
    own.refresh_from_db()
    assert (own.document, own.status) == (letter(), "offered")
    other = Witness.objects.create(document=letter(), other=draft, siglum="D", title="The draft")
    change(editor, other, other=Document.objects.get(slug=MEMO).pk)
    other.refresh_from_db()
    assert (other.other.slug, other.status) == (MEMO, "offered")
