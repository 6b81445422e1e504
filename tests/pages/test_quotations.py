"""Readers are told when words that were quoted have changed, and no link leads to a place that is gone."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from documents.models import Collection, Document, Link, Proposal, Quotation
from tests.pages.conftest import Read
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

KENNEDY = "/documents/kennedy-1962-03-07/"
CHANGED = "The text has changed since"
PAGES = (
    "/",
    KENNEDY,
    "/documents/khrushchev-1962-03-20/",
    "/documents/nsam-129/",
    f"{KENNEDY}proposals/k1/",
    "/documents/khrushchev-1962-03-20/proposals/h2/",
    "/collections/space-1962/exchange/",
)


def change(words: str, into: str) -> Link:
    """Changes Kennedy's text where K1 is quoted, and derives everything anew."""
    letter = Document.objects.get(slug="kennedy-1962-03-07")
    assert words in letter.text
    letter.text = letter.text.replace(words, into)
    letter.save()
    call_command("derive_documents", verbosity=0)
    return Link.objects.get(answered__ident="K1", answer__ident="H2")


def test_nothing_is_said_while_every_quotation_stands(read: Read) -> None:
    for address in PAGES:
        assert CHANGED not in read(address), address


def test_words_that_are_gone_are_kept_and_said_to_be_gone(read: Read) -> None:
    words = Link.objects.get(answered__ident="K1", answer__ident="H2").answered_words
    link = change(words, "Let it be weather.")
    assert link.answered_quotation == Quotation.LOST
    for address in (f"{KENNEDY}proposals/k1/", "/collections/space-1962/exchange/"):
        text = Page(read(address)).text
        assert words in text
        assert "The text has changed since these words were quoted; it no longer has them." in text


def test_no_link_leads_to_a_place_that_is_gone(client: Client, read: Read) -> None:
    words = Link.objects.get(answered__ident="K1", answer__ident="H2").answered_words
    change(words, "Let it be weather.")
    ids = {address: set(Page(read(address)).ids) for address in PAGES if address.count("/") == 3}
    for address in PAGES:
        for href in Page(read(address)).hrefs:
            path, _, ident = href.partition("#")
            if ident and (path or address) in ids:
                assert ident in ids[path or address], f"{href} on {address}"


def test_a_proposal_whose_words_are_gone_stays_where_it_was(read: Read, space_exchange: Collection) -> None:
    proposal = Proposal.objects.exclude(words="").first()
    assert proposal is not None
    Proposal.objects.filter(pk=proposal.pk).update(quotation=Quotation.LOST)
    found = Page(read(proposal.document.get_absolute_url()))
    assert "The text has changed since this was marked." in found.text
    assert "The text has changed since this proposal was marked." in Page(read(proposal.get_absolute_url())).text


def test_the_front_page_opens_with_words_that_stand(read: Read) -> None:
    Link.objects.update(answered_quotation=Quotation.LOST)
    html = read("/")
    assert "home-example" not in html
