"""Says what an identifier means in plain words, and where outside the archive it can be read.

The addresses are those that their makers promise to keep: https://history.state.gov/historicaldocuments for the
series, and https://undocs.org, the symbol search of the United Nations, for resolutions.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date

from editions.references.series import IDENTIFIER
from editions.references.volume_numbers import roman

_SERIES = "Foreign Relations of the United States"
_PRESIDENTS = {
    "hoover": "Herbert Hoover",
    "truman": "Harry S. Truman",
    "eisenhower": "Dwight D. Eisenhower",
    "kennedy": "John F. Kennedy",
    "johnson": "Lyndon B. Johnson",
    "nixon": "Richard Nixon",
    "ford": "Gerald R. Ford",
    "carter": "Jimmy Carter",
}
_VOLUME = re.compile(r"v(?P<first>e?\d{2})(?:-(?P<last>\d{2}))?(?:p(?P<part>\d))?(?P<supplement>mSupp)?")
_SESSION = r"(?:e?s-)?[ivxl]+"


def _volume(match: re.Match[str]) -> str:
    found = IDENTIFIER.fullmatch(match["volume"])
    numbers = _VOLUME.fullmatch(found["rest"]) if found else None
    if not found or not numbers:
        return f"{_SERIES} ({match['volume']})"
    first, _, last = found["years"].partition("-")
    years = f"{first}–{first[:2]}{last}" if last else first
    between = f"–{roman(numbers['last'])}" if numbers["last"] else ""
    name = f"volume{'s' if between else ''} {roman(numbers['first'])}{between}"
    part = f", part {numbers['part']}" if numbers["part"] else ""
    return f"{_SERIES}, {years}, {name}{part}{', microfiche supplement' if numbers['supplement'] else ''}"


def _in_volume(match: re.Match[str]) -> str:
    document = f", document {match['number']}" if match["number"] else ""
    notes = (match["notes"] or "").split("fn")
    note = f", note{'s' if len(notes) > 1 else ''} {' and '.join(notes)}" if match["notes"] else ""
    page = f", page {match['page']}" if match["page"] else ""
    return f"{_volume(match)}{document}{note}{page}"


def _item(match: re.Match[str]) -> str:
    first, _, last = match["years"].partition("-")
    years = f"{first}–{last}" if last else first
    name = _PRESIDENTS.get(match["name"], match["name"].title())
    return f"Public Papers of the Presidents of the United States: {name}, {years}, item {match['item']}"


def _assembly(match: re.Match[str]) -> str:
    return f"United Nations General Assembly Resolution {match['number']} ({match['session'].upper()})"


def _council(match: re.Match[str]) -> str:
    return f"United Nations Security Council Resolution {match['number']} ({match['year']})"


def _memorandum(match: re.Match[str]) -> str:
    names = {"nsam": "Action Memorandum", "nssm": "Study Memorandum", "nsdm": "Decision Memorandum"}
    name = names.get(match["kind"], "Council Intelligence Directive")
    return f"National Security {name} No. {match['number']}"


def _action(match: re.Match[str]) -> str:
    return f"National Security Council Action No. {match['number'].replace('-', '')}"


def _paper(match: re.Match[str]) -> str:
    return (
        f"National Security Council paper NSC {match['number']}{'/' + match['revision'] if match['revision'] else ''}"
    )


def _estimate(match: re.Match[str]) -> str:
    special = "Special " if match["kind"] == "snie" else ""
    return f"{special}National Intelligence Estimate {match['number']}"


def _telegram(match: re.Match[str]) -> str:
    try:
        sent = date.fromisoformat(match["date"])
    except ValueError:
        return f"Telegram {match['number']}"
    return f"Telegram {match['number']} of {sent.day} {calendar.month_name[sent.month]} {sent.year}"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            r"(?P<volume>frus\d{4}[^/#\s]*)(?:/(?:d(?P<number>\d+[a-z]?)(?:#fn(?P<notes>\w+))?|pg_(?P<page>\w+)))?"
        ),
        _in_volume,
    ),
    (re.compile(rf"un-ga-res/(?P<number>\d+)-(?P<session>{_SESSION})"), _assembly),
    (re.compile(r"un-sc-res/(?P<number>\d+)-(?P<year>\d{4})"), _council),
    (re.compile(r"ppp-(?P<years>\d{4}(?:-\d{2})?)-(?P<name>[a-z-]+)/(?P<item>\d+)"), _item),
    (re.compile(r"(?P<kind>nsam|nssm|nsdm|nscid)-(?P<number>\d+)"), _memorandum),
    (re.compile(r"nsc-action-(?P<number>\d+(?:-[a-z])?)"), _action),
    (re.compile(r"nsc-(?P<number>\d+)(?:-(?P<revision>\d+))?"), _paper),
    (re.compile(r"(?P<kind>s?nie)-(?P<number>\d+(?:-\d+)+)"), _estimate),
    (re.compile(r"telegram-(?P<number>\d+)-(?P<date>\d{4}-\d{2}-\d{2})"), _telegram),
)


def describe(target: str) -> str:
    """Returns what an identifier means, such as "Foreign Relations of the United States, 1961–1963, volume VI,
    document 35, note 2"; the identifier itself when its form is not one of those of this project."""
    for form, in_words in _FORMS:
        if match := form.fullmatch(target):
            return in_words(match)
    return target


def authority(target: str) -> str:
    """Returns a lasting address outside where what is meant can be read; empty when there is none."""
    for form, in_words in _FORMS:
        if match := form.fullmatch(target):
            return _ADDRESSES[in_words](match) if in_words in _ADDRESSES else ""
    return ""


def _address_in_volume(match: re.Match[str]) -> str:
    part = f"/d{match['number']}" if match["number"] else f"/pg_{match['page']}" if match["page"] else ""
    return f"https://history.state.gov/historicaldocuments/{match['volume']}{part}"


def _address_of_assembly(match: re.Match[str]) -> str:
    return f"https://undocs.org/A/RES/{match['number']}({match['session'].upper()})"


def _address_of_council(match: re.Match[str]) -> str:
    return f"https://undocs.org/S/RES/{match['number']}({match['year']})"


_ADDRESSES: dict[Callable[[re.Match[str]], str], Callable[[re.Match[str]], str]] = {
    _in_volume: _address_in_volume,
    _assembly: _address_of_assembly,
    _council: _address_of_council,
}
