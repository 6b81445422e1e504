"""Codes cannot be found by trying, and a class behind one address gets in all the same."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from classroom.models import Attempt, Student
from classroom.throttle import MOST, MOST_OF_ALL
from tests.classroom.readings import assignment, student

JOIN, RETURN = "/classroom/join/", "/classroom/return/"


def attempt(address: str, code: str, remote: str = "192.0.2.1", name: str = "Ada") -> int:
    """The status of the answer to somebody who tries a code."""
    return Client(REMOTE_ADDR=remote).post(address, {"code": code, "name": name}).status_code


def age(**time: float) -> None:
    """Lets time pass."""
    for each in Attempt.objects.all():
        Attempt.objects.filter(pk=each.pk).update(at=each.at - timedelta(**time))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [JOIN, RETURN])
def test_after_more_than_twenty_wrong_codes_an_address_waits_even_with_a_right_one(address: str) -> None:
    history = assignment()
    right = {JOIN: str(history.code), RETURN: student(history, "Bea")[1]}[address]
    assert [attempt(address, f"WRONG{number}") for number in range(MOST + 2)] == [200] * (MOST + 1) + [429]
    assert attempt(address, right) == 429
    assert attempt(address, right, remote="192.0.2.2") == 302
    age(minutes=15)
    assert attempt(address, right, name="Cleo") == 302


@pytest.mark.django_db
def test_whoever_has_a_whole_network_of_ipv6_has_no_more_tries() -> None:
    """A single connection has 2 to the power of 64 addresses."""
    history = assignment()
    for number in range(MOST + 1):
        attempt(JOIN, "WRONG", remote=f"2001:db8:0:1:{number:x}::{number:x}")
    assert attempt(JOIN, str(history.code), remote="2001:db8:0:1::abcd") == 429
    assert attempt(JOIN, str(history.code), remote="2001:db8:0:2::abcd") == 302


@pytest.mark.django_db
def test_the_page_says_when_to_try_again() -> None:
    for number in range(MOST + 1):
        attempt(JOIN, f"WRONG{number}")
    age(minutes=4)
    response = Client(REMOTE_ADDR="192.0.2.1").post(JOIN, {"code": "WRONG", "name": "Ada"})
    assert "Wait 11 minutes" in response.content.decode()
    assert response["Retry-After"] == "660"


@pytest.mark.django_db
def test_a_wrong_code_counts_whatever_the_name() -> None:
    for number in range(MOST + 1):
        attempt(JOIN, f"WRONG{number}", name="")
    assert attempt(JOIN, "WRONG") == 429


@pytest.mark.django_db
def test_a_class_of_sixty_behind_one_address_gets_in_with_some_typos() -> None:
    history = assignment()
    for number in range(60):
        if number % 3 == 0:
            assert attempt(JOIN, f"{history.code}X") == 200
        assert attempt(JOIN, str(history.code), name=f"Student {number}") == 302
    assert history.students.count() == 60


@pytest.mark.django_db
def test_many_wrong_codes_from_everywhere_hold_back_those_that_had_one() -> None:
    history = assignment()
    Attempt.objects.bulk_create(Attempt(address=f"{number}", kind="join") for number in range(MOST_OF_ALL))
    assert attempt(JOIN, "WRONG") == 200
    assert attempt(JOIN, str(history.code)) == 429
    assert attempt(JOIN, str(history.code), remote="192.0.2.2") == 302
    assert attempt(RETURN, "WRONG") == 200


@pytest.mark.django_db
def test_addresses_are_stored_scrambled_and_for_an_hour() -> None:
    attempt(JOIN, "WRONG")
    assert "192.0.2.1" not in str(Attempt.objects.values())
    age(minutes=61)
    attempt(JOIN, "WRONG", remote="192.0.2.2")
    assert Attempt.objects.filter(at__lt=timezone.now() - timedelta(hours=1)).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 302), (2, 429)])
def test_behind_proxies_addresses_are_those_that_the_outermost_of_ours_saw(
    settings: Any, proxies: int, status: int
) -> None:
    settings.PROXIES = proxies
    history = assignment()

    def from_behind(address: str, code: object) -> int:
        headers = {"X-Forwarded-For": f"made-up, 198.51.100.1, {address}"}
        return Client().post(JOIN, {"code": code, "name": "Ada"}, headers=headers).status_code

    for number in range(MOST + 1):
        from_behind("192.0.2.1", f"WRONG{number}")
    assert from_behind("192.0.2.2", history.code) == status


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_name_at_once_are_one_student_and_one_who_is_told() -> None:
    history, barrier, answers = assignment(), Barrier(2), []

    def try_it() -> None:
        barrier.wait()
        try:
            answers.append(attempt(JOIN, str(history.code)))
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]
    assert Student.objects.count() == 1
