"""How students get in: a class by its join code, a name in it, and coming back with a return code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from classroom import codes
from classroom.identity import code_hash, codes_of
from classroom.models import Assignment, Student

LONGEST_NAME = 60
#: These join letters in some scripts; no other invisible character belongs in a name.
JOINERS = "\u200c\u200d"


class NameRefused(ValueError):
    """A name cannot be used in this class; the message says why and what to do."""


class NameTaken(NameRefused):
    """Somebody in this class has this name; ``suggestion`` is one that nobody has."""

    def __init__(self, suggestion: str) -> None:
        self.suggestion = suggestion
        super().__init__(
            "Somebody in this class already has this name. Choose another, perhaps with the first letter of your "
            f"last name, or “{suggestion}”. If it is you, come back with your return code."
        )


@dataclass(frozen=True)
class Known:
    """A student whom this device knows, and the code with which they come back."""

    student: Student
    return_code: str

    @property
    def shown_code(self) -> str:
        return codes.shown(self.return_code)


def read_name(typed: str) -> str:
    """A name as it is stored; raises ``NameRefused``."""
    kept = (each for each in unicodedata.normalize("NFC", typed) if each.isspace() or _belongs(each))
    name = " ".join("".join(kept).split()).strip(JOINERS + " ")
    if not any(unicodedata.category(each)[0] in "LNPS" for each in name):
        raise NameRefused("Write the name by which your teacher will know you.")
    if len(name) > LONGEST_NAME:
        raise NameRefused(f"A name has at most {LONGEST_NAME} characters: write a shorter one.")
    return name


def class_with(typed: str) -> Assignment | None:
    """The class that has this join code, good or expired."""
    code = codes.read_code(typed)
    return Assignment.objects.filter(code=code).select_related("reading").first() if code else None


def join(assignment: Assignment, name: str) -> tuple[Student, str]:
    """Makes a student of a class, and a return code that is stored nowhere; raises ``NameTaken``."""
    code = codes.new_return_code()
    try:
        with transaction.atomic():
            return Student.objects.create(assignment=assignment, name=name, return_code=code_hash(code)), code
    except IntegrityError:
        raise NameTaken(_free_name(assignment, name)) from None


def student_with(typed: str) -> Student | None:
    """The student who has this return code."""
    code = codes.read_code(typed)
    found = Student.objects.filter(return_code=code_hash(code)).select_related("assignment")
    return found.first() if code else None


def known_students(request: HttpRequest) -> list[Known]:
    """The students whom this device knows, who joined last first. Asks the database at most once."""
    held = codes_of(request)
    if not held:
        return []
    by_hash = {code_hash(code): (ident, code) for ident, code in held.items()}
    found = Student.objects.filter(return_code__in=by_hash).select_related("assignment").order_by("-joined_at")
    return [
        Known(each, by_hash[each.return_code][1])
        for each in found
        if by_hash[each.return_code][0] == each.assignment.ident
    ]


def known_in(request: HttpRequest, ident: str) -> Known | None:
    """The student of the class at this address whom this device knows."""
    return next((each for each in known_students(request) if each.student.assignment.ident == ident), None)


def _belongs(character: str) -> bool:
    """Whether a character may be part of a name: no control, no direction, nothing that is not assigned."""
    return character in JOINERS or unicodedata.category(character)[0] != "C"


def _free_name(assignment: Assignment, name: str) -> str:
    """The name with the first number that makes it one of its own."""
    stem = name.rstrip("0123456789 ")[: LONGEST_NAME - 4] or name[: LONGEST_NAME - 4]
    taken = {each.casefold() for each in assignment.students.values_list("name", flat=True)}
    number = 2
    while (suggestion := f"{stem} {number}").casefold() in taken:
        number += 1
    return suggestion
