"""At the desk a teacher sees a class, comments, marks, and deletes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from classroom.codes import read_code
from classroom.identity import code_hash
from classroom.marks import read_scale
from classroom.models import Answer, Assignment, Highlight, Student
from classroom.overview import overview
from classroom.remarks import remark_on, store, take
from classroom.views import reviewing
from documents.models import Collection
from tests.classroom import readings
from tests.classroom.readings import LETTER, student, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> Client:
    client = Client()
    client.force_login(teacher())
    return client


@pytest.fixture
def assignment() -> Assignment:
    return readings.assignment(scale="20")


def answered(assignment: Assignment, name: str = "Ada", **values: object) -> Answer:
    ada, _ = student(assignment, name)
    return Answer.objects.create(student=ada, item="open01", value={"text": f"{name} says why."}, **values)


def page_of(answer: Answer) -> str:
    return reverse("review_student", args=[answer.student.assignment.ident, answer.student.pk])


def fields(client: Client, address: str) -> dict[str, str]:
    """What the form of a page would send if nothing were typed."""
    response = client.get(address)
    sent = {"looked_at": timezone.now().isoformat()}
    remarks = [remark for _, remark in response.context["rows"] if remark]
    remarks += [response.context["whole"]] if "whole" in response.context else []
    for remark in remarks:
        sent |= {f"{remark.key}-{name}": getattr(remark, name) for name in ("comment", "mark", "was")}
    return sent


def test_nobody_has_joined_yet(ruth: Client, assignment: Assignment) -> None:
    html = ruth.get(assignment.get_absolute_url()).content.decode()
    assert "Nobody has joined yet" in html
    assert assignment.code in html
    assert "https://classroom.google.com/share?" in html


def test_the_desk_counts_what_was_read_and_answered(ruth: Client, assignment: Assignment) -> None:
    ada = answered(assignment).student
    ada.read = ["letter", "spans1", "open01", "gone01"]
    ada.save()
    Answer.objects.create(student=ada, item="choice", value={"chosen": []})
    Answer.objects.create(student=ada, item="gone01", value={"text": "To a question that is gone"})
    (line,) = overview(assignment).lines
    assert (line.read, line.answered) == (2, 1)
    html = ruth.get(assignment.get_absolute_url()).content.decode()
    assert "2 of 5" in html
    assert "1 of 3" in html


def test_new_work_stands_first_until_it_was_looked_at_after_its_last_change(assignment: Assignment) -> None:
    now = timezone.now()
    for name, submitted, looked in [("Ada", None, None), ("Ben", 3, 2), ("Cleo", 2, None), ("Dov", 4, 5)]:
        each = answered(assignment, name).student
        each.submitted_at = now - timedelta(hours=submitted) if submitted else None
        each.commented_at = now - timedelta(hours=looked) if looked else None
        each.save()
    Answer.objects.update(saved_at=now - timedelta(hours=6))
    assert [line.student.name for line in overview(assignment).unread_first] == ["Dov", "Cleo", "Ada", "Ben"]
    Answer.objects.filter(student__name="Ben").update(saved_at=now)
    assert [line.student.name for line in overview(assignment).unread] == ["Dov", "Ben", "Cleo"]


def test_names_stand_as_one_looks_for_them(assignment: Assignment) -> None:
    for name in ("Zoë", "élodie", "Frank", "Edda"):
        student(assignment, name)
    assert [line.student.name for line in overview(assignment).lines] == ["Edda", "élodie", "Frank", "Zoë"]


def test_many_students_and_questions_ask_no_more_of_the_database(
    ruth: Client, assignment: Assignment, space_exchange: Collection, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [{"kind": "question", "ident": f"more{n:02}", "form": "point", "prompt": f"{n}?"} for n in range(27)]
    assignment.frozen["items"] += questions
    assignment.save()
    ada = answered(assignment).student
    addresses = [
        assignment.get_absolute_url(),
        page_of(ada.answers.get()),
        reverse("review_question", args=[assignment.ident, "more03"]),
        reverse("print_class", args=[assignment.ident]),
        reverse("export_csv", args=[assignment.ident]),
        reverse("export_json", args=[assignment.ident]),
    ]
    ruth.get(assignment.get_absolute_url())  # what is asked once a day, or once a process
    counts = []
    for address in addresses:
        with CaptureQueriesContext(connection) as few:
            ruth.get(address)
        counts.append(len(few))
    hashes = [f"{n:064}" for n in range(40)]
    others = [Student(assignment=assignment, name=f"Student {n}", return_code=one) for n, one in enumerate(hashes)]
    Student.objects.bulk_create(others)
    given = [
        Answer(student=one, item=each["ident"], value={"places": ["letter#p9"]}) for one in others for each in questions
    ]
    Answer.objects.bulk_create(given)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            assert ruth.get(address).status_code == 200
    assert max(counts) <= 26, counts


def test_comments_and_marks_of_one_page_are_saved_together(ruth: Client, assignment: Assignment) -> None:
    answer = answered(assignment)
    key = f"answer-{answer.pk}"
    sent = fields(ruth, page_of(answer)) | {
        f"{key}-comment": "Well seen.\r\nGo on.",
        f"{key}-mark": "7,5",
        f"student-{answer.student.pk}-mark": "18",
    }
    assert ruth.post(page_of(answer), sent)["Location"] == f"{page_of(answer)}?done=saved"
    answer.refresh_from_db()
    assert (answer.comment, answer.mark, answer.value) == ("Well seen.\nGo on.", "7.5", {"text": "Ada says why."})
    assert answer.commented_at
    assert answer.student.mark == "18"
    assert "Well seen." in ruth.get(page_of(answer)).content.decode()


def test_a_mark_off_the_scale_is_told_and_nothing_typed_is_lost(ruth: Client, assignment: Assignment) -> None:
    answer = answered(assignment)
    key = f"answer-{answer.pk}"
    response = ruth.post(
        page_of(answer), fields(ruth, page_of(answer)) | {f"{key}-comment": "Well.", f"{key}-mark": "21"}
    )
    html = response.content.decode()
    assert response.status_code == 400
    assert "Give a number from 0 to 20" in html
    assert "Well." in html
    answer.refresh_from_db()
    assert (answer.comment, answer.mark) == ("", "")


def test_a_comment_of_another_window_is_not_written_over_unseen(ruth: Client, assignment: Assignment) -> None:
    answer = answered(assignment)
    key = f"answer-{answer.pk}"
    stale = fields(ruth, page_of(answer))
    Answer.objects.update(comment="From the other window", mark="3")
    ruth.post(page_of(answer), stale)
    answer.refresh_from_db()
    assert answer.comment == "From the other window"

    response = ruth.post(page_of(answer), stale | {f"{key}-comment": "Mine"})
    assert "From the other window" in response.context["rows"][0][1].problem
    answer.refresh_from_db()
    assert answer.comment == "From the other window"
    again = stale | {f"{key}-comment": "Mine", f"{key}-was": response.context["rows"][0][1].was}
    ruth.post(page_of(answer), again)
    answer.refresh_from_db()
    assert answer.comment == "Mine"


def test_what_a_student_writes_while_a_comment_is_saved_stays(assignment: Assignment) -> None:
    answer = answered(assignment)
    remark = remark_on(answer)
    sent = {f"{remark.key}-comment": "Well.", f"{remark.key}-mark": "", f"{remark.key}-was": remark.was}
    taken = take([answer], sent, read_scale(""))
    Answer.objects.update(value={"text": "Another thought"}, sequence=7, saved_at=timezone.now())
    stored_at = Answer.objects.get().saved_at
    store(taken.changed, timezone.now())
    answer = Answer.objects.get()
    assert (answer.comment, answer.value, answer.sequence) == ("Well.", {"text": "Another thought"}, 7)
    assert answer.saved_at == stored_at


def test_after_one_comes_the_next_that_is_new(ruth: Client, assignment: Assignment) -> None:
    ada, ben, cleo = (answered(assignment, name) for name in ("Ada", "Ben", "Cleo"))
    Student.objects.filter(name__in=["Ada", "Cleo"]).update(submitted_at=timezone.now())
    sent = fields(ruth, page_of(ada)) | {"next": "yes"}
    assert ruth.post(page_of(ada), sent)["Location"].startswith(page_of(cleo))
    ruth.post(page_of(cleo), fields(ruth, page_of(cleo)))
    assert ruth.post(page_of(ada), sent)["Location"].startswith(page_of(ben))
    assert ruth.post(page_of(cleo), sent)["Location"] == assignment.get_absolute_url()


def test_what_is_handed_in_while_the_page_is_open_stays_new(ruth: Client, assignment: Assignment) -> None:
    answer = answered(assignment)
    sent = fields(ruth, page_of(answer))
    Student.objects.update(submitted_at=timezone.now())
    ruth.post(page_of(answer), sent)
    assert len(overview(assignment).unread) == 1
    ruth.post(page_of(answer), fields(ruth, page_of(answer)))
    assert overview(assignment).unread == []


def test_answers_to_one_question_are_counted(ruth: Client, assignment: Assignment, space_exchange: Collection) -> None:
    assignment.frozen["items"][9]["places"] = ["letter#p9"]
    assignment.save()
    for name, chosen, place in [("Ada", 0, "p9"), ("Ben", 1, "p3"), ("Cleo", 1, "p3")]:
        each, _ = student(assignment, name)
        Answer.objects.create(student=each, item="choice", value={"chosen": [chosen]})
        Answer.objects.create(student=each, item="point1", value={"places": [f"letter#{place}"]})
    student(assignment, "Dov")
    page = ruth.get(reverse("review_question", args=[assignment.ident, "choice"]))
    assert page.context["tallies"] == [("Weather", 1, True), ("A base on the moon", 2, False), ("Nothing", 0, False)]
    assert [each.name for each in page.context["without"]] == ["Dov"]
    assert [entry.verdict for entry, _ in page.context["rows"]] == ["Correct", "Not correct", "Not correct"]
    pointed = ruth.get(reverse("review_question", args=[assignment.ident, "point1"])).context["tallies"]
    assert [(tally.count, tally.is_correct) for tally in pointed] == [(2, False), (1, True)]
    assert "passage 9" in pointed[1].words


def test_a_comment_is_saved_though_its_answer_moved_to_the_next_page(
    ruth: Client, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "ON_A_PAGE", 1)
    ben = answered(assignment, "Ben")
    address = reverse("review_question", args=[assignment.ident, "open01"])
    sent = fields(ruth, address) | {f"answer-{ben.pk}-comment": "Yes."}
    answered(assignment, "Ada")
    ruth.post(address, sent)
    ben.refresh_from_db()
    assert ben.comment == "Yes."
    assert "Ben says why" in ruth.get(f"{address}?page=2").content.decode()


def test_highlights_stand_with_the_items_they_are_in(ruth: Client, assignment: Assignment) -> None:
    answer = answered(assignment)
    Highlight.objects.create(
        student=answer.student,
        ident="h",
        item="letter",
        document=LETTER,
        passage="p3",
        start=0,
        end=9,
        words="in common",
    )
    html = ruth.get(page_of(answer)).content.decode()
    assert "Marked and noted" in html
    assert "in common" in html


def test_the_code_is_ended_prolonged_and_made_anew(ruth: Client, assignment: Assignment) -> None:
    address, before = reverse("class_code", args=[assignment.ident]), assignment.code
    ruth.post(address, {"action": "expire"})
    assignment.refresh_from_db()
    assert not assignment.takes_students
    assert "Nobody can join now" in ruth.get(assignment.get_absolute_url()).content.decode()
    ruth.post(address, {"action": "prolong"})
    assignment.refresh_from_db()
    assert assignment.takes_students
    assert assignment.code == before
    ruth.post(address, {"action": "new"})
    assignment.refresh_from_db()
    assert assignment.code != before
    assert ruth.post(address, {"action": "burn"}).status_code == 404


def test_dates_are_changed_and_the_day_of_deletion_follows(ruth: Client, assignment: Assignment) -> None:
    sent = {"class_name": "History 10c", "opens_at": "2026-01-01T08:00", "due_at": "2099-01-01T08:00", "scale": "A,B"}
    assert ruth.post(reverse("edit_class", args=[assignment.ident]), sent).status_code == 302
    assignment.refresh_from_db()
    assert (assignment.class_name, assignment.scale) == ("History 10c", "A, B")
    assert assignment.purge_on.isoformat() == "2100-01-01"


def test_a_new_return_code_is_shown_once_and_ends_the_old_one(ruth: Client, assignment: Assignment) -> None:
    ada, old = student(assignment)
    response = ruth.post(reverse("new_return_code", args=[assignment.ident, ada.pk]))
    assert "no-store" in response["Cache-Control"]
    code = read_code(response.context["code"])
    ada.refresh_from_db()
    assert ada.return_code == code_hash(code) != code_hash(old)
    assert response.context["code"] not in ruth.get(page_of(answered(assignment, "Ben"))).content.decode()


def test_a_student_is_deleted_after_a_question(ruth: Client, assignment: Assignment) -> None:
    ada = answered(assignment).student
    address = reverse("delete_student", args=[assignment.ident, ada.pk])
    assert "Delete Ada?" in ruth.get(address).content.decode()
    assert Student.objects.count() == 1
    response = ruth.post(address, follow=True)
    assert "The student was deleted" in response.content.decode()
    assert "Ada" not in response.content.decode()
    assert not Answer.objects.exists()


def test_a_class_is_deleted_after_a_question(ruth: Client, assignment: Assignment) -> None:
    answered(assignment)
    address = reverse("delete_class", args=[assignment.ident])
    assert "1 student and all that they wrote" in ruth.get(address).content.decode()
    assert ruth.post(address)["Location"] == reverse("classroom")
    assert not Assignment.objects.exists()
    assert not Student.objects.exists()


def test_the_pages_are_valid_html(
    ruth: Client,
    assignment: Assignment,
    space_exchange: Collection,
    valid_html: Callable[[Mapping[str, str]], None],
) -> None:
    answer = answered(assignment, comment="Well.", mark="30")
    Answer.objects.create(student=answer.student, item="point1", value={"places": ["letter#p9"]})
    letters = readings.assignment(scale="A, B")
    names = ["desk", "edit_class", "delete_class", "print_class", "assign_again"]
    addresses = [reverse(name, args=[assignment.ident]) for name in names]
    addresses += [reverse("review_question", args=[assignment.ident, item]) for item in ("open01", "point1")]
    addresses += [page_of(answer), page_of(answered(letters)), reverse("desk", args=[letters.ident])]
    valid_html({address: ruth.get(address).content.decode() for address in addresses})


def test_students_of_another_class_are_not_found(ruth: Client, assignment: Assignment) -> None:
    other = answered(readings.assignment(class_name="Other"), "Zoe").student
    assert ruth.get(reverse("review_student", args=[assignment.ident, other.pk])).status_code == 404
    assert ruth.post(reverse("delete_student", args=[assignment.ident, other.pk])).status_code == 404
    assert ruth.post(reverse("new_return_code", args=[assignment.ident, other.pk])).status_code == 404
    assert "Zoe" not in ruth.get(reverse("print_class", args=[assignment.ident])).content.decode()
