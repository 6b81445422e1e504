"""What no page sends is refused, or taken as far as it can be stored; nothing of it is an error of the archive."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from classroom.identity import COOKIE, SALT
from classroom.models import Assignment, Student
from documents.models import Collection
from tests.classroom.readings import assignment, reading, student, teacher

pytestmark = pytest.mark.django_db

HUGE = "9" * 5000


@pytest.fixture
def ada(space_exchange: Collection, client: Client) -> Student:
    """A student whom the device of the test knows."""
    found, code = student(assignment())
    client.cookies[COOKIE] = signing.dumps({found.assignment.ident: code}, salt=SALT)
    return found


def work(of: Student, rest: str = "") -> str:
    return f"/classroom/classes/{of.assignment.ident}/work/{rest}"


def save(client: Client, of: Student, message: str) -> int:
    return client.post(work(of, "save/"), message, content_type="application/json").status_code


def test_half_a_letter_of_utf_16_is_left_out_and_the_answer_is_kept(ada: Student, client: Client) -> None:
    """A script may send one, as JSON allows; a database cannot hold it."""
    answer = {"item": "open01", "value": {"text": "So \ud83d it is\x00"}, "sequence": 1}
    mark = {"ident": "mark-1", "item": "letter", "passage": "p2", "start": 0, "end": 4, "note": "a\ude80b"}
    sent = {"answers": [answer], "highlights": [mark | {"sequence": 1}]}
    assert save(client, ada, json.dumps(sent)) == 200
    assert ada.answers.get().value == {"text": "So  it is"}
    assert ada.highlights.get().note == "ab"


@pytest.mark.parametrize("ident", ["p2\x00", "p2\ud83d"], ids=["nul", "surrogate"])
def test_a_passage_that_no_database_can_name_is_refused(ada: Student, client: Client, ident: str) -> None:
    mark = {"ident": "mark-1", "item": "letter", "passage": ident, "start": 0, "end": 4, "sequence": 1}
    place = {"item": "point1", "value": {"places": [f"letter#{ident}"]}, "sequence": 1}
    assert save(client, ada, json.dumps({"highlights": [mark]})) == 400
    assert save(client, ada, json.dumps({"answers": [place]})) == 400


def test_numbers_of_thousands_of_digits_are_refused(ada: Student, client: Client) -> None:
    assert save(client, ada, f'{{"deleted": [{{"ident": "mark-1", "sequence": {HUGE}}}]}}') == 400
    assert client.post(work(ada), {"base-choice": "0", "answer-choice": HUGE}).status_code == 200
    assert client.post(work(ada), {"base-open01": HUGE, "answer-open01": "So it is"}).status_code == 302


def test_a_form_in_place_of_json_is_refused(ada: Student, client: Client) -> None:
    """Checking the token of a form reads it, and then it cannot be read again."""
    device = Client(enforce_csrf_checks=True)
    device.cookies = client.cookies
    token = device.get(work(ada, "save/")).json()["token"]
    assert device.post(work(ada, "save/"), {"csrfmiddlewaretoken": token}).status_code == 400


@pytest.mark.parametrize(
    "rest", ["readings/{}%00/", "classes/{}%00/work/", "readings/{}/edit/add/?kind=document&q=%00"]
)
def test_an_address_that_no_database_can_look_up_is_not_found(client: Client, rest: str) -> None:
    client.force_login(teacher())
    assert client.get("/classroom/" + rest.format(reading().ident)).status_code == 404


@pytest.mark.parametrize("to", ["x", "//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_the_way_back_stays_in_the_archive(client: Client, to: str) -> None:
    made: Any = reading()
    client.force_login(teacher())
    response = client.post(f"/classroom/readings/{made.ident}/edit/change/", {"up": "letter", "next": to})
    assert response.headers["Location"].startswith(f"/classroom/readings/{made.ident}/edit/")


@pytest.mark.parametrize("due", ["9999-12-31T23:00", "2999-01-01T00:00"])
def test_no_class_is_due_so_late_that_no_day_is_left_to_delete_it(client: Client, due: str) -> None:
    client.force_login(teacher())
    asked = {"class_name": "History 10b", "opens_at": "", "due_at": due, "scale": ""}
    response = client.post(f"/classroom/readings/{reading().ident}/assign/", asked)
    assert "It is due too late" in response.content.decode()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("opened", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00"])
def test_a_page_that_was_opened_at_no_time_can_be_read_again(ada: Student, client: Client, opened: str) -> None:
    client.force_login(teacher())
    address = f"/classroom/classes/{ada.assignment.ident}/students/{ada.pk}/"
    assert client.post(address, {"looked_at": opened}).status_code == 302
    assert client.get(address).status_code == 200
