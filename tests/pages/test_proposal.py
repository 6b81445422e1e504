"""The page of one proposal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from documents.models import Collection, Document, Proposal
from tests.exchanges import SECRET, add_draft, grow
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db

K1 = "/documents/kennedy-1962-03-07/proposals/k1/"
H2 = "/documents/khrushchev-1962-03-20/proposals/h2/"


def test_every_proposal_has_a_page(read: Read) -> None:
    proposals = Proposal.objects.all()
    assert len(proposals) == 19
    for proposal in proposals:
        page = read(proposal.get_absolute_url())
        assert proposal.title.replace("'", "&#x27;") in page
        assert proposal.summary.replace("'", "&#x27;") in page


def test_a_proposal_and_its_answer_are_one_click_apart(read: Read) -> None:
    assert f'href="{H2}"' in read(K1)
    assert f'href="{K1}"' in read(H2)


def test_both_sides_are_quoted_and_reached_in_place(read: Read) -> None:
    for page in (read(K1), read(H2)):
        assert "“Let us also cooperate in this field.”" in page
        assert "“I propose that the United States and the Soviet Union each launch a satellite" in page
        assert "/documents/khrushchev-1962-03-20/#link-h2-k1-answer" in page
        assert "/documents/kennedy-1962-03-07/#link-h2-k1-answered" in page
        assert "He does not speak of the two" in page


def test_its_own_words_are_shown_with_links_that_lead_to_the_document(read: Read) -> None:
    page = read(K1)
    assert "Perhaps we could render no greater service" in page
    assert 'href="/documents/kennedy-1962-03-07/#correction-1"' in page
    assert 'href="/documents/kennedy-1962-03-07/#proposal-k1"' in page
    assert 'id="text-corrected-1"' in page


def test_a_part_of_a_passage_is_marked_in_it(read: Read) -> None:
    page = read("/documents/nsam-129/proposals/n2/")
    assert "<mark>recommendations as to the best way of opening discussion" in page
    assert page.count("<mark>") == 1


def test_a_span_of_passages_is_shown_whole(read: Read) -> None:
    page = read("/documents/khrushchev-1962-03-20/proposals/h3/")
    assert "It seems to us that it would be expedient" in page
    assert "As our scientists see it" in page


def test_a_document_as_a_whole_answers(read: Read) -> None:
    page = read("/documents/nsam-129/proposals/n1/")
    assert "Carried out by" in page and "as a whole" in page
    assert "/documents/kennedy-1962-03-07/#link-kennedy-1962-03-07-n1-answer" in page
    assert "as a whole carries out" in read(K1)


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("/documents/kennedy-1962-03-07/proposals/k7/", "<strong>No explicit answer.</strong>"),
        ("/documents/khrushchev-1962-03-20/proposals/h4/", "<strong>New.</strong>"),
        ("/documents/khrushchev-1962-03-20/proposals/h4/", "The archive holds no later document that answers"),
        ("/documents/nsam-129/proposals/n3/", "The archive holds no earlier proposal that this one answers."),
    ],
)
def test_what_is_missing_is_said(read: Read, address: str, state: str) -> None:
    assert state in read(address)


def test_it_leads_to_the_proposals_before_and_after_it(read: Read) -> None:
    page = read("/documents/kennedy-1962-03-07/proposals/k2/")
    assert f'rel="prev" href="{K1}"' in page
    assert 'rel="next" href="/documents/kennedy-1962-03-07/proposals/k3/"' in page
    assert 'rel="prev"' not in read(K1)


def test_it_can_be_cited(read: Read) -> None:
    assert "par. 3, Cooperation in space, 1962" in read(K1)


def test_an_id_in_capitals_leads_to_the_lasting_address(client: Client, space_exchange: Collection) -> None:
    response = client.get("/documents/kennedy-1962-03-07/proposals/K1/")
    assert (response.status_code, response["Location"]) == (301, K1)


@pytest.mark.parametrize("ident", ["k99", "%00", "k1%0A", "é", "<b>"])
def test_a_proposal_that_does_not_exist_is_not_found(client: Client, space_exchange: Collection, ident: str) -> None:
    assert client.get(f"/documents/kennedy-1962-03-07/proposals/{ident}/").status_code == 404


def test_drafts_stay_hidden(read: Read, client: Client, space_exchange: Collection) -> None:
    draft = add_draft(space_exchange)
    page = read("/documents/khrushchev-1962-03-20/proposals/h4/")
    assert SECRET not in page and "Accepted" not in page
    assert "The archive holds no later document that answers" in page
    assert client.get(draft.proposals.get().get_absolute_url()).status_code == 404


def test_what_a_withdrawn_document_answered_is_no_longer_answered(read: Read) -> None:
    Document.objects.filter(slug="khrushchev-1962-03-20").update(status="draft")
    page = read(K1)
    assert "Khrushchev to Kennedy" not in page
    assert "The archive holds no later document that answers" in page


def test_queries_do_not_grow_with_the_exchange(
    client: Client, space_exchange: Collection, django_assert_max_num_queries: Callable
) -> None:
    grow(space_exchange)
    with django_assert_max_num_queries(10):
        client.get("/documents/letter-2/proposals/l20/")
