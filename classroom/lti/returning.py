"""What goes back to a course: a class as a link in it, and the marks of its students."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.utils import timezone

from classroom.lti.asking import Refused, Unreachable, ask, ask_json
from classroom.lti.key import signed
from classroom.lti.messages import CLAIM, LINK_RESPONSE, LINKING, SCORE, VERSION
from classroom.lti.models import LaunchedStudent, Platform
from classroom.marks import read_scale
from classroom.models import Assignment

#: Seconds for which what we sign is good.
GOOD = 300


@dataclass(frozen=True)
class Sent:
    """What became of a student's mark."""

    name: str
    mark: str
    said: str
    is_sent: bool = False


def most_points(assignment: Assignment) -> Decimal | None:
    """The most points of a class that is marked with points; a course takes no other marks."""
    return read_scale(assignment.scale).most


def link_response(assignment: Assignment, platform: Platform, ticket: dict[str, Any], launch_address: str) -> str:
    """The token that puts a class into a course."""
    item: dict[str, Any] = {
        "type": "ltiResourceLink",
        "title": str(assignment),
        "url": launch_address,
        "custom": {"class": assignment.ident},
        "window": {"targetName": "_blank"},
    }
    if most := most_points(assignment):
        item["lineItem"] = {"scoreMaximum": float(most), "label": str(assignment)}
    claims = {
        **_of_now(platform.client_id, [platform.issuer]),
        "nonce": secrets.token_urlsafe(24),
        CLAIM + "deployment_id": ticket["deployment"],
        CLAIM + "message_type": LINK_RESPONSE,
        CLAIM + "version": VERSION,
        LINKING + "content_items": [item],
    }
    return signed(claims | ({LINKING + "data": ticket["data"]} if ticket.get("data") is not None else {}))


def send_marks(assignment: Assignment) -> Iterator[Sent]:
    """Sends the mark of every student who came from a course, and yields what became of each."""
    most = most_points(assignment)
    launched = LaunchedStudent.objects.filter(student__assignment=assignment).select_related("student", "platform")
    tokens: dict[int, str | Refused] = {}
    for each in launched.order_by("student__name"):
        student = each.student
        try:
            given = _points(student.mark, most)
            if not each.line_item:
                raise Refused("The course takes no marks for this link.")
            _send(each, given, float(most or 0), _token(each.platform, tokens))
        except Unreachable as refusal:
            tokens[each.platform_id] = refusal
            yield Sent(student.name, student.mark, str(refusal))
        except Refused as refusal:
            yield Sent(student.name, student.mark, str(refusal))
        else:
            yield Sent(student.name, student.mark, "Sent.", is_sent=True)


def _points(mark: str, most: Decimal | None) -> float:
    if not mark:
        raise Refused("There is no mark yet.")
    found = read_scale(str(most)).numbers([mark]) if most is not None else []
    if not found:
        raise Refused("The mark is not in points.")
    return float(found[0])


def _token(platform: Platform, tokens: dict[int, str | Refused]) -> str:
    """Leave to send marks to a platform, asked for once."""
    if platform.pk not in tokens:
        try:
            tokens[platform.pk] = _ask_for_token(platform)
        except Refused as refusal:
            tokens[platform.pk] = refusal
    found = tokens[platform.pk]
    if isinstance(found, Refused):
        raise found
    return found


def _ask_for_token(platform: Platform) -> str:
    claims = _of_now(platform.client_id, platform.token_address) | {
        "sub": platform.client_id,
        "jti": secrets.token_urlsafe(24),
    }
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": signed(claims),
        "scope": SCORE,
    }
    token = ask_json("POST", platform.token_address, data=asked).get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise Refused("The course system gives no leave to send marks.")
    return token


def _send(launched: LaunchedStudent, given: float, most: float, token: str) -> None:
    parts = urlsplit(launched.line_item)
    address = urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/scores"))
    score = {
        "userId": launched.subject,
        "scoreGiven": given,
        "scoreMaximum": most,
        "activityProgress": "Submitted" if launched.student.submitted_at else "InProgress",
        "gradingProgress": "FullyGraded",
        "timestamp": timezone.now().isoformat(timespec="milliseconds"),
    }
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/vnd.ims.lis.v1.score+json"}
    ask("POST", address, json=score, headers=headers)


def _of_now(issuer: str, audience: str | list[str]) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": issuer, "aud": audience, "iat": now, "exp": now + GOOD}
