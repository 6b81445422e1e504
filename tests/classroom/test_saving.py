"""What students send is stored once, newer over older, all of it or nothing, in few queries and without a session."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom import saving, sent
from classroom.identity import COOKIE, SALT, code_hash
from classroom.marking_up import characters, letters_before
from classroom.models import Answer, Assignment, Highlight, Student
from documents.models import Collection, Passage
from tests.classroom.readings import LETTER, assignment, content, student

pytestmark = pytest.mark.django_db

Post = Callable[..., Any]


@pytest.fixture
def ada(space_exchange: Collection) -> Student:
    return student(assignment())[0]


@pytest.fixture
def post(ada: Student, client: Client) -> Post:
    """Sends a message as the page does."""
    known_as(client, ada)

    def send(**message: Any) -> Any:
        address = f"/classroom/classes/{ada.assignment.ident}/work/save/"
        return client.post(address, json.dumps(message), content_type="application/json")

    return send


def known_as(client: Client, who: Student, code: str = "ABCDEFGHJK") -> None:
    """Has the device know a student by a code."""
    Student.objects.filter(pk=who.pk).update(return_code=code_hash(code))
    client.cookies[COOKIE] = signing.dumps({who.assignment.ident: code}, salt=SALT)


def answer(text: str, sequence: int, **more: Any) -> dict[str, Any]:
    return {"item": "open01", "value": {"text": text}, "sequence": sequence} | more


def mark(ident: str = "mark-1", start: int = 0, end: int = 4, sequence: int = 1, **more: Any) -> dict[str, Any]:
    place = {"ident": ident, "item": "letter", "passage": "p2", "start": start, "end": end}
    return place | {"note": "", "sequence": sequence} | more


def test_an_answer_is_stored_and_said_to_be(ada: Student, post: Post) -> None:
    said = post(answers=[answer("Because", 5)]).json()
    assert said["answers"]["open01"]["sequence"] == 5
    assert ada.answers.get().value == {"text": "Because"}


def test_the_same_message_twice_is_stored_once(ada: Student, post: Post) -> None:
    message = {"answers": [answer("Because", 5)], "highlights": [mark()], "read": ["letter"]}
    assert post(**message).json()["answers"] == post(**message).json()["answers"]
    assert (ada.answers.count(), ada.highlights.count()) == (1, 1)
    ada.refresh_from_db()
    assert ada.read == ["letter"]


@given(order=st.permutations(range(6)), again=st.lists(st.integers(0, 5), max_size=4), knowing=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_order_the_newest_stands(ada: Student, order: list[int], again: list[int], knowing: bool) -> None:
    """One device sends saves one after another; they arrive in any order, some more than once."""
    Answer.objects.all().delete()
    Highlight.with_deleted.all().delete()
    for number in (*order, *again):
        knows = {"knows": list(range(number + 1))} if knowing else {}
        message: dict[str, Any] = {"answers": [answer(f"Draft {number}", number + 1, **knows)]}
        if number == 3:
            message["deleted"] = [{"ident": "mark-1", "sequence": 4}]
        elif number < 3:
            message["highlights"] = [mark(sequence=number + 1, note=f"Note {number}")]
        saving.save(ada, sent.read(message, content()))
    assert ada.answers.get().value == {"text": "Draft 5"}
    assert not ada.highlights.exists()


def test_what_another_device_wrote_is_not_written_over_unseen(ada: Student, post: Post) -> None:
    post(answers=[answer("On the phone", 10, knows=[0])])
    said = post(answers=[answer("In the library", 20, knows=[0])]).json()["answers"]["open01"]
    assert (said["sequence"], said["value"]) == (10, {"text": "On the phone"})
    said = post(answers=[answer("Both", 30, knows=[0, 10])]).json()["answers"]["open01"]
    assert said["sequence"] == 30
    assert "value" not in said


def test_words_are_stored_as_the_text_has_them(ada: Student, post: Post) -> None:
    text = Passage.objects.get(document__slug=LETTER, ident="p2").text
    post(highlights=[mark(start=3, end=20)])
    found = ada.highlights.get()
    assert found.words == text[found.start : found.end]
    assert len("".join(found.words.split())) == 17
    assert found.document == LETTER


def test_letters_and_characters_are_told_apart() -> None:
    assert characters(" a b\nc", 1, 3) == (3, 6)
    assert characters("ab", 1, 3) is None
    assert letters_before(" a b\nc", 5) == 2


def test_a_note_on_a_whole_item_needs_no_words(ada: Student, post: Post) -> None:
    post(highlights=[mark("note-letter", 0, 0, passage="", note="Ask about this.")])
    assert ada.highlights.get().note == "Ask about this."


def test_what_was_deleted_leaves_nothing_that_was_written(ada: Student, post: Post) -> None:
    post(highlights=[mark(note="A secret")])
    post(deleted=[{"ident": "mark-1", "sequence": 2}])
    assert not ada.highlights.exists()
    left = Highlight.with_deleted.get()
    assert (left.note, left.words, left.item) == ("", "", "")


@pytest.mark.parametrize(
    "message",
    [
        {"answers": [answer("Who?", 1) | {"item": "nobody"}]},
        {"answers": [answer("Who?", 1) | {"item": "letter"}]},
        {"answers": [answer("x" * 20_001, 1)]},
        {"answers": [answer("x", 0)]},
        {"answers": [{"item": "choice", "value": {"chosen": [9]}, "sequence": 1}]},
        {"highlights": [mark(end=100_000)]},
        {"highlights": [mark(passage="p999")]},
        {"highlights": [mark(item="open01")]},
        {"highlights": [mark(start=4, end=4)]},
        {"highlights": [mark(ident="../..")]},
        {"read": ["open01"]},
        {"names": ["Ada"]},
    ],
)
def test_what_cannot_be_stored_is_refused_whole_and_with_a_sentence(
    ada: Student, post: Post, message: dict[str, Any]
) -> None:
    good = answer("Good", 1) | {"item": "open01"}
    message = message if "answers" in message else message | {"answers": [good]}
    response = post(**message)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert not ada.answers.exists()


def test_there_is_an_end_to_highlights(ada: Student, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST_HIGHLIGHTS", 2)
    assert post(highlights=[mark("mark-1"), mark("mark-2")]).status_code == 200
    assert post(highlights=[mark("mark-3")]).status_code == 400


def test_what_is_no_json_is_refused(ada: Student, post: Post, client: Client) -> None:
    address = f"/classroom/classes/{ada.assignment.ident}/work/save/"
    assert client.post(address, b"\xff{", content_type="application/json").status_code == 400


def test_strangers_save_nothing(ada: Student, client: Client) -> None:
    other, _ = student(assignment(class_name="History 11"), "Bo")
    known_as(client, other)
    address = f"/classroom/classes/{ada.assignment.ident}/work/save/"
    assert client.post(address, "{}", content_type="application/json").status_code == 403


def test_nothing_is_taken_after_it_was_handed_in_or_due(ada: Student, post: Post) -> None:
    of = Assignment.objects.filter(pk=ada.assignment_id)
    of.update(due_at="2020-01-01T00:00Z", takes_late_work=False)
    assert post(answers=[answer("Late", 1)]).status_code == 409
    of.update(due_at=None)
    Student.objects.update(submitted_at="2020-01-01T00:00Z")
    assert "Take it back" in post(answers=[answer("Late", 1)]).json()["error"]
    assert not ada.answers.exists()


def test_a_save_takes_few_queries_and_no_session(ada: Student, post: Post) -> None:
    message = {"answers": [answer("Because", 5)], "highlights": [mark()], "read": ["letter"]}
    with CaptureQueriesContext(
        connection,
    ) as found:
        response = post(**message)
    asked = [each["sql"] for each in found.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(asked) <= 8, asked
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not Session.objects.exists()


def test_deleting_what_never_was_does_not_fill_the_database(ada: Student, post: Post) -> None:
    """Of what is deleted its number stays, of as many marks as anybody makes."""
    assert post(highlights=[mark()]).status_code == 200
    for first in range(0, sent.MOST_AT_ONCE * 12, sent.MOST_AT_ONCE):
        post(deleted=[{"ident": f"gone-{first + more}", "sequence": 1} for more in range(sent.MOST_AT_ONCE)])
    assert Highlight.with_deleted.filter(student=ada).count() <= saving.MOST_EVER
    assert post(deleted=[{"ident": "mark-1", "sequence": 2}]).status_code == 200
    assert post(answers=[answer("Because", 5)]).status_code == 200
