"""Readings, classes and students for the tests of the classroom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from classroom import codes
from classroom.content import Content
from classroom.identity import code_hash
from classroom.models import Assignment, Reading, Student

LETTER, REPLY, MEMORANDUM = "kennedy-1962-03-07", "khrushchev-1962-03-20", "nsam-129"
PASSWORD = "the long way round the moon"

ITEMS: list[dict[str, Any]] = [
    {"kind": "text", "ident": "intro1", "heading": "Before you read", "text": "Two leaders write.\n\nWhy?"},
    {"kind": "document", "ident": "letter", "document": LETTER, "remark": "Read the whole letter."},
    {
        "kind": "passages",
        "ident": "spans1",
        "document": REPLY,
        "spans": [{"first": "p1", "last": "p2"}, {"first": "p5", "last": "p6"}],
    },
    {"kind": "proposal", "ident": "propos", "document": LETTER, "proposal": "K1"},
    {"kind": "comparison", "ident": "compar", "document": LETTER, "other": REPLY},
    {"kind": "search", "ident": "search", "query": "weather satellite"},
    {"kind": "term", "ident": "term01", "term": "NSAM", "meaning": "National Security Action Memorandum"},
    {
        "kind": "question",
        "ident": "open01",
        "form": "open",
        "prompt": "Why now?",
        "model": "Because of Glenn's flight.",
    },
    {
        "kind": "question",
        "ident": "choice",
        "form": "choice",
        "prompt": "Which did Khrushchev accept?",
        "choices": ["Weather", "A base on the moon", "Nothing"],
        "correct": [0],
    },
    {"kind": "question", "ident": "point1", "form": "point", "prompt": "Point to the costs.", "places": ["letter#p9"]},
]
CONTENT = {"title": "A letter and its answer", "introduction": "Spring 1962.", "level": "secondary", "items": ITEMS}


def content(**changes: Any) -> Content:
    return Content.from_json(CONTENT | changes)


def teacher(name: str = "ruth") -> User:
    """An account that may teach and nothing else, made once."""
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name="Teachers"))
    return user


def reading(owner: User | None = None, **changes: Any) -> Reading:
    made = Reading(owner=owner or teacher(), **{key: changes.pop(key) for key in ("visibility",) if key in changes})
    made.content = content(**changes)
    made.save()
    return made


def assignment(of: Reading | None = None, class_name: str = "History 10b", **values: Any) -> Assignment:
    given = of or reading()
    values = {"code": codes.new_join_code(), "purge_on": timezone.localdate() + timedelta(365)} | values
    return Assignment.objects.create(
        teacher=given.owner or teacher(),
        reading=given,
        revision=given.revision,
        frozen=given.content.to_json(),
        class_name=class_name,
        **values,
    )


def student(of: Assignment, name: str = "Ada") -> tuple[Student, str]:
    """A student of a class, with the return code."""
    code = codes.new_return_code()
    return Student.objects.create(assignment=of, name=name, return_code=code_hash(code)), code
