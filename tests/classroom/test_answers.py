"""An answer is read by the form of its question, and put into words."""

from __future__ import annotations

import pytest

from classroom import answers
from classroom.live import live
from documents.models import Collection
from tests.classroom.readings import content

READING = content()
OPEN, CHOICE, POINT = READING.questions


def test_an_answer_is_read_by_the_form_of_its_question() -> None:
    assert answers.read(OPEN, {"text": "One\r\ntwo"}, READING).to_json(OPEN.form) == {"text": "One\ntwo"}
    assert answers.read(CHOICE, {"chosen": [2]}, READING).to_json(CHOICE.form) == {"chosen": [2]}
    assert answers.read(POINT, {"places": ["letter#p9"]}, READING).to_json(POINT.form) == {"places": ["letter#p9"]}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (OPEN, {"chosen": [1]}),
        (OPEN, {"text": 3}),
        (OPEN, "Now"),
        (OPEN, {"text": "x" * 20_001}),
        (CHOICE, {"chosen": [3]}),
        (CHOICE, {"chosen": [True]}),
        (CHOICE, {"chosen": [0, 1]}),
        (POINT, {"places": ["intro1#p1"]}),
        (POINT, {"places": ["letter"]}),
        (POINT, {"places": ["letter#p1", "letter#p2"]}),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(question: object, found: object) -> None:
    with pytest.raises(answers.AnswerError, match=r"\.$"):
        answers.read(question, found, READING)  # type: ignore[arg-type]


def test_questions_without_an_answer_are_told() -> None:
    given = {"open01": {"text": " \n"}, "choice": {"chosen": [0]}}
    assert [each.ident for each in answers.unanswered(READING, given)] == ["open01", "point1"]


@pytest.mark.django_db
def test_answers_are_put_into_words(space_exchange: Collection) -> None:
    shown = live(READING)
    assert answers.in_words(OPEN, {"text": " Why not? "}, shown) == "Why not?"
    assert answers.in_words(CHOICE, {"chosen": [1]}, shown) == "A base on the moon"
    pointed = answers.in_words(POINT, {"places": ["spans1#p5", "letter#p99"]}, shown).splitlines()
    assert "passage" in pointed[0]
    assert "“" in pointed[0]
    assert pointed[1] == "A passage that the reading no longer shows (p99)"
    assert answers.in_words(POINT, None, shown) == ""
