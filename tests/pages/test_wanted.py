"""What is cited and not there: the list by how many documents cite it, its filters, and the table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import html5lib
import pytest
from django.test import Client

from documents.models import Collection, Document, Reference
from tests.citations import add_citing
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

VOLUME = "frus1961-63v11"
Queries = Callable[[int], object]


def page(client: Client, query: str = "") -> Page:
    response = client.get(f"/wanted/{query}")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    return Page(response.content.decode())


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/wanted.csv{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_an_archive_that_wants_nothing_says_so(client: Client) -> None:
    found = page(client)
    assert "Everything that the documents here cite is in the archive." in found.text
    assert table(client) == []


def test_it_leads_from_every_page(client: Client) -> None:
    assert Page(client.get("/").content.decode()).links["Wanted documents"] == "/wanted/"


def test_the_most_cited_come_first_with_what_they_are_and_where_to_read_them(client: Client) -> None:
    add_citing(f"{VOLUME}/d5", 2)
    rows = add_citing(f"{VOLUME}/d6", 5)
    found = page(client)
    title = "Foreign Relations of the United States, 1961–1963, volume XI, document"
    assert "2 wanted" in found.text
    assert found.text.index(f"5 documents {title} 6") < found.text.index(f"2 documents {title} 5")
    assert f"https://history.state.gov/historicaldocuments/{VOLUME}/d6" in found.hrefs
    assert f"Cited in {rows[0].title}, " in found.text
    assert " and 2 more" in found.text
    assert found.links[f"{rows[2].title}, {rows[2].dates.get()}"] == f"/documents/{rows[2].slug}/"


def test_documents_without_a_date_that_cite_are_told_apart_by_number(client: Client) -> None:
    rows = add_citing(f"{VOLUME}/d5", 2)
    for row, number in zip(rows, "78", strict=True):
        row.dates.all().delete()
        Document.objects.filter(pk=row.pk).update(title="Editorial Note", short_title="", number=number)
    assert "Cited in Editorial Note, no. 7; Editorial Note, no. 8" in page(client).text


def test_notes_of_a_document_and_the_document_are_one_thing(client: Client) -> None:
    add_citing(f"{VOLUME}/d5", 2)
    add_citing(f"{VOLUME}/d5", 1, "fn2")
    assert "1 wanted" in page(client).text
    assert "3 documents Foreign" in page(client).text


def test_a_document_that_cites_the_same_thing_twice_counts_once(client: Client) -> None:
    row = add_citing(f"{VOLUME}/d5", 1)[0]
    Reference.objects.create(document=row, ident="p1", words="again", target=f"{VOLUME}/d5", origin="found")
    assert "1 document Foreign" in page(client).text


def test_an_editor_names_what_is_wanted(client: Client, space_exchange: Collection) -> None:
    text = page(client).text
    assert "Resolution 1721 (XVI), International co-operation in the peaceful uses of outer space" in text
    assert "un-ga-res/1721-xvi" in text


def test_what_has_no_known_form_goes_by_the_words_that_cite_it(client: Client) -> None:
    add_citing("the-lost-letter", 1)
    row = Reference.objects.get()
    Reference.objects.filter(pk=row.pk).update(words="my lost letter")
    assert "my lost letter the-lost-letter Cited in" in page(client).text


def test_only_what_is_cited_in_public_and_missing_is_wanted(client: Client, space_exchange: Collection) -> None:
    before = page(client).text
    add_citing("nsam-999", 2, status="draft")
    add_citing("https://www.example.org/treaty", 1)
    add_citing("space-1962", 1)
    add_citing(Document.objects.get(slug="nsam-129"), 1)
    Reference.objects.create(
        document=Document.objects.get(slug="nsam-129"), ident="p1", words="space", target="", origin="listed"
    )
    assert page(client).text == before


def test_a_document_that_is_withdrawn_is_wanted_again(client: Client, space_exchange: Collection) -> None:
    nsam = Document.objects.get(slug="nsam-129")
    add_citing(nsam, 1)
    assert "No. 129" not in page(client).text
    Document.objects.filter(pk=nsam.pk).update(status="draft", title="Hushhush", short_title="Hushhush")
    text = page(client).text
    assert "National Security Action Memorandum No. 129" in text
    assert "Hushhush" not in text


def test_the_list_is_narrowed_by_collection_and_by_kind(client: Client, space_exchange: Collection) -> None:
    add_citing(f"{VOLUME}/d5", 2)
    add_citing("nsam-130", 1)
    add_citing("un-ga-res/1721-xvi", 1)
    found = page(client)
    for choice in ("Those that cite (3)", "National security policy papers (1)", "Telegrams"):
        assert (choice in found.text) == (choice != "Telegrams")
    assert "1 wanted" in page(client, "?kind=policy").text
    narrowed = page(client, "?collection=citing&kind=resolutions")
    assert "1 wanted" in narrowed.text
    assert "1 document United Nations" in narrowed.text
    assert "Nothing here matches every choice." in page(client, "?collection=citing&kind=papers").text
    assert "?collection=citing&kind=resolutions" in [href.removeprefix("/wanted.csv") for href in narrowed.hrefs]
    assert page(client, "?kind=nonsense&page=nonsense").text == found.text


def test_a_long_list_has_pages(client: Client) -> None:
    for number in range(60):
        add_citing(f"{VOLUME}/d{number}", 1)
    assert "?page=2" in page(client).hrefs
    assert page(client, "?page=2").text.count("Cited in Memorandum") == 10


def test_the_table_has_all_with_everyone_who_cites_it(client: Client, space_exchange: Collection) -> None:
    rows = add_citing(f"{VOLUME}/d5", 5)
    found = table(client)
    assert found[0] == {
        "identifier": f"{VOLUME}/d5",
        "kind": "Documents of Foreign Relations",
        "title": "Foreign Relations of the United States, 1961–1963, volume XI, document 5",
        "documents": "5",
        "url": f"https://history.state.gov/historicaldocuments/{VOLUME}/d5",
        "cited_by": " ".join(sorted(f"http://testserver/documents/{row.slug}/" for row in rows)),
    }
    assert len(found) > 5
    assert len(table(client, "?collection=citing&kind=documents")) == 1


def test_a_cell_of_the_table_is_no_formula(client: Client) -> None:
    add_citing("=cmd", 1)
    assert table(client)[0]["identifier"] == "'=cmd"


def test_thousands_cost_no_more_queries(client: Client, django_assert_max_num_queries: Queries) -> None:
    rows = add_citing(f"{VOLUME}/d1", 200)
    Reference.objects.bulk_create(
        Reference(document=row, ident="p1", words="x", target=f"{VOLUME}/d{row.pk % 1000 + number}", origin="found")
        for row in rows
        for number in range(2, 22)
    )
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        assert client.get("/wanted/?page=2").status_code == 200


@pytest.mark.parametrize("name", ["collection", "kind"])
def test_what_no_text_can_have_narrows_nothing(client: Client, name: str) -> None:
    add_citing("nsam-777", 1)
    assert [row["identifier"] for row in table(client, f"?{name}=%00")] == ["nsam-777"]
