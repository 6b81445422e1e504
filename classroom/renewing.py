"""Giving a class the newer version of its reading, without losing what students have answered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Count

from classroom.assigning import frozen
from classroom.content import Content, Item, Question
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
    counts = _counts(assignment)
    renamed = _renamed(assignment, newer)
    asked = {each.ident: each for each in renamed.questions}
    named = {each.ident for each in newer.questions}
    before = assignment.content.questions
    gone = [each for each in before if each.ident not in asked]
    known = {each.ident for each in before}
    return Difference(
        newer=renamed,
        lost=_renewed([each for each in gone if each.ident not in named], counts),
        recast=_renewed([each for each in gone if each.ident in named], counts),
        reworded=_renewed([each for each in before if _is_reworded(each, asked)], counts),
        added=tuple(
            new
            for new, raw in zip(renamed.questions, newer.questions, strict=True)
            if not {new.ident, raw.ident} & known
        ),
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
        asked = {each.ident for each in found.newer.questions}
        gone = [each.question.to_json() for each in (*found.lost, *found.recast)]
        locked.former = [each for each in [*locked.former, *gone] if each["ident"] not in asked]
        locked.frozen, locked.revision = frozen(found.newer), locked.reading.revision
        locked.save(update_fields=["former", "frozen", "revision"])
    return True


def _renamed(assignment: Assignment, newer: Content) -> Content:
    """A reading in which every question that a class knew otherwise has another ident, always the same for the same.

    So no answer stands below what it does not answer, also when a device sends it late.
    """
    known = {each.ident: each for each in (*assignment.former_questions, *assignment.content.questions)}

    def named(item: Item) -> Item:
        before = known.get(item.ident)
        if not isinstance(item, Question) or before is None or not _is_recast(before, item):
            return item
        asks = repr((item.ident, str(item.form), item.choices))
        return replace(item, ident=hashlib.sha256(asks.encode()).hexdigest()[:12])

    return newer.with_items(tuple(named(item) for item in newer.items))


def _counts(assignment: Assignment) -> dict[str, int]:
    """How many students have answered each question, by its ident."""
    answers = Answer.objects.filter(ANSWERED, student__assignment=assignment).order_by()
    return dict(answers.values_list("item").annotate(Count("pk")))


def _renewed(questions: list[Question], counts: Mapping[str, int]) -> tuple[Renewed, ...]:
    return tuple(Renewed(each, counts.get(each.ident, 0)) for each in questions)


def _is_recast(before: Question, now: Question) -> bool:
    """Whether an answer to the question as it was would mean another thing to the question as it is."""
    return before.form is not now.form or before.choices != now.choices


def _is_reworded(before: Question, asked: Mapping[str, Question]) -> bool:
    return before.ident in asked and asked[before.ident].prompt != before.prompt
