"""Telegrams, known by their number and day: "telegram 1940 of February 21" is "telegram-1940-1962-02-21"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from editions.dates import MONTHS
from editions.references.context import Context, Target

_MONTH = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
_TELEGRAM = re.compile(
    rf"""(?<![Cc]ircular\ )\b(?:[Tt]elegrams?|[Dd]ep(?:artment\ tel|tel)s?|[Ee]mb(?:assy\ tel|tel)s?)\ (?:[Nn]os?\.\ ?)?
    (?P<list>\d{{1,6}}\b(?:(?:,?\ and\ |,\ )\d{{1,6}}\b(?!,\ \d))*)
    (?:\ (?:from|to)\ (?:the\ )?[A-Z][\w.-]*(?:\ [A-Z][\w.-]*){{0,3}})?
    (?:,\ also\ |,\ |\ of\ |\ dated\ |\ on\ |\ \()
    (?P<month>{_MONTH})\.?\ (?P<day>\d{{1,2}})\b(?:,\ (?P<year>1[89]\d\d|20\d\d)\b)?""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d{1,6}")


def telegrams(text: str, context: Context) -> Iterator[Target]:
    """Yields the telegrams that a text names with their day.

    Where the year is not said, it is the one that brings the day nearest to that of the text; days that come after it
    count as half as far again, since most telegrams are cited by what is written later.
    """
    for match in _TELEGRAM.finditer(text):
        sent = _day(match, context.written)
        if not sent:
            continue
        numbers = list(_NUMBER.finditer(text, match.start("list"), match.end("list")))
        for place, number in enumerate(numbers):
            start = number.start() if place else match.start()
            end = match.end() if number is numbers[-1] else number.end()
            yield start, end, telegram(number[0], sent)


def telegram(number: str, sent: date) -> str:
    """Returns the identifier of a telegram."""
    return f"telegram-{int(number)}-{sent.isoformat()}"


def _day(match: re.Match[str], written: date | None) -> date | None:
    if match["year"]:
        years = [int(match["year"])]
    else:
        years = [written.year - 1, written.year, written.year + 1] if written else []
    days = [day for year in years if (day := _on(year, match["month"], match["day"]))]
    return min(days, key=lambda day: _distance(day, written), default=None)


def _distance(day: date, written: date | None) -> float:
    days = (day - written).days if written else 0
    return days * 1.5 if days > 0 else -days


def _on(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, MONTHS[month.casefold()], int(day))
    except ValueError:
        return None
