"""Records: what is loaded of public documents, and the files that come of the three documents of the space exchange."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client

from documents.models import Collection, Document, FormerAddress, Participation
from interchange import records as loading
from interchange.bibliography import Name
from interchange.formats import FORMATS
from interchange.records import records
from tests.pages.parsed import Page

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://archive.example"
SLUGS = ["khrushchev-1962-03-20", "nsam-129", "kennedy-1962-03-07"]
Counting = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(space_exchange: Collection) -> list[int]:
    """The keys of the three documents, in an order of no index."""
    found = dict(Document.objects.values_list("slug", "pk"))
    return [found[slug] for slug in SLUGS]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_three_documents_give_the_golden_file(keys: list[int], suffix: str, settings: object) -> None:
    """UPDATE_GOLDEN=1 writes the files anew; read the difference before you commit it."""
    settings.SITE_NAME = "The Reading Room"  # type: ignore[attr-defined]
    found = "".join(FORMATS[suffix].write(records(keys, BASE))).encode()
    golden = GOLDEN / f"space-1962.{suffix}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(found)
    assert found == golden.read_bytes()


def test_the_order_is_that_of_the_keys(keys: list[int]) -> None:
    assert [record.slug for record in records(keys, BASE)] == SLUGS
    assert [record.slug for record in records(keys[::-1], BASE)] == SLUGS[::-1]


def test_what_is_not_published_and_what_is_not_there_is_left_out(keys: list[int]) -> None:
    Document.objects.filter(slug="nsam-129").update(status=Document.Status.DRAFT)
    assert [record.slug for record in records([*keys, 0], BASE)] == [slug for slug in SLUGS if slug != "nsam-129"]


def test_a_batch_takes_five_queries_however_large_it_is(
    keys: list[int], django_assert_num_queries: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for several in (keys[:1], keys):
        with django_assert_num_queries(5):
            list(records(several, BASE))
    monkeypatch.setattr(loading, "BATCH", 2)
    with django_assert_num_queries(10):
        assert len(list(records(keys, BASE))) == 3


def test_nothing_is_loaded_before_it_is_asked_for(keys: list[int], django_assert_num_queries: Counting) -> None:
    with django_assert_num_queries(0):
        records(keys, BASE)


def test_only_a_person_who_was_identified_has_a_family_name(keys: list[int]) -> None:
    document = Document.objects.get(slug="nsam-129")
    Participation.objects.create(document=document, role="from", name="The Secretary, acting", position=9)
    (record,) = records([document.pk], BASE)
    assert record.senders == (Name("McGeorge Bundy", "Bundy, McGeorge", True), Name("The Secretary, acting"))
    assert [name.parts for name in record.senders] == [("Bundy", "McGeorge", ""), None]


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_document_has_its_file(client: Client, keys: list[int], suffix: str) -> None:
    response = client.get(f"/documents/nsam-129.{suffix}")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[suffix].content_type
    assert response["Content-Disposition"] == f'attachment; filename="nsam-129.{suffix}"'
    text = response.content.decode()
    assert "National Security Action Memorandum No. 129" in text
    assert "http://testserver/documents/nsam-129/" in text


def test_addresses_in_a_file_begin_with_the_one_the_owner_set(
    client: Client, keys: list[int], settings: object
) -> None:
    settings.SITE_URL = "https://letters.example.org/"  # type: ignore[attr-defined]
    text = client.get("/documents/nsam-129.ris").content.decode()
    assert "UR  - https://letters.example.org/documents/nsam-129/\r\n" in text


def test_a_draft_another_ending_and_a_wrong_address_have_no_file(client: Client, keys: list[int]) -> None:
    Document.objects.filter(slug="nsam-129").update(status=Document.Status.DRAFT)
    for address in ("nsam-129.ris", "kennedy-1962-03-07.doc", "nobody.ris"):
        assert client.get(f"/documents/{address}").status_code == 404


def test_a_former_address_leads_on_to_the_file(client: Client, keys: list[int]) -> None:
    document = Document.objects.get(slug="nsam-129")
    FormerAddress.objects.create(document=document, slug="nsam-one-two-nine")
    response = client.get("/documents/nsam-one-two-nine.bib")
    assert (response.status_code, response["Location"]) == (301, "/documents/nsam-129.bib")


@pytest.mark.parametrize("address", ["/documents/nsam-129/", "/documents/nsam-129/proposals/n1/"])
def test_the_page_leads_to_the_files_for_references(client: Client, keys: list[int], address: str) -> None:
    links = Page(client.get(address).content.decode()).links
    assert links["RIS"] == "/documents/nsam-129.ris"
    assert links["BibTeX"] == "/documents/nsam-129.bib"


def test_no_piece_of_a_file_is_empty(keys: list[int]) -> None:
    for format in FORMATS.values():
        assert all(format.write(records(keys, BASE)))
        assert all(format.write([]))
