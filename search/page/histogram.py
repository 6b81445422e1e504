"""How results spread over time: a figure whose bars narrow the search, at the grain that suits the dates chosen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import accumulate

from django.utils.safestring import SafeString, mark_safe

from search.finding import Found, counts_of
from search.page.asked import Asked
from search.page.dates import range_of, spoken
from search.query import Query

#: A figure of days has so many at most, one of months so many, one of years so many; longer ones have decades.
MOST_DAYS, MOST_MONTHS, MOST_YEARS = 62, 36, 80
#: The height of the figure and the width that each bar has, in units of its own.
HEIGHT, STEP = 60, 10
#: Fewer results are seen at a glance.
FEWEST = 3


@dataclass(frozen=True)
class Bar:
    """The results that may be of these days: how many, and the address of the search for them alone."""

    first: date
    last: date
    name: str
    count: int
    address: str
    x: int
    height: float

    @property
    def said(self) -> str:
        return f"{self.name}: {self.count:,} result{'' if self.count == 1 else 's'}"

    @property
    def drawn(self) -> str:
        """The bar as SVG. The whole height of the figure is its link, so that a low bar can be hit."""
        return (
            f'<a href="{escape(self.address)}" rel="nofollow" aria-label="{self.said}"><title>{self.said}</title>'
            f'<rect class="bar-room" x="{self.x}" y="0" width="{STEP}" height="{HEIGHT}"/>'
            f'<rect class="bar" x="{self.x + 1}" y="{HEIGHT - self.height:g}" width="{STEP - 2}"'
            f' height="{self.height:g}"/></a>'
        )

    @property
    def row(self) -> str:
        """The bar as a row of the table."""
        return (
            f'<tr><th scope="row"><a href="{escape(self.address)}" rel="nofollow">{self.name}</a></th>'
            f"<td>{self.count:,}</td></tr>\n"
        )


@dataclass(frozen=True)
class Histogram:
    """The figure. What has no certain day is counted at each day that it may be of, as the filter finds it there."""

    grain: str
    bars: tuple[Bar, ...]
    wider: str = ""

    height = HEIGHT

    @property
    def width(self) -> int:
        return len(self.bars) * STEP

    @property
    def filled(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.count]

    @property
    def drawn(self) -> SafeString:
        return mark_safe("".join(bar.drawn for bar in self.filled))

    @property
    def rows(self) -> SafeString:
        return mark_safe("".join(bar.row for bar in self.filled))

    @property
    def ticks(self) -> list[str]:
        """The names of the first and the last bar and, where there is one in the middle, of that."""
        count = len(self.bars)
        places = [0, count // 2, count - 1] if count % 2 and count > 2 else [0, count - 1] if count > 1 else [0]
        return [_short_name(self.grain, self.bars[place].first) or self.bars[place].name for place in places]

    @property
    def summary(self) -> str:
        """The figure in a sentence."""
        most = max(self.filled, key=lambda bar: bar.count)
        return f"{self.bars[0].name} to {self.bars[-1].name}; most in {most.name}: {most.count:,}"


def histogram(asked: Asked, query: Query, found: Found) -> Histogram | None:
    """The figure for what was found; None when it would say nothing."""
    years = {int(year): count for year, count in found.counts.get("year", []) if count}
    first, last = _bounds(asked, years)
    if not (first and last and years) or (found.total < FEWEST and not asked.dates):
        return None
    grain = _grain(first, last)
    buckets = list(_buckets(grain, first, last))
    if grain == "year" and not (asked.dates or asked.chosen.get("year")):
        counts = [years.get(start.year, 0) for start, _ in buckets]
    else:
        counts = _overlapping(buckets, counts_of(query, asked.choices, "span"))
    if len(buckets) < 2 and not asked.dates:
        return None
    return Histogram(grain, tuple(_bars(asked, grain, buckets, counts)), _wider(asked, grain)) if any(counts) else None


def _bounds(asked: Asked, years: Mapping[int, int]) -> tuple[date | None, date | None]:
    """The days that the figure shows: those chosen; where the choice is open, as far as there are results."""
    first, last = asked.dates.first, asked.dates.last
    if years:
        first = first or max(date(min(years), 1, 1), date.min)
        last = last or date(max(years), 12, 31)
    return first, last


def _grain(first: date, last: date) -> str:
    if (last - first).days < MOST_DAYS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_MONTHS:
        return "month"
    return "year" if last.year - first.year < MOST_YEARS else "decade"


def _buckets(grain: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Days, months, years or decades from the first to the last, cut off at both."""
    start = first
    while start <= last:
        end = min(_end(grain, start), last)
        yield start, end
        if end == date.max:
            return
        start = end + timedelta(days=1)


def _end(grain: str, day: date) -> date:
    match grain:
        case "day":
            return day
        case "month":
            return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
        case "year":
            return date(day.year, 12, 31)
    return date(day.year // 10 * 10 + 9, 12, 31)


def _overlapping(buckets: list[tuple[date, date]], spans: Mapping[str, int]) -> list[int]:
    """How many results may be of each bucket."""
    begins = [begin.isoformat() for begin, _ in buckets]
    ends = [end.isoformat() for _, end in buckets]
    # Many results share a bucket's days, and few spans reach over more: differences at both ends are summed up.
    steps = [0] * (len(buckets) + 1)
    for span, count in spans.items():
        earliest, _, latest = span.partition("/")
        low, high = bisect_left(ends, earliest), bisect_right(begins, latest)
        if low < high:
            steps[low] += count
            steps[high] -= count
    return list(accumulate(steps))[:-1]


def _bars(asked: Asked, grain: str, buckets: list[tuple[date, date]], counts: list[int]) -> Iterator[Bar]:
    most = max(counts, default=0)
    for number, ((first, last), count) in enumerate(zip(buckets, counts, strict=True)):
        after, before = range_of(first, last)
        height = max(2.0, round(count / most * HEIGHT, 1)) if count else 0.0
        address = asked.written(after, before).address if count else ""
        yield Bar(first, last, _name(grain, first, last), count, address, number * STEP, height)


def _name(grain: str, first: date, last: date) -> str:
    """What a bar is called, even where the dates chosen cut it off."""
    if grain == "month":
        return f"{first:%B %Y}"
    return str(first.year) if grain == "year" else spoken(first, last) or f"{first.year}–{last.year}"


def _short_name(grain: str, first: date) -> str:
    """``7 Mar 1962``, ``Mar 1962``; empty for longer stretches."""
    return {"day": f"{first.day} {first:%b %Y}", "month": f"{first:%b %Y}"}.get(grain, "")


def _wider(asked: Asked, grain: str) -> str:
    """The address of the search in the year or the month around what was chosen; empty when nothing was."""
    first, last = asked.dates.first, asked.dates.last
    if not (first or last):
        return ""
    if first and last and grain == "day" and first.year == last.year:
        if first == last:
            return asked.written(first.isoformat()[:7], first.isoformat()[:7]).address
        return asked.written(str(first.year), str(first.year)).address
    return asked.written().address
