"""The front page of the classroom, and what other pages say of it."""

from __future__ import annotations

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.classroom.readings import assignment, reading, student, teacher

pytestmark = pytest.mark.django_db


def front(client: Client) -> str:
    return client.get("/classroom/").content.decode()


def test_visitors_see_public_readings_and_ways_in(client: Client) -> None:
    reading(title="For all", visibility="public")
    reading(title="For teachers", visibility="teachers")
    page = front(client)
    assert "For all" in page
    assert "For teachers" not in page
    for way in ("/classroom/join/", "/classroom/return/", "/classroom/sign-in/", "/classroom/privacy/"):
        assert f'"{way}"' in page


def test_the_front_page_of_the_archive_has_public_readings(client: Client) -> None:
    public = reading(title="For all", visibility="public")
    reading(title="Mine alone")
    page = client.get("/").content.decode()
    assert public.get_absolute_url() in page
    assert "Mine alone" not in page


def test_a_teacher_sees_their_own_classes_with_counts(client: Client) -> None:
    mine, others = assignment(class_name="Mine"), assignment(reading(teacher("hugo")), class_name="Not mine")
    for name in ("Ada", "Bea", "Cleo"):
        student(mine, name)
        student(others, name)
    mine.students.filter(name="Ada").update(submitted_at=timezone.now())
    client.force_login(teacher())
    page = front(client)
    assert "3 joined, 1 handed in" in page
    assert "Not mine" not in page


def test_more_classes_ask_the_database_no_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(7):
        student(assignment(class_name=f"Class {number}"))
    client.force_login(teacher())
    front(client)
    with django_assert_max_num_queries(9):
        front(client)


def test_an_account_that_may_not_teach_is_told_so(client: Client) -> None:
    client.force_login(User.objects.create_user("someone"))
    assert "an administrator can give it the role of a teacher" in front(client)


def test_pages_are_kept_out_of_search_engines_and_files_too(client: Client) -> None:
    assert '<meta name="robots" content="noindex, nofollow">' in front(client)
    mine = assignment()
    client.force_login(teacher())
    response = client.get(f"/classroom/classes/{mine.ident}/export.csv")
    assert response["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", ["", "join/", "return/", "privacy/", "sign-in/"])
def test_pages_are_html_without_a_slip(client: Client, page: str) -> None:
    history = assignment(reading(visibility="public"))
    if page in ("", "privacy/"):
        client.post("/classroom/join/", {"code": history.code, "name": "Ada & <Bea>"})
    html5lib.HTMLParser(strict=True).parse(client.get(f"/classroom/{page}").content.decode())
