"""A reading is given to a class as it is, and a newer version of it loses no answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classroom import assigning
from classroom.content import Content
from classroom.live import live
from classroom.models import Answer, Assignment, Reading
from classroom.renewing import difference, renew
from documents.models import Collection, Document
from tests.classroom import readings
from tests.classroom.readings import ITEMS, REPLY, student, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> Client:
    client = Client()
    client.force_login(teacher())
    return client


def given(client: Client, reading: Reading, **values: Any) -> Assignment:
    response = client.post(reverse("assign", args=[reading.ident]), {"class_name": "History 10b"} | values)
    assert response.status_code == 302, response.context["form"].errors
    assignment = Assignment.objects.get()
    assert response["Location"] == assignment.get_absolute_url()
    return assignment


def test_a_reading_is_given_with_a_name_alone(ruth: Client, space_exchange: Collection) -> None:
    assignment = given(ruth, readings.reading(), takes_late_work="on")
    assert assignment.content.title == "A letter and its answer"
    assert live(assignment.content).changed == ()
    assert assignment.content.item("letter").digest
    assert assignment.takes_students
    assert assignment.takes_answers
    assert assignment.code_expires_at - timezone.now() > timedelta(days=89)
    assert assignment.purge_on == timezone.localdate() + timedelta(365)


def test_a_due_date_moves_the_end_of_the_code_and_the_day_of_deletion(ruth: Client) -> None:
    assignment = given(ruth, readings.reading(), due_at="2099-03-04T10:00:00.000Z", opens_at="2099-03-01T08:00")
    assert assignment.due_at.isoformat() == "2099-03-04T10:00:00+00:00"
    assert not assignment.has_opened
    assert not assignment.takes_late_work
    assert assignment.code_expires_at == assignment.due_at + timedelta(days=30)
    assert assignment.purge_on.isoformat() == "2100-03-04"


def test_what_is_shared_by_others_is_given_without_a_copy(ruth: Client) -> None:
    shared = readings.reading(teacher("otto"), visibility="teachers")
    assert given(ruth, shared).teacher == teacher()
    private = readings.reading(teacher("otto"), title="Mine")
    assert ruth.get(reverse("assign", args=[private.ident])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"class_name": " "}, "class_name"),
        ({"opens_at": "2099-03-04T10:00", "due_at": "2099-03-04T10:00"}, "due_at"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"scale": "A"}, "scale"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(ruth: Client, typed: dict[str, str], field: str) -> None:
    address = reverse("assign", args=[readings.reading().ident])
    response = ruth.post(address, {"class_name": "History 10b", "scale": "20"} | typed)
    assert list(response.context["form"].errors) == [field]
    assert not Assignment.objects.exists()
    assert "Nothing was saved yet" in response.content.decode()


def test_an_empty_reading_is_not_given(ruth: Client) -> None:
    address = reverse("assign", args=[readings.reading(items=[]).ident])
    assert "There is nothing in this reading yet" in ruth.get(address).content.decode()
    ruth.post(address, {"class_name": "History 10b"})
    assert not Assignment.objects.exists()


def test_a_code_that_another_class_has_is_not_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = readings.assignment(class_name="A")
    codes = iter([taken.code, taken.code, "FREE34"])
    monkeypatch.setattr(assigning, "new_join_code", lambda: next(codes))
    other = readings.assignment(class_name="B", code="OLD347")
    assigning.put_code(other, timezone.now())
    other.refresh_from_db()
    assert other.code == "FREE34"


def test_an_error_that_is_not_about_the_code_is_not_hidden() -> None:
    made = assigning.prepared(teacher(), readings.reading())
    made.class_name = ""
    with pytest.raises(IntegrityError, match="class_has_a_name"):
        assigning.give(made)


def test_another_class_is_given_what_one_has(ruth: Client) -> None:
    first = readings.assignment(scale="A, B")
    student(first)
    first.reading.delete()
    response = ruth.get(reverse("assign_again", args=[first.ident]))
    assert response.context["form"]["scale"].value() == "A, B"
    ruth.post(reverse("assign_again", args=[first.ident]), {"class_name": "History 10c", "scale": "A, B"})
    second = Assignment.objects.get(class_name="History 10c")
    assert second.frozen == first.frozen
    assert second.code != first.code
    assert not second.students.exists()


def test_what_its_owner_no_longer_shares_reaches_no_class_of_others(ruth: Client) -> None:
    shared = readings.reading(teacher("otto"), visibility="teachers")
    assignment = given(ruth, shared)
    Reading.objects.update(title="For my eyes", visibility="private", revision=2)
    html = ruth.get(assignment.get_absolute_url()).content.decode()
    assert "The reading has been changed since" not in html
    assert shared.get_absolute_url() not in html
    assert not renew(assignment)


def changed(assignment: Assignment, content: Content) -> None:
    """Has the reading of a class say this from now on."""
    assignment.reading.content = content
    assignment.reading.revision += 1
    assignment.reading.save()


class TestNewerVersion:
    """The three questions were answered; of the newer version one is gone, one has other choices, one other words."""

    @pytest.fixture
    def assignment(self) -> Assignment:
        assignment = readings.assignment()
        ada, _ = student(assignment)
        for item, value in [
            ("open01", {"text": "Because"}),
            ("choice", {"chosen": [1]}),
            ("point1", {"places": ["letter#p9"]}),
        ]:
            Answer.objects.create(student=ada, item=item, value=value)
        edits = {"choice": {"choices": ["Nothing", "Weather"]}, "point1": {"prompt": "Point to what it costs."}}
        items = [each | edits.get(each["ident"], {}) for each in ITEMS if each["ident"] != "open01"]
        changed(assignment, readings.content(items=items))
        return assignment

    def test_it_is_said_what_it_changes(self, ruth: Client, assignment: Assignment) -> None:
        found = difference(assignment, assignment.reading.content)
        assert [(each.question.ident, each.answers) for each in found.lost] == [("open01", 1)]
        assert [(each.question.ident, each.answers) for each in found.recast] == [("choice", 1)]
        assert [(each.question.ident, each.answers) for each in found.reworded] == [("point1", 1)]
        page = ruth.get(reverse("newer_version", args=[assignment.ident])).content.decode()
        assert "Why now?" in page
        assert "1 student has answered" in page
        assert "The reading has been changed" in ruth.get(assignment.get_absolute_url()).content.decode()

    def test_answers_stay(self, ruth: Client, assignment: Assignment) -> None:
        ruth.post(reverse("newer_version", args=[assignment.ident]))
        assignment.refresh_from_db()
        assert assignment.content.item("open01") is None
        page = ruth.get(reverse("review_student", args=[assignment.ident, assignment.students.get().pk]))
        html = page.content.decode()
        assert "Because" in html
        assert "A base on the moon" in html
        assert "passage 9" in html or "p9" in html
        entries = [(entry.asked.number, entry.words != "") for entry, _ in page.context["rows"]]
        assert entries == [(1, False), (2, True), (0, True), (0, True)]

    def test_a_question_that_comes_back_has_its_answers_again(self, assignment: Assignment) -> None:
        renew(assignment)
        changed(assignment, readings.content())
        assert renew(assignment)
        assignment.refresh_from_db()
        assert [each.ident for each in assignment.content.questions] == ["open01", "choice", "point1"]
        assert [each.choices for each in assignment.former_questions] == [("Nothing", "Weather")]

    def test_no_answer_stands_below_other_choices_however_late_it_is_sent(self, assignment: Assignment) -> None:
        renew(assignment)
        assignment.refresh_from_db()
        recast = assignment.content.questions[0]
        assert recast.choices == ("Nothing", "Weather")
        assert recast.ident != "choice"
        changed(assignment, assignment.reading.content)
        assert renew(assignment)
        assignment.refresh_from_db()
        assert assignment.content.questions[0].ident == recast.ident

    def test_the_newest_is_given_once(self, ruth: Client, assignment: Assignment) -> None:
        assert renew(assignment)
        assert not renew(assignment)
        assignment.refresh_from_db()
        assert len(assignment.former) == 2
        response = ruth.get(reverse("newer_version", args=[assignment.ident]))
        assert response["Location"].endswith("?done=nothing-newer")


def test_the_desk_tells_what_changed_beneath_until_it_was_looked_at(ruth: Client, space_exchange: Collection) -> None:
    assignment = given(ruth, readings.reading())
    passage = Document.objects.get(slug=REPLY).passages.get(ident="p5")
    passage.text += " And more."
    passage.save()
    desk = assignment.get_absolute_url()
    assert "The archive has changed beneath it" in ruth.get(desk).content.decode()
    ruth.post(reverse("looked_at_changes", args=[assignment.ident]))
    assert "The archive has changed beneath it" not in ruth.get(desk).content.decode()
