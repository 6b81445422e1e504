"""The sitemap lists every public page and nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from documents.models import Collection
from tests.exchanges import SECRET, add_draft
from tests.series import fill

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/[^"#?]*)')
#: Public, but no pages that are listed: files, the same two documents the other way round, and what classes do.
NOT_PAGES = re.compile(r"^/(static|admin|classroom)/|/source/$|/beside/|^/favicon|\.(txt|xml|json|csv|svg|ris|bib)$")


def listed(client: Client) -> set[str]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    addresses = re.findall(r"<loc>([^<]+)</loc>", response.content.decode())
    assert len(addresses) == len(set(addresses))
    return {urlsplit(address).path for address in addresses}


def test_every_listed_page_can_be_read(client: Client, space_exchange: Collection) -> None:
    for address in listed(client):
        assert client.get(address).status_code == 200, address


def test_every_page_that_a_page_leads_to_is_listed(client: Client, space_exchange: Collection) -> None:
    pages = listed(client)
    linked = {address for page in pages for address in LINK.findall(client.get(page).content.decode())}
    assert {address for address in linked if not NOT_PAGES.search(address)} <= pages


def test_pairs_are_listed_the_earlier_document_first(client: Client, space_exchange: Collection) -> None:
    assert {address for address in listed(client) if "/beside/" in address} == {
        "/documents/nsam-129/beside/kennedy-1962-03-07/",
        "/documents/kennedy-1962-03-07/beside/khrushchev-1962-03-20/",
    }


def test_drafts_are_not_listed(client: Client, space_exchange: Collection) -> None:
    before = listed(client)
    add_draft(space_exchange)
    assert listed(client) == before
    assert SECRET.lower() not in " ".join(before)


def test_an_empty_archive_lists_the_pages_that_every_archive_has(client: Client) -> None:
    assert listed(client) == {
        "/",
        "/documents/",
        "/collections/",
        "/people/",
        "/topics/",
        "/search/",
        "/search/help/",
        "/wanted/",
        "/about/",
    }


def test_a_volume_is_listed_with_its_divisions_and_lists(client: Client) -> None:
    fill(1, 12)
    found = listed(client)
    volume = "/collections/volume-0/"
    assert {
        volume,
        f"{volume}divisions/comp1/",
        f"{volume}divisions/ch6/",
        f"{volume}persons/",
        f"{volume}terms/",
    } <= found
    for address in found:
        assert client.get(address).status_code == 200, address


def test_a_large_archive_has_several_files(client: Client, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    fill(2, 30)
    whole = listed(client)
    monkeypatch.setattr("interchange.views.MOST", 50)
    monkeypatch.setattr("interchange.sitemaps.PublicSitemap.limit", 50)
    settings.SITE_URL = "https://letters.example.org"  # type: ignore[attr-defined]
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    files = re.findall(r"<loc>https://letters.example.org([^<]+)</loc>", response.content.decode())
    assert "/sitemap-documents.xml?p=2" in files
    parts = [re.findall(r"<loc>([^<]+)</loc>", client.get(file).content.decode()) for file in files]
    addresses = [urlsplit(address).path for part in parts for address in part]
    assert max(len(part) for part in parts) <= 50
    assert sorted(addresses) == sorted(whole)


def test_addresses_begin_with_the_one_the_owner_set(client: Client, settings: object) -> None:
    settings.SITE_URL = "https://letters.example.org"  # type: ignore[attr-defined]
    assert b"<loc>https://letters.example.org/about/</loc>" in client.get("/sitemap.xml").content
    assert b"Sitemap: https://letters.example.org/sitemap.xml" in client.get("/robots.txt").content


def test_robots_may_read_all_but_searches_the_administration_and_classes(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines()[:5] == [
        "User-agent: *",
        "Disallow: /search/?",
        "Disallow: /admin/",
        "Disallow: /classroom/",
        "Allow: /classroom/readings/",
    ]
    assert b"Sitemap: http://testserver/sitemap.xml" in response.content
