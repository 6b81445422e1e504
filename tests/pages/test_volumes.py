"""The pages of whole volumes: contents by division, lists of persons and terms, numbers, and how little they ask."""

from __future__ import annotations

from collections.abc import Callable

import html5lib
import pytest
from django.test import Client

from documents.models import Collection, Division, Document, Person
from tests.pages.parsed import Page
from tests.series import fill

pytestmark = pytest.mark.django_db

#: What a page may weigh, in bytes, before it is packed.
MOST = 200_000


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    assert len(response.content) < MOST, address
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    found = Page(html)
    assert len(found.ids) == len(set(found.ids))
    return found


@pytest.fixture
def volume(db: None) -> Collection:
    """A volume of 700 documents in six chapters of one compilation."""
    return fill(1, 700)[0]


def test_a_short_volume_is_listed_whole_under_its_divisions(client: Client) -> None:
    fill(1, 60)
    found = page(client, "/collections/volume-0/")
    assert "60 documents" in found.text
    for number in range(1, 61):
        assert f"/documents/volume-0-d{number}/" in found.hrefs
    assert found.text.index("Chapter 1: Efforts") < found.text.index("No. 1 ") < found.text.index("Chapter 2: Efforts")
    assert {"division-comp1", "division-ch1", "division-ch6"} <= set(found.ids)


def test_a_long_volume_has_its_divisions_and_each_a_page(client: Client, volume: Collection) -> None:
    found = page(client, "/collections/volume-0/")
    assert "nos. 1–117" in found.around("Chapter 1: Efforts To Reach")
    assert "/documents/volume-0-d1/" not in found.hrefs
    whole = page(client, "/collections/volume-0/divisions/comp1/")
    assert "/collections/volume-0/divisions/ch6/" in whole.hrefs
    chapter = page(client, "/collections/volume-0/divisions/ch2/")
    assert "117 documents · nos. 118–234" in chapter.text
    assert {"/collections/volume-0/divisions/ch1/", "/collections/volume-0/divisions/ch3/"} <= set(chapter.hrefs)


def test_a_volume_that_is_one_compilation_lists_its_documents_at_once(client: Client, volume: Collection) -> None:
    only = Division.objects.get(ident="comp1")
    Document.objects.update(division=only)
    Division.objects.exclude(pk=only.pk).delete()
    first, second = page(client, "/collections/volume-0/"), page(client, "/collections/volume-0/?page=2")
    assert "700 documents" in first.text
    assert "No proposals are marked" not in first.text
    for found, number in ((first, 1), (first, 100), (second, 101)):
        assert f"/documents/volume-0-d{number}/" in found.hrefs


def test_a_memorandum_says_in_the_contents_what_its_subject_is(client: Client) -> None:
    fill(1, 60)
    document = Document.objects.get(slug="volume-0-d8")
    Document.objects.filter(pk=document.pk).update(title="Memorandum of Conversation", kind="conversation")
    document.passages.filter(ident="p1").update(ident="memo-subject-1", text="Air Transport Negotiations")
    assert "Air Transport Negotiations" in page(client, "/collections/volume-0/").around("Memorandum of Conversation")


def test_an_editorial_note_says_in_the_contents_what_it_is_about(client: Client) -> None:
    fill(1, 60)
    words = "7. Editorial Note\nAt a meeting on January 17, 1961, Herter asked Bohlen to\nreport. " + "More. " * 100
    Document.objects.filter(number="7").update(
        kind="editorial-note", title="Editorial Note", reading_text=words, sort_date=None
    )
    around = page(client, "/collections/volume-0/").around("Editorial Note")
    assert "At a meeting on January 17, 1961, Herter asked Bohlen to report. More." in around
    assert "undated" not in around


def test_every_document_is_reached_from_the_contents(client: Client, volume: Collection) -> None:
    reached: set[str] = set()
    for number in range(1, 7):
        for numbered in ("", "?page=2"):
            reached |= set(page(client, f"/collections/volume-0/divisions/ch{number}/{numbered}").hrefs)
    assert {document.get_absolute_url() for document in Document.objects.all()} <= reached


def test_documents_without_a_division_are_listed_too(client: Client, volume: Collection) -> None:
    Document.objects.filter(number="5").update(division=None)
    found = page(client, "/collections/volume-0/")
    assert "Not in any of these" in found.text
    assert "/documents/volume-0-d5/" in found.hrefs


def test_divisions_without_a_public_document_are_not_shown(client: Client, volume: Collection) -> None:
    Document.objects.filter(division__ident="ch3").update(status="draft")
    assert "Chapter 3" not in page(client, "/collections/volume-0/").text
    assert client.get("/collections/volume-0/divisions/ch3/").status_code == 404
    assert client.get("/collections/volume-0/divisions/nothing/").status_code == 404


def test_a_document_says_where_in_the_volume_it_stands(client: Client, volume: Collection) -> None:
    found = page(client, "/documents/volume-0-d118/")
    assert found.links["Western Europe and the Near East"] == "/collections/volume-0/divisions/comp1/"
    assert "/collections/volume-0/divisions/ch2/" in found.hrefs
    assert "/documents/volume-0-d117/" in found.hrefs and "/documents/volume-0-d119/" in found.hrefs


def test_the_lists_of_a_volume_have_an_address_for_every_entry(client: Client, volume: Collection) -> None:
    contents = page(client, "/collections/volume-0/")
    assert contents.links["Persons"] == "/collections/volume-0/persons/"
    persons = page(client, "/collections/volume-0/persons/")
    assert {"p_0", "p_49"} <= set(persons.ids)
    assert persons.links["Adams, Theodore 0"] == "/people/person-0/"
    assert "t_ACDA" in page(client, "/collections/volume-0/terms/").ids


def test_an_entry_is_no_link_while_no_public_document_tells_of_the_person(client: Client, volume: Collection) -> None:
    person = Person.objects.get(slug="person-0")
    person.participations.all().delete()
    persons = page(client, "/collections/volume-0/persons/")
    assert "Adams, Theodore 0" in persons.text
    assert "Adams, Theodore 0" not in persons.links


def test_a_collection_without_lists_has_no_pages_for_them(client: Client, space_exchange: Collection) -> None:
    assert client.get("/collections/space-1962/persons/").status_code == 404
    assert client.get("/collections/space-1962/terms/").status_code == 404


def test_the_lists_of_an_unpublished_volume_are_not_public(client: Client, volume: Collection) -> None:
    Document.objects.update(status="draft")
    for address in ("", "persons/", "terms/", "divisions/ch1/", "5/"):
        assert client.get(f"/collections/volume-0/{address}").status_code == 404


def test_volumes_of_a_series_stand_together(client: Client, space_exchange: Collection) -> None:
    fill(10, 2)
    for address in ("/", "/collections/"):
        found = page(client, address)
        assert "Foreign Relations of the United States, 1949–1951 9 volumes, 18 documents" in found.text
        assert found.links["Volume 1, Western Europe and the Near East"] == "/collections/volume-1/"
        alone = "Foreign Relations of the United States, 1952–1954, Volume 10, Western Europe and the Near East"
        assert found.links[alone] == "/collections/volume-10/"


def test_the_front_page_of_volumes_without_an_exchange_shows_the_volumes(client: Client, volume: Collection) -> None:
    found = page(client, "/")
    assert "/collections/volume-0/" in found.hrefs
    assert "All 700 documents by date" in found.links


def test_the_list_of_documents_is_narrowed(client: Client, space_exchange: Collection, volume: Collection) -> None:
    everything = page(client, "/documents/")
    assert "703 documents" in everything.text
    letters = Document.objects.filter(kind="letter", sort_date__year=1950)
    found = page(client, "/documents/?kind=letter&year=1950&collection=volume-1")
    assert f"{letters.count()} documents" in found.text
    shown = {href for href in found.hrefs if href.startswith("/documents/volume-1-d")}
    assert shown <= {document.get_absolute_url() for document in letters}
    assert len(shown) == 100
    assert "?collection=volume-1&kind=letter&year=1950&page=2" in found.hrefs
    assert "3 documents" in page(client, "/documents/?collection=space-1962").text
    nothing = page(client, "/documents/?collection=space-1962&year=1950")
    assert "Nothing here matches every choice." in nothing.text


@pytest.mark.parametrize("query", ["year=x", "year=1950'", "kind=%00", "collection=nothing", "page=99999&year=9999"])
def test_a_choice_that_is_none_is_passed_over(client: Client, volume: Collection, query: str) -> None:
    assert "700 documents" in page(client, f"/documents/?{query}").text


def test_undated_documents_can_be_chosen(client: Client, volume: Collection) -> None:
    Document.objects.filter(number="7").update(sort_date=None)
    found = page(client, "/documents/?year=undated")
    assert "1 document," in found.text
    assert "/documents/volume-0-d7/" in found.hrefs


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 10),
        ("/documents/", 5),
        ("/documents/?page=3&year=1949", 5),
        ("/collections/", 1),
        ("/collections/volume-0/", 12),
        ("/collections/volume-0/divisions/ch2/", 8),
        ("/collections/volume-0/persons/", 3),
        ("/people/", 6),
        ("/people/?letter=B", 6),
        ("/people/person-0/", 8),
        ("/people/person-1/", 8),
        ("/about/", 2),
        ("/documents/volume-0-d118/", 12),
        ("/id/volume-0/d118", 1),
    ],
)
def test_the_database_is_asked_little(
    client: Client, volume: Collection, django_assert_max_num_queries: Callable, address: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        assert len(client.get(address).content) < MOST
