"""Everybody against every address of the classroom: one table, through real requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from classroom.invitations import give_secret
from classroom.models import Assignment, Invitation, Reading, Student
from classroom.urls import urlpatterns
from documents.models import Collection
from ingest.roles import Role, give_role
from tests.classroom.readings import ITEMS, LETTER, PASSWORD, assignment, reading, student, teacher

pytestmark = pytest.mark.django_db

#: Who asks: nobody that is known; a student of the class, of another class, and one who was deleted; the teacher whose
#: class and readings these are, and another; accounts with other roles, which may teach as well; one without a role.
WHO = (
    "visitor",
    "student",
    "outsider",
    "deleted",
    "owner",
    "teacher",
    "editor",
    "administrator",
    "superuser",
    "reader",
)

#: What the readings have in them: a text, passages and a question.
SHORT = [each for each in ITEMS if each["ident"] in ("intro1", "spans1", "open01")]
#: What comes of it: the status, or where one is led when that is to sign in or to join. Behind a colon stands which
#: reading it is (private unless it says), or what is asked for.
TABLE = """
GET  classroom                     200     200     200     200     200     200     200     200     200     200
POST classroom                     405     405     405     405     405     405     405     405     405     405
GET  classroom_sign_in             200     200     200     200     302     302     302     302     302     302
POST classroom_sign_in             302     302     302     302     302     302     302     302     302     302
GET  classroom_sign_out            405     405     405     405     405     405     405     405     405     405
POST classroom_sign_out            302     302     302     302     302     302     302     302     302     302
GET  classroom_password            sign-in sign-in sign-in sign-in 200     200     200     200     200     200
POST classroom_password            sign-in sign-in sign-in sign-in 302     302     302     302     302     302
GET  accept_invitation             200     200     200     200     200     200     200     200     200     200
POST accept_invitation             302     302     302     302     302     302     302     302     302     302
GET  classroom_privacy             200     200     200     200     200     200     200     200     200     200
POST classroom_privacy             405     405     405     405     405     405     405     405     405     405
GET  delete_me                     404     200     404     404     404     404     404     404     404     404
POST delete_me                     404     302     404     404     404     404     404     404     404     404
GET  join                          200     200     200     200     200     200     200     200     200     200
POST join                          302     200     302     302     302     302     302     302     302     302
GET  join_code                     200     200     200     200     200     200     200     200     200     200
POST join_code                     302     200     302     302     302     302     302     302     302     302
GET  joined                        404     200     404     404     404     404     404     404     404     404
POST joined                        405     405     405     405     405     405     405     405     405     405
GET  return_to_class               200     200     200     200     200     200     200     200     200     200
POST return_to_class               302     302     302     302     302     302     302     302     302     302
GET  leave_class                   405     405     405     405     405     405     405     405     405     405
POST leave_class                   302     302     302     302     302     302     302     302     302     302
GET  assign                        sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST assign                        sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  desk                          sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST desk                          sign-in sign-in sign-in sign-in 405     405     405     405     405     403
GET  work                          join    200     join    join    200     join    join    join    join    join
POST work                          join    302     join    join    200     join    join    join    join    join
GET  save_work                     200     200     200     200     200     200     200     200     200     200
POST save_work                     403     200     403     403     403     403     403     403     403     403
GET  edit_class                    sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST edit_class                    sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  class_code                    sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST class_code                    sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  delete_class                  sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST delete_class                  sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  assign_again                  sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST assign_again                  sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  newer_version                 sign-in sign-in sign-in sign-in 302     404     404     404     404     403
POST newer_version                 sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  looked_at_changes             sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST looked_at_changes             sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  review_student                sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST review_student                sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  new_return_code               sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST new_return_code               sign-in sign-in sign-in sign-in 200     404     404     404     404     403
GET  delete_student                sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST delete_student                sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  review_question               sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST review_question               sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  print_class                   sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST print_class                   sign-in sign-in sign-in sign-in 405     405     405     405     405     403
GET  export_csv                    sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST export_csv                    sign-in sign-in sign-in sign-in 405     405     405     405     405     403
GET  export_json                   sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST export_json                   sign-in sign-in sign-in sign-in 405     405     405     405     405     403
GET  handout                       404     404     404     404     200     404     404     404     404     404
POST handout                       405     405     405     405     405     405     405     405     405     405
GET  handout:teachers              404     404     404     404     200     200     200     200     200     404
GET  handout:public                200     200     200     200     200     200     200     200     200     200
GET  handout:public-answers        404     404     404     404     200     200     200     200     200     404
GET  reading_epub                  404     404     404     404     200     404     404     404     404     404
POST reading_epub                  405     405     405     405     405     405     405     405     405     405
GET  reading_epub:teachers         404     404     404     404     200     200     200     200     200     404
GET  reading_epub:public           200     200     200     200     200     200     200     200     200     200
GET  reading_epub:public-answers   404     404     404     404     200     200     200     200     200     404
GET  reading_cartridge             404     404     404     404     200     404     404     404     404     404
POST reading_cartridge             405     405     405     405     405     405     405     405     405     405
GET  reading_cartridge:teachers    404     404     404     404     200     200     200     200     200     404
GET  reading_cartridge:public      200     200     200     200     200     200     200     200     200     200
GET  class_handout                 404     200     404     404     200     404     404     404     404     404
POST class_handout                 405     405     405     405     405     405     405     405     405     405
GET  class_handout:answers         404     404     404     404     200     404     404     404     404     404
GET  class_epub                    404     200     404     404     200     404     404     404     404     404
POST class_epub                    405     405     405     405     405     405     405     405     405     405
GET  class_epub:answers            404     404     404     404     200     404     404     404     404     404
GET  readings                      200     200     200     200     200     200     200     200     200     200
POST readings                      200     200     200     200     200     200     200     200     200     200
GET  new_reading                   sign-in sign-in sign-in sign-in 200     200     200     200     200     403
POST new_reading                   sign-in sign-in sign-in sign-in 302     302     302     302     302     403
GET  add_to_reading                sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST add_to_reading                sign-in sign-in sign-in sign-in 302     302     302     302     302     403
GET  restore_reading               sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST restore_reading               sign-in sign-in sign-in sign-in 302     302     302     302     302     403
GET  reading                       404     404     404     404     200     404     404     404     404     404
POST reading                       404     404     404     404     200     404     404     404     404     404
GET  reading:teachers              404     404     404     404     200     200     200     200     200     404
GET  reading:public                200     200     200     200     200     200     200     200     200     200
GET  copy_reading                  sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST copy_reading                  sign-in sign-in sign-in sign-in 302     404     404     404     404     403
POST copy_reading:teachers         sign-in sign-in sign-in sign-in 302     302     302     302     302     403
POST copy_reading:public           sign-in sign-in sign-in sign-in 302     302     302     302     302     403
GET  share_reading                 sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST share_reading                 sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  delete_reading                sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST delete_reading                sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  edit_reading                  sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST edit_reading                  sign-in sign-in sign-in sign-in 200     404     404     404     404     403
GET  change_reading                sign-in sign-in sign-in sign-in 405     405     405     405     405     403
POST change_reading                sign-in sign-in sign-in sign-in 302     404     404     404     404     403
GET  add_item                      sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST add_item                      sign-in sign-in sign-in sign-in 200     404     404     404     404     403
GET  edit_item                     sign-in sign-in sign-in sign-in 200     404     404     404     404     403
POST edit_item                     sign-in sign-in sign-in sign-in 200     404     404     404     404     403
"""


@dataclass(frozen=True)
class Scene:
    """A class and its student, readings that more and more people may see, an invitation, and who asks."""

    history: Assignment
    ada: Student
    return_code: str
    readings: dict[str, Reading]
    secret: str
    clients: dict[str, Client]

    def ask(self, who: str, method: str, label: str) -> str:
        """What comes of asking for an address; nothing of it is kept."""
        name, _, which = label.partition(":")
        client = Client()
        client.cookies.load({key: each.value for key, each in self.clients[who].cookies.items()})
        address = reverse(name, kwargs=self._places(name, which)) + ("?for=teacher" if "answers" in which else "")
        with transaction.atomic():
            data = self._data(name) if method == "POST" else {}
            options = {"content_type": "application/json"} if name == "save_work" and method == "POST" else {}
            found = _outcome(getattr(client, method.lower())(address, data, **options))
            transaction.set_rollback(True)
        return found

    def _places(self, name: str, which: str) -> dict[str, Any]:
        route = next(each.pattern._route for each in urlpatterns if each.name == name)
        chosen = next((each for each in ("teachers", "public") if each in which), "private")
        ident = self.readings[chosen].ident if route.startswith("classroom/readings/") else self.history.ident
        item = "open01" if name == "review_question" else "intro1"
        known = {"ident": ident, "key": self.ada.pk, "item": item, "code": self.history.code, "secret": self.secret}
        return {key: value for key, value in known.items() if f":{key}>" in route}

    def _data(self, name: str) -> dict[str, Any]:
        """What a page sends that does what it is for."""
        match name:
            case "join" | "join_code":
                return {"code": self.history.code, "name": "Newcomer"}
            case "return_to_class":
                return {"code": self.return_code}
            case "leave_class":
                return {"class": self.history.ident}
            case "classroom_sign_in":
                return {"username": "hugo", "password": PASSWORD}
            case "classroom_password":
                return {
                    "old_password": PASSWORD,
                    "new_password1": "a new long word",
                    "new_password2": "a new long word",
                }
            case "accept_invitation":
                return {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}
            case "new_reading":
                return {"title": "New", "introduction": "", "level": "anyone"}
            case "add_to_reading":
                return {"kind": "document", "document": LETTER, "reading": "new"}
            case "share_reading":
                return {"visibility": "teachers"}
            case "assign" | "assign_again" | "edit_class":
                return {"class_name": "New class"}
            case "class_code":
                return {"action": "new"}
        return {}


def _outcome(response: HttpResponseBase) -> str:
    led_to = response.get("Location", "")
    for word, address in (("sign-in", reverse("classroom_sign_in")), ("join", reverse("join"))):
        if response.status_code == 302 and led_to.startswith(address):
            return word
    return str(response.status_code)


def rows() -> dict[tuple[str, str], dict[str, str]]:
    """The table: what comes of it for everybody, by method and label."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return {(method, label): dict(zip(WHO, found, strict=True)) for method, label, *found in lines}


@pytest.fixture
def scene(space_exchange: Collection) -> Scene:
    own = {
        each: reading(title=f"A reading for {each}", items=SHORT, visibility=each)
        for each in ("private", "teachers", "public")
    }
    history, other = assignment(own["private"]), assignment(reading(teacher("hugo"), items=SHORT), "Another class")
    (ada, code), (gone, gone_code), (_, other_code) = (
        student(history, "Ada"),
        student(history, "Gone"),
        student(other, "Bea"),
    )
    clients = {each: Client() for each in WHO}
    for who, held in (("student", code), ("outsider", other_code), ("deleted", gone_code)):
        clients[who].post(reverse("return_to_class"), {"code": held})
    gone.delete()
    clients["owner"].force_login(teacher())
    clients["teacher"].force_login(teacher("hugo"))
    clients["superuser"].force_login(User.objects.create_superuser("superuser", password=PASSWORD))
    for who, role in (("editor", Role.EDITOR), ("administrator", Role.ADMINISTRATOR), ("reader", None)):
        user = User.objects.create_user(who, password=PASSWORD, is_staff=role is not None)
        give_role(user, role)
        clients[who].force_login(user)
    invitation = Invitation()
    secret = give_secret(invitation)
    invitation.save()
    return Scene(history, ada, code, own, secret, clients)


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(scene: Scene, who: str) -> None:
    promised = {key: found[who] for key, found in rows().items()}
    assert {key: scene.ask(who, *key) for key in promised} == promised


def test_the_table_has_every_address_with_both_methods() -> None:
    told = {(method, label.partition(":")[0]) for method, label in rows()}
    assert told == {(method, each.name) for each in urlpatterns for method in ("GET", "POST")}
