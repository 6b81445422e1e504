"""Editors correct references, say that words point nowhere, add what was not found, and see what is wanted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Reference, Version
from ingest.derive import derive, derive_related
from ingest.roles import Role
from tests.ingest.rehearsing import account, last_item, press
from tests.ingest.test_admin import form_of
from tests.ingest.test_roles import logged_in

pytestmark = pytest.mark.django_db

LIST = "admin:documents_reference_changelist"
ADD = "admin:documents_reference_add"
TEXT = "See NSAM No. 21, and again NSAM No. 21; a telegram.[^1]\n\nThere is more.\n\n[^1]: As Document 7 says.\n"


@pytest.fixture
def papers(db: None) -> Collection:
    return Collection.objects.create(slug="frus1961-63v99", title="Papers")


@pytest.fixture
def letter(papers: Collection) -> Document:
    return stored(papers, "letter", TEXT)


@pytest.fixture
def paula(db: None) -> Client:
    return logged_in(Role.PUBLISHER, "paula")


def stored(collection: Collection, slug: str, text: str, status: str = "published") -> Document:
    made = Document.objects.create(collection=collection, slug=slug, title=slug.title(), text=text, status=status)
    derive(made)
    derive_related(made)
    return made


def change(client: Client, reference: Reference, **values: Any) -> str:
    answer = client.post(reverse("admin:documents_reference_change", args=[reference.pk]), values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def add(client: Client, document: Document, **values: Any) -> str:
    answer = client.post(reverse(ADD) + f"?document={document.pk}", {"document": document.pk, **values}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(document: Document) -> set[tuple[str, str, str]]:
    return set(document.references.values_list("origin", "words", "target"))


def test_one_that_was_found_is_corrected(paula: Client, letter: Document, papers: Collection) -> None:
    other = stored(papers, "other", "Other words.")
    found = letter.references.get(ident="fn1")
    assert (found.origin, found.target) == ("found", "frus1961-63v99/d7"), "its collection is a volume"
    page = paula.get(reverse("admin:documents_reference_change", args=[found.pk])).content.decode()
    assert "As Document 7 says." in page
    assert "The archive found this reference" in page
    change(paula, found, target="other", title="")
    corrected = letter.references.get(ident="fn1")
    assert (corrected.origin, corrected.words, corrected.resolved) == ("listed", "Document 7", other)
    assert 'href="/documents/other/"' in letter.footnotes.get().html
    assert Document.objects.get(pk=letter.pk).edited_here
    assert Version.objects.get(document=letter).reason == "A reference listed"


def test_another_target_does_not_keep_what_the_first_one_is_called(paula: Client, letter: Document) -> None:
    found = letter.references.get(ident="fn1")
    assert "document 7" in found.title
    change(paula, found, target="frus1961-63v99/d8", title=found.title)
    corrected = letter.references.get(ident="fn1")
    assert (corrected.target, corrected.title) == ("frus1961-63v99/d8", "")
    stands = {"ident": "fn1", "words": "Document 7"}
    change(paula, corrected, **stands, target="frus1961-63v99/d9", title="The ninth")
    assert letter.references.get(ident="fn1").title == "The ninth", "what the editor writes is kept"


def test_the_address_at_the_state_department_is_that_of_the_document(paula: Client, letter: Document) -> None:
    found = letter.references.get(ident="fn1")
    change(paula, found, target="https://history.state.gov/historicaldocuments/frus1961-63v99/d8#fn2", title="")
    assert letter.references.get(ident="fn1").target == "frus1961-63v99/d8#fn2"


def test_words_that_point_nowhere_are_said_to(paula: Client, letter: Document) -> None:
    found = letter.references.get(ident="fn1")
    assert "or that they point nowhere" in change(paula, found, target="", title=""), "an empty field is no decision"
    change(paula, found, target="", nowhere="on", title="")
    assert rows(letter) == {("listed", "Document 7", ""), ("found", "NSAM No. 21", "nsam-21")}
    assert "reference nowhere" in letter.footnotes.get().html


def test_the_same_words_further_down_are_corrected_where_they_stand(paula: Client, letter: Document) -> None:
    """Of two that are one row the first is corrected, then the second, with a word more to tell it from the first."""
    change(paula, letter.references.get(words="NSAM No. 21"), target="nsam-22", title="")
    assert rows(letter) >= {("listed", "NSAM No. 21", "nsam-22"), ("found", "NSAM No. 21", "nsam-21")}
    change(paula, letter.references.get(origin="found", ident="p1"), target="nsam-23", title="")
    assert rows(letter) >= {("listed", "NSAM No. 21", "nsam-22"), ("listed", "again NSAM No. 21", "nsam-23")}
    assert letter.references.filter(origin="found", ident="p1").count() == 0


def test_deleting_a_correction_brings_back_what_was_found(paula: Client, letter: Document) -> None:
    found = letter.references.get(ident="fn1")
    change(paula, found, target="nsam-5", title="")
    listed = letter.references.get(ident="fn1")
    paula.post(reverse("admin:documents_reference_delete", args=[listed.pk]), {"post": "yes"})
    again = letter.references.get(ident="fn1")
    assert (again.origin, again.target) == ("found", "frus1961-63v99/d7")
    answer = paula.post(reverse("admin:documents_reference_delete", args=[again.pk]), {"post": "yes"})
    assert answer.status_code == 403, "it would only be found again"


def test_one_that_was_not_found_is_added(paula: Client, letter: Document) -> None:
    page = paula.get(reverse(ADD)).content.decode()
    assert f'href="?document={letter.pk}"' in page, "the document is asked for first"
    page = paula.get(reverse(ADD), {"document": letter.pk}).content.decode()
    assert '<option value="fn1">fn1: As Document 7 says.</option>' in page
    add(paula, letter, ident="p2", words="There   is\nmore", target="/documents/letter/#fn1", title="")
    added = letter.references.get(ident="p2")
    assert (added.words, added.target, added.sentence) == ("There is more", "letter#fn1", "There is more.")
    assert 'href="/documents/letter/#fn1">There is more</a>.' in letter.passages.get(ident="p2").html


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ident": "p2", "words": "a telegram", "target": "nsam-5"}, "They stand in p1: choose that."),
        ({"ident": "p2", "words": "a rocket", "target": "nsam-5"}, "These words stand nowhere in the text"),
        ({"ident": "p1", "words": "a telegram", "target": "that one"}, "Nobody knows what “that one” means."),
        ({"ident": "p1", "words": "a telegram", "target": "letter#fn9"}, "“Letter” has no passage or note fn9."),
        ({"ident": "p1", "words": "a telegram", "target": ""}, "Say which document these words mean"),
        ({"ident": "p1", "words": "a telegram", "target": "nsam-5", "nowhere": "on"}, "one of the two"),
        ({"ident": "p9", "words": "a telegram", "target": "nsam-5"}, "p9 is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    paula: Client, letter: Document, values: dict[str, str], said: str
) -> None:
    before = rows(letter)
    assert said in add(paula, letter, **values)
    assert rows(letter) == before


def test_several_are_said_to_point_nowhere_at_once(paula: Client, letter: Document) -> None:
    keys = list(letter.references.values_list("pk", flat=True))
    page = paula.post(reverse(LIST), {"action": "point_nowhere", "_selected_action": keys}, follow=True)
    assert "2 references point nowhere now." in page.content.decode()
    assert set(letter.references.filter(origin="listed").values_list("target", flat=True)) == {""}


def test_the_list_is_filtered_by_origin_and_by_where_they_lead(paula: Client, letter: Document) -> None:
    def shown(**query: str) -> int:
        return int(paula.get(reverse(LIST), query).context["cl"].result_count)

    stored(letter.collection, "nsam-21", "A memorandum.")
    change(paula, letter.references.get(ident="fn1"), target="", nowhere="on", title="")
    assert shown() == 2
    assert (shown(leads="here"), shown(leads="wanted"), shown(leads="nowhere")) == (1, 0, 1)
    assert (shown(origin__exact="found"), shown(q="nsam-21"), shown(q="nsam-22")) == (1, 1, 0)


def test_an_editor_looks_on_and_changes_those_of_drafts_only(letter: Document, papers: Collection) -> None:
    edith = logged_in(Role.EDITOR, "edith")
    draft = stored(papers, "draft", TEXT, "draft")
    for one, refused in ((letter, True), (draft, False)):
        reference = one.references.get(ident="fn1")
        address = reverse("admin:documents_reference_change", args=[reference.pk])
        assert edith.get(address).status_code == 200
        assert (edith.post(address, {"target": "nsam-5", "title": ""}).status_code == 403) is refused
        values = {"document": one.pk, "ident": "p2", "words": "more", "target": "nsam-5"}
        answer = edith.post(reverse(ADD) + f"?document={one.pk}", values)
        assert (answer.status_code == 403) is refused
        keys = list(one.references.values_list("pk", flat=True))
        edith.post(reverse(LIST), {"action": "point_nowhere", "_selected_action": keys})
        assert one.references.filter(target="").exists() is not refused
    nobody = account("nobody")
    assert nobody.get(reverse(LIST)).status_code == 403
    assert nobody.get(reverse("admin:documents_reference_wanted")).status_code == 403


def test_what_is_wanted_is_added_with_the_name_by_which_it_is_cited(paula: Client, letter: Document) -> None:
    page = paula.get(reverse("admin:documents_reference_wanted")).content.decode()
    address = reverse("admin:ingest_rehearsal_add") + "?identifier=nsam-21"
    assert f'href="{address}"' in page
    assert "1 document<span" in page
    form = paula.get(address).content.decode()
    assert 'name="identifier" value="nsam-21"' in form
    values = {"collection": letter.collection_id, "pasted": "A Memorandum\n\nIt is done.", "identifier": "nsam-21"}
    paula.post(address, values)
    press(paula, last_item(), "_publish", title="A Memorandum")
    assert letter.references.get(target="nsam-21").resolved.title == "A Memorandum"
    assert "nsam-21" not in paula.get(reverse("admin:documents_reference_wanted")).content.decode()
    refused = paula.post(address, {**values, "pasted": "Another"}).content.decode()
    assert "has this identifier already" in refused
    assert 'name="identifier"' not in paula.get(reverse("admin:ingest_rehearsal_add")).content.decode()


def test_an_archive_that_wants_nothing_says_so(paula: Client) -> None:
    assert "Nothing is wanted" in paula.get(reverse("admin:documents_reference_wanted")).content.decode()


def test_among_the_facts_of_a_document_a_target_is_asked_for_and_looked_at(paula: Client, letter: Document) -> None:
    letter.references.create(ident="p1", words="a telegram", target="")
    derive(letter)
    address = reverse("admin:documents_document_change", args=[letter.pk])
    before = rows(letter)
    row = {"references-0-ident": "p2", "references-0-words": "There is more", "references-TOTAL_FORMS": "1"}
    for target, said in (("", "This field is required."), ("no such thing", "Nobody knows what")):
        values = {**form_of(paula, letter), **row, "references-0-target": target}
        assert said in paula.post(address, values).content.decode()
        assert rows(letter) == before
    paula.post(address, {**form_of(paula, letter), **row, "references-0-target": "nsam-5"})
    assert rows(letter) == {*before, ("listed", "There is more", "nsam-5")}, "what points nowhere is kept"


@pytest.mark.parametrize(("role", "status"), [(Role.PUBLISHER, "published"), (Role.EDITOR, "draft")])
def test_a_document_is_deleted_with_the_references_found_in_it(papers: Collection, role: Role, status: str) -> None:
    document = stored(papers, "letter", TEXT, status)
    address = reverse("admin:documents_document_delete", args=[document.pk])
    logged_in(role, "someone").post(address, {"post": "yes"})
    assert not Document.objects.filter(slug="letter").exists()
