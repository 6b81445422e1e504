"""What a teacher sees of a class at a glance: who has joined, read, answered and handed in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from classroom.content import Content, Question
from classroom.marks import Scale, read_scale
from classroom.models import Answer, Assignment, Student
from classroom.sent import TO_READ

#: Answers that say something.
ANSWERED = Q(value__text__regex=r"\S") | Q(value__chosen__0__isnull=False) | Q(value__places__0__isnull=False)


@dataclass(frozen=True)
class Line:
    """A student at the desk; ``worked_at`` is when they last saved an answer."""

    student: Student
    read: int
    answered: int
    worked_at: datetime | None

    @property
    def is_unread(self) -> bool:
        """Whether work was handed in that the teacher has not looked at since it was last changed."""
        student = self.student
        if student.submitted_at is None:
            return False
        changed_at = max(filter(None, (student.submitted_at, self.worked_at)))
        return student.commented_at is None or student.commented_at < changed_at


@dataclass(frozen=True)
class Asked:
    """A question at the desk, ``number`` from 1, and how many students have answered it.

    One of a former version of the reading has no number.
    """

    question: Question
    number: int
    answered: int = 0

    @property
    def name(self) -> str:
        return f"Question {self.number}" if self.number else "Question of a former version"


@dataclass(frozen=True)
class Overview:
    """A class at a glance; its lines stand in the order of names."""

    assignment: Assignment
    content: Content
    scale: Scale
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...]

    @cached_property
    def to_read(self) -> int:
        """How many items of the reading are there to be read."""
        return len(read_items(self.content))

    @cached_property
    def unread(self) -> list[Line]:
        """Work that the teacher has not looked at, what was handed in longest ago first."""
        unread = [line for line in self.lines if line.is_unread]
        return sorted(unread, key=lambda line: line.student.submitted_at or line.student.joined_at)

    @property
    def unread_first(self) -> list[Line]:
        return [*self.unread, *(line for line in self.lines if not line.is_unread)]

    @property
    def submitted(self) -> int:
        return sum(line.student.submitted_at is not None for line in self.lines)

    @property
    def begun(self) -> int:
        return sum(bool(line.answered) for line in self.lines)

    @property
    def average(self) -> str:
        """The mean of the marks, "" where there is none."""
        found = self.scale.average(line.student.mark for line in self.lines)
        return "" if found is None else str(found)


def overview(assignment: Assignment) -> Overview:
    """Looks up a class, in two queries whatever its size."""
    content = assignment.content
    students = by_name(assignment)
    answers = Answer.objects.filter(ANSWERED, student__assignment=assignment).order_by()
    given = list(answers.values_list("student", "item", "saved_at"))
    asked = _asked(assignment, content, Counter(item for _, item, _ in given))
    now_asked = {each.ident for each in content.questions}
    counts = Counter(student for student, item, _ in given if item in now_asked)
    saved: dict[int, datetime] = {}
    for student, _, at in given:
        saved[student] = max(at, saved.get(student, at))
    items = read_items(content)
    lines = [Line(each, len(items & set(each.read)), counts[each.pk], saved.get(each.pk)) for each in students]
    return Overview(assignment, content, read_scale(assignment.scale), tuple(lines), asked)


def by_name(assignment: Assignment) -> list[Student]:
    """The students of a class in the order of their names, as a person looks for them: é beside e, A beside a."""
    return sorted(assignment.students.all(), key=lambda each: unicodedata.normalize("NFKD", each.name.casefold()))


def read_items(content: Content) -> set[str]:
    """The items of a reading that count as read or not."""
    return {each.ident for each in content.items if isinstance(each, TO_READ)}


def _asked(assignment: Assignment, content: Content, counts: Counter[str]) -> tuple[Asked, ...]:
    """The questions of the reading, and those of former versions that somebody has answered."""
    now = [Asked(each, number, counts[each.ident]) for number, each in enumerate(content.questions, 1)]
    former = [Asked(each, 0, counts[each.ident]) for each in assignment.former_questions if counts[each.ident]]
    return (*now, *former)
