"""One class never sees another's names or answers, nor a student those of their own class."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from classroom.models import Answer, Assignment, Highlight
from documents.models import Collection
from tests.classroom.readings import ITEMS, assignment, reading, student, teacher

pytestmark = pytest.mark.django_db

SHORT = [each for each in ITEMS if each["ident"] in ("intro1", "spans1", "open01")]
#: The pages of a class that anybody may try, and where it could be mentioned besides.
OF_A_CLASS = ("desk", "work", "joined", "delete_me", "print_class", "export_csv", "export_json", "class_epub")
ELSEWHERE = ("home", "classroom", "classroom_privacy", "join", "readings")


def filled(of: Assignment, mark: str) -> tuple[str, list[str]]:
    """A student of a class who has answered, their return code, and the words that are theirs and their teacher's."""
    found, code = student(of, f"{mark}name")
    found.comment, found.mark = f"{mark}comment", f"{mark}mark"
    found.save()
    Answer.objects.create(student=found, item="open01", value={"text": f"{mark}answer"}, comment=f"{mark}remark")
    Highlight.objects.create(
        student=found, ident=mark, item="spans1", passage="p1", start=0, end=5, words=f"{mark}words", note=f"{mark}note"
    )
    return code, [f"{mark}{each}" for each in ("name", "comment", "mark", "answer", "remark", "words", "note")]


def pages(client: Client, *classes: Assignment) -> str:
    """All that somebody is answered, wherever they look."""
    addresses = [reverse(name) for name in ELSEWHERE]
    addresses += [reverse(name, args=[each.ident]) for name in OF_A_CLASS for each in classes]
    for each in classes:
        of_class = "{0}students/{1.pk}/ {0}questions/open01/ {0}students/{1.pk}/delete/"
        addresses += [
            address
            for person in each.students.all()
            for address in of_class.format(each.get_absolute_url(), person).split()
        ]
    answers = [client.get(address, follow=True) for address in addresses]
    return "\n".join(answer.content.decode(errors="replace") for answer in answers)


def test_classes_of_two_teachers_and_two_of_one_class_see_nothing_of_one_another(space_exchange: Collection) -> None:
    first = assignment(reading(items=SHORT), "First class")
    second = assignment(reading(teacher("hugo"), items=SHORT), "Second class")
    code, ada = filled(first, "Quagga")
    mate_code, mate = filled(first, "Zebra")
    other_code, other = filled(second, "Okapi")
    clients = {who: Client() for who in ("visitor", "ada", "mate", "other", "ruth", "hugo")}
    for who, held in (("ada", code), ("mate", mate_code), ("other", other_code)):
        clients[who].post("/classroom/return/", {"code": held})
    clients["ruth"].force_login(teacher("ruth"))
    clients["hugo"].force_login(teacher("hugo"))
    found = {who: pages(client, first, second) for who, client in clients.items()}
    everyones = [*ada, *mate, *other]
    seen = {who: {word for word in everyones if word in text} for who, text in found.items()}
    assert seen == {
        "visitor": set(),
        "ada": set(ada),
        "mate": set(mate),
        "other": set(other),
        "ruth": {*ada, *mate},
        "hugo": set(other),
    }
