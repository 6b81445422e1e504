"""Wrong codes are counted, so that nobody finds a class or a student by trying.

Of a network address only a keyed hash is stored, and for an hour. A class behind one address may make some typos: right
codes do not count.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from classroom.codes import keyed_hash
from classroom.models import Attempt

#: So many wrong codes may come from one address in so long.
MOST, WHILE = 20, timedelta(minutes=15)
#: And so many of one kind from all addresses, before those that had one wrong are held back.
MOST_OF_ALL, KEPT = 500, timedelta(hours=1)


class Kind(StrEnum):
    """What was tried."""

    JOIN = "join"
    RETURN = "return"


def minutes_to_wait(request: HttpRequest, kind: Kind) -> int:
    """For how long no code is read from where this request comes, right or wrong; 0 when it may try."""
    now, own = timezone.now(), Attempt.objects.filter(address=_address(request))
    times = list(own.filter(at__gt=now - WHILE).order_by("-at").values_list("at", flat=True)[: MOST + 1])
    if len(times) > MOST:
        return _minutes(times[MOST] + WHILE - now)
    lately = Attempt.objects.filter(kind=kind, at__gt=now - KEPT)
    if times and lately.count() > MOST_OF_ALL:
        return _minutes(times[0] + WHILE - now)
    return 0


def count_wrong(request: HttpRequest, kind: Kind) -> None:
    """Remembers that a wrong code came from where this request comes."""
    forget_old_attempts()
    Attempt.objects.create(address=_address(request), kind=kind)


def forget_old_attempts() -> None:
    """Deletes what is older than an hour."""
    Attempt.objects.filter(at__lte=timezone.now() - KEPT).delete()


def refused(request: HttpRequest, minutes: int) -> HttpResponse:
    """The page that says when to try again."""
    response = render(request, "classroom/joining/wait.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def _address(request: HttpRequest) -> str:
    """Where a request comes from, scrambled: what the outermost proxy of ours saw, else who speaks to us."""
    passed_on = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.PROXIES <= len(passed_on):
        return keyed_hash("address", _connection(passed_on[-settings.PROXIES]))
    return keyed_hash("address", _connection(request.META.get("REMOTE_ADDR", "")))


def _connection(address: str) -> str:
    """What all addresses of one connection share: of IPv6 it has 2 to the power of 64, and may use any of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def _minutes(wait: timedelta) -> int:
    """Whole minutes, at least one."""
    return max(1, -(-int(wait.total_seconds()) // 60))
