"""The front page, and the pages that say what went wrong."""

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from documents.models import Collection, Document
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db


def test_it_shows_the_exchange_as_a_timeline(client: Client, space_exchange: Collection) -> None:
    text = Page(client.get("/").content.decode()).text
    moments = [
        "[23 February 1962] NSAM 129 Written, date supplied",
        "7 March 1962 Kennedy to Khrushchev, 7 March 1962 Written",
        "18 March 1962 Kennedy to Khrushchev, 7 March 1962 Released",
        "20 March 1962 Khrushchev to Kennedy, 20 March 1962 Written in answer, 13 days later",
    ]
    places = [text.index(moment) for moment in moments]
    assert places == sorted(places)


def test_it_leads_to_every_document_and_to_the_exchange(client: Client, space_exchange: Collection) -> None:
    found = Page(client.get("/").content.decode())
    assert {document.get_absolute_url() for document in Document.objects.all()} <= set(found.hrefs)
    assert "/collections/space-1962/exchange/" in found.hrefs
    assert "8 proposals" in found.text


def test_the_collection_shown_in_full_is_not_among_the_others(client: Client, space_exchange: Collection) -> None:
    other = Collection.objects.create(title="Letters about the moon", slug="moon", position=9)
    Document.objects.create(collection=other, slug="moon-1", title="A letter", status=Document.Status.PUBLISHED)
    others = client.get("/").content.decode().split(">Other collections<")[1]
    assert "Letters about the moon" in others
    assert "Cooperation in space" not in others


def test_it_opens_with_a_proposal_and_its_answer(client: Client, space_exchange: Collection) -> None:
    text = Page(client.get("/").content.decode()).text
    assert "each launch a satellite to photograph cloud cover" in text
    assert "Accepted Let us also cooperate in this field." in text


def test_it_is_html_without_a_slip(client: Client, space_exchange: Collection) -> None:
    html5lib.HTMLParser(strict=True).parse(client.get("/").content.decode())


def test_it_asks_the_database_little(
    client: Client, space_exchange: Collection, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(11):
        client.get("/")


def test_an_empty_archive_says_how_to_add_the_first_document(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    text = Page(response.content.decode()).text
    assert "There are no documents here yet" in text
    assert "To add the first one" in text


def test_drafts_are_nowhere(client: Client, space_exchange: Collection) -> None:
    Document.objects.filter(slug="khrushchev-1962-03-20").update(status="draft")
    assert "khrushchev-1962-03-20" not in client.get("/").content.decode()
    Document.objects.update(status="draft")
    assert "There are no documents here yet" in client.get("/").content.decode()


def test_a_missing_page_offers_a_search(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    html = response.content.decode()
    assert 'action="/search/"' in html
    assert "/documents/" in Page(html).hrefs


@pytest.mark.parametrize("name", ["400", "403_csrf", "500"])
def test_pages_of_last_resort_need_no_database(name: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        html = render_to_string(f"{name}.html")
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_host_that_is_not_ours_is_refused_in_words(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "ALLOWED_HOSTS" in response.content.decode()
