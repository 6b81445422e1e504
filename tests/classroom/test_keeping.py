"""Classes are deleted when their day has come, by command and by themselves, and nothing of their students is left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from archive import preparation
from classroom.identity import code_hash
from classroom.keeping import purge_day, purge_once_a_day
from classroom.models import Answer, Assignment, Highlight, Policy, Student
from tests.classroom.readings import assignment, student, teacher

pytestmark = pytest.mark.django_db


def over(class_name: str = "Over") -> Assignment:
    return assignment(class_name=class_name, purge_on=timezone.localdate())


def test_the_day_follows_from_when_it_was_due_else_from_when_it_was_given() -> None:
    Policy.objects.create(pk=1, days_kept=30)
    given, due = datetime(2026, 1, 10, 12, tzinfo=UTC), datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert purge_day(None, given) == date(2026, 2, 9)
    assert purge_day(due, given) == date(2026, 3, 3)


def test_the_command_deletes_what_is_over_and_says_how_much() -> None:
    over("One")
    student(over("Two"))
    kept = assignment(class_name="Kept", purge_on=timezone.localdate() + timedelta(1))
    student(kept)
    said = StringIO()
    call_command("purge_classrooms", stdout=said)
    assert said.getvalue() == "2 classes deleted.\n"
    assert list(Assignment.objects.all()) == [kept]
    assert Student.objects.count() == 1


def test_the_classroom_deletes_what_is_over_when_it_is_used_once_a_day(client: Client) -> None:
    over()
    client.get("/classroom/join/")
    assert not Assignment.objects.exists()
    over()
    client.get("/classroom/join/")
    assert Assignment.objects.exists()
    Policy.objects.update(purged_on=timezone.localdate() - timedelta(1))
    client.get("/classroom/join/")
    assert not Assignment.objects.exists()


def test_looking_whether_it_was_done_today_takes_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    purge_once_a_day()
    with django_assert_num_queries(1):
        purge_once_a_day()


def test_starting_the_archive_deletes_what_is_over() -> None:
    over()
    said: list[str] = []
    preparation._purge_classrooms(said.append)
    assert said == ["Time is over for 1 class: deleted, with all about their students."]


def test_another_term_moves_the_days_of_all_classes(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    given = assignment(due_at=datetime(2026, 2, 1, 12, tzinfo=UTC))
    assert client.get("/admin/classroom/policy/", follow=True).status_code == 200
    client.post("/admin/classroom/policy/1/change/", {"days_kept": 10, "contact": "The head teacher"})
    given.refresh_from_db()
    assert given.purge_on == date(2026, 2, 11)
    assert "The head teacher" in client.get("/classroom/privacy/").content.decode()


def everything_stored() -> str:
    """All rows of all tables of the database, as text."""
    with connection.cursor() as cursor:
        dumped = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')
            dumped += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return "\n".join(dumped)


def in_full(of: Assignment) -> tuple[Student, list[str]]:
    """A student with everything that can be stored, and the words by which it is found."""
    found, code = student(of, "Zenobia")
    found.comment, found.mark = "Thoughtful overall", "A-plus-plus"
    found.save()
    Answer.objects.create(student=found, item="open01", value={"text": "Weather balloons"}, comment="Well observed")
    Highlight.objects.create(
        student=found, ident="h-4711", item="letter", passage="p3", start=0, end=9, words="satellite", note="My note"
    )
    Highlight.with_deleted.create(
        student=found, ident="h-gone", item="", passage="", start=0, end=0, sequence=1, is_deleted=True
    )
    words = [
        "Zenobia",
        "Thoughtful overall",
        "A-plus-plus",
        "Weather balloons",
        "Well observed",
        "h-4711",
        "My note",
        "h-gone",
    ]
    return found, [*words, code, code_hash(code)]


def test_a_deleted_class_leaves_nothing_of_its_students(client: Client) -> None:
    history = assignment()
    _, words = in_full(history)
    before = everything_stored()
    assert [word for word in words if word not in before] == [words[-2]], "only the return code itself is not stored"
    client.force_login(teacher())
    client.post(f"/classroom/classes/{history.ident}/delete/", {"class_name": history.class_name})
    assert not Assignment.objects.exists()
    after = everything_stored()
    assert [word for word in words if word in after] == []


def test_a_student_who_joined_through_pages_and_deletes_themself_leaves_nothing(client: Client) -> None:
    history = assignment()
    client.post("/classroom/join/", {"code": history.code, "name": "Zenobia"})
    client.get(f"/classroom/classes/{history.ident}/work/")
    assert "Zenobia" in everything_stored()
    client.post(f"/classroom/privacy/delete/{history.ident}/")
    assert "Zenobia" not in everything_stored()
    assert "Zenobia" not in client.get("/classroom/privacy/").content.decode()


def test_a_student_deleted_with_their_teacher_leaves_nothing_and_is_not_named(client: Client) -> None:
    _, words = in_full(assignment())
    client.force_login(User.objects.create_superuser("root"))
    asked = client.get(f"/admin/auth/user/{teacher().pk}/delete/").content.decode()
    assert "Students: 1" in asked
    assert not [word for word in words if word in asked]
    client.post(f"/admin/auth/user/{teacher().pk}/delete/", {"post": "yes"})
    assert not Student.objects.exists()
    stored = everything_stored()
    assert [word for word in words if word in stored] == []
