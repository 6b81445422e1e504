"""Addresses that worked before lead on; numbers and names elsewhere lead to their documents."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from documents.models import Collection, Document, FormerAddress, FormerNumber, Identifier
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

NSAM = "nsam-129"


@pytest.fixture
def memorandum(space_exchange: Collection) -> Document:
    """It was at another address, and had another number."""
    found = Document.objects.get(slug=NSAM)
    FormerAddress.objects.create(slug="bundy-memo", document=found)
    FormerNumber.objects.create(collection=space_exchange, number="387", document=found)
    return found


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/documents/bundy-memo/", "/documents/nsam-129/"),
        ("/documents/bundy-memo/?q=space", "/documents/nsam-129/?q=space"),
        ("/documents/bundy-memo/source/", "/documents/nsam-129/source/"),
        ("/documents/bundy-memo/proposals/n1/", "/documents/nsam-129/proposals/n1/"),
        ("/documents/bundy-memo/beside/kennedy-1962-03-07/", "/documents/nsam-129/beside/kennedy-1962-03-07/"),
        ("/documents/kennedy-1962-03-07/beside/bundy-memo/", "/documents/kennedy-1962-03-07/beside/nsam-129/"),
    ],
)
def test_a_former_address_leads_on_for_good(client: Client, memorandum: Document, before: str, now: str) -> None:
    response = client.get(before)
    assert response.status_code == 301
    assert response["Location"] == now


def test_a_document_at_an_address_comes_before_one_that_was_there(client: Client, memorandum: Document) -> None:
    FormerAddress.objects.create(slug="kennedy-1962-03-07", document=memorandum)
    assert client.get("/documents/kennedy-1962-03-07/").status_code == 200


def test_a_former_address_of_a_draft_leads_nowhere(client: Client, memorandum: Document) -> None:
    Document.objects.filter(pk=memorandum.pk).update(status="draft")
    for address in ("/documents/bundy-memo/", "/documents/bundy-memo/source/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["388", " 388.", "387"])
def test_a_number_leads_to_its_document_also_one_that_it_had(client: Client, memorandum: Document, number: str) -> None:
    for address in (f"/collections/space-1962/{quote(number)}/", f"/collections/space-1962/?number={quote(number)}"):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == "/documents/nsam-129/"


def test_a_number_that_another_document_has_now_leads_there(client: Client, memorandum: Document) -> None:
    Document.objects.filter(slug="kennedy-1962-03-07").update(number="387")
    assert client.get("/collections/space-1962/387/")["Location"] == "/documents/kennedy-1962-03-07/"


@pytest.mark.parametrize("number", ["9999", "a/b", "../x", "\x00", "<b>"])
def test_a_number_that_nothing_has_says_what_to_try(client: Client, memorandum: Document, number: str) -> None:
    response = client.get("/collections/space-1962/", {"number": number})
    assert response.status_code == 404
    found = Page(response.content.decode())
    assert "There is no document no." in found.text
    assert "/collections/space-1962/" in found.hrefs
    assert "<b>" not in found.text or number == "<b>"


def test_a_number_of_a_draft_is_not_told(client: Client, memorandum: Document) -> None:
    Document.objects.filter(pk=memorandum.pk).update(status="draft")
    for number in ("388", "387"):
        assert client.get(f"/collections/space-1962/{number}/").status_code == 404


def test_a_name_elsewhere_leads_to_its_document(client: Client, memorandum: Document) -> None:
    Identifier.objects.create(document=memorandum, value="frus1961-63v25/d388x")
    for address in ("/id/frus1961-63v25/d388x", "/id/frus1961-63v25/d388x/"):
        assert client.get(address)["Location"] == "/documents/nsam-129/"
    assert client.get("/id/space-1962")["Location"] == "/collections/space-1962/"
    assert client.get("/id/frus1961-63v25/d999").status_code == 404
    assert client.get("/id/%00").status_code == 404
    Document.objects.filter(pk=memorandum.pk).update(status="draft")
    assert client.get("/id/frus1961-63v25/d388x").status_code == 404
