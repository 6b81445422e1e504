"""A class as files: a table for a spreadsheet, and everything that is stored of its students."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from classroom.lti.models import LaunchedStudent
from classroom.models import Answer, Assignment, Highlight, Student
from classroom.overview import overview
from classroom.reviewing import ClassWork, class_work
from interchange.formats.csv_table import table

#: What the file says in place of a return code.
HASHED = "Only a keyed hash is stored, from which the code cannot be read."


def rows(assignment: Assignment) -> Iterator[str]:
    """Yields a CSV table, a student a row, with each question's answer, mark and comment in columns of their own."""
    found, work = overview(assignment), class_work(assignment)
    names = [
        "name",
        "joined (UTC)",
        "last seen (UTC)",
        "read",
        "items",
        "answered",
        "questions",
        "handed in (UTC)",
        "mark",
        "comment",
    ]
    for asked in work.asked:
        names += [f"{asked.name}: {asked.question.prompt}", f"{asked.name}: mark", f"{asked.name}: comment"]
    of = [str(found.to_read), str(len(found.content.questions))]
    lines = (
        [
            line.student.name,
            _when(line.student.joined_at),
            _when(line.student.seen_at),
            *(str(line.read), of[0], str(line.answered), of[1]),
            _when(line.student.submitted_at),
            line.student.mark,
            line.student.comment,
            *_answers(work, line.student),
        ]
        for line in found.lines
    )
    return table(names, lines)


def _answers(work: ClassWork, student: Student) -> Iterator[str]:
    for asked in work.asked:
        entry = work.entry(student, asked)
        yield from (entry.words, *((entry.answer.mark, entry.answer.comment) if entry.answer else ("", "")))


def everything(assignment: Assignment) -> dict[str, Any]:
    """All that is stored of a class and its students, as JSON can hold it."""
    students = assignment.students.select_related("launched__platform").prefetch_related("answers", "highlights")
    return {
        "class": assignment.class_name,
        "reading": assignment.frozen,
        "questions of former versions": assignment.former,
        "opens": _iso(assignment.opens_at),
        "due": _iso(assignment.due_at),
        "takes late work": assignment.takes_late_work,
        "marks": assignment.scale,
        "given": _iso(assignment.created_at),
        "deleted on": assignment.purge_on.isoformat(),
        "students": [_student(each) for each in students],
    }


def _student(student: Student) -> dict[str, Any]:
    return _stored(student, "assignment", "return_code") | {
        "return_code": HASHED,
        "answers": [_stored(each, "student") for each in student.answers.all()],
        "course": _course(student),
        "highlights": [_stored(each, "student") for each in student.highlights.all()],
    }


def _course(student: Student) -> dict[str, Any] | None:
    """What is stored of the course from which a student came."""
    launched = getattr(student, "launched", None)
    return launched and _stored(launched, "student", "platform") | {"platform": str(launched.platform)}


def _stored(row: Student | Answer | Highlight | LaunchedStudent, *without: str) -> dict[str, Any]:
    """Every field of a row but its key and these."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in ("id", *without)]
    return {name: _iso(value) if isinstance(value := getattr(row, name), datetime) else value for name in names}


def _when(at: datetime | None) -> str:
    """A time as spreadsheets read it, in UTC."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
