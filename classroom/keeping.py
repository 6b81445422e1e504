"""How long classes are kept, and deleting them when their day has come.

No scheduler is needed: the classroom deletes what is due when it is used, once a day, and so does ``manage.py serve``
when it starts.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from classroom.models import Assignment, Policy, Student
from classroom.throttle import forget_old_attempts


def policy() -> Policy:
    """What the administrator decided; what is usual when they decided nothing."""
    return Policy.objects.filter(pk=1).first() or Policy(pk=1)


def purge_day(due_at: datetime | None, created_at: datetime) -> date:
    """The day on which a class is deleted: so many days after it was due, or given when it has no due date."""
    return _day(due_at, created_at, policy().days_kept)


def move_purge_days() -> None:
    """Gives every class the day that follows from the policy, after it was changed."""
    days = policy().days_kept
    classes = list(Assignment.objects.only("due_at", "created_at", "purge_on"))
    for each in classes:
        each.purge_on = _day(each.due_at, each.created_at, days)
    Assignment.objects.bulk_update(classes, ["purge_on"], batch_size=500)


def purge() -> int:
    """Deletes the classes whose day has come, with all that is stored of their students, and says how many."""
    forget_old_attempts()
    return delete_classes(Assignment.objects.filter(purge_on__lte=timezone.localdate()))


@transaction.atomic
def delete_classes(found: QuerySet[Assignment]) -> int:
    """Deletes classes with everything about their students, once whoever is saving there is done; says how many."""
    keys = list(found.order_by("pk").select_for_update().values_list("pk", flat=True))
    lock_students(Student.objects.filter(assignment__in=keys))
    _, deleted = Assignment.objects.filter(pk__in=keys).delete()
    return deleted.get(Assignment._meta.label, 0)


@transaction.atomic
def delete_student(student: Student) -> None:
    """Deletes a student with everything that they wrote, once their device is done saving."""
    lock_students(Student.objects.filter(pk=student.pk))
    student.delete()


def lock_students(found: QuerySet[Student]) -> None:
    """Has nothing of these students stored by others until the transaction ends; who saves has their own row locked."""
    list(found.order_by("pk").select_for_update().values_list("pk"))


def purge_once_a_day() -> int:
    """Purges if that has not been done today; of several processes one does it. Asks the database once otherwise."""
    today = timezone.localdate()
    found = Policy.objects.filter(pk=1).values_list("purged_on", flat=True).first()
    if found is not None and found >= today:
        return 0
    Policy.objects.get_or_create(pk=1)
    first = Policy.objects.filter(Q(purged_on__lt=today) | Q(purged_on=None), pk=1).update(purged_on=today)
    return purge() if first else 0


def _day(due_at: datetime | None, created_at: datetime, days: int) -> date:
    return timezone.localdate(due_at or created_at) + timedelta(days)
