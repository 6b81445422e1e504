"""Giving a reading to a class: freezing it, the code with which students join, and the day on which all is deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from classroom.codes import new_join_code
from classroom.content import Content
from classroom.keeping import purge_day
from classroom.live import live
from classroom.models import Assignment, Reading

#: A join code is good for so long after the work was due; and for so long from now when there is no due date.
AFTER_DUE, WITHOUT_DUE = timedelta(days=30), timedelta(days=90)
#: So many codes are tried before it is given up that one is free.
TRIES = 20


def prepared(teacher: User, reading: Reading) -> Assignment:
    """A reading as it could be given to a class now; nothing is stored yet."""
    return Assignment(teacher=teacher, reading=reading, revision=reading.revision, frozen=frozen(reading.content))


def prepared_again(assignment: Assignment) -> Assignment:
    """What one class has, as it could be given to another: the reading as it is in that class, late work and marks."""
    return Assignment(
        teacher=assignment.teacher,
        reading=assignment.reading,
        revision=assignment.revision,
        frozen=assignment.frozen,
        takes_late_work=assignment.takes_late_work,
        scale=assignment.scale,
    )


def frozen(content: Content) -> dict[str, object]:
    """A reading as a class keeps it: with the texts as they are today, so that later changes are told."""
    return live(content).seen().to_json()


def give(assignment: Assignment) -> None:
    """Stores what was prepared, with a code to join."""
    now = timezone.now()
    assignment.purge_on = purge_day(assignment.due_at, now)
    put_code(assignment, expiry(assignment.due_at, now))


def expiry(due_at: datetime | None, now: datetime) -> datetime:
    """When a join code ends that is made or prolonged now."""
    return max(due_at, now) + AFTER_DUE if due_at else now + WITHOUT_DUE


def put_code(assignment: Assignment, expires_at: datetime) -> None:
    """Stores the assignment with a new code in place of the one that it had."""
    assignment.code_expires_at = expires_at
    fields = ["code", "code_expires_at"] if assignment.pk else None
    for tries_left in reversed(range(TRIES)):
        assignment.code = new_join_code()
        try:
            with transaction.atomic():
                assignment.save(update_fields=fields)
            return
        except IntegrityError:
            if not tries_left or not Assignment.objects.filter(code=assignment.code).exists():
                raise


def look(assignment: Assignment) -> None:
    """Takes note that the teacher has looked at the texts of a class's reading as they are today."""
    with transaction.atomic():
        locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
        locked.frozen = frozen(locked.content)
        locked.save(update_fields=["frozen"])


def reschedule(assignment: Assignment) -> None:
    """Stores new dates, a new name and a new scale; the day of deletion follows, and a code that is good lasts."""
    assignment.purge_on = purge_day(assignment.due_at, assignment.created_at)
    if assignment.takes_students and assignment.code_expires_at and assignment.due_at:
        assignment.code_expires_at = max(assignment.code_expires_at, assignment.due_at + AFTER_DUE)
    fields = ["class_name", "opens_at", "due_at", "takes_late_work", "scale", "purge_on", "code_expires_at"]
    assignment.save(update_fields=fields)
