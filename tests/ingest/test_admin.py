"""An editor corrects a document beside its source, publishes and withdraws it; who may not publish proposes."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Link, Proposal, Reply
from ingest.models import ImportRun
from tests.ingest.rehearsing import account, bring, last_item, press, publisher
from tests.ingest.rehearsing import editor as account_of_an_editor
from tests.sources import source

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", password="a long password"))
    return client


def paste(editor: Client, text: str, collection: Collection) -> Document:
    bring(editor, collection, text)
    press(editor, last_item(), "_draft")
    return Document.objects.latest("pk")


def form_of(editor: Client, document: Document) -> dict[str, object]:
    """What a browser would send back of the change form, unchanged."""
    page = editor.get(reverse("admin:documents_document_change", args=[document.pk]))
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values: dict[str, object] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                values[field.html_name] = "on"
            elif value is not None and value is not False:
                values[field.html_name] = value
    return values


def save(editor: Client, document: Document, button: str = "_continue", **changes: object) -> str:
    values = {**form_of(editor, document), button: "1", **changes}
    answer = editor.post(reverse("admin:documents_document_change", args=[document.pk]), values, follow=True)
    document.refresh_from_db()
    return answer.content.decode()


def test_a_draft_is_shown_beside_its_source(editor: Client, space_exchange: Collection) -> None:
    document = paste(editor, source("nsam-129"), Collection.objects.create(slug="other", title="Other"))
    assert document.status == "draft"
    assert bytes(document.source).decode() == source("nsam-129")
    page = editor.get(reverse("admin:documents_document_change", args=[document.pk])).content.decode()
    assert '<li id="source-line-17" class="remarked">McGeorge Bundy4 <a class="to-remark" href="#remark-' in page
    assert '<a href="#source-line-17">Line 17</a>' in page
    assert 'id="marker-fn4"' in page
    assert Client().get(document.get_absolute_url()).status_code == 404


def test_a_draft_is_published_and_withdrawn_with_one_button(editor: Client, space_exchange: Collection) -> None:
    document = paste(editor, "Dear Sir:\n\nA word about the moon.\n\nSincerely,\n\nA. Writer", space_exchange)
    save(editor, document, "_publish", title="A word about the moon")
    assert document.is_published
    assert "A word about the moon" in Client().get(document.get_absolute_url()).content.decode()
    save(editor, document, "_withdraw")
    assert not document.is_published
    assert Client().get(document.get_absolute_url()).status_code == 404


def test_a_slip_in_archive_text_is_shown_with_its_line_and_nothing_is_lost(
    editor: Client, space_exchange: Collection
) -> None:
    document = Document.objects.get(slug="nsam-129")
    before = document.text
    page = save(editor, document, text=before + "\n\n[^1]: again")
    assert "line " in page
    assert "stands twice" in page
    assert "[^1]: again" in page, "what the editor wrote is still in the form"
    assert document.text == before


def test_a_text_that_loses_a_passage_under_a_proposal_is_refused(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    paragraphs = document.text.split("\n\n")
    without = "\n\n".join(p for p in paragraphs if not p.startswith("The President further"))
    assert "N3" in save(editor, document, text=without)


def test_a_corrected_text_is_published_at_once_and_marked_as_edited(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="kennedy-1962-03-07")
    slip = "{~~varied~>diverse~~}{>>For the test.<<}"
    save(editor, document, text=document.text.replace("broad and varied", f"broad and {slip}"))
    assert document.edited_here
    assert document.corrections.filter(printed="varied", corrected="diverse").exists()
    assert "diverse" in Client().get(document.get_absolute_url()).content.decode()


def test_readers_do_not_get_a_text_that_lost_a_quotation_unless_an_editor_says_so(
    editor: Client, space_exchange: Collection
) -> None:
    document = Document.objects.get(slug="khrushchev-1962-03-20")
    before = document.text
    changed = before.replace("Let us also cooperate in this field.", "Let us cooperate in this field too.")
    page = save(editor, document, text=changed)
    assert "no longer stand" in page
    assert "Nothing is saved yet" in page
    assert document.text == before
    assert Link.objects.get(answer__ident="H2").answer_ident == "p6"
    assert "no longer stand" in save(editor, document, text=changed, anyway="on"), "it is said again"
    assert document.text == changed
    save(editor, document, text=before)
    assert Link.objects.get(answer__ident="H2").answer_ident == "p6"


def test_saving_an_unchanged_form_changes_nothing(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="khrushchev-1962-03-20")
    before = Document.objects.filter(pk=document.pk).values().get()
    save(editor, document)
    after = Document.objects.filter(pk=document.pk).values().get()
    assert {k: v for k, v in after.items() if k != "updated_at"} == {
        k: v for k, v in before.items() if k != "updated_at"
    }
    assert [reply.answered.slug for reply in Reply.objects.filter(letter=document.pk)] == ["kennedy-1962-03-07"]


def test_the_preview_shows_a_text_without_storing_it(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    address = reverse("admin:documents_document_preview", args=[document.pk])
    assert "<strong>new</strong>" in editor.post(address, {"text": "[new]{bold} words"}).json()["html"]
    assert "line 1" in editor.post(address, {"text": "[new"}).json()["html"]
    document.refresh_from_db()
    assert "new words" not in document.text
    assert Client().post(address, {"text": "x"}).status_code in (302, 403)


def test_proposals_and_links_are_added_and_checked(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    passage = document.passages.get(ident="p1")
    values = {
        "document": document.pk,
        "ident": "N4",
        "position": 4,
        "title": "An early meeting",
        "first_passage": passage.pk,
        "last_passage": passage.pk,
        "words": "at a very early date representatives of our two space teams may meet",
    }
    address = reverse("admin:documents_proposal_add") + f"?document={document.pk}"
    refused = editor.post(address, {**values, "words": "at a late date"}).content.decode()
    assert "do not stand in passage p1" in refused
    editor.post(address, values)
    proposal = Proposal.objects.get(ident="N4")
    assert 'id="proposal-n4"' in document.passages.get(ident="p1").html
    other = Proposal.objects.get(ident="K8")
    link = {
        "answer": other.pk,
        "relation": "takes-up",
        "answered": proposal.pk,
        "answer_words": "meet privately",
        "answered_words": "may meet at once",
    }
    assert "do not stand in N4" in editor.post(reverse("admin:documents_link_add"), link).content.decode()
    editor.post(reverse("admin:documents_link_add"), {**link, "answered_words": "may meet"})
    assert Link.objects.get(answered=proposal).answered_ident == "p1"
    assert "link-k8-n4-answered" in document.passages.get(ident="p1").html


def test_deleting_a_document_takes_its_proposals_along_and_leaves_no_marks(
    editor: Client, space_exchange: Collection
) -> None:
    reply = Document.objects.get(slug="khrushchev-1962-03-20")
    editor.post(reverse("admin:documents_document_delete", args=[reply.pk]), {"post": "yes"})
    assert not Document.objects.filter(pk=reply.pk).exists()
    letter = Document.objects.get(slug="kennedy-1962-03-07")
    assert "link-h2" not in "".join(letter.passages.values_list("html", flat=True))


@pytest.mark.parametrize("name", ["document", "proposal", "link", "person", "organization", "topic", "collection"])
def test_every_list_and_form_opens(editor: Client, space_exchange: Collection, name: str) -> None:
    assert editor.get(reverse(f"admin:documents_{name}_changelist"), {"q": "space"}).status_code == 200
    assert editor.get(reverse(f"admin:documents_{name}_add"), follow=True).status_code == 200
    model = {"document": Document, "proposal": Proposal, "link": Link}.get(name)
    if model:
        assert editor.get(reverse(f"admin:documents_{name}_change", args=[model.objects.first().pk])).status_code == 200


def test_two_editors_do_not_write_over_each_other(editor: Client, space_exchange: Collection) -> None:
    document = Document.objects.get(slug="nsam-129")
    opened = form_of(editor, document)
    save(editor, document, text=document.text.replace("prompt and energetic", "prompt and *energetic*"))
    first = document.text
    address = reverse("admin:documents_document_change", args=[document.pk])
    page = editor.post(address, {**opened, "_continue": "1", "abstract": "Mine."}).content.decode()
    assert "Someone else has changed this document" in page
    document.refresh_from_db()
    assert (document.text, document.abstract == "Mine.") == (first, False)


def test_a_published_document_is_never_empty(editor: Client, space_exchange: Collection) -> None:
    document = paste(editor, "A short text.", space_exchange)
    assert "A document has a text" in save(editor, document, "_publish", text=" ")
    assert not document.is_published


def test_a_text_that_cannot_be_derived_is_not_published_by_the_action(
    editor: Client, space_exchange: Collection
) -> None:
    broken = paste(editor, "A short text.", space_exchange)
    Document.objects.filter(pk=broken.pk).update(text="[^1] bad")
    sound = paste(editor, "Another text.", space_exchange)
    values = {"action": "publish", "_selected_action": [broken.pk, sound.pk]}
    page = editor.post(reverse("admin:documents_document_changelist"), values, follow=True).content.decode()
    assert "stays as it was" in page
    assert "1 document published" in page
    assert Document.objects.get(pk=broken.pk).status == "draft"
    assert Document.objects.get(pk=sound.pk).is_published


@pytest.mark.parametrize("chosen", ["abc", "²", "999999999999999999999", "0"])
def test_a_proposal_of_no_document_is_asked_for_its_document(
    editor: Client, space_exchange: Collection, chosen: str
) -> None:
    assert editor.get(reverse("admin:documents_proposal_add"), {"document": chosen}).status_code == 200


@pytest.mark.parametrize("ident", ["N/9", "n1", "", "ü"])
def test_the_id_of_a_proposal_makes_an_address_of_its_own(
    editor: Client, space_exchange: Collection, ident: str
) -> None:
    document = Document.objects.get(slug="nsam-129")
    passage = document.passages.get(ident="p1")
    values = {
        "document": document.pk,
        "position": 4,
        "title": "x",
        "first_passage": passage.pk,
        "last_passage": passage.pk,
    }
    address = reverse("admin:documents_proposal_add") + f"?document={document.pk}"
    assert editor.post(address, {**values, "ident": ident}).status_code == 200
    assert document.proposals.count() == 3


def test_someone_who_may_only_look_sees_a_document_and_no_buttons(client: Client, space_exchange: Collection) -> None:
    viewer = User.objects.create_user("viewer", password="x", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_document"))
    client.force_login(viewer)
    document = Document.objects.get(slug="nsam-129")
    page = client.get(reverse("admin:documents_document_change", args=[document.pk]))
    assert page.status_code == 200
    assert not any(word in page.content.decode() for word in ('name="_continue"', 'name="_withdraw"', "Add a proposal"))
    preview = reverse("admin:documents_document_preview", args=[document.pk])
    assert client.post(preview, {"text": "x"}).status_code == 403
    assert client.get(reverse("admin:documents_document_add")).status_code == 403


def test_an_answer_does_not_come_before_what_it_answers(editor: Client, space_exchange: Collection) -> None:
    link = {
        "answer": Proposal.objects.get(ident="N3").pk,
        "relation": "accepts",
        "answered": Proposal.objects.get(ident="K8").pk,
        "answer_words": "one officer of the Department of State",
        "answered_words": "meet privately",
    }
    page = editor.post(reverse("admin:documents_link_add"), link).content.decode()
    assert "an answer cannot come before what it answers" in page
    assert not Link.objects.filter(answer__ident="N3").exists()


def test_an_organization_is_known_with_or_without_its_article(editor: Client, space_exchange: Collection) -> None:
    document = paste(editor, "Letter From the Department of State to John F. Kennedy\n\nA text.", space_exchange)
    parties = {party.role: party.agent.slug for party in document.participations.all()}
    assert parties == {"from": "department-of-state", "to": "john-f-kennedy"}


def test_what_readers_see_is_changed_and_withdrawn_by_publishers_only(space_exchange: Collection) -> None:
    edith, document = account_of_an_editor(), Document.objects.get(slug="nsam-129")
    address = reverse("admin:documents_document_change", args=[document.pk])
    page = edith.get(address).content.decode()
    assert "Propose a change" in page
    assert not any(name in page for name in ('name="_continue"', 'name="_withdraw"', 'id="id_text"', "deletelink"))
    for button in ("_continue", "_publish", "_withdraw"):
        assert edith.post(address, {"text": "Other words.", "title": "x", button: "1"}).status_code == 403
    assert (
        edith.post(reverse("admin:documents_document_delete", args=[document.pk]), {"post": "yes"}).status_code == 403
    )
    preview = reverse("admin:documents_document_preview", args=[document.pk])
    assert edith.post(preview, {"text": "x"}).status_code == 403
    document.refresh_from_db()
    assert document.is_published
    assert "Other words" not in document.text


def test_an_editor_saves_a_draft_and_does_not_publish_it(space_exchange: Collection) -> None:
    edith, paula = account_of_an_editor(), publisher()
    document = paste(edith, "A short text.", space_exchange)
    assert "A longer text" in save(edith, document, text="A longer text.")
    page = edith.get(reverse("admin:documents_document_change", args=[document.pk])).content.decode()
    assert 'name="_publish"' not in page
    values = {**form_of(edith, document), "_publish": "1"}
    assert edith.post(reverse("admin:documents_document_change", args=[document.pk]), values).status_code == 403
    document.refresh_from_db()
    assert (document.status, document.text.strip()) == ("draft", "A longer text.")
    save(paula, document, "_publish")
    assert document.is_published


@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected"])
def test_actions_on_many_documents_need_the_permission(space_exchange: Collection, action: str) -> None:
    edith, paula = account_of_an_editor(), publisher()
    listing = reverse("admin:documents_document_changelist")
    chosen = paste(edith, "A short text.", space_exchange)
    chosen.status = "draft" if action == "publish" else "published"
    chosen.save()
    values = {"action": action, "_selected_action": [chosen.pk], "post": "yes"}
    edith.post(listing, values)
    after = Document.objects.filter(pk=chosen.pk).values_list("status", flat=True).first()
    assert after == chosen.status
    paula.post(listing, values)
    now = Document.objects.filter(pk=chosen.pk).values_list("status", flat=True).first()
    assert now == {"publish": "published", "withdraw": "draft", "delete_selected": None}[action]


def test_who_sees_documents_sees_what_imports_did_and_nobody_changes_it(space_exchange: Collection) -> None:
    run = ImportRun.objects.create(origin="volumes", by_name="paula", state=ImportRun.State.FINISHED)
    file = run.files.create(name="volumes/a.xml", checksum="0f" * 32, size=1_000, created=1, refused=1)
    nsam = Document.objects.get(slug="nsam-129")
    file.documents.create(slug=nsam.slug, document=nsam, outcome="created")
    file.documents.create(slug="d36", outcome="refused", line=12, message="There is no text in it.")
    viewer = account("vera", "view_document")
    listing = viewer.get(reverse("admin:ingest_importrun_changelist")).content.decode()
    assert "paula" in listing
    address = reverse("admin:ingest_importrun_change", args=[run.pk])
    page = viewer.get(address).content.decode()
    for words in ("1 created", "1 refused", "0f" * 32, "d36, line 12: There is no text in it.", ">nsam-129</a>"):
        assert words in page
    root = User.objects.create_superuser("root", password="x")
    client = Client()
    client.force_login(root)
    assert client.get(reverse("admin:ingest_importrun_delete", args=[run.pk])).status_code == 403
    assert client.get(reverse("admin:ingest_importrun_add")).status_code == 403
    assert account("nobody").get(address).status_code == 403
