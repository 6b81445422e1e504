"""Dates as historians write them: what is displayed, and the first and last day that it can mean.

Reads "7 March 1962", "March 7, 1962", "Mar. 1962", "1962", spans of these ("February 21-23, 1962", "February 21/22,
1962"), "circa 1962", square brackets for a date that an editor supplied, and levels 0 and 1 of EDTF (ISO 8601-2:2019)
as far as they name years, months, days and intervals of them. A day in numbers is read where only one of them can be
the month ("23.3.1962", "3/23/1962"). A weekday before a date and an hour after it are kept and add nothing. A date is
never made more precise than it is written.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"1[0-9]\d\d|20\d\d"
_TO = r"(?:\s*[-–—]\s*|\s+to\s+)"
_TO_DAY = r"(?:\s*[-–—/]\s*|\s+(?:to|and|or)\s+)"

#: One point in time, year last; month and day may be missing ("7 March 1962", "March 7, 1962", "1962").
_POINT = rf"""
    (?: (?P<d1>{_DAY}){_TH}\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+
      | (?P<m2>{_MONTH}),?\s+(?P<d2>{_DAY}){_TH}(?:\s*,\s*|\s+(?!\d{{4}}\s?(?:hours|hrs|Z\b)))
      | (?P<m3>{_MONTH}),?\s+
    )? (?P<y>{_YEAR})
"""
YEAR = re.compile(_YEAR)
POINT = re.compile(_POINT + r"(?!\d)", re.VERBOSE | re.IGNORECASE)
ISO = re.compile(rf"(?P<y>{_YEAR})(?:-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?)?(?P<doubt>[~?%])?")
#: Spans whose ends share a month or a year, in both orders of day and month.
_SPAN = rf"""
      (?P<days_m>{_MONTH}),?\s+(?P<days_a>{_DAY}){_TH}{_TO_DAY}(?P<days_b>{_DAY}){_TH},?\s*(?P<days_y>{_YEAR})
    | (?P<rdays_a>{_DAY}){_TH}{_TO_DAY}(?P<rdays_b>{_DAY}){_TH}\s+(?P<rdays_m>{_MONTH}),?\s+(?P<rdays_y>{_YEAR})
    | (?P<mds_m>{_MONTH})\s+(?P<mds_a>{_DAY}){_TO}(?P<mds_n>{_MONTH})\s+(?P<mds_b>{_DAY}),\s*(?P<mds_y>{_YEAR})
    | (?P<dms_a>{_DAY})\s+(?P<dms_m>{_MONTH}){_TO}(?P<dms_b>{_DAY})\s+(?P<dms_n>{_MONTH}),?\s+(?P<dms_y>{_YEAR})
    | (?P<ms_m>{_MONTH}){_TO}(?P<ms_n>{_MONTH})\s+(?P<ms_y>{_YEAR})
"""
SPAN = re.compile(_SPAN, re.VERBOSE | re.IGNORECASE)
#: A day in numbers, in either order of day and month, with the same stop or stroke twice.
NUMERIC = re.compile(rf"(?P<a>{_DAY})(?P<by>[./-])\s?(?P<b>{_DAY})(?P=by)\s?(?P<y>{_YEAR})")
WEEKDAY = re.compile(
    rf"(?:{'|'.join(calendar.day_name)}|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?),?\s+(?=\w)", re.IGNORECASE
)
_CLOCK = r"(?:\d{1,2}(?::\d\d)?\s*(?:[ap]\.?\s?m\b\.?)?|noon|midnight|\d{4}Z)"
HOUR = re.compile(rf"(?:\s*[,—–]\s*|\s+(?:at\s+)?){_CLOCK}(?:\s*[-–—]\s*{_CLOCK})?$", re.IGNORECASE)
CIRCA = re.compile(r"^(?:c\.|ca\.?|circa|about)\s*", re.IGNORECASE)


class DateError(ValueError):
    """The text is not a date; the message says what is expected."""


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True)
class HistoricalDate:
    """``display`` is the date as written; it falls between ``earliest`` and ``latest``, both included."""

    display: str
    earliest: date
    latest: date
    supplied: bool = False

    @property
    def precision(self) -> Precision:
        first, last = self.earliest, self.latest
        if first == last:
            return Precision.DAY
        if first.day == 1 and last.year == first.year and last == _month_end(last.year, last.month):
            if first.month == last.month:
                return Precision.MONTH
            if (first.month, last.month) == (1, 12):
                return Precision.YEAR
        return Precision.SPAN

    @property
    def iso(self) -> str:
        """The date in EDTF: "1962-03-07", "1962-03", "1962", "1962-02-21/1962-02-23"."""
        match self.precision:
            case Precision.DAY:
                return self.earliest.isoformat()
            case Precision.MONTH:
                return self.earliest.isoformat()[:7]
            case Precision.YEAR:
                return self.earliest.isoformat()[:4]
            case _:
                return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


def read_date(text: str) -> HistoricalDate:
    """Reads a whole string as a date; raises ``DateError`` when it is none or names a day that never was."""
    display = " ".join(text.split())
    supplied = display.startswith("[") and display.endswith("]")
    display = display[1:-1].strip() if supplied else display
    body = CIRCA.sub("", display)
    bounds = _iso_bounds(body) or _written_bounds(body)
    if bounds is None and (day := HOUR.sub("", WEEKDAY.sub("", body, count=1))) != body:
        bounds = _of_one_day(day)
    if bounds is None:
        raise DateError(
            f"“{display}” is not a date. "
            "Write it like 7 March 1962, March 1962, 1962, 21-23 February 1962 or circa 1962."
        )
    first, last = _widened(*bounds) if body != display else bounds
    if first > last:
        raise DateError(f"“{display}” ends before it begins.")
    return HistoricalDate(display, first, last, supplied)


def find_dates(text: str) -> list[tuple[int, int, HistoricalDate]]:
    """Finds dates with a day, a month or a span within running text, as (start, end, date); years alone are left."""
    found: list[tuple[int, int, HistoricalDate]] = []
    if not YEAR.search(text):
        return found
    for pattern in (SPAN, POINT):
        for match in pattern.finditer(text):
            if pattern is POINT and match["m1"] is match["m2"] is match["m3"] is None:
                continue
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            try:
                found.append((match.start(), match.end(), read_date(match[0])))
            except DateError:
                continue
    return sorted(found, key=lambda item: item[0])


def _written_bounds(body: str) -> tuple[date, date] | None:
    if match := SPAN.fullmatch(body):
        return _span_bounds({key: value for key, value in match.groupdict().items() if value})
    if match := POINT.fullmatch(body):
        return _point_bounds(match)
    if match := NUMERIC.fullmatch(body):
        return _numeric_bounds(match)
    parts = re.split(_TO, body)
    if len(parts) == 2:
        first, last = POINT.fullmatch(parts[0]), POINT.fullmatch(parts[1])
        if first and last:
            return _point_bounds(first)[0], _point_bounds(last)[1]
    return None


def _point_bounds(match: re.Match[str]) -> tuple[date, date]:
    month = match["m1"] or match["m2"] or match["m3"]
    day = match["d1"] or match["d2"]
    return _bounds(int(match["y"]), _month(month) if month else None, int(day) if day else None)


def _numeric_bounds(match: re.Match[str]) -> tuple[date, date]:
    """Reads "23.3.1962" and "3/23/1962"; refuses what may be one day or another, and what is none."""
    a, b = sorted((int(match["a"]), int(match["b"])))
    if a < b <= 12:
        one, other = (f"{day} {calendar.month_name[month]}" for day, month in ((b, a), (a, b)))
        raise DateError(
            f"“{match[0]}” may be {one} or {other}. "
            f"Write the month as a word: {one} {match['y']}, or {other} {match['y']}."
        )
    if a > 12:
        raise DateError(f"“{match[0]}” has no month: both numbers are above 12. Write it like 7 March 1962.")
    return _bounds(int(match["y"]), a, b)


def _of_one_day(body: str) -> tuple[date, date] | None:
    """The bounds of a date beside which stood a weekday or an hour, which only a day can have."""
    bounds = _written_bounds(body)
    return bounds if bounds and bounds[0] == bounds[1] else None


def _span_bounds(parts: dict[str, str]) -> tuple[date, date]:
    field = {key.split("_")[1]: value for key, value in parts.items()}
    year, first_month = int(field["y"]), _month(field["m"])
    last_month = _month(field["n"]) if "n" in field else first_month
    first_day = int(field["a"]) if "a" in field else None
    last_day = int(field["b"]) if "b" in field else None
    return _bounds(year, first_month, first_day)[0], _bounds(year, last_month, last_day)[1]


def _iso_bounds(body: str) -> tuple[date, date] | None:
    parts = [ISO.fullmatch(part) for part in body.split("/")]
    if not 1 <= len(parts) <= 2 or None in parts:
        return None
    bounds = []
    for match in parts:
        assert match is not None
        month, day = match["m"], match["d"]
        first, last = _bounds(int(match["y"]), int(month) if month else None, int(day) if day else None)
        bounds.append(_widened(first, last) if match["doubt"] in ("~", "%") else (first, last))
    return bounds[0][0], bounds[-1][1]


def _bounds(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), _month_end(year, month)
    try:
        only = date(year, month, day)
    except ValueError as error:
        raise DateError(f"{calendar.month_name[month]} {year} has no day {day}.") from error
    return only, only


def _widened(first: date, last: date) -> tuple[date, date]:
    """Gives an approximate date its own length again on either side: circa 1962 is 1961 to 1963."""
    room = last - first + timedelta(days=1)
    return max(first - room, date.min + room), last + room


def _month(name: str) -> int:
    return MONTHS[name.rstrip(".").casefold()]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
