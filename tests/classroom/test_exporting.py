"""A class is exported as a table and as everything that is stored."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from classroom.content import Question, item_from_json
from classroom.models import Answer, Assignment, Highlight, Student
from tests.classroom import readings
from tests.classroom.readings import LETTER, student, teacher

pytestmark = pytest.mark.django_db

#: Without the archive's documents a passage has no words; a formula is guarded, a line end in an answer is kept.
GOLDEN = """\ufeffname,joined (UTC),last seen (UTC),read,items,answered,questions,handed in (UTC),mark,\
comment,Question 1: Why now?,\
Question 1: mark,Question 1: comment,Question 2: Which did Khrushchev accept?,Question 2: mark,Question 2: comment,\
Question 3: Point to the costs.,Question 3: mark,Question 3: comment,Question of a former version: Who wrote?,\
Question of a former version: mark,Question of a former version: comment\r
'=Ada(),2026-03-04 05:06,2026-03-05 06:07,2,5,2,3,2026-03-06 07:08,17.5,'+1 for style,"'-1 is ""no"" answer,
is it?",7,Why not?,Weather,,,,,,Kennedy,,\r
Ben,2026-03-04 05:06,2026-03-05 06:07,0,5,0,3,,,,,,,,,,,,,,,\r
"""


@pytest.fixture
def assignment() -> Assignment:
    assignment = readings.assignment(scale="20", class_name="History 10b")
    former = item_from_json({"kind": "question", "ident": "former", "prompt": "Who wrote?"}, "It")
    assert isinstance(former, Question)
    assignment.former = [former.to_json()]
    assignment.save()
    ada, _ = student(assignment, "=Ada()")
    student(assignment, "Ben")
    Student.objects.update(
        joined_at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC), seen_at=datetime(2026, 3, 5, 6, 7, tzinfo=UTC)
    )
    Student.objects.filter(pk=ada.pk).update(
        submitted_at=datetime(2026, 3, 6, 7, 8, tzinfo=UTC),
        mark="17.5",
        comment="+1 for style",
        read=["letter", "intro1"],
    )
    text = {"text": '-1 is "no" answer,\nis it?'}
    Answer.objects.create(student=ada, item="open01", value=text, mark="7", comment="Why not?")
    Answer.objects.create(student=ada, item="choice", value={"chosen": [0]})
    Answer.objects.create(student=ada, item="former", value={"text": "Kennedy"})
    Highlight.objects.create(
        student=ada,
        ident="h",
        item="letter",
        document=LETTER,
        passage="p3",
        start=0,
        end=5,
        words="words",
        note="A note",
    )
    return assignment


def file(assignment: Assignment, name: str) -> bytes:
    client = Client()
    client.force_login(teacher())
    response = client.get(reverse(name, args=[assignment.ident]))
    ending = name.removeprefix("export_")
    assert response["Content-Disposition"] == f'attachment; filename="history-10b.{ending}"'
    assert "no-store" in response["Cache-Control"]
    return response.content


def test_the_table_is_as_it_was_agreed(assignment: Assignment) -> None:
    written = file(assignment, "export_csv").decode()
    assert written == GOLDEN
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {22}


def test_everything_is_everything_that_is_stored(assignment: Assignment) -> None:
    found = json.loads(file(assignment, "export_json"))
    ada, ben = found["students"]
    assert (ada["name"], ben["name"]) == ("=Ada()", "Ben")
    assert ada["answers"][1] | {"saved_at": ""} == {
        "item": "former",
        "value": {"text": "Kennedy"},
        "sequence": 0,
        "saved_at": "",
        "comment": "",
        "mark": "",
        "commented_at": None,
    }
    for model, one in [(Student, ada), (Answer, ada["answers"][0]), (Highlight, ada["highlights"][0])]:
        stored = {field.name for field in model._meta.concrete_fields} - {"id", "student", "assignment"}
        assert stored <= one.keys()
    assert found["reading"]["title"] == "A letter and its answer"
    hashes = Student.objects.values_list("return_code", flat=True)
    assert not any(each in json.dumps(found) for each in hashes)
