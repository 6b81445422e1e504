"""Students get in with a code and a name, come back with a code of their own, and leave a device."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from classroom.codes import read_code
from classroom.identity import COOKIE, code_hash
from classroom.joining import NameRefused, read_name
from classroom.models import Assignment, Student
from tests.classroom.readings import assignment, student
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db


def join(client: Client, of: Assignment, name: str = "Ada") -> str:
    """The page after joining, or the form with what was wrong."""
    return client.post("/classroom/join/", {"code": of.code, "name": name}, follow=True).content.decode()


def return_code(of: Assignment, page: str) -> str:
    """The return code that a page shows."""
    codes = [word for word in page.replace("<", " ").replace(">", " ").split() if "-" in word and len(word) == 11]
    return next(code for code in codes if of.students.filter(return_code=code_hash(read_code(code))).exists())


def test_who_joins_is_told_a_return_code_that_is_not_stored(client: Client) -> None:
    history = assignment()
    code = return_code(history, join(client, history))
    assert Student.objects.get().name == "Ada"
    assert read_code(code) not in str(Student.objects.values())
    assert not Session.objects.exists()
    assert set(client.cookies) == {COOKIE}


def test_the_cookie_is_not_for_scripts_and_travels_encrypted_where_pages_do(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    join(client, assignment())
    cookie = client.cookies[COOKIE]
    assert (bool(cookie["httponly"]), bool(cookie["secure"]), cookie["samesite"]) == (True, True, "Lax")


def test_the_code_in_a_link_only_fills_in_the_form(client: Client) -> None:
    history = assignment()
    right, wrong = (Page(client.get(f"/classroom/join/{code}/").content.decode()) for code in (history.code, "WWWWWW"))
    assert right.text == wrong.text
    assert f'value="{history.code}"' in client.get(f"/classroom/join/{history.code}/").content.decode()
    assert not Student.objects.exists()


def test_small_letters_spaces_and_strokes_in_a_code_do_no_harm(client: Client) -> None:
    join(client, assignment(code="CDFGHJ"))
    Client().post("/classroom/join/", {"code": " cdf-ghj ", "name": "Bea"})
    assert Student.objects.count() == 2


def test_a_return_code_leads_back_on_another_device(client: Client) -> None:
    history = assignment()
    code = return_code(history, join(client, history))
    other = Client()
    response = other.post("/classroom/return/", {"code": code.lower()})
    assert response["Location"] == f"/classroom/classes/{history.ident}/work/"
    assert "History 10b as Ada" in other.get("/classroom/").content.decode()


def test_a_name_is_one_of_its_own_in_a_class(client: Client) -> None:
    history = assignment()
    student(history, "Ada")
    student(history, "ada 2")
    assert "perhaps with the first letter of your last name, or “ADA 3”" in join(client, history, " ADA ")
    assert history.students.count() == 2
    assert "You are in, ADA" in join(client, assignment(class_name="Another"), "ADA")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Ada \t Lovelace ", "Ada Lovelace"),
        ("A\u202eda\x00", "Ada"),
        ("Zoe\u0308", "Zoë"),
        ("مهدی\u200cیار", "مهدی\u200cیار"),
        ("😀", "😀"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_stored_as_it_is_seen(typed: str, read: str) -> None:
    assert read_name(typed) == read


@pytest.mark.parametrize("typed", ["", " \u200b ", "\u200d", "\x00", "\u0301", "x" * 61])
def test_a_name_that_nobody_sees_or_that_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(NameRefused):
        read_name(typed)


def test_codes_that_are_over_and_classes_that_are_closed_say_so(client: Client) -> None:
    now = timezone.now()
    over = assignment(code_expires_at=now - timedelta(hours=1))
    early = assignment(opens_at=now + timedelta(days=2))
    closed = assignment(due_at=now - timedelta(days=2), takes_late_work=False)
    assert "can no longer be used to join" in join(client, over)
    assert f"{now + timedelta(days=2):%-d %B %Y}" in join(client, early)
    assert "This class is closed" in join(client, closed)
    assert not Student.objects.exists()


def test_a_device_that_is_in_a_class_joins_it_once_until_it_leaves(client: Client) -> None:
    history = assignment()
    join(client, history)
    assert "already in this class, as Ada" in join(client, history, "Bea")
    client.post("/classroom/leave/", {"class": history.ident})
    assert "as Ada" not in client.get("/classroom/").content.decode()
    join(client, history, "Bea")
    assert set(history.students.values_list("name", flat=True)) == {"Ada", "Bea"}


def test_leaving_one_class_keeps_the_others(client: Client) -> None:
    one, other = assignment(class_name="One"), assignment(class_name="Other")
    for each in (one, other):
        join(client, each)
    client.post("/classroom/leave/", {"class": one.ident})
    front = client.get("/classroom/").content.decode()
    assert "Other as Ada" in front
    assert "One as Ada" not in front


def test_a_cookie_that_was_not_signed_here_knows_nobody(client: Client) -> None:
    history = assignment()
    join(client, history)
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-1] + "x"
    assert "as Ada" not in client.get("/classroom/").content.decode()
