"""What is stored of students, said so that a child understands it: the privacy page, and what is stored about one.

Every field of ``classroom/models/student.py`` and of ``LaunchedStudent`` has its entry here; a test holds them alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime

from classroom import codes
from classroom.content import Question
from classroom.joining import Known
from classroom.lti.models import LaunchedStudent
from classroom.models import Answer, Highlight, Student


@dataclass(frozen=True)
class Stored:
    """Something that is stored: in which fields, what it is, and what it is for."""

    fields: tuple[str, ...]
    what: str
    why: str


@dataclass(frozen=True)
class Part:
    """What is stored together."""

    title: str
    model: type[Model]
    entries: tuple[Stored, ...]


PARTS = (
    Part(
        "When you join",
        Student,
        (
            Stored(("assignment",), "Which class you joined.", "So that your work reaches the right teacher."),
            Stored(
                ("name",),
                "The name that you typed. It need not be your full name.",
                "So that your teacher knows whose answers they read. Others in your class do not see it.",
            ),
            Stored(
                ("return_code",),
                "Your return code, scrambled: nobody can read the code from it.",
                "So that you can come back, here or on another device.",
            ),
            Stored(("joined_at",), "When you joined.", "So that your teacher sees who is there."),
        ),
    ),
    Part(
        "While you read",
        Student,
        (
            Stored(("seen_at",), "When you last opened or saved your work.", "So that your teacher sees who works."),
            Stored(("read",), "Which parts of the reading you have read.", "So that you can go on where you stopped."),
        ),
    ),
    Part(
        "What you mark",
        Highlight,
        (
            Stored(("student",), "That it is yours.", "So that you find it again."),
            Stored(
                ("item", "document", "passage", "start", "end", "words"),
                "The words that you highlight, and where they stand.",
                "So that they are marked when you come back.",
            ),
            Stored(("note",), "The note that you write to them.", "So that you can read it again."),
            Stored(
                ("ident", "sequence", "is_deleted", "made_at"),
                "When you made it or changed it, a number that was drawn for it, and that it was deleted, if it was.",
                "So that nothing is saved twice, and nothing old in place of something new.",
            ),
        ),
    ),
    Part(
        "What you answer",
        Answer,
        (
            Stored(("student",), "That it is yours.", "So that your teacher knows whose answer it is."),
            Stored(
                ("item", "value"),
                "Your answer to each question: what you wrote, chose or pointed to.",
                "So that your teacher can read it and you can go on with it.",
            ),
            Stored(
                ("sequence", "saved_at"),
                "When you changed it, and when it was saved.",
                "So that nothing old is saved in place of something new.",
            ),
        ),
    ),
    Part(
        "When you hand in, and what comes back",
        Student,
        (
            Stored(("submitted_at",), "When you handed in your work.", "So that your teacher knows that you are done."),
            Stored(
                ("comment", "mark", "commented_at"),
                "What your teacher writes to your work, the mark if there is one, and when.",
                "So that you can read it.",
            ),
        ),
    ),
    Part(
        "What comes back for one answer",
        Answer,
        (
            Stored(
                ("comment", "mark", "commented_at"),
                "What your teacher writes to an answer, the mark if there is one, and when.",
                "So that you can read it.",
            ),
        ),
    ),
)

#: What is stored besides where classes may be opened from a course.
COURSE = Part(
    "If you came from a course",
    LaunchedStudent,
    (
        Stored(
            ("student", "platform"),
            "From which course system. Your name is the one that you have there, if it told us; no e-mail is stored.",
            "So that you need no code.",
        ),
        Stored(
            ("subject", "turn"),
            "The number by which the course system knows you, and how often your return code was made anew.",
            "So that you come back to your own work.",
        ),
        Stored(("line_item",), "Where your course keeps the mark.", "So that your teacher can send it there."),
    ),
)


def parts() -> tuple[Part, ...]:
    """What may be stored here."""
    return (*PARTS, COURSE) if settings.LTI or LaunchedStudent.objects.exists() else PARTS


@dataclass(frozen=True)
class Row:
    """One thing that is stored of a student, and what it is for them."""

    what: str
    value: str


@dataclass(frozen=True)
class Record:
    """All that is stored of a student in one class: of themself, of each answer, of each highlight."""

    known: Known
    student: list[Row]
    answers: list[tuple[str, list[Row]]]
    highlights: list[list[Row]]


def record_of(known: Known) -> Record:
    """Everything that is stored about a student, in full."""
    student, assignment = known.student, known.student.assignment
    questions = {each.ident: each for each in (*assignment.former_questions, *assignment.content.questions)}
    places = {item.ident: place for place, item in enumerate(assignment.content.items, 1)}
    answers = [_of_answer(each, questions.get(each.item), places) for each in student.answers.all()]
    marked = [list(_of_highlight(each, places)) for each in Highlight.with_deleted.filter(student=student)]
    return Record(known, list(_of_student(known, places)), answers, marked)


def _of_student(known: Known, places: dict[str, int]) -> Iterator[Row]:
    student = known.student
    parts = [
        _part(ident, places) for ident in sorted(student.read, key=lambda ident: places.get(ident, len(places) + 1))
    ]
    yield Row("Class", str(student.assignment))
    yield Row("Name", student.name)
    yield Row("Return code", f"{codes.shown(known.return_code)}, stored scrambled as {student.return_code}")
    yield Row("Joined", _when(student.joined_at))
    yield Row("Last seen", _when(student.seen_at))
    yield Row("Parts that you have read", ", ".join(parts) or "none")
    yield Row("Handed in", _when(student.submitted_at))
    yield from _of_teacher(student)
    if launched := LaunchedStudent.objects.filter(student=student).select_related("platform").first():
        yield Row("Course system", str(launched.platform))
        yield Row("Your number there", f"{launched.subject} (return code {launched.turn})")
        yield Row("Where the course keeps the mark", launched.line_item or "nowhere")


def _of_answer(answer: Answer, question: Question | None, places: dict[str, int]) -> tuple[str, list[Row]]:
    """The question, and what is stored of the answer to it."""
    rows = [
        Row("Your answer", _said(answer.value, question, places)),
        Row("Saved", f"{_when(answer.saved_at)} (your device’s clock: {answer.sequence})"),
        *_of_teacher(answer),
    ]
    return question.prompt if question else f"Question {answer.item}", rows


def _of_highlight(highlight: Highlight, places: dict[str, int]) -> Iterator[Row]:
    """Of one that was deleted only its number stays."""
    if highlight.is_deleted:
        yield Row("Deleted", "only this stays, so that another device does not bring it back")
    else:
        yield Row("Words", highlight.words or "none: a note on a whole part")
        yield Row("Where", _where(highlight, places))
        yield Row("Your note", highlight.note or "none")
    yield Row(
        "Made", f"{_when(highlight.made_at)} (number {highlight.ident}, your device’s clock: {highlight.sequence})"
    )


def _of_teacher(stored: Student | Answer) -> Iterator[Row]:
    """What the teacher gave back."""
    yield Row("Your teacher’s comment", stored.comment or "none")
    yield Row("Mark", stored.mark or "none")
    yield Row("Commented", _when(stored.commented_at))


def _where(highlight: Highlight, places: dict[str, int]) -> str:
    within = f", passage {highlight.passage}, characters {highlight.start} to {highlight.end}"
    return f"Part {_part(highlight.item, places)} {highlight.document}".strip() + (within if highlight.passage else "")


def _said(value: dict[str, Any], question: Question | None, places: dict[str, int]) -> str:
    """An answer in words, whatever the form of its question."""
    choices = question.choices if question else ()
    chosen = [choices[each] if each < len(choices) else str(each) for each in value.get("chosen", [])]
    pointed = [each.partition("#") for each in value.get("places", [])]
    passages = [f"part {_part(ident, places)}, passage {passage}" for ident, _, passage in pointed]
    return "; ".join([*filter(None, [value.get("text", "")]), *chosen, *passages]) or "nothing"


def _part(ident: str, places: dict[str, int]) -> str:
    """A part of the reading by its number, with the ident that is stored."""
    return f"{places[ident]} ({ident})" if ident in places else f"{ident} (no longer in the reading)"


def _when(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F Y, H:i:s") if moment else "not yet"
