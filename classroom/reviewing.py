"""The answers of a class in words, for its teacher: one student's, or all to one question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from classroom import answers
from classroom.content import Form, Question
from classroom.live import LiveReading, live
from classroom.models import Answer, Assignment, Student
from classroom.overview import Asked


@dataclass(frozen=True)
class Entry:
    """What a student answered to a question, in words; ``answer`` is none where nothing was saved."""

    student: Student
    asked: Asked
    answer: Answer | None
    words: str

    @property
    def is_changed(self) -> bool:
        """Whether the student changed it after the teacher had commented on it."""
        answer = self.answer
        return bool(answer and answer.commented_at and answer.saved_at > answer.commented_at)

    @property
    def verdict(self) -> str:
        """Whether it is what the teacher named as correct; empty where nothing was named, or nothing answered."""
        return _verdict(self.asked.question, self.answer) if self.answer and self.words else ""


class Tally(NamedTuple):
    """How often a choice was chosen, or a passage pointed to, and whether it is correct."""

    words: str
    count: int
    is_correct: bool


@dataclass(frozen=True)
class ClassWork:
    """Answers of a class, by student and question, and the reading that they are about as it is shown now."""

    assignment: Assignment
    live: LiveReading
    answers: Mapping[tuple[int, str], Answer]

    @cached_property
    def places(self) -> dict[str, answers.Place]:
        return answers.places(self.live)

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions of the reading, then those of former versions that have answers here."""
        items = Counter(item for _, item in self.answers)
        now = [Asked(each, number, items[each.ident]) for number, each in enumerate(self.live.content.questions, 1)]
        former = [Asked(each, 0, items[each.ident]) for each in self.assignment.former_questions if items[each.ident]]
        return [*now, *former]

    def entry(self, student: Student, asked: Asked) -> Entry:
        answer = self.answers.get((student.pk, asked.question.ident))
        words = answers.worded(asked.question, answer.value, self.places) if answer else ""
        return Entry(student, asked, answer, words)

    def entries(self, student: Student) -> list[Entry]:
        """All that a student was asked; of former versions only what they answered."""
        entries = [self.entry(student, asked) for asked in self.asked]
        return [entry for entry in entries if entry.asked.number or entry.words]

    def tallies(self, question: Question) -> list[Tally]:
        """How the class chose or pointed; correct ones are there even when nobody did."""
        given = [answers.stored(each.value) for (_, item), each in self.answers.items() if item == question.ident]
        match question.form:
            case Form.CHOICE:
                counts = Counter(place for each in given for place in each.chosen)
                return [Tally(words, counts[at], at in question.correct) for at, words in enumerate(question.choices)]
            case Form.POINT:
                return self._pointed(question, Counter(place for each in given for place in each.places))
        return []

    def _pointed(self, question: Question, counts: Counter[str]) -> list[Tally]:
        order = {value: at for at, value in enumerate(self.places)}
        values = sorted({*counts, *question.places}, key=lambda value: (order.get(value, len(order)), value))
        return [
            Tally(answers.pointed(value, self.places.get(value)), counts[value], value in question.places)
            for value in values
        ]


def class_work(assignment: Assignment, **narrowed: Any) -> ClassWork:
    """Looks up the answers of a class, of one student or to one item alone when it is ``narrowed``."""
    found = Answer.objects.filter(student__assignment=assignment, **narrowed)
    return ClassWork(assignment, live(assignment.content), by_student_and_item(found))


def by_student_and_item(found: Iterable[Answer]) -> dict[tuple[int, str], Answer]:
    return {(each.student_id, each.item): each for each in found}


def _verdict(question: Question, answer: Answer) -> str:
    given = answers.stored(answer.value)
    match question.form:
        case Form.CHOICE:
            chosen, correct = set(map(str, given.chosen)), set(map(str, question.correct))
        case Form.POINT:
            chosen, correct = set(given.places), set(question.places)
        case _:
            return ""
    if not correct:
        return ""
    if question.form is Form.POINT and not question.several and chosen <= correct:
        return "Correct"
    return "Correct" if chosen == correct else "Partly correct" if chosen & correct else "Not correct"
