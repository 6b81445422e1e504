"""The comments and marks of a teacher, on single answers and on all that a student did, saved many at a time.

A form sends each remark with a digest of what stood there when it was opened: what was not touched is left alone, and
what was changed in another window meanwhile is not written over unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from classroom.keeping import lock_students
from classroom.marks import MarkError, Scale
from classroom.models import Answer, Student

#: The longest comment, in characters.
LONGEST = 10_000
CHANGED = "This was changed in another window meanwhile. There it says: “{}”. Save again to put yours in its place."
TOO_LONG = f"A comment has at most {LONGEST:,} characters."


@dataclass(frozen=True)
class Remark:
    """A comment and a mark as a form shows them, ``on`` what they are; ``problem`` says why they were not saved."""

    on: Answer | Student
    comment: str
    mark: str
    was: str
    problem: str = ""

    @property
    def key(self) -> str:
        """What the names of its fields begin with."""
        return f"{self.on._meta.model_name}-{self.on.pk}"


@dataclass(frozen=True)
class Taken:
    """What came of a form: every remark as it is to be shown, by its key, and those that have to be stored."""

    remarks: dict[str, Remark]
    changed: list[Remark] = field(default_factory=list)

    @property
    def problems(self) -> int:
        return sum(bool(remark.problem) for remark in self.remarks.values())


def remark_on(on: Answer | Student) -> Remark:
    """What is stored."""
    return Remark(on, on.comment, on.mark, _digest(on.comment, on.mark))


def take(among: Iterable[Answer | Student], sent: Mapping[str, str], scale: Scale) -> Taken:
    """Reads what a form sent for these; nothing is stored yet."""
    taken = Taken({})
    for on in among:
        stored = remark_on(on)
        read = _read(stored, sent, scale)
        taken.remarks[stored.key] = read
        if not read.problem and (read.comment, read.mark) != (stored.comment, stored.mark):
            taken.changed.append(read)
    return taken


def store(changed: Sequence[Remark], now: datetime) -> None:
    """Stores remarks, and nothing else of the answers and students that they are on."""
    for remark in changed:
        remark.on.comment, remark.on.mark = remark.comment, remark.mark
        remark.on.commented_at = now if remark.comment or remark.mark else None
    fields = ["comment", "mark", "commented_at"]
    whose = [each.on.student_id if isinstance(each.on, Answer) else each.on.pk for each in changed]
    with transaction.atomic():
        lock_students(Student.objects.filter(pk__in=whose))
        Answer.objects.bulk_update([each.on for each in changed if isinstance(each.on, Answer)], fields)
        Student.objects.bulk_update([each.on for each in changed if isinstance(each.on, Student)], fields)


def _read(stored: Remark, sent: Mapping[str, str], scale: Scale) -> Remark:
    """A remark as it was sent; as it is stored when it was not sent, or not touched."""
    was = sent.get(f"{stored.key}-was")
    comment = sent.get(f"{stored.key}-comment", stored.comment).replace("\r\n", "\n").replace("\x00", "").strip()
    mark = sent.get(f"{stored.key}-mark", stored.mark).strip()
    if was is None or _digest(comment, mark) in (was, stored.was):
        return stored
    typed = Remark(stored.on, comment, mark, was)
    if was != stored.was:
        there = " ".join(filter(None, (stored.comment, stored.mark)))
        return replace(typed, was=stored.was, problem=CHANGED.format(there))
    if len(comment) > LONGEST:
        return replace(typed, problem=TOO_LONG)
    try:
        return replace(typed, mark=mark if mark == stored.mark else scale.read(mark))
    except MarkError as error:
        return replace(typed, problem=str(error))


def _digest(comment: str, mark: str) -> str:
    return hashlib.sha256(f"{comment}\0{mark}".encode()).hexdigest()[:12]
