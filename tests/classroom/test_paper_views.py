"""Who may print a reading or take it along, and what they get."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classroom.identity import COOKIE, SALT
from classroom.models import Reading
from documents.models import Collection
from tests.classroom.readings import assignment, reading, student, teacher

pytestmark = pytest.mark.django_db
FORMS = ["handout", "reading_epub"]
OF_CLASS = ["class_handout", "class_epub"]


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(teacher(name))
    return client


def device(ident: str, return_code: str) -> Client:
    """A device that knows a class by this address with this code."""
    client = Client()
    client.cookies[COOKIE] = signing.dumps({ident: return_code}, salt=SALT)
    return client


def statuses(client: Client, name: str, ident: str) -> list[int]:
    """Of the version for students, and of that for teachers."""
    address = reverse(name, args=[ident])
    return [client.get(address).status_code, client.get(f"{address}?for=teacher").status_code]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        ("private", [[404, 404], [404, 404], [200, 200]]),
        ("teachers", [[404, 404], [200, 200], [200, 200]]),
        ("public", [[200, 404], [200, 200], [200, 200]]),
    ],
)
def test_readings_are_printed_for_who_may_see_them(
    space_exchange: Collection, name: str, visibility: str, expected: list[list[int]]
) -> None:
    ident = reading(visibility=Reading.Visibility(visibility)).ident
    clients = [Client(), signed_in("other"), signed_in("ruth")]
    assert [statuses(client, name, ident) for client in clients] == expected


@pytest.mark.parametrize("name", OF_CLASS)
def test_a_class_is_printed_for_its_students_and_its_teacher(space_exchange: Collection, name: str) -> None:
    given, other = assignment(), assignment(class_name="History 10c")
    own, foreign = student(given)[1], student(other)[1]
    assert statuses(device(given.ident, own), name, given.ident) == [200, 404]
    assert statuses(signed_in("ruth"), name, given.ident) == [200, 200]
    strangers = [Client(), signed_in("other"), device(other.ident, foreign), device(given.ident, foreign)]
    assert [statuses(client, name, given.ident) for client in strangers] == [[404, 404]] * 4


def test_students_print_nothing_before_their_class_opens(space_exchange: Collection) -> None:
    given = assignment(opens_at=timezone.now() + timedelta(days=1))
    assert statuses(device(given.ident, student(given)[1]), "class_handout", given.ident) == [404, 404]
    assert statuses(signed_in("ruth"), "class_handout", given.ident) == [200, 200]


def test_files_have_names_and_are_kept_nowhere(space_exchange: Collection) -> None:
    ident = reading(visibility=Reading.Visibility.PUBLIC).ident
    answer = Client().get(reverse("handout", args=[ident]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="a-letter-and-its-answer.pdf"'
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    book = signed_in("ruth").get(reverse("reading_epub", args=[ident]) + "?for=teacher")
    assert book["Content-Type"] == "application/epub+zip"
    assert book["Content-Disposition"] == 'attachment; filename="a-letter-and-its-answer-teacher.epub"'
