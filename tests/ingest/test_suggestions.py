"""Links are suggested between the proposals there are, and decided on; what is rejected does not come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from documents.models import Collection, Document, Link, Proposal, SuggestedLink
from ingest.derive import derive
from ingest.suggesting import MOST, Waiting, refresh, reject, undecided
from tests.ingest.folders import copy_of_the_collection, replace_in
from tests.ingest.test_roles import logged_in

pytestmark = pytest.mark.django_db

LIST = "admin:documents_suggestedlink_changelist"


@pytest.fixture
def unlinked(space_exchange: Collection) -> Collection:
    """The three documents with their proposals, and no links."""
    Link.objects.all().delete()
    for document in space_exchange.documents.all():
        derive(document)
    return space_exchange


@pytest.fixture
def paula() -> Client:
    return logged_in("Publishers", "paula")


@pytest.fixture
def edith() -> Client:
    return logged_in("Editors", "edith")


def proposal(ident: str) -> Proposal:
    return Proposal.objects.get(ident=ident)


def suggested(later: str, earlier: str) -> SuggestedLink:
    return SuggestedLink.objects.get(later__ident=later, earlier__ident=earlier)


def address(collection: Collection, **asked: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:documents_suggestedlink_queue', args=[collection.pk])}?{query}"


def page(client: Client, collection: Collection, **asked: Any) -> str:
    answer = client.get(address(collection, **asked))
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client: Client, collection: Collection, **values: Any) -> Any:
    return client.post(address(collection), values, follow=True)


def accept(client: Client, collection: Collection, later: str, earlier: str, **changes: Any) -> Any:
    """Presses the button of a relation, with the words that the page offers."""
    shown = client.get(address(collection, proposal=proposal(later).pk))
    choice = next(one for one in shown.context["choices"] if one.suggestion.earlier.ident == earlier)
    words = {field.name: field.value for field in choice.quoting}
    return decide(client, collection, **{**words, "suggestion": choice.suggestion.pk, "relation": "accepts", **changes})


# Making them


def test_each_proposal_has_at_most_five_earlier_ones_of_other_documents(unlinked: Collection) -> None:
    assert refresh(unlinked)
    for later in Proposal.objects.all():
        ranks = list(later.suggested_links.order_by("rank").values_list("rank", flat=True))
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) <= MOST
    for one in SuggestedLink.objects.select_related("later__document", "earlier__document"):
        assert one.later.document.sort_date > one.earlier.document.sort_date
        assert 0 < one.score < 1
        for later_words, earlier_words in one.evidence:
            assert later_words in _words(one.later)
            assert earlier_words in _words(one.earlier)
    assert suggested("H2", "K1").rank == 1
    assert suggested("H2", "K1").evidence[0] == ["weather", "weather"]


def _words(one: Proposal) -> str:
    passages = one.document.passages.filter(position__range=(one.first_passage.position, one.last_passage.position))
    return one.words or "\n".join(passages.values_list("text", flat=True))


def test_nothing_is_made_again_while_nothing_has_changed(
    unlinked: Collection, django_assert_max_num_queries: Any
) -> None:
    assert refresh(unlinked)
    keys = set(SuggestedLink.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(8):
        assert not refresh(unlinked)
    assert set(SuggestedLink.objects.values_list("pk", flat=True)) == keys


def test_they_follow_the_proposals(unlinked: Collection) -> None:
    refresh(unlinked)
    one = proposal("K1")
    one.words = "Such a system would be designed to provide global weather data for prompt use by any nation."
    one.save()
    assert refresh(unlinked)
    proposal("K4").delete()
    assert refresh(unlinked)
    assert not SuggestedLink.objects.filter(later__ident="H1", earlier__ident="K4").exists()
    assert SuggestedLink.objects.filter(later__ident="H1").count() == MOST


def test_the_side_of_a_document_and_its_date_count(unlinked: Collection) -> None:
    refresh(unlinked)
    Document.objects.filter(slug="khrushchev-1962-03-20").update(sort_date="1961-01-01")
    assert refresh(unlinked)
    assert not SuggestedLink.objects.filter(later__ident="H2").exists()
    assert SuggestedLink.objects.filter(later__ident="K1", earlier__ident="H2").exists()


def test_documents_without_a_date_stand_where_the_collection_has_them(unlinked: Collection) -> None:
    Document.objects.update(sort_date=None)
    refresh(unlinked)
    assert suggested("H2", "K1").rank == 1
    assert not SuggestedLink.objects.filter(later__ident="K1", earlier__ident="H2").exists()


def test_what_is_rejected_does_not_come_back(unlinked: Collection) -> None:
    refresh(unlinked)
    one = suggested("H2", "K1")
    assert reject([one]) == [one.pk]
    Proposal.objects.filter(ident="H7").update(words="Now")
    assert refresh(unlinked)
    assert suggested("H2", "K1").status == "rejected"
    assert undecided(unlinked).filter(later__ident="H2").count() == MOST, "another takes its place"


def test_what_is_linked_is_not_suggested_but_kept(space_exchange: Collection) -> None:
    refresh(space_exchange)
    assert not undecided(space_exchange).filter(later__ident="H2", earlier__ident="K1").exists()
    assert undecided(space_exchange).filter(later__ident="H2").count() == MOST
    Link.objects.filter(answer__ident="H2").delete()
    assert undecided(space_exchange).filter(later__ident="H2", earlier__ident="K1").exists()


def test_a_proposal_that_answers_already_does_not_wait(space_exchange: Collection) -> None:
    refresh(space_exchange)
    waiting = Waiting.of(space_exchange)
    idents = [Proposal.objects.get(pk=key).ident for key in waiting.order if key in waiting.keys]
    assert idents == ["K1", "K2", "K3", "K4", "K6", "K7", "H4", "H6", "H7"]


# Deciding


def test_the_next_proposal_is_shown_with_its_candidates(unlinked: Collection, paula: Client) -> None:
    shown = page(paula, unlinked, proposal=proposal("H5").pk)
    assert "H5 Magnetic field and space medicine" in shown
    assert shown.index("K5 Space medicine") < shown.index("K3 A map of the earth")
    assert '<mark data-of="1">space medicine</mark>' in shown
    assert "In common: space medicine, exchanging – exchange, knowledge" in shown
    assert "<strong>15</strong> of 15 proposals left" in shown


def test_a_relation_makes_a_link_as_the_admin_of_links_does(unlinked: Collection, paula: Client) -> None:
    answer = accept(paula, unlinked, "H2", "K1", relation="recasts", note="I think so.")
    made = Link.objects.get()
    assert (made.answer.ident, made.relation, made.answered.ident) == ("H2", "recasts", "K1")
    assert made.note == "I think so."
    assert (made.answer_quotation, made.answered_quotation) == ("exact", "exact")
    assert made.answer_ident == proposal("H2").first_passage.ident
    assert f'id="{made.anchor}-answer"' in proposal("H2").document.passages.get(ident=made.answer_ident).html
    assert made.answer.document.edited_here
    content = answer.content.decode()
    assert "Linked: H2 recasts K1." in content
    assert "<strong>14</strong> of 15 proposals left" in content
    assert answer.redirect_chain[-1][0].endswith(f"?after={proposal('H2').pk}")
    assert "H3 Observing flights" in content


def test_the_words_offered_are_taken_for_every_suggestion(unlinked: Collection, paula: Client) -> None:
    refresh(unlinked)
    for one in SuggestedLink.objects.select_related("later", "earlier"):
        accept(paula, unlinked, one.later.ident, one.earlier.ident)
        assert Link.objects.filter(answer=one.later, answered=one.earlier).exists(), one


def test_words_that_do_not_stand_there_are_refused_and_kept_to_be_mended(unlinked: Collection, paula: Client) -> None:
    answer = accept(paula, unlinked, "H2", "K1", answer_words="Let us not cooperate.")
    content = answer.content.decode()
    assert not Link.objects.exists()
    assert "H2 and K1 are not linked yet" in content
    assert "These words do not stand in H2" in content
    assert "Let us not cooperate." in content
    assert "<details open>" in content


def test_who_may_not_publish_links_nothing_that_readers_see(unlinked: Collection, edith: Client) -> None:
    shown = page(edith, unlinked, proposal=proposal("H2").pk)
    assert "someone who may publish makes links between them" in shown
    assert 'name="relation"' not in shown
    decide(
        edith, unlinked, suggestion=suggested("H2", "K1").pk, relation="accepts", answer_words="Let", answered_words="I"
    )
    assert not Link.objects.exists()
    Document.objects.filter(slug="khrushchev-1962-03-20").update(status="draft")
    accept(edith, unlinked, "H2", "K1")
    assert Link.objects.count() == 1


def test_one_candidate_is_rejected_and_the_others_stay(unlinked: Collection, paula: Client) -> None:
    refresh(unlinked)
    answer = decide(paula, unlinked, decision="reject", suggestion=suggested("H2", "K2").pk)
    content = answer.content.decode()
    assert suggested("H2", "K2").status == "rejected"
    assert "H2 A world-wide weather service" in content
    assert "K2 Tracking" not in content
    assert "rejected K2 for H2" in content


def test_none_of_the_candidates_leads_to_the_next_proposal(unlinked: Collection, paula: Client) -> None:
    refresh(unlinked)
    content = decide(paula, unlinked, decision="none", proposal=proposal("H6").pk).content.decode()
    assert set(SuggestedLink.objects.filter(later__ident="H6").values_list("status", flat=True)) == {"rejected"}
    assert "H7 No obstacles" in content
    assert "<strong>14</strong> of 15 proposals left" in content


def test_the_last_decision_is_taken_back(unlinked: Collection, paula: Client) -> None:
    refresh(unlinked)
    decide(paula, unlinked, decision="none", proposal=proposal("H6").pk)
    content = decide(paula, unlinked, decision="undo").content.decode()
    assert "Taken back: rejected 5 candidates for H6." in content
    assert "H6 Principles of space law" in content
    assert not SuggestedLink.objects.filter(status="rejected").exists()
    accept(paula, unlinked, "H2", "K1")
    content = decide(paula, unlinked, decision="undo").content.decode()
    assert not Link.objects.exists()
    assert "Taken back: linked: H2 accepts K1." in content
    assert "quoted" not in proposal("H2").document.passages.get(ident="p6").html
    assert "There is no decision to take back" in decide(paula, unlinked, decision="undo").content.decode()


def test_what_is_skipped_comes_again_at_the_end(unlinked: Collection, paula: Client) -> None:
    assert "H8 Representatives" in page(paula, unlinked, after=proposal("H7").pk)
    content = page(paula, unlinked, after=proposal("H8").pk)
    assert "That was the last proposal." in content
    assert "Go through the\n  15 that are left" in content


# Empty states, and the list of collections


def test_when_all_is_decided_it_says_so(unlinked: Collection, paula: Client) -> None:
    refresh(unlinked)
    SuggestedLink.objects.update(status="rejected")
    assert "All suggestions of this collection are decided." in page(paula, unlinked)
    assert "none: all 15 are decided" in paula.get(reverse(LIST)).content.decode()


def test_a_collection_with_proposals_in_one_document_says_what_is_missing(unlinked: Collection, paula: Client) -> None:
    Document.objects.exclude(slug="nsam-129").delete()
    assert "here one document has\n  them" in page(paula, unlinked)


def test_a_collection_without_proposals_says_what_to_do(paula: Client) -> None:
    empty = Collection.objects.create(slug="empty", title="Empty")
    assert "here none has" in page(paula, empty)
    assert "No document has proposals yet" in paula.get(reverse(LIST)).content.decode()


def test_the_list_of_collections_says_how_much_is_left(unlinked: Collection, paula: Client) -> None:
    assert "not looked for yet" in paula.get(reverse(LIST)).content.decode()
    page(paula, unlinked)
    content = paula.get(reverse(LIST)).content.decode()
    assert "15 of 15" in content
    assert address(unlinked).rstrip("?") in content
    one = suggested("H2", "K1")
    moved = paula.get(reverse("admin:documents_suggestedlink_change", args=[one.pk]))
    assert moved.url == address(unlinked, proposal=one.later_id)


@pytest.mark.parametrize("name", ["proposal", "link"])
def test_the_lists_of_proposals_and_links_lead_there(unlinked: Collection, paula: Client, name: str) -> None:
    content = paula.get(reverse(f"admin:documents_{name}_changelist")).content.decode()
    assert f'<a href="{reverse(LIST)}">Suggested links</a>' in content


def test_nobody_without_a_role_sees_or_decides(unlinked: Collection) -> None:
    nobody = logged_in("nobody", "someone")
    refresh(unlinked)
    assert nobody.get(address(unlinked)).status_code == 403
    assert nobody.get(reverse(LIST)).status_code == 403
    assert nobody.post(address(unlinked), {"decision": "none", "proposal": proposal("H6").pk}).status_code == 403
    assert not SuggestedLink.objects.filter(status="rejected").exists()


@pytest.mark.parametrize("asked", ["x", "-1", "99999999", "9" * 30, "²"])
def test_odd_addresses_show_the_first_proposal(unlinked: Collection, paula: Client, asked: str) -> None:
    assert "K1 Joint weather satellites" in page(paula, unlinked, proposal=asked)
    assert "K1 Joint weather satellites" in page(paula, unlinked, after=asked)
    assert decide(paula, unlinked, decision="reject", suggestion=asked).status_code == 404
    assert decide(paula, unlinked, decision="none", proposal=asked).status_code == 404


def test_a_page_takes_few_queries_however_many_candidates(
    unlinked: Collection, paula: Client, django_assert_max_num_queries: Any
) -> None:
    refresh(unlinked)
    with django_assert_max_num_queries(25):
        page(paula, unlinked, proposal=proposal("H5").pk)


# Taking them along


def test_what_is_rejected_goes_with_an_export_and_comes_back(unlinked: Collection, tmp_path: Path) -> None:
    refresh(unlinked)
    reject([suggested("H2", "K4"), suggested("H2", "K2"), suggested("K1", "N3")])
    call_command("export_documents", tmp_path, verbosity=0)
    written = (tmp_path / "space-1962" / "collection.yaml").read_text(encoding="utf-8")
    assert "does_not_answer: nsam-129/N3\n" in written
    assert "    does_not_answer:\n    - kennedy-1962-03-07/K2\n    - kennedy-1962-03-07/K4\n" in written
    assert "H1" not in [one.later.ident for one in SuggestedLink.objects.filter(status="rejected")]

    SuggestedLink.objects.all().delete()
    folder = str(tmp_path / "space-1962")
    call_command("import_documents", folder, no_index=True, overwrite=True, verbosity=0)
    assert {str(one) for one in SuggestedLink.objects.filter(status="rejected")} == {
        "H2 A world-wide weather service may answer K2 Tracking stations for each other",
        "H2 A world-wide weather service may answer K4 Communications satellites",
        "K1 Joint weather satellites may answer N3 Put one officer in charge",
    }
    refresh(unlinked)
    assert suggested("H2", "K2").status == "rejected"
    assert not undecided(unlinked).filter(later__ident="H2", earlier__ident__in=["K2", "K4"]).exists()


def test_a_proposal_that_is_not_there_cannot_be_rejected(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    line = replace_in(
        folder / "collection.yaml",
        "    title: A world-wide weather service\n",
        "    title: A world-wide weather service\n    does_not_answer: kennedy-1962-03-07/K99\n",
    )
    with pytest.raises(CommandError, match=rf"line {line + 1}.*there is no proposal “kennedy-1962-03-07/K99”"):
        call_command("import_documents", folder, verbosity=0)


def test_a_proposal_is_deleted_with_its_suggestions_which_are_not_deleted_alone(
    paula: Client, unlinked: Collection
) -> None:
    refresh(unlinked)
    suggestion = SuggestedLink.objects.all()[0]
    alone = reverse("admin:documents_suggestedlink_delete", args=[suggestion.pk])
    assert paula.post(alone, {"post": "yes"}).status_code == 403
    paula.post(reverse("admin:documents_proposal_delete", args=[suggestion.later_id]), {"post": "yes"})
    assert not Proposal.objects.filter(pk=suggestion.later_id).exists()
