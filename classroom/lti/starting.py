"""A launch goes from the course system to us, back, and to us again; a cookie tells that it is one browser."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from classroom.codes import keyed_hash
from classroom.lti.asking import Refused
from classroom.lti.messages import Message, read_message
from classroom.lti.models import Platform
from interchange.addresses import absolute

COOKIE, TICKET = "classroom_start_", "classroom_ticket"
PATH = "/classroom/lti/"
SALT = "classroom.lti"
#: Seconds that a start lasts, a student's ticket, and a teacher's, who may have to sign in meanwhile.
START, AT_ONCE, SIGNING_IN = 600, 60, 1800
#: The most that browsers keep in a cookie, with room for its name.
MOST = 3800


def start(request: HttpRequest, said: dict[str, str]) -> HttpResponse:
    """Sends whoever starts in a course system back to it, to say who they are; raises ``Refused``."""
    platform = _platform(said.get("iss", ""), said.get("client_id", ""))
    if not said.get("login_hint"):
        raise Refused("The course system does not say who starts (login_hint).")
    number, browser = secrets.token_hex(8), secrets.token_urlsafe(32)
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": absolute(request, reverse("lti_launch")),
        "login_hint": said["login_hint"],
        "state": signing.dumps({"platform": platform.pk, "number": number}, salt=SALT),
        "nonce": _nonce(browser),
    }
    if said.get("lti_message_hint"):
        asked["lti_message_hint"] = said["lti_message_hint"]
    joint = "&" if "?" in platform.login_address else "?"
    response = HttpResponseRedirect(platform.login_address + joint + urlencode(asked))
    response.set_cookie(COOKIE + number, browser, max_age=START, path=PATH, secure=True, httponly=True, samesite="None")
    return response


def finish(request: HttpRequest) -> tuple[Message, str]:
    """The launch that this browser started, and the cookie that has done its work; raises ``Refused``."""
    try:
        state = signing.loads(request.POST.get("state", ""), salt=SALT, max_age=START)
    except signing.BadSignature:
        raise Refused("The start took too long, or was not made here.") from None
    cookie = COOKIE + state["number"]
    browser = request.COOKIES.get(cookie)
    if not browser:
        raise Refused("This browser did not start here, or keeps no cookies, or has opened this before.")
    platform = Platform.objects.filter(pk=state["platform"]).first()
    if platform is None or "id_token" not in request.POST:
        raise Refused("The course system did not say who you are.")
    return read_message(request.POST["id_token"], platform, _nonce(browser)), cookie


def give_ticket(response: HttpResponse, holds: dict[str, Any], seconds: int) -> None:
    """Has the next page know who came. On a launch itself a browser does not send our cookies."""
    value = signing.dumps(holds | {"seconds": seconds}, salt=TICKET, compress=True)
    if len(value) > MOST:
        raise Refused("The course system says more than a browser can keep.")
    response.set_cookie(TICKET, value, max_age=seconds, path=PATH, secure=True, httponly=True, samesite="Lax")


def ticket(request: HttpRequest) -> dict[str, Any]:
    """What the ticket of this browser holds, or nothing."""
    try:
        found = signing.loads(request.COOKIES.get(TICKET, ""), salt=TICKET, max_age=SIGNING_IN)
        signing.loads(request.COOKIES[TICKET], salt=TICKET, max_age=found["seconds"])
    except signing.BadSignature:
        return {}
    return dict(found)


def _nonce(browser: str) -> str:
    return keyed_hash("lti nonce", browser)


def _platform(issuer: str, client_id: str) -> Platform:
    """The platform that is meant; without a client ID there must be only one of this issuer."""
    if "\0" in issuer + client_id:
        raise Refused("No course system is called that.")
    found = Platform.objects.filter(issuer=issuer, **({"client_id": client_id} if client_id else {}))[:2]
    if len(found) != 1:
        raise Refused("This course system is not registered here.")
    return found[0]
