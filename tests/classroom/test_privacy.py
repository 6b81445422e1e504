"""The privacy page says everything that is stored of students, and shows each student all that is stored of them."""

from __future__ import annotations

import re

import pytest
from django.db.models import Model
from django.test import Client
from django.utils.html import escape

from classroom.lti.models import LaunchedStudent
from classroom.models import Answer, Highlight, Student
from classroom.stored import PARTS
from tests.classroom.readings import assignment
from tests.classroom.test_keeping import in_full
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Student, Answer, Highlight])
def test_every_field_that_is_stored_is_on_the_page(client: Client, model: type[Model]) -> None:
    said = [name for part in PARTS if part.model is model for entry in part.entries for name in entry.fields]
    assert sorted(said) == sorted(field.name for field in model._meta.concrete_fields if field.name != "id")
    page = Page(client.get("/classroom/privacy/").content.decode()).text
    for part in PARTS:
        for entry in part.entries:
            assert entry.what in page
            assert entry.why in page


def test_no_other_model_is_about_students() -> None:
    about = {relation.related_model for model in (Student, Answer, Highlight) for relation in _pointing_at(model)}
    assert about == {Answer, Highlight, LaunchedStudent}


def _pointing_at(model: type[Model]) -> list[object]:
    return [field for field in model._meta.get_fields() if field.auto_created and not field.concrete]


def test_it_says_how_long_who_and_that_nothing_counts_visitors(client: Client) -> None:
    page = Page(client.get("/classroom/privacy/").content.decode()).text
    for words in (
        "365 days after",
        "Nobody else in your class sees",
        "no analytics",
        "called classroom",
        "Whom to ask",
    ):
        assert words in page


def test_a_student_sees_all_that_is_stored_of_them_and_nobody_else_does(client: Client) -> None:
    history = assignment()
    found, words = in_full(history)
    code = words[-2]
    client.post("/classroom/return/", {"code": code})
    page = client.get("/classroom/privacy/").content.decode()
    shown = re.sub("-", "", page)
    for each in words:
        assert escape(each) in page or each in shown, each
    assert "no-store" in client.get("/classroom/privacy/")["Cache-Control"]
    stranger = Client().get("/classroom/privacy/").content.decode()
    assert not [each for each in words if each in stranger]
    assert found.name in page


def test_who_was_deleted_by_the_teacher_is_known_no_longer(client: Client) -> None:
    history = assignment()
    client.post("/classroom/join/", {"code": history.code, "name": "Ada"})
    history.students.all().delete()
    assert "as Ada" not in client.get("/classroom/").content.decode()
    assert client.get(f"/classroom/privacy/delete/{history.ident}/").status_code == 404
