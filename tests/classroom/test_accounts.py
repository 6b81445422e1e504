"""Teachers sign in; invitations make one account each, once; the administration shows nothing of students."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from classroom.invitations import TEACHERS
from classroom.models import Invitation
from ingest.roles import Role
from tests.classroom.readings import PASSWORD, assignment, reading, student, teacher

SIGN_IN = "/classroom/sign-in/"
ACCOUNT = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}


def administrator() -> Client:
    root = User.objects.create_user("root", is_staff=True)
    root.groups.add(*root.groups.model.objects.filter(name=Role.ADMINISTRATOR.value))
    client = Client()
    client.force_login(root)
    return client


def invite(client: Client) -> str:
    """The link of a new invitation, from the page that shows it."""
    page = client.post("/admin/classroom/invitation/add/", {"name": "Ms Brown"}).content.decode()
    link = re.search(r"http://testserver(/classroom/invitations/[\w-]+/)", page)
    assert link, page
    return link[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [("", "/classroom/"), ("/classroom/readings/", None), ("https://evil.example/", "/classroom/")],
)
def test_signing_in_leads_to_where_one_wanted_to_go_within_the_archive(
    client: Client, wanted: str, led_to: str | None
) -> None:
    teacher()
    response = client.post(SIGN_IN, {"username": "ruth", "password": PASSWORD, "next": wanted})
    assert response["Location"] == (wanted if led_to is None else led_to)


@pytest.mark.django_db
def test_the_page_bears_the_name_of_the_archive(client: Client) -> None:
    assert "<title>Sign in · The Reading Room</title>" in client.get(SIGN_IN).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("stay", "days"), [("", 1), ("on", 14)])
def test_a_session_ends_within_a_day_unless_one_asked_to_stay(client: Client, stay: str, days: int) -> None:
    teacher()
    client.post(SIGN_IN, {"username": "ruth", "password": PASSWORD, "stay": stay})
    assert timedelta(days - 1) < client.session.get_expiry_date() - timezone.now() <= timedelta(days)


@pytest.mark.django_db
def test_ten_wrong_passwords_close_the_name_for_a_while(client: Client) -> None:
    teacher()
    tried = [client.post(SIGN_IN, {"username": "ruth", "password": f"wrong {n}"}).status_code for n in range(10)]
    assert tried == [200] * 9 + [429]
    assert client.post(SIGN_IN, {"username": "ruth", "password": PASSWORD}).status_code == 429


@pytest.mark.django_db
def test_one_signs_out_by_a_button_and_changes_the_password(client: Client) -> None:
    client.force_login(teacher())
    assert client.get("/classroom/sign-out/").status_code == 405
    new = {"old_password": PASSWORD, "new_password1": "another long word", "new_password2": "another long word"}
    assert "Your password was changed" in client.post("/classroom/password/", new, follow=True).content.decode()
    assert "You are signed out" in client.post("/classroom/sign-out/", follow=True).content.decode()
    assert client.post(SIGN_IN, {"username": "ruth", "password": "another long word"}).status_code == 302


@pytest.mark.django_db
def test_an_invitation_makes_one_teacher_who_is_signed_in_and_nothing_more(client: Client) -> None:
    admin = administrator()
    link = invite(admin)
    assert link.split("/")[-2] not in str(Invitation.objects.values())
    assert link not in admin.get("/admin/classroom/invitation/").content.decode()
    short = client.post(link, ACCOUNT | {"password1": "short", "password2": "short"}).content.decode()
    assert "too short" in short[: short.index('name="password2"')], "it stands where the password is typed first"
    assert client.post(link, ACCOUNT)["Location"] == "/classroom/"
    assert "Your classes and readings" in client.get("/classroom/").content.decode()
    made = User.objects.get(username="newcomer")
    assert (made.is_staff, list(made.groups.values_list("name", flat=True))) == (False, [TEACHERS])
    again = Client().post(link, ACCOUNT | {"username": "other"})
    assert again.status_code == 404
    assert "no longer good" in again.content.decode()
    assert "Used by newcomer" in admin.get("/admin/classroom/invitation/").content.decode()


@pytest.mark.django_db
def test_an_invitation_is_good_for_two_weeks_and_until_it_is_deleted(client: Client) -> None:
    link = invite(administrator())
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(13) < left <= timedelta(14)
    assert client.get(link).status_code == 200
    Invitation.objects.update(expires_at=timezone.now())
    assert client.post(link, ACCOUNT).status_code == 404
    assert not User.objects.filter(username="newcomer").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_invitation_at_once_make_one_account() -> None:
    link, barrier, answers = invite(administrator()), Barrier(2), []

    def accept(name: str) -> None:
        barrier.wait()
        try:
            answers.append(Client().post(link, ACCOUNT | {"username": name}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=accept, args=[name]) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404]
    assert User.objects.filter(username__in=("one", "two")).count() == 1


@pytest.mark.django_db
def test_an_administrator_takes_a_reading_back_and_sees_nothing_of_classes() -> None:
    admin, shared = administrator(), reading(visibility="public")
    student(assignment(shared), "Zenobia")
    page = f"/admin/classroom/reading/{shared.pk}/change/"
    assert "Zenobia" not in admin.get(page).content.decode()
    admin.post(page, {"owner": shared.owner_id, "visibility": "private"})
    shared.refresh_from_db()
    assert shared.visibility == "private"
    index = admin.get("/admin/").content.decode()
    for hidden in ("student", "answer", "highlight", "assignment", "attempt"):
        assert f"/admin/classroom/{hidden}/" not in index
        assert admin.get(f"/admin/classroom/{hidden}/").status_code == 404


def test_the_group_of_teachers_is_the_role_of_teachers() -> None:
    assert Role.TEACHER.value == TEACHERS
