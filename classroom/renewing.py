"""Giving a class the newer version of its reading, without losing what students have answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Count

from classroom.assigning import frozen
from classroom.content import Content, Question, new_ident
from classroom.models import Answer, Assignment, Reading
from classroom.overview import ANSWERED


@dataclass(frozen=True)
class Renewed:
    """A question that is not in the newer version as it was, and how many students have answered it."""

    question: Question
    answers: int


@dataclass(frozen=True)
class Difference:
    """What a newer version of a reading means for a class that has the older one.

    Questions that are ``lost``, or asked in another form or with other choices (``recast``), keep their answers as
    questions of a former version. Those that are only ``reworded`` keep them where they are.
    """

    newer: Content
    lost: tuple[Renewed, ...]
    recast: tuple[Renewed, ...]
    reworded: tuple[Renewed, ...]
    added: tuple[Question, ...]


def newer_version(assignment: Assignment) -> Content | None:
    """The reading as it is now, when it has changed since the class was given it."""
    reading = seen_reading(assignment)
    return reading.content if reading and reading.revision != assignment.revision else None


def seen_reading(assignment: Assignment) -> Reading | None:
    """The reading that a class was given, as long as its teacher may look at it: it may be another teacher's."""
    reading = assignment.reading
    if reading is None or reading.owner_id == assignment.teacher_id:
        return reading
    return None if reading.visibility == Reading.Visibility.PRIVATE else reading


def difference(assignment: Assignment, newer: Content) -> Difference:
    """What a class would see of a newer version."""
    counts = dict(
        Answer.objects.filter(ANSWERED, student__assignment=assignment)
        .order_by()
        .values_list("item")
        .annotate(Count("pk"))
    )
    asked = {each.ident: each for each in newer.questions}
    before = assignment.content.questions
    return Difference(
        newer=newer,
        lost=_renewed([each for each in before if each.ident not in asked], counts),
        recast=_renewed([each for each in before if each.ident in asked and _is_recast(each, asked)], counts),
        reworded=_renewed([each for each in before if each.ident in asked and _is_reworded(each, asked)], counts),
        added=tuple(each for each in newer.questions if each.ident not in {one.ident for one in before}),
    )


def renew(assignment: Assignment) -> bool:
    """Gives a class the reading as it is now; whether there was anything to give."""
    with transaction.atomic():
        # Locked alone: the reading may be none, and a row that may be missing cannot be locked.
        locked = Assignment.objects.select_for_update(of=("self",)).select_related("reading").get(pk=assignment.pk)
        newer = newer_version(locked)
        if newer is None or locked.reading is None:
            return False
        found = difference(locked, newer)
        kept = [each.question.to_json() for each in found.lost] + [_set_aside(locked, each) for each in found.recast]
        asked = {each.ident for each in newer.questions}
        locked.former = [*(each for each in locked.former if each["ident"] not in asked), *kept]
        locked.frozen, locked.revision = frozen(newer), locked.reading.revision
        locked.save(update_fields=["former", "frozen", "revision"])
    return True


def _set_aside(assignment: Assignment, recast: Renewed) -> dict[str, object]:
    """Moves the answers to a question away from its ident, which asks something else from now on."""
    former = replace(recast.question, ident=new_ident())
    answers = Answer.objects.filter(student__assignment=assignment, item=recast.question.ident)
    answers.update(item=former.ident)
    return former.to_json()


def _renewed(questions: list[Question], counts: Mapping[str, int]) -> tuple[Renewed, ...]:
    return tuple(Renewed(each, counts.get(each.ident, 0)) for each in questions)


def _is_recast(question: Question, asked: Mapping[str, Question]) -> bool:
    """Whether an answer to the question as it was would mean another thing to the question as it is."""
    newer = asked[question.ident]
    return question.form is not newer.form or question.choices != newer.choices


def _is_reworded(question: Question, asked: Mapping[str, Question]) -> bool:
    return not _is_recast(question, asked) and question.prompt != asked[question.ident].prompt
