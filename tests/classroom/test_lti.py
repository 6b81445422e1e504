"""Classes in course systems: LTI 1.3 with a course system that signs and checks as real ones do."""

from __future__ import annotations

import base64
import hmac
import json
import stat
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.environment import read
from archive.errors import SetupError
from classroom.identity import code_hash, codes_of
from classroom.joining import student_with
from classroom.lti import asking
from classroom.lti.messages import CLAIM, LINKING
from classroom.lti.models import LaunchedStudent, LinkedTeacher
from classroom.lti.urls import urlpatterns
from classroom.models import Assignment, Student
from classroom.stored import COURSE
from tests.classroom.course_system import AGENT, CourseSystem
from tests.classroom.readings import ITEMS, PASSWORD, assignment, reading, teacher
from tests.pages.parsed import Page

pytestmark = pytest.mark.django_db

SHORT = [each for each in ITEMS if each["ident"] in ("intro1", "open01")]


@pytest.fixture
def switched_on(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LTI, settings.SITE_URL = True, "https://testserver"
    monkeypatch.setattr(asking, "SCHEMES", ("https", "http"))


@pytest.fixture
def moodle(switched_on: None, client: Client) -> Iterator[CourseSystem]:
    system = CourseSystem()
    system.tool_keys = client.get(reverse("lti_keys")).json()
    yield system
    system.close()


@pytest.fixture
def history(moodle: CourseSystem) -> Assignment:
    """A class whose teacher has linked their account."""
    LinkedTeacher.objects.create(user=teacher(), platform=moodle.platform, subject="a hash")
    return assignment(reading(items=SHORT), scale="20")


def refusal(response: Any) -> str:
    assert response.status_code == 403
    assert not Student.objects.exists()
    return Page(response.content.decode()).text


def test_a_student_comes_from_a_course_to_their_work(moodle: CourseSystem, history: Assignment) -> None:
    browser = Client()
    response = moodle.launch(browser, history.ident)
    assert (response.status_code, response["Location"]) == (303, "/classroom/lti/arrive/")
    page = browser.get(response["Location"], follow=True, **AGENT)
    assert page.redirect_chain[-1][0] == reverse("work", args=[history.ident])
    assert page.status_code == 200
    launched = LaunchedStudent.objects.select_related("student").get()
    assert (launched.student.name, launched.subject) == ("Ada Byron", "7")
    assert launched.line_item == f"{moodle.url}/items/5?type=1"
    assert "no-store" in response["Cache-Control"]
    kept = {name: each.value for name, each in browser.cookies.items() if each.value}
    assert set(kept) <= {"classroom", "csrftoken"}
    record = Page(browser.get(reverse("classroom_privacy"), **AGENT).content.decode()).text
    assert "Your number there" in record
    assert f"{moodle.url}/items/5?type=1" in record
    browser.force_login(teacher())
    [exported] = browser.get(reverse("export_json", args=[history.ident])).json()["students"]
    assert exported["course"]["subject"] == "7"
    assert "ada@example.org" not in json.dumps(
        [list(model.objects.values()) for model in (Student, LaunchedStudent)], default=str
    )


def test_a_link_that_was_made_by_hand_names_the_class_in_its_address(moodle: CourseSystem, history: Assignment) -> None:
    browser = Client()
    browser.force_login(teacher())
    page = browser.get(history.get_absolute_url()).content.decode()
    address = f"https://testserver/classroom/lti/launch/?class={history.ident}"
    assert address in page
    assert "Send marks to the course" not in page
    by_hand = {CLAIM + "target_link_uri": address}
    assert moodle.launch(Client(), "", **by_hand).status_code == 303
    assert history.students.get().name == "Ada Byron"


def test_the_same_student_comes_back_to_the_same_work_on_another_device(
    moodle: CourseSystem, history: Assignment
) -> None:
    first, second = Client(), Client()
    codes = []
    for browser in (first, second):
        browser.get(moodle.launch(browser, history.ident)["Location"], **AGENT)
        [code] = codes_of(_request(browser)).values()
        codes.append(code)
    assert codes[0] == codes[1]
    assert student_with(codes[0]) == Student.objects.get()


def test_a_code_that_the_teacher_replaced_is_never_good_again(moodle: CourseSystem, history: Assignment) -> None:
    browser = Client()
    browser.get(moodle.launch(browser, history.ident)["Location"], **AGENT)
    [old] = codes_of(_request(browser)).values()
    Student.objects.update(return_code=code_hash("NEWCODE"))
    browser.get(moodle.launch(browser, history.ident)["Location"], **AGENT)
    [new] = codes_of(_request(browser)).values()
    assert new != old
    assert (student_with(old), student_with(new)) == (None, Student.objects.get())


def test_the_same_number_in_two_course_systems_is_two_students(moodle: CourseSystem, history: Assignment) -> None:
    canvas = CourseSystem("Canvas")
    LinkedTeacher.objects.create(user=teacher(), platform=canvas.platform, subject="another hash")
    moodle.launch(Client(), history.ident)
    canvas.launch(Client(), history.ident)
    canvas.close()
    assert [each.name for each in Student.objects.all()] == ["Ada Byron", "Ada Byron 2"]


def test_who_has_no_name_there_gets_a_number_here(moodle: CourseSystem, history: Assignment) -> None:
    moodle.launch(Client(), history.ident, name=None)
    moodle.launch(Client(), history.ident, sub="8", name=None)
    assert [each.name for each in Student.objects.all()] == ["Student 1", "Student 2"]


def test_deleting_the_class_leaves_nothing(moodle: CourseSystem, history: Assignment) -> None:
    moodle.launch(Client(), history.ident)
    history.delete()
    assert not LaunchedStudent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"aud": "another"}, "Audience"),
        ({"aud": ["archive", "another"]}, "azp"),
        ({"azp": "another"}, "azp"),
        ({"iss": "https://elsewhere.example.org"}, "issuer"),
        ({"nonce": "another"}, "nonce"),
        ({"exp": 1000}, "expired"),
        ({"iat": int(time.time()) + 3600}, "iat"),
        ({"iat": 1000}, "too old"),
        ({"sub": ""}, "sub"),
        ({"sub": "7\0"}, "sub"),
        ({CLAIM + "deployment_id": "3"}, "deployment ID"),
        ({CLAIM + "version": "1.1"}, "LTI 1.3"),
        ({CLAIM + "message_type": "LtiSubmissionReviewRequest"}, "kind"),
        ({CLAIM + "roles": []}, "Only teachers"),
        ({CLAIM + "custom": {"class": "0" * 18}}, "no longer there"),
        ({CLAIM + "custom": None}, "no longer there"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_refuses(moodle: CourseSystem, history: Assignment, changes: dict[str, Any], said: str) -> None:
    assert said in refusal(moodle.launch(Client(), history.ident, **changes))


def test_it_refuses_what_the_course_system_did_not_sign(moodle: CourseSystem, history: Assignment) -> None:
    other = CourseSystem("Canvas")
    other.close()
    browser = Client()
    asked = moodle.begin(browser)
    claims = moodle.claims(asked, history.ident)
    forged = [
        other.sign(claims),
        other.sign(claims, kid="unknown"),
        jwt.encode(claims, None, algorithm="none", headers={"kid": "first"}),
        _with_public_key_as_secret(moodle, claims),
        _with_payload(moodle.sign(claims), claims | {"sub": "8"}),
        "no token",
    ]
    for token in forged:
        assert refusal(moodle.post(_copy(browser), asked, token))
    assert moodle.post(browser, asked, moodle.sign(claims)).status_code == 303


def test_it_refuses_another_browser_and_what_was_opened_before(moodle: CourseSystem, history: Assignment) -> None:
    browser = Client()
    asked = moodle.begin(browser)
    token = moodle.sign(moodle.claims(asked, history.ident))
    assert "This browser did not start here" in refusal(moodle.post(Client(), asked, token))
    assert moodle.post(browser, asked, token).status_code == 303
    Student.objects.all().delete()
    assert "opened this before" in refusal(moodle.post(browser, asked, token))
    assert refusal(moodle.post(browser, asked | {"state": "made up"}, token))


def test_it_refuses_course_systems_that_are_not_registered(moodle: CourseSystem) -> None:
    for said in ({"iss": "https://elsewhere"}, {"iss": "\0"}, {"client_id": "other"}, {"login_hint": ""}):
        said = {"iss": moodle.platform.issuer, "client_id": "archive", "login_hint": "7"} | said
        assert refusal(Client().post(reverse("lti_login"), said, **AGENT))


def test_it_refuses_a_class_whose_teacher_has_not_linked(moodle: CourseSystem) -> None:
    other = assignment(reading(teacher("hugo"), items=SHORT))
    assert "has not linked" in refusal(moodle.launch(Client(), other.ident))


def test_a_new_key_is_asked_for_once(moodle: CourseSystem, history: Assignment) -> None:
    moodle.launch(Client(), history.ident)
    moodle.kid = "second"
    assert moodle.launch(Client(), history.ident).status_code == 303
    moodle.kid = "third"
    assert moodle.launch(Client(), history.ident).status_code == 403
    assert moodle.asked.count("/keys") == 2


def test_a_teacher_links_their_account_and_puts_a_class_into_the_course(moodle: CourseSystem) -> None:
    history = assignment(reading(items=SHORT), scale="20")
    others = assignment(reading(teacher("hugo"), items=SHORT), "Not hers")
    browser = Client()
    response = moodle.launch(browser, "", role="Instructor", **moodle.link_claims())
    page = browser.get(response["Location"], follow=True, **AGENT)
    assert page.redirect_chain[-1][0].startswith(reverse("classroom_sign_in"))
    page = browser.post(
        page.redirect_chain[-1][0], {"username": teacher().username, "password": PASSWORD}, follow=True, **AGENT
    )
    assert "Link your account here with Moodle?" in page.content.decode()
    assert not LinkedTeacher.objects.exists()
    page = browser.post(reverse("lti_teacher"), follow=True, **AGENT).content.decode()
    assert "History 10b" in page
    assert "Not hers" not in page
    assert browser.post(reverse("lti_course"), {"class": others.ident}, **AGENT).status_code == 404
    response = browser.post(reverse("lti_course"), {"class": history.ident}, **AGENT)
    assert f"form-action 'self' {moodle.url};" in response["Content-Security-Policy"] + ";"
    html = response.content.decode()
    assert f'action="{moodle.url}/return?x=1"' in html
    claims = moodle.read(unescape(html.partition('name="JWT" value="')[2].partition('"')[0]), moodle.platform.issuer)
    assert (claims["iss"], claims[LINKING + "data"], claims[CLAIM + "deployment_id"]) == ("archive", "kept", "2")
    [item] = claims[LINKING + "content_items"]
    assert item["url"] == "https://testserver/classroom/lti/launch/"
    assert (item["custom"], item["lineItem"]["scoreMaximum"]) == ({"class": history.ident}, 20)
    assert moodle.launch(Client(), history.ident).status_code == 303


def test_a_linked_teacher_comes_to_the_desk_and_nobody_is_signed_in_by_a_launch(
    moodle: CourseSystem, history: Assignment
) -> None:
    browser = Client()
    browser.force_login(teacher("hugo"))
    browser.get(moodle.launch(browser, history.ident, sub="t", role="Instructor")["Location"], **AGENT)
    browser.post(reverse("lti_teacher"), **AGENT)
    response = browser.get(reverse("lti_teacher"), **AGENT)
    assert response["Location"] == reverse("classroom")
    LinkedTeacher.objects.filter(user=teacher("hugo")).update(user=teacher())
    stranger = Client()
    response = moodle.launch(stranger, history.ident, sub="t", role="Instructor")
    assert "sign-in" in stranger.get(response["Location"], follow=True, **AGENT).redirect_chain[-1][0]
    stranger.force_login(teacher())
    assert stranger.get(reverse("lti_teacher"), **AGENT)["Location"] == history.get_absolute_url()


def test_a_student_cannot_put_classes_into_a_course(moodle: CourseSystem, history: Assignment) -> None:
    browser = Client()
    assert "Only teachers" in refusal(moodle.launch(browser, history.ident, **moodle.link_claims()))
    moodle.launch(browser, history.ident)
    browser.force_login(teacher())
    assert browser.get(reverse("lti_teacher"), **AGENT).status_code == 403
    assert browser.post(reverse("lti_course"), {"class": history.ident}, **AGENT).status_code == 403


def test_marks_go_back_and_each_is_told_of(moodle: CourseSystem, history: Assignment) -> None:
    for sub, name, mark in (("7", "Ada", "12.5"), ("8", "Bea", ""), ("9", "Cyd", "20")):
        moodle.launch(Client(), history.ident, sub=sub, name=name)
        Student.objects.filter(name=name).update(mark=mark)
    LaunchedStudent.objects.filter(subject="9").update(line_item="")
    browser = Client()
    browser.force_login(teacher())
    assert "Send marks to the course" in browser.get(history.get_absolute_url()).content.decode()
    page = Page(browser.post(reverse("lti_marks", args=[history.ident])).content.decode()).text
    assert "Sent." in page
    assert "There is no mark yet." in page
    assert "takes no marks" in page
    [(path, score)] = moodle.scores
    assert path == "/items/5/scores?type=1"
    given = {key: score[key] for key in ("userId", "scoreGiven", "scoreMaximum", "gradingProgress")}
    assert given == {"userId": "7", "scoreGiven": 12.5, "scoreMaximum": 20, "gradingProgress": "FullyGraded"}
    moodle.refuses_scores = True
    assert "refused (status 403)" in browser.post(reverse("lti_marks", args=[history.ident])).content.decode()
    moodle.close()
    assert "does not answer" in browser.post(reverse("lti_marks", args=[history.ident])).content.decode()
    browser.force_login(teacher("hugo"))
    assert browser.post(reverse("lti_marks", args=[history.ident])).status_code == 404


def test_only_encrypted_addresses_are_asked() -> None:
    for address in (
        "http://127.0.0.1/keys",
        "ftp://a.example",
        "https://me@a.example",
        "https://",
        "file:///etc/passwd",
    ):
        with pytest.raises(asking.Refused):
            asking.ask("GET", address)


def test_our_key_is_made_once_for_its_owner_and_only_half_of_it_shown(
    switched_on: None, settings: Any, client: Client, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    shown = client.get(reverse("lti_keys")).json()
    assert client.get(reverse("lti_keys")).json() == shown
    assert set(shown["keys"][0]) == {"kty", "n", "e", "alg", "use", "kid"}
    assert stat.S_IMODE((settings.DATA_DIR / "lti_key.pem").stat().st_mode) == 0o600


def test_nothing_of_it_is_there_when_it_is_off(client: Client) -> None:
    client.force_login(User.objects.create_superuser("superuser", password=PASSWORD))
    for each in urlpatterns:
        address = reverse(each.name, args=["x"] if each.name == "lti_marks" else [])
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404), address
    assert "/admin/lti/" not in client.get("/admin/").content.decode()
    assert client.get("/admin/lti/platform/").status_code == 403
    assert "course system" not in client.get(reverse("classroom_privacy")).content.decode()


def test_a_superuser_registers_a_course_system_with_encrypted_addresses(client: Client, settings: Any) -> None:
    settings.LTI = True
    client.force_login(User.objects.create_superuser("superuser", password=PASSWORD))
    form = {"name": "M", "issuer": "https://m.example", "client_id": "1", "deployments": "1"}
    form |= {f"{each}_address": "http://m.example/x" for each in ("login", "token", "keys")}
    assert client.post("/admin/lti/platform/add/", form).content.decode().count("begins with https") == 3
    form |= {f"{each}_address": "https://m.example/x" for each in ("login", "token", "keys")}
    assert client.post("/admin/lti/platform/add/", form).status_code == 302
    assert client.get("/admin/lti/platform/").status_code == 200
    client.force_login(teacher())
    assert client.get("/admin/lti/platform/").status_code == 302


@pytest.mark.parametrize("site", [{}, {"SITE_URL": "http://archive.example.org"}])
def test_it_is_not_switched_on_without_https(site: dict[str, str]) -> None:
    with pytest.raises(SetupError, match="SITE_URL"):
        read({"LTI": "on", **site})
    assert read({"LTI": "on", "SITE_URL": "https://archive.example.org"}).lti


def test_it_says_which_packages_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jwt", None)
    with pytest.raises(SetupError, match=r"requirements-lti\.txt"):
        read({"LTI": "on", "SITE_URL": "https://archive.example.org"})
    assert not read({}).lti


def test_every_field_that_is_stored_is_on_the_page(client: Client, settings: Any) -> None:
    settings.LTI = True
    said = [name for entry in COURSE.entries for name in entry.fields]
    assert sorted(said) == sorted(each.name for each in LaunchedStudent._meta.concrete_fields if each.name != "id")
    page = Page(client.get(reverse("classroom_privacy")).content.decode()).text
    assert all(entry.what in page for entry in COURSE.entries)


def _request(browser: Client) -> Any:
    return browser.get(reverse("classroom_privacy"), **AGENT).wsgi_request


def _copy(browser: Client) -> Client:
    other = Client()
    other.cookies.load({key: each.value for key, each in browser.cookies.items()})
    return other


def _with_payload(token: str, claims: dict[str, Any]) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{_encoded(json.dumps(claims).encode())}.{signature}"


def _with_public_key_as_secret(system: CourseSystem, claims: dict[str, Any]) -> str:
    public = system.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = {"alg": "HS256", "kid": system.kid, "typ": "JWT"}
    signed = ".".join(_encoded(json.dumps(each).encode()) for each in (head, claims))
    return f"{signed}.{_encoded(hmac.digest(public, signed.encode(), 'sha256'))}"


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
