"""A browser can offer the archive as a search engine: a description of it, and suggestions while words are typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from documents.models import Collection, Document
from tests.search.conftest import Commit, MakeDocument

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def described(client: Client) -> etree._Element:
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    return etree.fromstring(response.content)


def suggested(client: Client, typed: str) -> list[Any]:
    response = client.get("/search/suggestions.json", {"q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-suggestions+json"
    return response.json()


def test_every_page_names_the_description(client: Client, searchable: Collection) -> None:
    page = client.get("/about/").content.decode()

    assert 'rel="search" type="application/opensearchdescription+xml"' in page
    assert 'title="The Reading Room" href="/opensearch.xml"' in page


def test_each_address_of_the_description_answers(client: Client, searchable: Collection) -> None:
    templates = {each.get("type"): each.get("template") for each in described(client).iterfind("o:Url", NAMES)}

    assert len(templates) == 5
    for kind, template in templates.items():
        address = template.replace("{searchTerms}", "space").replace("{startPage?}", "1").replace("{count?}", "")
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Content-Type"].startswith(kind), address


def test_the_description_keeps_to_the_lengths_that_are_allowed(
    client: Client, db: None, settings: LazySettings
) -> None:
    settings.SITE_NAME = "The Papers & Correspondence of a Very Long-Lived Institution <of> the Republic" * 3
    found = described(client)

    for name, most in (("ShortName", 16), ("LongName", 48), ("Description", 1024)):
        assert 0 < len(found.findtext(f"o:{name}", namespaces=NAMES) or "") <= most


def test_the_last_word_is_completed(client: Client, searchable: Collection) -> None:
    typed, texts, notes, addresses = suggested(client, "outer spa")

    assert typed == "outer spa"
    assert texts[0] == "outer space"
    assert addresses[0] == "http://testserver/search/?q=outer+space"
    assert notes[0].endswith(" results")
    assert len(texts) == len(notes) == len(addresses) == len(set(texts))


def test_each_word_suggested_is_found(client: Client, searchable: Collection) -> None:
    _, texts, notes, addresses = suggested(client, "sat")

    assert texts
    for address, note in zip(addresses, notes, strict=True):
        if "/search/" in address:
            page = client.get(address).content.decode()
            assert f"<strong>{note}</strong>" in page


def test_people_and_documents_are_suggested_by_name(client: Client, searchable: Collection) -> None:
    _, texts, _, addresses = suggested(client, "kenn")

    assert "John F. Kennedy" in texts
    assert "Kennedy to Khrushchev, 7 March 1962" in texts
    assert "http://testserver/people/john-f-kennedy/" in addresses


@pytest.mark.parametrize("typed", ["", " ", "k", "space ", "—", "\x00", "a" * 300, '"', "space -", "q" * 20])
def test_what_cannot_be_completed_has_no_suggestions(client: Client, searchable: Collection, typed: str) -> None:
    assert suggested(client, typed)[1:] == [[], [], []]


def test_nothing_is_suggested_from_a_draft(
    client: Client, make_document: MakeDocument, commit: Commit, search_index: object
) -> None:
    with commit():
        make_document("d", "The xylophone.", title="Xylophones")
        make_document("e", "The drum.")
    assert suggested(client, "xylo")[1] == ["xylophone", "xylophones", "Xylophones"]

    with commit():
        document = Document.objects.get(slug="d")
        document.status = "draft"
        document.save()

    assert suggested(client, "xylo")[1] == []
