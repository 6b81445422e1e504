"""A reading as a whole: who may look at it and change it, and how it is shared, copied, deleted and brought back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from classroom.models import Reading
from documents.models import Collection
from tests.classroom.readings import assignment, reading, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _exchange(space_exchange: Collection) -> None:
    """Every test has the space exchange."""


@pytest.fixture
def ruth(client: Client) -> Client:
    client.force_login(teacher())
    return client


def at(stored: Reading, rest: str = "") -> str:
    return f"/classroom/readings/{stored.ident}/{rest}"


def test_a_deleted_reading_comes_back_with_its_classes(ruth: Client) -> None:
    stored = reading(visibility="teachers")
    given = assignment(stored)
    ruth.post(at(stored, "delete/"))
    assert not Reading.objects.filter(pk=stored.pk).exists()
    given.refresh_from_db()
    assert given.reading is None
    assert "was deleted" in ruth.get("/classroom/readings/").content.decode()
    assert ruth.post("/classroom/readings/restore/")["Location"] == at(stored)
    given.refresh_from_db()
    assert given.reading.ident == stored.ident
    assert given.reading.content == stored.content
    assert ruth.post("/classroom/readings/restore/")["Location"] == "/classroom/readings/"


def test_a_shared_reading_is_copied_with_its_answers_and_stays_as_it_is(ruth: Client) -> None:
    shared = reading(teacher("otto"), visibility="teachers")
    assert "Because of Glenn" in ruth.get(at(shared)).content.decode()
    made = ruth.post(at(shared, "copy/"))
    copy = Reading.objects.get(owner=teacher())
    assert made["Location"] == at(copy, "edit/")
    assert copy.content == shared.content
    assert (copy.visibility, copy.copied_from) == ("private", shared)
    ruth.post(at(copy, "edit/change/"), {"delete": "letter"})
    shared.refresh_from_db()
    assert shared.content.item("letter")


def test_a_public_reading_shows_visitors_no_answer(client: Client) -> None:
    public = reading(visibility="public")
    html = client.get(at(public)).content.decode()
    assert "Why now?" in html
    assert "A base on the moon" in html
    for secret in ("Because of Glenn", "Correct", "question-answer", "csrfmiddlewaretoken", "ruth", "noindex"):
        assert secret not in html


def test_only_publishers_let_everybody_see_a_reading(ruth: Client) -> None:
    stored = reading()
    ruth.post(at(stored, "share/"), {"visibility": "public"})
    assert Reading.objects.get(pk=stored.pk).visibility == "private"
    ruth.post(at(stored, "share/"), {"visibility": "teachers"})
    assert Reading.objects.get(pk=stored.pk).visibility == "teachers"
    teacher().groups.add(Group.objects.get(name="Publishers"))
    ruth.post(at(stored, "share/"), {"visibility": "public"})
    assert Reading.objects.get(pk=stored.pk).visibility == "public"


#: Who asks, and what a page answers: one's own reading, another's, a shared one, a public one, the list, a new one.
SEEN = {
    "visitor": (404, 404, 404, 200, 200, 302),
    "student": (404, 404, 404, 200, 200, 302),
    "teacher": (200, 404, 200, 200, 200, 200),
    "editor": (404, 404, 200, 200, 200, 200),
    "administrator": (404, 404, 200, 200, 200, 200),
    "superuser": (404, 404, 200, 200, 200, 200),
    "account": (404, 404, 404, 200, 200, 403),
}
#: What only the owner may do.
CHANGES = ("edit/", "edit/change/", "edit/add/", "edit/items/letter/", "share/", "delete/")


def sign_in(client: Client, role: str) -> None:
    if role in ("visitor", "student"):
        return
    if role == "teacher":
        user = teacher()
    elif role == "superuser":
        user = User.objects.create_superuser("super")
    else:
        user = User.objects.create_user(role)
        user.groups.add(*Group.objects.filter(name=f"{role.capitalize()}s"))
    client.force_login(user)


@pytest.mark.parametrize("role", SEEN)
def test_who_may_look(client: Client, role: str) -> None:
    own, others = reading(), reading(teacher("otto"))
    shared, public = (reading(teacher("otto"), visibility=each) for each in ("teachers", "public"))
    sign_in(client, role)
    addresses = [
        *(at(each) for each in (own, others, shared, public)),
        "/classroom/readings/",
        "/classroom/readings/new/",
    ]
    assert tuple(client.get(each).status_code for each in addresses) == SEEN[role]


@pytest.mark.parametrize("role", SEEN)
def test_nobody_changes_the_reading_of_another(client: Client, role: str) -> None:
    stored = reading(teacher("otto"), visibility="public")
    before = Reading.objects.values().get(pk=stored.pk)
    sign_in(client, role)
    expected = {"visitor": 302, "student": 302, "account": 403}.get(role, 404)
    for rest in CHANGES:
        answer = client.post(at(stored, rest), {"delete": "letter", "title": "Mine now", "visibility": "private"})
        assert answer.status_code == expected, rest
        if expected == 302:
            assert answer["Location"].startswith("/classroom/sign-in/?next=")
    assert Reading.objects.values().get(pk=stored.pk) == before


def test_a_copy_needs_a_reading_that_one_may_see(ruth: Client) -> None:
    assert ruth.post(at(reading(teacher("otto")), "copy/")).status_code == 404
    assert ruth.get(at(reading(), "copy/")).status_code == 405
