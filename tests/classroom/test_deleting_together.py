"""A class is deleted while its students save: it is gone with all that they wrote, and nobody sees an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.core import signing
from django.db import connections
from django.test import Client
from django.utils import timezone

from classroom.identity import COOKIE, SALT
from classroom.keeping import purge
from classroom.models import Answer, Assignment, Highlight, Student
from documents.models import Collection
from tests.classroom.readings import assignment, student, teacher

pytestmark = pytest.mark.django_db(transaction=True)


def the_teacher_deletes_it(of: Assignment) -> None:
    client = Client()
    client.force_login(teacher())
    assert client.post(f"/classroom/classes/{of.ident}/delete/").status_code == 302


def it_is_purged(of: Assignment) -> None:
    Assignment.objects.update(purge_on=timezone.localdate())
    assert purge() == 1


def the_teacher_deletes_each_student(of: Assignment) -> None:
    client = Client()
    client.force_login(teacher())
    for key in of.students.values_list("pk", flat=True):
        assert client.post(f"/classroom/classes/{of.ident}/students/{key}/delete/").status_code == 302


@pytest.mark.parametrize("delete", [the_teacher_deletes_it, it_is_purged, the_teacher_deletes_each_student])
def test_nothing_is_left_and_nothing_fails(space_exchange: Collection, delete: Callable[[Assignment], None]) -> None:
    of = assignment()
    students = [student(of, f"Student {number}") for number in range(20)]
    begun, done, seen, errors = Barrier(3), Event(), set[int](), list[Exception]()

    def save(some: list[tuple[Student, str]]) -> None:
        devices = [device(of, code) for _, code in some]
        for number in range(1, 1000):
            seen.update(send(each, of, number) for each in devices)
            if number == 1:
                begun.wait()
            if done.is_set():
                return

    threads = [Thread(target=kept(save, errors), args=(students[at::2],)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    try:
        begun.wait()
        delete(of)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert errors == []
    assert seen <= {200, 403}
    assert [each.objects.count() for each in (Student, Answer, Highlight)] == [0, 0, 0]


def kept(run: Callable[..., None], errors: list[Exception]) -> Callable[..., None]:
    """Runs in a thread, keeps what goes wrong and leaves no connection open."""

    def running(*args: Any) -> None:
        try:
            run(*args)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    return running


def device(of: Assignment, code: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = signing.dumps({of.ident: code}, salt=SALT)
    return client


def send(client: Client, of: Assignment, sequence: int) -> int:
    answers = [
        {"item": "open01", "value": {"text": f"Because {sequence}"}, "sequence": sequence},
        {"item": "choice", "value": {"chosen": [0]}, "sequence": sequence},
    ]
    message = json.dumps({"answers": answers})
    address = f"/classroom/classes/{of.ident}/work/save/"
    return client.post(address, message, content_type="application/json").status_code
