"""Lists: documents, a collection, people, organizations, topics; and the page about the edition."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from documents.models import Collection, Document, Organization, Person, Topic
from tests.exchanges import SECRET, add_draft, grow
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db

LISTS = ["/documents/", "/collections/", "/people/", "/topics/", "/about/"]


def in_order(page: str, *words: str) -> bool:
    places = [page.index(each) for each in words]
    return places == sorted(places)


def test_documents_are_listed_by_date_with_those_who_wrote_and_received_them(read: Read) -> None:
    page = read("/documents/")
    main = page[page.index("<main") :]
    assert in_order(main, "[23 February 1962]", "NSAM 129", "Kennedy to Khrushchev", "Khrushchev to Kennedy")
    assert 'from <a href="/people/mcgeorge-bundy/">McGeorge Bundy</a> to <a href="/people/dean-rusk/">' in page
    assert 'id="year-1962"' in page


def test_a_long_list_of_documents_has_pages(client: Client, space_exchange: Collection) -> None:
    grow(space_exchange, letters=1)
    Document.objects.bulk_create(
        Document(collection=space_exchange, slug=f"d{number}", title=f"Document {number}", status="published")
        for number in range(101)
    )
    first, second = client.get("/documents/"), client.get("/documents/?page=2")
    assert b'href="?page=2"' in first.content and b'aria-current="page"' in first.content
    assert b"Undated" in second.content
    assert client.get("/documents/?page=nonsense").status_code == 200


def test_a_collection_lists_its_documents_and_how_its_proposals_stand(read: Read) -> None:
    page = read("/collections/space-1962/")
    assert "3 documents · 19 proposals · 9 answers" in page
    tally = dict(re.findall(r'state=([\w-]+)"><span class="tally-count">(\d+)', page))
    assert tally == {"accepts": "5", "recasts": "1", "takes-up": "1", "carries-out": "2", "new": "3", "unanswered": "2"}
    assert 'href="/documents/kennedy-1962-03-07/beside/khrushchev-1962-03-20/"' in page
    assert 'href="/documents/nsam-129/beside/kennedy-1962-03-07/"' in page
    assert 'href="/collections/space-1962/exchange/"' in page


def test_people_are_listed_by_surname_with_what_they_did(read: Read) -> None:
    page = read("/people/")
    assert in_order(page, "Battle, Lucius D.", "Bundy, McGeorge", "Khrushchev, Nikita S.", "Webb, James E.")
    kennedy = page[page.index("Kennedy, John F.") :][:600]
    assert "1 sent" in kennedy and "1 received" in kennedy and "mentioned in 1 document<" in kennedy
    assert "(NASA)" in page


def test_every_person_organization_and_topic_of_the_collection_has_a_page(read: Read) -> None:
    for row in (*Person.objects.all(), *Organization.objects.all(), *Topic.objects.all()):
        assert row.name.replace("'", "&#x27;") in read(row.get_absolute_url())


def test_a_person_has_letters_sent_and_received_and_places_where_they_are_mentioned(read: Read) -> None:
    page = read("/people/john-f-kennedy/")
    assert in_order(page, ">Sent<", "Kennedy to Khrushchev", ">Received<", "Khrushchev to Kennedy", ">Mentioned<")
    assert "President of the United States" in page and "1917–1963" in page
    assert "“President John F Kennedy”" in page
    assert 'href="/documents/nsam-129/#p1"' in page
    assert "<b>The President</b> has responded" in page


def test_someone_named_only_in_a_note_is_found_there(read: Read) -> None:
    assert 'href="/documents/nsam-129/#fn3"' in read("/people/george-c-mcghee/")


def test_an_organization_has_the_copies_it_received(read: Read) -> None:
    page = read("/organizations/nasa/")
    assert in_order(page, "Copies received", "NSAM 129", "Mentioned")


def test_topics_are_listed_in_the_order_of_the_table(read: Read) -> None:
    page = read("/topics/")
    assert in_order(page, "Weather satellites", "Communications satellites", "How to proceed")
    assert "2 proposals in 2 documents" in page


def test_a_topic_has_its_proposals_across_documents_with_what_became_of_them(read: Read) -> None:
    page = read("/topics/tracking/")
    assert in_order(page, "Tracking stations for each other", "Recast by", "Observing flights", "Recasts")
    assert 'href="/documents/kennedy-1962-03-07/#proposal-k2"' in page
    assert 'href="/collections/space-1962/exchange/?topic=tracking"' in page


def test_the_page_about_the_edition_explains_the_marks_and_names_every_source(read: Read) -> None:
    page = read("/about/")
    for mark in (
        "passage-number",
        "note-marker",
        "page-break",
        "correction",
        "reference wanted",
        "reference outward",
        "gap",
        "proposal-words",
    ):
        assert f'class="{mark}"' in page, mark
    for document in Document.objects.all():
        assert document.publication in page
    assert "4 corrections" in page
    assert 'href="/documents/nsam-129/source/"' in page


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_archive_says_what_to_do(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert b'class="empty"' in response.content


@pytest.mark.parametrize(
    "address", ["/people/nobody/", "/organizations/nothing/", "/topics/nothing/", "/collections/nothing/"]
)
def test_what_does_not_exist_is_not_found(client: Client, space_exchange: Collection, address: str) -> None:
    assert client.get(address).status_code == 404


def test_drafts_stay_hidden(read: Read, client: Client, space_exchange: Collection) -> None:
    before = {address: read(address) for address in [*LISTS, "/collections/space-1962/", "/people/john-f-kennedy/"]}
    add_draft(space_exchange)
    for address, page in before.items():
        assert read(address) == page, address
        assert SECRET not in page
    for address in ("/people/hushhush/", "/organizations/hushhush/", "/topics/hushhush/"):
        assert client.get(address).status_code == 404, address


def test_someone_of_withdrawn_documents_only_disappears(read: Read, client: Client) -> None:
    Document.objects.filter(slug="nsam-129").update(status="draft")
    assert "Bundy" not in read("/people/")
    assert client.get("/people/mcgeorge-bundy/").status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/documents/", 5),
        ("/collections/space-1962/", 12),
        ("/people/", 6),
        ("/people/john-f-kennedy/", 6),
        ("/topics/", 1),
        ("/topics/weather/", 9),
        ("/about/", 2),
    ],
)
def test_queries_do_not_grow_with_the_archive(
    client: Client, space_exchange: Collection, django_assert_max_num_queries: Callable, address: str, most: int
) -> None:
    grow(space_exchange)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
