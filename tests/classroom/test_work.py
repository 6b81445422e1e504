"""The page of a student: who sees it, what stands on it, what its form saves, and handing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from classroom.identity import COOKIE, SALT
from classroom.models import Answer, Assignment, Student
from documents.models import Collection, Document
from tests.classroom.readings import LETTER, assignment, content, student, teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(space_exchange: Collection) -> Assignment:
    return assignment()


@pytest.fixture
def ada(of: Assignment, client: Client) -> Student:
    """A student whom the client's device knows."""
    made, code = student(of)
    client.cookies[COOKIE] = signing.dumps({of.ident: code}, salt=SALT)
    return made


def address(of: Assignment) -> str:
    return f"/classroom/classes/{of.ident}/work/"


def read(client: Client, of: Assignment) -> str:
    response = client.get(address(of))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


@pytest.mark.parametrize(("scale", "mark", "said"), [("20", "17.5", "17.5 of 20<"), ("A, B, C", "B", ">B<")])
def test_a_mark_is_shown_on_its_scale(
    of: Assignment, ada: Student, client: Client, scale: str, mark: str, said: str
) -> None:
    Assignment.objects.update(scale=scale)
    Student.objects.update(mark=mark)
    assert said in read(client, of)


def test_the_page_shows_the_reading_and_never_what_is_right(of: Assignment, ada: Student, client: Client) -> None:
    html = read(client, of)
    assert "Ada" in html
    assert 'name="answer-open01"' in html
    assert '<option value="letter#p9"' in html
    assert "noindex" in html
    assert f'href="{address(of)}handout.pdf"' in html and f'href="{address(of)}reading.epub"' in html
    assert "Glenn" not in html.replace("Glenn&#x27;s flight has", "")
    assert "correct" not in html.partition('id="work-state"')[2]
    Student.objects.update(submitted_at=timezone.now())
    assert "Because of" not in read(client, of)


def test_who_has_not_joined_is_led_to_where_one_joins_and_not_told_the_code(of: Assignment, client: Client) -> None:
    """Whoever was taken out of a class knows its address, and not the new code that it has since."""
    assert client.get(address(of)).headers["Location"] == "/classroom/join/"
    Assignment.objects.update(code=None)
    response = client.get(address(of))
    assert response.status_code == 403
    assert "return code" in response.content.decode()
    gone = client.get("/classroom/classes/none/work/")
    assert gone.status_code == 404
    assert "It was deleted" in gone.content.decode()


def test_the_teacher_sees_a_preview_and_others_do_not(of: Assignment, client: Client) -> None:
    client.force_login(teacher())
    html = read(client, of)
    assert "This is a preview" in html
    assert "work.js" not in html
    assert "Hand in" not in html
    client.force_login(teacher("boris"))
    assert client.get(address(of)).status_code == 302


def test_nobody_sees_the_work_of_another_class(ada: Student, client: Client) -> None:
    other = assignment(class_name="History 11")
    assert client.get(address(other)).status_code == 302


def test_before_it_opens_the_page_says_when(of: Assignment, ada: Student, client: Client) -> None:
    Assignment.objects.update(opens_at=timezone.now() + timedelta(days=2))
    html = read(client, of)
    assert "This opens on" in html
    assert "A letter and its answer" not in html


def test_comments_and_marks_stand_at_the_answer_and_at_the_top(of: Assignment, ada: Student, client: Client) -> None:
    Answer.objects.create(student=ada, item="open01", value={"text": "Why?"}, comment="Say more.", mark="B")
    Student.objects.update(comment="Well read.", mark="A")
    html = read(client, of)
    head, _, answer = html.partition('id="question-open01"')
    assert "Well read." in head
    assert "Say more." in answer
    assert "Say more." not in head


def test_words_that_are_no_longer_where_they_were_are_found_or_listed(
    of: Assignment, ada: Student, client: Client
) -> None:
    passage = Document.objects.get(slug=LETTER).passages.get(ident="p2")
    words = passage.text[4:15]
    place = {"item": "letter", "document": LETTER, "passage": "p2"}
    ada.highlights.create(ident="mark-1", start=4, end=15, words=words, **place)
    ada.highlights.create(ident="mark-2", start=4, end=9, words="Stars", **place)
    passage.text = f"Indeed: {passage.text}"
    passage.save()
    found = {each["ident"]: each for each in client.get(address(of)).context["page"].state["highlights"]}
    assert found["mark-1"]["start"] == 10
    assert found["mark-2"]["start"] == found["mark-2"]["end"]
    assert found["mark-2"]["words"] == "Stars"


def form(**values: Any) -> dict[str, Any]:
    bases = {f"base-{each.ident}": "0" for each in content().questions}
    return bases | {key.replace("_", "-"): value for key, value in values.items()}


def test_the_form_saves_everything_and_comes_back(of: Assignment, ada: Student, client: Client) -> None:
    sent = form(
        answer_open01="One\r\ntwo", answer_choice="1", answer_point1="letter#p9", note_letter="Ask.", read="letter"
    )
    response = client.post(address(of), sent | {"at": "item-open01", "read": "letter"})
    assert response.headers["Location"].endswith("/work/#item-open01")
    assert {each.item: each.value for each in ada.answers.all()} == {
        "open01": {"text": "One\ntwo"},
        "choice": {"chosen": [1]},
        "point1": {"places": ["letter#p9"]},
    }
    assert ada.highlights.get().note == "Ask."
    ada.refresh_from_db()
    assert ada.read == ["letter"]
    client.post(address(of), form(answer_open01="One\ntwo", delete="note-letter") | {"answer-choice": "1"})
    assert ada.answers.get(item="open01").value == {"text": "One\ntwo"}
    assert not ada.highlights.exists()


def test_the_form_shows_again_what_could_not_be_saved(of: Assignment, ada: Student, client: Client) -> None:
    html = client.post(address(of), form(answer_open01="x" * 20_001, answer_choice="1")).content.decode()
    assert "at most 20,000" in html
    assert "x" * 20_001 in html
    assert ada.answers.get().item == "choice"


def test_the_form_does_not_write_over_another_device(of: Assignment, ada: Student, client: Client) -> None:
    Answer.objects.create(student=ada, item="open01", value={"text": "On the phone"}, sequence=7)
    html = client.post(address(of), form(answer_open01="In the library")).content.decode()
    assert "On the phone" in html
    assert "In the library</textarea>" in html
    assert 'name="base-open01" value="7"' in html
    assert ada.answers.get().value == {"text": "On the phone"}


def test_handing_in_asks_and_can_be_taken_back_until_it_is_due(of: Assignment, ada: Student, client: Client) -> None:
    html = client.post(address(of), form(answer_open01="Now", act="hand-in")).content.decode()
    assert "2 questions have no answer yet" in html
    client.post(address(of), {"act": "hand-in-so"})
    ada.refresh_from_db()
    assert ada.submitted_at
    assert client.post(address(of), form(answer_open01="Later")).status_code == 409
    client.post(address(of), {"act": "take-back"})
    ada.refresh_from_db()
    assert ada.submitted_at is None
    client.post(address(of), {"act": "hand-in-so"})
    Assignment.objects.update(due_at=timezone.now() - timedelta(days=1), takes_late_work=False)
    client.post(address(of), {"act": "take-back"})
    ada.refresh_from_db()
    assert ada.submitted_at
    assert "Take it back" not in read(client, of)


def test_a_look_is_written_down_at_most_once_a_minute(of: Assignment, ada: Student, client: Client) -> None:
    seen = ada.seen_at
    read(client, of)
    ada.refresh_from_db()
    assert ada.seen_at == seen
    Student.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    read(client, of)
    ada.refresh_from_db()
    assert ada.seen_at > seen
