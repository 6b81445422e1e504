"""A name that nobody has identified yet stands everywhere as the document has it, and leads nowhere."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from documents.models import Collection, Document
from tests.pages.conftest import Read
from tests.pages.parsed import Page
from tests.search.asking import ask

pytestmark = pytest.mark.django_db

NAME = "the Embassy in the Soviet Union"


@pytest.fixture
def unidentified(space_exchange: Collection) -> Document:
    """Khrushchev's letter, as if nobody had identified who wrote it."""
    letter = Document.objects.get(slug="khrushchev-1962-03-20")
    letter.participations.filter(role="from").update(person=None, organization=None, name=NAME)
    return letter


@pytest.mark.parametrize(
    "address",
    ["/documents/", "/collections/space-1962/", "/documents/khrushchev-1962-03-20/", "/documents/kennedy-1962-03-07/"],
)
def test_the_name_is_shown_and_is_no_link(read: Read, unidentified: Document, address: str) -> None:
    page = Page(read(address))
    assert NAME in page.text
    assert NAME not in page.links


def test_it_is_cited_as_the_document_has_it(read: Read, unidentified: Document) -> None:
    text = Page(read("/documents/khrushchev-1962-03-20/")).text
    assert f"{NAME} to John F. Kennedy" in text


def test_nobody_is_made_of_it(read: Read, unidentified: Document) -> None:
    assert NAME not in read("/people/")


@pytest.mark.usefixtures("search_index")
def test_a_search_finds_the_name_and_offers_no_filter_for_it(client: Client, unidentified: Document) -> None:
    call_command("refresh_index", verbosity=0)
    found = ask(client, "Embassy")
    assert found.addresses == ["/documents/khrushchev-1962-03-20/"]
    assert found.counts("to") == {"John F. Kennedy": 1}
    assert found.counts("from") == {}
