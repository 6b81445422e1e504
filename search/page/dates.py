"""The days that a search is limited to: read from two dates as anyone types them, and said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from editions.dates import DateError, HistoricalDate, read_date
from search.query import Dates

LONGEST = 60


@dataclass(frozen=True)
class Range:
    """From ``first`` to ``last``, open where there is None. ``undated`` lets in what has no date.

    ``after`` and ``before`` are the bounds as an address has them: ``1962``, ``1962-03`` or ``1962-03-07``, or, where a
    bound was not understood, what was typed. ``problems`` are sentences about what was left out.
    """

    after: str = ""
    before: str = ""
    first: date | None = None
    last: date | None = None
    undated: bool = False
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.first or self.last)

    @property
    def query(self) -> Dates:
        return Dates(self.first, self.last, self.undated)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address."""
        pairs = [(name, value) for name, value in (("after", self.after), ("before", self.before)) if value]
        return [*pairs, ("undated", "1")] if self.undated and self else pairs

    def __str__(self) -> str:
        """E.g. ``March 1962``, ``1961 to March 1962``, ``from 1962 on``, ``until 7 March 1962``."""
        if self.first and self.last:
            whole = spoken(self.first, self.last)
            return whole or f"{_bound(self.after)} to {_bound(self.before)}"
        return f"from {_bound(self.after)} on" if self.first else f"until {_bound(self.before)}"


def read_range(after: str, before: str, undated: bool = False) -> Range:
    """Reads the bounds of a range. It never fails: what makes no sense is left out and said."""
    begin, problem_begin = _read(after)
    end, problem_end = _read(before)
    problems = tuple(filter(None, (problem_begin, problem_end)))
    first, last = begin and begin.earliest, end and end.latest
    typed_after, typed_before = _canonical(after, begin, first), _canonical(before, end, last)
    if first and last and first > last:
        sentence = (
            f"The dates end (“{_bound(typed_before)}”) before they begin (“{_bound(typed_after)}”); they were left out."
        )
        return Range(typed_after, typed_before, problems=(sentence,))
    return Range(typed_after, typed_before, first, last, undated, problems)


def range_of(first: date, last: date) -> tuple[str, str]:
    """The bounds of these days as an address has them, as short as can be: February 1962 is ``1962-02`` twice."""
    for length in (4, 7):
        if _days(first.isoformat()[:length])[0] == first and _days(last.isoformat()[:length])[1] == last:
            return first.isoformat()[:length], last.isoformat()[:length]
    return first.isoformat(), last.isoformat()


def spoken(first: date, last: date) -> str:
    """A day, a month, a year or several years by name; empty for other stretches."""
    after, before = range_of(first, last)
    if after == before:
        return _bound(after)
    return f"{after}–{before}" if len(after) == 4 else ""


def _read(typed: str) -> tuple[HistoricalDate | None, str]:
    if not typed:
        return None, ""
    try:
        return read_date(typed), ""
    except DateError as error:
        return None, str(error)


def _canonical(typed: str, read: HistoricalDate | None, bound: date | None) -> str:
    if read is None or bound is None:
        return typed
    iso = read.iso
    return iso if "/" not in iso else bound.isoformat()


def _days(iso: str) -> tuple[date, date]:
    read = read_date(iso)
    return read.earliest, read.latest


def _bound(iso: str) -> str:
    """``1962``, ``March 1962`` or ``7 March 1962``."""
    parts = iso.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return iso
    day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    return f"{day.day} {day:%B %Y}" if len(parts) > 2 else f"{day:%B %Y}"
