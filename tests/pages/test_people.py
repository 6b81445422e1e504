"""The index of people and the page of someone, when there are thousands of names and of letters."""

from __future__ import annotations

import html5lib
import pytest
from django.test import Client

from documents.models import Organization, Participation, Person
from tests.pages.parsed import Page
from tests.series import fill

pytestmark = pytest.mark.django_db

MOST = 200_000


@pytest.fixture(autouse=True)
def _many(db: None) -> None:
    """Seven hundred names, one of whom wrote every third of 700 documents."""
    fill(1, 700, people=700)


def page(client: Client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200, address
    assert len(response.content) < MOST
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    return Page(html)


def test_a_long_index_goes_letter_by_letter(client: Client) -> None:
    first = page(client, "/people/")
    assert "Adams, Theodore 0" in first.text and "Ball, Theodore" not in first.text
    letters = [href for href in first.hrefs if "letter=" in href]
    assert [href[-1] for href in letters] == list("ABCDEFGHIJK")
    second = page(client, "/people/" + letters[1].replace("&amp;", "&"))
    assert "Ball, Theodore" in second.text and "Adams" not in second.text


def test_every_name_is_reached_by_its_letter(client: Client) -> None:
    met = set(Person.objects.filter(participations__isnull=False).values_list("slug", flat=True))
    reached: set[str] = set()
    for letter in "ABCDEFGHIJK":
        reached |= set(page(client, f"/people/?letter={letter}").hrefs)
    assert {f"/people/{slug}/" for slug in met} <= reached


def test_names_are_found_by_their_parts(client: Client) -> None:
    found = page(client, "/people/?name=theodore+0+ada")
    assert "Adams, Theodore 0" in found.text
    assert "Ball" not in found.text
    assert "Nobody of this name" in page(client, "/people/?name=zzz").text
    assert client.get("/people/?name=%00").status_code == 200
    assert client.get("/people/?letter=%00&page=x&kind=nothing").status_code == 200


def test_organizations_have_an_index_of_their_own(client: Client) -> None:
    organization = Organization.objects.create(slug="nato", name="North Atlantic Treaty Organization")
    Participation.objects.filter(pk=Participation.objects.filter(role="to").first().pk).update(
        organization=organization
    )
    assert "North Atlantic Treaty Organization" in page(client, "/people/?kind=organizations").text


def test_someone_with_many_letters_has_them_by_year_in_pages(client: Client) -> None:
    sent = Participation.objects.filter(person__slug="person-0", role="from").count()
    first = page(client, "/people/person-0/")
    assert f"Sent {sent}" in first.text
    shown = [href for href in first.hrefs if href.startswith("/documents/volume")]
    assert len(shown) == 100
    year = page(client, "/people/person-0/?part=from&year=1950")
    dated = Participation.objects.filter(person__slug="person-0", role="from", document__sort_date__year=1950)
    listed = [href for href in year.hrefs if href.startswith("/documents/volume")]
    assert len(listed) == min(100, dated.count())
    assert set(listed) <= {part.document.get_absolute_url() for part in dated}
    assert any("year=1950&page=2" in href for href in year.hrefs)


def test_every_letter_of_someone_is_reached(client: Client) -> None:
    reached: set[str] = set()
    for number in (1, 2, 3):
        reached |= set(page(client, f"/people/person-0/?part=from&page={number}").hrefs)
    sent = Participation.objects.filter(person__slug="person-0", role="from")
    assert {part.document.get_absolute_url() for part in sent} <= reached


def test_someone_is_found_in_the_lists_of_volumes(client: Client) -> None:
    found = page(client, "/people/person-0/")
    assert "Adams, Theodore 0, Counselor of the Embassy" in found.text
    assert "/collections/volume-0/persons/#p_0" in found.hrefs
