"""Reads from the words of a heading what its markup does not say: who wrote to whom, and when.

So are the headings of supplements on microfiche: "Memorandum from Read to Bundy, March 3, 1961. Transmits two papers."
"""

from __future__ import annotations

import re
from calendar import month_name

from editions.dates import HistoricalDate, find_dates
from editions.readers.pasted.parties import read_parties

CORRESPONDENCE = re.compile(
    r"(?:[\w()-]+ ){0,3}(?:Memorandum|Memo|Letter|Telegram|Message|Note|Airgram|Despatch|Cable|Instruction)"
    r"(?: [\w()-]+){0,3} from\s.+\sto\s",
    re.IGNORECASE,
)
#: What follows the parties: a date, perhaps without a year.
DATE = re.compile(rf",\s+(?=(?:undated|{'|'.join(filter(None, month_name))})\b)")
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
