"""Says what an identifier means in plain words, and where outside the archive it can be read."""

from __future__ import annotations

import re

_DOCUMENT = re.compile(r"(?P<volume>frus[^/#]+)/d(?P<number>\d+)(?:#fn(?P<note>\d+))?")


def describe(target: str) -> str:
    """Returns what an identifier means; the identifier itself when it is of no known form."""
    match = _DOCUMENT.fullmatch(target)
    if not match:
        return target
    note = f", note {match['note']}" if match["note"] else ""
    return f"{match['volume']}, document {match['number']}{note}"


def authority(target: str) -> str:
    """Returns a lasting address outside where what is meant can be read; empty when there is none."""
    match = _DOCUMENT.fullmatch(target)
    return f"https://history.state.gov/historicaldocuments/{match['volume']}/d{match['number']}" if match else ""
