"""Results by collection, and a search within one collection or one document."""

from __future__ import annotations

from html import unescape

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from haystack import connections, reset_search_queries

from documents.models import Collection, Document
from search.page import grouping
from tests.search.asking import Answer, ask, follow
from tests.search.conftest import MakeDocument


@pytest.fixture
def two_collections(searchable: Collection, make_document: MakeDocument) -> None:
    make_document("other", "The weather of another collection.")
    call_command("refresh_index", verbosity=0)


def links_to_all(answer: Answer) -> list[str]:
    return [unescape(part.partition('"')[0]) for part in answer.html.split('<p class="group-all"><a href="')[1:]]


@pytest.mark.usefixtures("two_collections")
def test_each_collection_has_its_best_results_and_a_link_to_all(client: Client) -> None:
    answer = ask(client, "weather", group="collection", type=["document", "proposal"])
    total = ask(client, "weather", type=["document", "proposal"]).total

    assert answer.html.count('<section class="group"') == 2
    assert len(answer.addresses) == 3 + 1
    assert [follow(client, link).total for link in links_to_all(answer)] == [total - 1]


@pytest.mark.usefixtures("two_collections")
def test_people_who_were_found_stand_below_the_collections(client: Client) -> None:
    answer = ask(client, "president OR weather", group="collection")
    people = follow(client, links_to_all(answer)[-1])

    assert "who stand in no collection" in answer.words
    assert people.total
    assert all(address.startswith(("/people/", "/organizations/")) for address in people.addresses)


@pytest.mark.usefixtures("two_collections")
def test_one_collection_is_searched_from_its_page(client: Client) -> None:
    form = client.get("/collections/tests/").content.decode().partition('aria-label="This collection"')[2]

    assert '<input type="hidden" name="collection" value="tests">' in form.partition("</form>")[0]
    assert ask(client, "weather", collection="tests").addresses == ["/documents/other/#hit-1"]


@pytest.mark.usefixtures("searchable")
def test_one_document_is_searched_with_all_that_belongs_to_it(client: Client) -> None:
    answer = ask(client, "space", document="nsam-129")

    assert "Within: " in answer.words
    assert answer.total
    assert all(address.startswith("/documents/nsam-129/") for address in answer.addresses)


@pytest.mark.usefixtures("searchable")
def test_a_document_that_is_not_public_is_searched_in_vain(client: Client) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft", title="Secret title", short_title="")
    answer = ask(client, "space", document="nsam-129")

    assert answer.total == 0
    assert "Secret title" not in answer.html


@pytest.mark.usefixtures("searchable")
def test_a_document_is_searched_on_its_own_page(client: Client) -> None:
    page = client.get("/documents/nsam-129/", {"q": "space"}).content.decode()

    assert 'action="/documents/nsam-129/#hit-1"' in page
    assert 'id="hit-1"' in page
    assert "/search/?q=space&amp;document=nsam-129" in page


def test_groups_cost_few_searches_however_many_they_are(
    client: Client, make_document: MakeDocument, settings: LazySettings
) -> None:
    for number in range(8):
        collection = Collection.objects.create(slug=f"c{number}", title=f"Collection {number}")
        for each in range(4):
            make_document(f"d{number}-{each}", "A treaty.", collection=collection, position=each)
    call_command("refresh_index", verbosity=0)
    settings.DEBUG = True
    reset_search_queries()

    answer = ask(client, "treaty", group="collection")

    assert answer.html.count('<section class="group"') == 8
    assert len(answer.addresses) == 8 * 3
    assert len(connections["default"].queries) <= 3


def test_a_collection_far_behind_the_others_has_its_best_results(
    client: Client, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "LOOKED_AT", 6)
    for name, texts in (("near", "treaty treaty treaty"), ("far", "treaty " + "of other words " * 20)):
        collection = Collection.objects.create(slug=name, title=name.title())
        for each in range(8):
            make_document(f"{name}-{each}", texts, collection=collection, position=each)
    call_command("refresh_index", verbosity=0)

    answer = ask(client, "treaty", group="collection")

    assert [address.partition("#")[0] for address in answer.addresses] == [
        *(f"/documents/far-{each}/" for each in range(3)),
        *(f"/documents/near-{each}/" for each in range(3)),
    ]
