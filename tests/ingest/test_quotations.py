"""Quotations are exact, moved or lost, and only an editor attaches them to another place."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Link, Proposal, Reference
from ingest.attaching import NotAttached, attach_link, attach_proposal, new_place
from ingest.derive import derive
from ingest.quotations import would_lose

pytestmark = pytest.mark.django_db

LETTER = "kennedy-1962-03-07"
REPLY = "khrushchev-1962-03-20"
#: What K7 is, within p9; what H2 quotes, within p6 of the reply.
WORDS = "Let us also cooperate in this field."


def text_of(slug: str, old: str, new: str, more: str = "") -> list[str]:
    """Changes a text as it is stored, with more at its end, and returns what deriving it says."""
    document = Document.objects.get(slug=slug)
    document.text = changed(document, old, new, more)
    document.save()
    return list(derive(document).lost)


def changed(document: Document, old: str, new: str, more: str = "") -> str:
    assert old in document.text
    end = "{source}" if "{source}" in document.text else "{closer}"
    return document.text.replace(old, new).replace(end, f"{more}\n\n{end}" if more else end)


def html_of(slug: str) -> str:
    return "".join(Document.objects.get(slug=slug).passages.values_list("html", flat=True))


def link() -> Link:
    return Link.objects.get(answer__ident="H2")


def proposal(ident: str) -> Proposal:
    return Proposal.objects.get(ident=ident)


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="a long password"))
    return client


def test_everything_in_the_first_collection_is_exact(space_exchange: Collection) -> None:
    assert set(Proposal.objects.values_list("quotation", flat=True)) == {"exact"}
    assert set(Link.objects.values_list("answer_quotation", "answered_quotation")) == {("exact", "exact")}
    assert set(Reference.objects.values_list("quotation", flat=True)) == {"exact"}
    assert not Proposal.objects.filter(passage_text="").exists()


def test_words_that_stand_elsewhere_only_have_moved_and_are_not_marked(space_exchange: Collection) -> None:
    said = text_of(REPLY, WORDS, "And so on.", more=f"In short. {WORDS}")
    place = Document.objects.get(slug=REPLY).passages.get(text__startswith="In short.").ident
    assert any(f"have moved: they stand in {place} of" in one for one in said)
    assert (link().answer_quotation, link().answer_ident) == ("moved", "p6")
    assert "link-h2-k1-answer" not in html_of(REPLY)


def test_words_that_stand_nowhere_are_lost_and_exact_again_when_they_come_back(space_exchange: Collection) -> None:
    text_of(REPLY, WORDS, "And so on.")
    assert (link().answer_quotation, link().answer_ident) == ("lost", "p6")
    text_of(REPLY, "And so on.", WORDS)
    assert (link().answer_quotation, link().answer_ident) == ("exact", "p6")
    assert "link-h2-k1-answer" in html_of(REPLY)


def test_lost_words_that_come_back_elsewhere_have_moved(space_exchange: Collection) -> None:
    text_of(REPLY, WORDS, "And so on.")
    text_of(REPLY, "And so on.", "And so forth.", more=WORDS)
    assert link().answer_quotation == "moved"


def test_the_words_of_a_proposal_are_exact_moved_or_lost(space_exchange: Collection) -> None:
    words = proposal("K7").words
    text_of(LETTER, words, "something else", more=f"It was {words}.")
    assert proposal("K7").quotation == "moved"
    assert "proposal-k7" not in html_of(LETTER)
    text_of(LETTER, f"It was {words}.", "It was not.")
    assert proposal("K7").quotation == "lost"


def test_a_proposal_on_whole_passages_remembers_what_they_said(space_exchange: Collection) -> None:
    one = proposal("K5")
    before = one.passage_text
    said = text_of(LETTER, before, "Nothing of that kind is here any more, nor will it be.")
    assert proposal(one.ident).quotation == "lost"
    assert any(f"passages of proposal {one.ident} have other words" in sentence for sentence in said)
    assert proposal(one.ident).passage_text == before, "nothing is taken down without an editor"
    text_of(LETTER, "Nothing of that kind is here any more, nor will it be.", "Nothing.", more=before)
    assert proposal(one.ident).quotation == "moved"
    assert proposal(one.ident).first_passage == one.first_passage
    attach_proposal(proposal(one.ident))
    assert proposal(one.ident).quotation == "exact"
    assert proposal(one.ident).first_passage.text == before


def test_a_reference_moves_with_its_words_only_by_hand(space_exchange: Collection) -> None:
    reference = Reference.objects.filter(origin="listed", document__slug="nsam-129").first()
    document = reference.document
    document.references.filter(pk=reference.pk).update(ident="p1")
    said = derive(document).lost
    reference.refresh_from_db()
    assert (reference.quotation, reference.ident) == ("moved", "p1")
    assert any("of a reference have moved" in one for one in said)
    Reference.objects.filter(pk=reference.pk).update(words="words that nobody wrote")
    derive(document)
    reference.refresh_from_db()
    assert reference.quotation == "lost"


def test_before_a_text_is_stored_moved_and_lost_words_are_told_apart(space_exchange: Collection) -> None:
    document = Document.objects.get(slug=REPLY)
    [moved] = would_lose(document, changed(document, WORDS, "And so on.", more=WORDS))
    [lost] = would_lose(document, changed(document, WORDS, "And so on."))
    assert "have moved" in moved
    assert "no longer stand" in lost
    assert link().answer_quotation == "exact", "nothing is stored"


def test_a_correction_within_the_passages_of_a_proposal_does_not_hold_up_publishing(space_exchange: Collection) -> None:
    one = proposal("N3")
    corrected = one.document.text.replace(one.passage_text, one.passage_text.replace("further", "also", 1))
    assert corrected != one.document.text
    assert would_lose(one.document, corrected) == ()


def test_the_words_of_a_whole_document_are_attached_to_their_new_place(space_exchange: Collection) -> None:
    whole = Link.objects.create(
        answering_document=Document.objects.get(slug="nsam-129"),
        answered=proposal("K1"),
        relation="takes-up",
        answer_words="one officer of the Department of State",
        answered_words=Link.objects.get(answered__ident="K1", answer__ident="H2").answered_words,
    )
    derive(Document.objects.get(slug="nsam-129"))
    whole.refresh_from_db()
    assert (whole.answer_quotation, whole.answer_ident) == ("exact", "p3")
    Link.objects.filter(pk=whole.pk).update(answer_ident="p1")
    derive(Document.objects.get(slug="nsam-129"))
    whole.refresh_from_db()
    assert (whole.answer_quotation, new_place(whole, "answer")) == ("moved", ["p3"])
    assert attach_link(whole, "answer") == ["p3"]
    whole.refresh_from_db()
    assert (whole.answer_quotation, whole.answer_ident) == ("exact", "p3")


def test_words_outside_the_passages_of_their_proposal_are_not_attached(space_exchange: Collection) -> None:
    text_of(REPLY, WORDS, "And so on.", more=WORDS)
    with pytest.raises(NotAttached, match="outside the passages of H2"):
        attach_link(link(), "answer")


def test_what_moved_and_what_changed_is_filtered_and_put_right_with_one_button(
    ada: Client, space_exchange: Collection
) -> None:
    words = proposal("K7").words
    text_of(LETTER, words, "something else", more=f"It was {words}.")
    changelist = reverse("admin:documents_proposal_changelist")
    page = ada.get(changelist, {"quotation__exact": "moved"}).content.decode()
    address = reverse("admin:documents_proposal_attach", args=[proposal("K7").pk])
    assert f'formaction="{address}"' in page
    assert ada.get(address).status_code == 403
    assert "stands on p" in ada.post(address, follow=True).content.decode()
    assert proposal("K7").quotation == "exact"
    assert "have not moved" in ada.post(address, follow=True).content.decode()


def test_saving_a_proposal_confirms_its_passages(ada: Client, space_exchange: Collection) -> None:
    one = proposal("K5")
    text_of(LETTER, one.passage_text, f"{one.passage_text} Indeed.")
    page = ada.get(reverse("admin:documents_proposal_changelist"), {"quotation__exact": "lost"}).content.decode()
    assert reverse("admin:documents_proposal_confirm", args=[one.pk]) in page
    address = reverse("admin:documents_proposal_change", args=[one.pk])
    form = ada.get(address).context["adminform"].form
    ada.post(address, {field.html_name: field.value() or "" for field in form})
    assert (proposal(one.ident).quotation, proposal(one.ident).passage_text[-7:]) == ("exact", "Indeed.")


def test_a_button_is_for_those_who_may_change_proposals(client: Client, space_exchange: Collection) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    address = reverse("admin:documents_proposal_confirm", args=[proposal("K1").pk])
    assert client.post(address).status_code == 403
