"""Items of the Public Papers of the Presidents: "ppp-1962-kennedy/60" is item 60 of those of Kennedy, 1962."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editions.references.context import Context, Target
from editions.references.numbers import LIST, numbers_in

_EDITION = re.compile(
    r"Public Papers of the Presidents(?: of the United States)?[:,] ?(?P<name>[A-Z][\w. ]{2,40}?) ?, "
    r"(?P<first>1[89]\d\d|20\d\d)(?:[-–](?P<last>\d{2,4}))?"
)
_ITEMS = re.compile(rf"\bItems?\ (?P<list>{LIST})", re.VERBOSE)


def items(text: str, context: Context) -> Iterator[Target]:
    """Yields the items that a text cites: of the edition that it names before them, or that it was printed in."""
    named = [(match.end(), edition_of(match[0])) for match in _EDITION.finditer(text)]
    own = edition_of(context.publication)
    for match in _ITEMS.finditer(text):
        edition = next((name for end, name in named if 0 <= match.start() - end <= 40), own)
        if not edition:
            continue
        for place, number in enumerate(numbers_in(match["list"], match.start("list"))):
            start = number.start if place else match.start()
            yield start, number.end, f"{edition}/{number.value}"
            for between in number.skipped:
                yield start, number.end, f"{edition}/{between}"


def edition_of(publication: str) -> str:
    """Returns the identifier of a volume of Public Papers, "ppp-1963-64-johnson"; empty for any other publication."""
    match = _EDITION.search(publication)
    if not match:
        return ""
    last = f"-{match['last'][-2:]}" if match["last"] else ""
    return f"ppp-{match['first']}{last}-{match['name'].split()[-1].lower()}"
