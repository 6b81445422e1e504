"""Reads from the words of a heading what its markup does not say: who wrote to whom, and when.

So are the headings of supplements on microfiche: "Memorandum from Read to Bundy, March 3, 1961. Transmits two papers."
"""

from __future__ import annotations

import re
from calendar import month_name

from editions.dates import DateError, HistoricalDate, find_dates, read_date
from editions.readers.pasted.parties import read_parties

CORRESPONDENCE = re.compile(
    r"(?:[\w()-]+ ){0,3}(?:Memorandum|Memo|Letter|Telegram|Message|Note|Airgram|Despatch|Cable|Instruction)"
    r"(?: [\w()-]+){0,3} from\s.+\sto\s",
    re.IGNORECASE,
)
#: What follows the parties: a date, perhaps without a year.
DATE = re.compile(rf",\s+(?=(?:undated|{'|'.join(filter(None, month_name))})\b)")
#: A month and a day without a year, after what kind of document it is; what follows is another sentence.
DAY = re.compile(rf",”?\s+(?P<day>(?:{'|'.join(filter(None, month_name))})\s+\d{{1,2}})(?=[.;:]|,(?!\s*\d{{4}}))")
#: The title of a chapter that is a month or a day of one year: "October 1962", "October 23, 1962".
TIME = re.compile(r"(?:\w+\s?[–-]\s?)?[A-Z]\w+(?:\s+\d{1,2},)?\s+(?P<year>1[5-9]\d\d|20\d\d)")
LONGEST_NAME = 100


def parties_of(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns senders and recipients; none at all where the title does not name both in a few words."""
    words = DATE.split(title, maxsplit=1)[0]
    if not CORRESPONDENCE.match(words):
        return (), ()
    senders, recipients = read_parties(words)
    short = all(len(name) <= LONGEST_NAME for name in (*senders, *recipients))
    return (senders, recipients) if senders and recipients and short else ((), ())


def date_of(title: str) -> HistoricalDate | None:
    """Returns the date that follows what kind of document it is, and nothing further on in the title."""
    at = DATE.search(title)
    dates = find_dates(title[at.end() :]) if at else []
    return dates[0][2] if dates and dates[0][0] == 0 else None


def year_of(chapter: str) -> str:
    """Returns the year of a chapter whose title is a month or a day; of any other title nothing."""
    found = TIME.fullmatch(" ".join(chapter.split()))
    return found["year"] if found else ""


def day_in(title: str, year: str) -> HistoricalDate | None:
    """Returns the first day without a year that a title names, in this year and marked as supplied."""
    found = DAY.search(title) if year else None
    try:
        return read_date(f"[{found['day']}, {year}]") if found else None
    except DateError:
        return None
