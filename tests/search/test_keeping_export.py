"""All results of a search leave the archive as a file, in the formats of export."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from documents.models import Document
from interchange import records as loading
from interchange.formats import FORMATS
from interchange.records import records
from search.keeping import documents, views
from tests.search.asking import ask

pytestmark = pytest.mark.usefixtures("searchable")
Counting = Callable[[int], AbstractContextManager[None]]


def exported(client: Client, suffix: str, **parameters: str) -> str:
    response = client.get(f"/search/export.{suffix}", parameters)
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response).decode()


def slugs(client: Client, **parameters: str) -> list[str]:
    return [row["id"] for row in json.loads(exported(client, "json", **parameters))]


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_has_every_document_in_the_order_of_the_search(client: Client, suffix: str) -> None:
    addresses = ask(client, "space", type="document", sort="-date").addresses
    keys = {document.get_absolute_url(): document.pk for document in Document.objects.all()}
    expected = "".join(
        FORMATS[suffix].write(records([keys[each] for each in map(_bare, addresses)], "http://testserver"))
    )

    assert len(addresses) == 3
    assert exported(client, suffix, q="space", type="document", sort="-date") == expected


@pytest.mark.parametrize("first", [1, 2, 3, 7])
def test_what_is_asked_for_later_follows_what_came_first(
    client: Client, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = exported(client, "json", q="space")
    monkeypatch.setattr(documents, "FIRST", first)

    assert exported(client, "json", q="space") == whole


def test_a_spreadsheet_reads_it(client: Client) -> None:
    rows = list(csv.DictReader(exported(client, "csv", q="weather").removeprefix("\ufeff").splitlines()))

    assert {row["id"] for row in rows} <= set(Document.objects.values_list("slug", flat=True))
    assert rows[0]["url"].startswith("http://testserver/documents/")


def test_a_proposal_or_a_note_gives_its_document_once(client: Client) -> None:
    page = ask(client, "space", type="proposal")
    found = slugs(client, q="space", type="proposal")

    assert page.total > len(found) > 0
    assert len(found) == len(set(found))
    assert found == list(dict.fromkeys(_bare(each).split("/")[2] for each in page.addresses))


def test_it_has_all_results_and_not_one_page(client: Client) -> None:
    assert sorted(slugs(client, type="document")) == sorted(Document.objects.values_list("slug", flat=True))
    assert len(slugs(client, type="document", page="9")) == 3


def test_it_keeps_to_filters_and_dates(client: Client) -> None:
    assert slugs(client, q="space", kind="letter", after="1962-03-10") == ["khrushchev-1962-03-20"]


def test_what_is_no_longer_public_is_left_out(client: Client) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft")

    assert "nsam-129" not in slugs(client, type="document")


def test_without_results_it_is_a_file_with_nothing_in_it(client: Client) -> None:
    assert json.loads(exported(client, "json", q="zebra")) == []
    assert exported(client, "ris", q="zebra") == ""
    assert len(exported(client, "csv", q="zebra").splitlines()) == 1


def test_it_is_named_after_the_words(client: Client) -> None:
    named = client.get("/search/export.csv", {"q": '"outer space" / Ünïted'})

    assert named["Content-Disposition"] == 'attachment; filename="search-outer-space-united.csv"'
    assert 'filename="search.bib"' in client.get("/search/export.bib", {"kind": "letter"})["Content-Disposition"]


def test_it_is_read_from_the_database_as_it_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Counting
) -> None:
    monkeypatch.setattr(loading, "BATCH", 1)
    monkeypatch.setattr(views, "PORTION", 1)
    portions = iter(client.get("/search/export.csv", {"type": "document"}))

    with django_assert_num_queries(0):
        assert next(portions).startswith(b"\xef\xbb\xbfid,")
    for _ in range(3):
        with django_assert_num_queries(5):
            next(portions)


def test_another_format_is_not_there(client: Client) -> None:
    assert client.get("/search/export.xls", {"q": "space"}).status_code == 404


def _bare(address: str) -> str:
    return address.partition("#")[0]
