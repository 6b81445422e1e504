"""Reads what is typed after ``kind:``, ``date:`` and ``year:``."""

from __future__ import annotations

import re
from collections.abc import Callable

from editions.dates import DateError, HistoricalDate, read_date
from search.analysis import forms
from search.language.kinds import NAMES, kinds_called
from search.query import Choice, Dates, Not, Query

#: Takes where a problem begins and ends, and a sentence that says what it is.
Say = Callable[[int, int, str], None]

#: Nothing longer is a date.
_LONGEST = 80
_NONE = re.compile(r"(?:^|,)\s*(?:none|undated)$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:\.\.+|…)\s*")


def read_value(field: str, text: str, start: int, end: int, say: Say) -> Query | None:
    """The choice or the dates that a text means, which stands from ``start`` to ``end``; None, and said, when none."""
    value = text.rstrip(",;!?")
    return _kinds(value, start, end, say) if field == "kind" else _dates(field, value, start, end, say)


def _kinds(text: str, start: int, end: int, say: Say) -> Query | None:
    found: list[str] = []
    for part in text.split(","):
        name = " ".join(forms(part))
        kinds = kinds_called(name) if name else ()
        if not kinds and part.strip():
            known = ", ".join(names[0] for names in NAMES.values())
            say(start, end, f"There is no kind “{_short(part)}”. There are: {known}.")
        found += kinds
    if not found and not text.strip(", "):
        say(start, end, "A kind of document stands here, as in kind:letter.")
    return Choice("kind", tuple(dict.fromkeys(found))) if found else None


def _dates(field: str, text: str, start: int, end: int, say: Say) -> Query | None:
    undated = _NONE.search(text)
    body = text[: undated.start()] if undated else text
    if undated and not body.strip():
        return Not(Dates())
    try:
        dates, backwards = _span(body)
    except DateError:
        example = "1962 or 1961-1963" if field == "year" else "1962-03-07, 1962-03, 1962, 1962-02..1962-03 or none"
        say(
            start,
            end,
            f"“{_short(text)}” is no {field} that can be read. Write it like {example}; here it was left out.",
        )
        return None
    if backwards:
        say(start, end, "These dates run backwards; they were read the other way round.")
    return Dates(dates.first, dates.last, undated=bool(undated))


def _span(text: str) -> tuple[Dates, bool]:
    """The days of a date or of a range, and whether the range runs backwards."""
    if len(text) > _LONGEST:
        raise DateError("too long")
    ends = _RANGE.split(text.strip())
    if len(ends) == 1:
        only = read_date(ends[0])
        return Dates(only.earliest, only.latest), False
    if len(ends) > 2:
        raise DateError("too many ends")
    first, last = (_end(each) for each in ends)
    if first and last and first.earliest > last.latest:
        return Dates(last.earliest, first.latest), True
    return Dates(first.earliest if first else None, last.latest if last else None), False


def _end(text: str) -> HistoricalDate | None:
    return read_date(text) if text else None


def _short(text: str) -> str:
    return text.strip() if len(text.strip()) <= 40 else text.strip()[:40] + "…"
