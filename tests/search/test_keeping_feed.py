"""A search can be followed: its feed has the documents that match, as they appear in the archive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from documents.models import Collection, Document, Version
from search.keeping import feed as feeds
from tests.search.asking import ask
from tests.search.conftest import Commit, MakeDocument

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: Client, **parameters: str) -> etree._Element:
    response = client.get("/search.atom", parameters)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def titles(feed: etree._Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


def link(element: etree._Element, relation: str) -> str:
    return next(each.get("href", "") for each in element.findall(f"{ATOM}link") if each.get("rel") == relation)


@pytest.fixture
def made(make_document: MakeDocument, commit: Commit, search_index: object) -> None:
    """Three documents that appeared on three days, the one called b last."""
    with commit():
        for slug, day in (("a", 2), ("b", 3), ("c", 1)):
            document = make_document(slug, f"Space, said {slug}.")
            Document.objects.filter(pk=document.pk).update(created_at=datetime(2020, 1, day, tzinfo=UTC))


def test_the_document_that_appeared_last_comes_first(client: Client, made: None) -> None:
    assert titles(feed_of(client, q="space")) == ["B", "A", "C"]
    assert titles(feed_of(client, q="space", sort="place", page="7")) == ["B", "A", "C"]


def test_a_draft_appears_when_it_is_published(client: Client, made: None) -> None:
    published = Document.objects.get(slug="c")
    version = Version.objects.create(
        document=published,
        document_key=published.pk,
        slug="c",
        title="C",
        number=1,
        made_at=published.created_at,
        record={"document": {"status": "draft"}},
    )
    Version.objects.filter(pk=version.pk).update(kept_at=datetime(2020, 1, 4, tzinfo=UTC))

    feed = feed_of(client, q="space")

    assert titles(feed) == ["C", "B", "A"]
    assert (feed.findtext(f"{ATOM}entry/{ATOM}published") or "").startswith("2020-01-04")


def test_an_edit_does_not_make_a_document_new(client: Client, made: None) -> None:
    Document.objects.get(slug="c").save()

    feed = feed_of(client, q="space")

    assert titles(feed) == ["B", "A", "C"]
    assert (feed.findtext(f"{ATOM}updated") or "") == feed.findall(f"{ATOM}entry")[2].findtext(f"{ATOM}updated")


def test_it_has_the_newest_only(client: Client, made: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)

    assert titles(feed_of(client, q="space")) == ["B", "A"]


def test_a_draft_is_not_in_it(client: Client, made: None) -> None:
    Document.objects.filter(slug="b").update(status="draft")

    assert titles(feed_of(client, q="space")) == ["A", "C"]


def test_it_has_all_that_atom_asks_for(client: Client, searchable: Collection) -> None:
    feed = feed_of(client, q="weather", kind="letter")

    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert link(element, "alternate").startswith("http://testserver/")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Reading Room"
    assert link(feed, "self") == "http://testserver/search.atom?q=weather&kind=letter"
    assert link(feed, "alternate") == "http://testserver/search/?q=weather&kind=letter"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 1


def test_an_entry_keeps_its_name_whatever_was_searched_for(client: Client, searchable: Collection) -> None:
    ids = [
        {entry.findtext(f"{ATOM}id") for entry in feed_of(client, q=typed).iter(f"{ATOM}entry")}
        for typed in ("weather", "weather satellites")
    ]

    assert ids[0] & ids[1]


def test_an_entry_shows_the_passage_and_opens_it(client: Client, searchable: Collection) -> None:
    entry = feed_of(client, q="weather satellites").find(f"{ATOM}entry")
    assert entry is not None
    summary = entry.find(f"{ATOM}summary")

    assert summary is not None
    assert summary.get("type") == "html"
    assert "<mark>" in (summary.text or "")
    assert client.get(link(entry, "alternate").partition("#")[0]).status_code == 200


def test_what_was_typed_and_what_is_in_a_text_is_escaped(
    client: Client, make_document: MakeDocument, commit: Commit, search_index: object
) -> None:
    with commit():
        make_document("d", "space & <script>alert(1)</script>", title="One & <b>two</b>")

    feed = feed_of(client, q="zebra <b>\x01")
    assert titles(feed) == []
    feed = feed_of(client, q="space")
    assert titles(feed) == ["One & <b>two</b>"]
    assert "<script>" not in (feed.findtext(f"{ATOM}entry/{ATOM}summary") or "")


def test_every_filter_of_the_page_holds_in_the_feed(client: Client, searchable: Collection) -> None:
    page = ask(client, "space", type="document", **{"from": "john-f-kennedy"})
    feed = feed_of(client, q="space", type="document", **{"from": "john-f-kennedy"})

    assert len(titles(feed)) == page.total > 0
    assert len(titles(feed_of(client, q="space", after="1962-03-10"))) == 1


def test_who_has_the_feed_already_gets_nothing_again(client: Client, made: None) -> None:
    first = client.get("/search.atom", {"q": "space"})
    etag, changed = first["ETag"], first["Last-Modified"]

    assert client.get("/search.atom", {"q": "space"}, headers={"if-none-match": etag}).status_code == 304
    assert client.get("/search.atom", {"q": "space"}, headers={"if-modified-since": changed}).status_code == 304
    packed = client.get("/search.atom", {"q": "space"}, headers={"accept-encoding": "gzip"})
    again = {"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    assert client.get("/search.atom", {"q": "space"}, headers=again).status_code == 304


def test_who_has_an_older_feed_gets_the_new_one(
    client: Client, made: None, make_document: MakeDocument, commit: Commit
) -> None:
    etag = client.get("/search.atom", {"q": "space"})["ETag"]
    with commit():
        make_document("d", "Space again.")

    assert client.get("/search.atom", {"q": "space"}, headers={"if-none-match": etag}).status_code == 200


def test_a_feed_without_documents_stays_as_it_is(client: Client, searchable: Collection) -> None:
    first, second = (client.get("/search.atom", {"q": "zebra"}) for _ in range(2))

    assert first.status_code == 200
    assert titles(etree.fromstring(first.content)) == []
    assert first["ETag"] == second["ETag"]


def test_addresses_begin_with_the_one_the_owner_set(
    client: Client, searchable: Collection, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://letters.example.org"
    feed = feed_of(client, q="weather")

    assert link(feed, "self") == "https://letters.example.org/search.atom?q=weather"
    assert (feed.findtext(f"{ATOM}entry/{ATOM}id") or "").startswith("https://letters.example.org/documents/")
