"""Lists of numbers as citations have them: "35 and 36", "18, 20, and 22-24", "295–99"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Of a range that is longer, the documents at its ends are meant, and none between.
LONGEST_RANGE = 50

#: A number of a document or note: no year, no part of a file number, fraction, time or symbol.
NUMBER = r"(?!(?:1[6-9]|20)\d\d\b)\d{1,4}(?=ff?\b|\b)(?![/:.]\d|-[A-Z]|\ [A-Z]\b)"
LIST = rf"{NUMBER}(?:(?:,?\ (?:and|or|&|through|to)\ |,\ ?|\ ?-\ ?){NUMBER})*"
_EACH = re.compile(rf"(?P<range>(?:-|through|to)\ ?)?(?P<number>{NUMBER})")


@dataclass(frozen=True)
class Number:
    """A number and where it stands.

    ``skipped`` are those between it and the number before it, in a range, that the list has not named before.
    """

    value: int
    start: int
    end: int
    skipped: tuple[int, ...] = ()


def numbers_in(words: str, offset: int = 0) -> Iterator[Number]:
    """Yields the numbers of a list (``LIST``), with their places counted from ``offset``."""
    before, named = 0, set[int]()
    for match in _EACH.finditer(words):
        value, skipped = int(match["number"]), range(0)
        if match["range"] and before:
            if value < before and len(match["number"]) < len(str(before)):
                value = int(str(before)[: -len(match["number"])] + match["number"])
            if before < value <= before + LONGEST_RANGE:
                skipped = range(before + 1, value)
        between = tuple(number for number in skipped if number not in named)
        yield Number(value, offset + match.start("number"), offset + match.end("number"), between)
        named.update(between, (value,))
        before = value
