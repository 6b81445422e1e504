"""Who comes from a course: students get in without a code; teachers are known once they have linked their account."""

from __future__ import annotations

import json

from django.contrib.auth.models import User
from django.db import transaction

from classroom import joining
from classroom.codes import derived_code, keyed_hash
from classroom.identity import code_hash
from classroom.lti.asking import Refused, is_safe
from classroom.lti.messages import Message
from classroom.lti.models import LaunchedStudent, LinkedTeacher, Platform
from classroom.models import Assignment, Student


def subject_hash(message: Message) -> str:
    """What is stored of who a teacher is in their course system."""
    return keyed_hash("lti teacher", json.dumps([message.platform.pk, message.subject]))


def is_linked(user: User, platform: Platform, subject: str) -> bool:
    """Whether this account belongs to whoever has this hash in the course system."""
    return LinkedTeacher.objects.filter(user=user, platform=platform, subject=subject).exists()


def arrive(message: Message) -> LaunchedStudent:
    """The student who launches a class, made when they come first; raises ``Refused``."""
    with transaction.atomic():
        # One after the other, so that nobody who clicks twice becomes two.
        assignment = Assignment.objects.select_for_update().filter(ident=message.class_ident).first()
        if assignment is None:
            raise Refused("The class of this link is no longer there. Tell your teacher.")
        if not LinkedTeacher.objects.filter(user=assignment.teacher, platform=message.platform).exists():
            raise Refused("The teacher of this class has not linked it with this course system.")
        known = LaunchedStudent.objects.filter(
            platform=message.platform, subject=message.subject, student__assignment=assignment
        )
        launched = known.select_related("student").first() or _make(message, assignment)
        launched.line_item = message.line_item if _fits(message.line_item) else ""
        _renew_code(launched)
        launched.save()
        return launched


def return_code(launched: LaunchedStudent) -> str:
    """The code with which this student comes back: always the same, until another was given to them."""
    who = [launched.platform_id, launched.subject, launched.student_id, launched.turn]
    return derived_code("lti return", json.dumps(who))


def _make(message: Message, assignment: Assignment) -> LaunchedStudent:
    if not assignment.takes_answers:
        raise Refused("This class takes no answers now. Ask your teacher when it does.")
    student = _join(assignment, message.name)
    return LaunchedStudent(student=student, platform=message.platform, subject=message.subject)


def _join(assignment: Assignment, said: str) -> Student:
    """Joins under the name that the course system says, or a number; with one more where it is taken."""
    try:
        name = joining.read_name(said[: joining.LONGEST_NAME])
    except joining.NameRefused:
        name = "Student 1"
    try:
        return joining.join(assignment, name)[0]
    except joining.NameTaken as refusal:
        return joining.join(assignment, refusal.suggestion)[0]


def _renew_code(launched: LaunchedStudent) -> None:
    """Where the teacher gave another code, or none was given, takes a new one: an old one is never good again."""
    student = launched.student
    if launched.pk is None or student.return_code != code_hash(return_code(launched)):
        launched.turn += 1
        student.return_code = code_hash(return_code(launched))
        student.save(update_fields=["return_code"])


def _fits(address: str) -> bool:
    return is_safe(address) and len(address) <= LaunchedStudent._meta.get_field("line_item").max_length
