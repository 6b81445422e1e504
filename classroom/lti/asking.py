"""Asking course systems: encrypted addresses only, no redirects, and not for long."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests

SCHEMES = ("https",)
#: Seconds that a course system has to answer.
PATIENCE = 10


class Refused(Exception):
    """Something from a course system is not as it should be; the message says what."""


class Unreachable(Refused):
    """A course system does not answer."""


def is_safe(address: str) -> bool:
    """Whether this is an address that may be asked."""
    try:
        parts = urlsplit(address)
        return (
            address.isprintable()
            and parts.scheme in SCHEMES
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and parts.port != 0
        )
    except ValueError:
        return False


def origin(address: str) -> str:
    """The scheme and host of an address, with the port if there is one."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def ask(method: str, address: str, **options: Any) -> requests.Response:
    """What a course system answers; raises ``Refused`` when that is not a success."""
    if not is_safe(address):
        raise Refused("The course system gave an address that is not encrypted.")
    try:
        response = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **options)
    except requests.RequestException:
        raise Unreachable("The course system does not answer.") from None
    if not 200 <= response.status_code < 300:
        raise Refused(f"The course system refused (status {response.status_code}).")
    return response


def ask_json(method: str, address: str, **options: Any) -> dict[str, Any]:
    """The JSON object that a course system answers; raises ``Refused``."""
    try:
        found = ask(method, address, **options).json()
    except requests.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Refused("The course system answered something that cannot be read.")
    return found
