"""How a student is known: by a signed cookie that holds return codes, and nothing else. There is no session.

One device may be used for several classes: the cookie has one code for each, under the address of the assignment.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from classroom.codes import keyed_hash
from classroom.models import Assignment, Student

COOKIE = "classroom"
SALT = "classroom.student"
#: A device remembers for so many seconds (400 days, the most that browsers keep a cookie); and so many classes.
REMEMBERED, MOST = 400 * 24 * 3600, 20


def code_hash(return_code: str) -> str:
    """What is stored of a return code, which ``codes.read_code`` has read."""
    return keyed_hash("return", return_code)


def codes_of(request: HttpRequest) -> dict[str, str]:
    """The return codes that this device has, by the addresses of their assignments."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}
    return {str(ident): str(code) for ident, code in found.items()} if isinstance(found, dict) else {}


def student_of(request: HttpRequest, assignment: Assignment) -> Student | None:
    """The student of this class who uses this device."""
    code = codes_of(request).get(assignment.ident)
    if not code:
        return None
    return Student.objects.filter(assignment=assignment, return_code=code_hash(code)).first()


def student_at(request: HttpRequest, ident: str, *, locked: bool = False) -> Student | None:
    """The student of the class with that address who uses this device, with the class; in one query.

    ``locked`` lets nobody else have them locked until the transaction ends.
    """
    code = codes_of(request).get(ident)
    if not code:
        return None
    found = Student.objects.filter(assignment__ident=ident, return_code=code_hash(code)).select_related("assignment")
    return (found.select_for_update(of=("self",)) if locked else found).first()


def remember(request: HttpRequest, response: HttpResponseBase, assignment: Assignment, return_code: str) -> None:
    """Has this device know a student of this class, besides those of others."""
    others = [each for each in codes_of(request).items() if each[0] != assignment.ident]
    _store(request, response, dict([*others[1 - MOST :], (assignment.ident, return_code)]))


def forget(request: HttpRequest, response: HttpResponseBase, assignment: Assignment) -> None:
    """Has this device forget the student of this class."""
    _store(request, response, {ident: code for ident, code in codes_of(request).items() if ident != assignment.ident})


def _store(request: HttpRequest, response: HttpResponseBase, codes: dict[str, str]) -> None:
    if not codes:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    value = signing.dumps(codes, salt=SALT)
    is_secure = settings.SESSION_COOKIE_SECURE or request.is_secure()
    response.set_cookie(COOKIE, value, max_age=REMEMBERED, httponly=True, samesite="Lax", secure=is_secure)
