"""Finds the words of a text that cite something: series, volumes, documents, notes, and what stands for them.

Nothing is understood here; ``resolve`` puts the pieces together. Offsets are those of the text as given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from editions.references.numbers import LIST, Number, numbers_in


class Kind(StrEnum):
    """What a piece of a citation is."""

    SERIES = "series"  # "Foreign Relations, 1961-1963"
    VOLUME = "volume"  # "vol. VI", "volume XXIX, Part 1"
    SUPPLEMENT = "supplement"  # "Microfiche Supplement"
    IBID = "ibid"
    DOCUMENTS = "documents"  # "Documents 35 and 36"
    NOTES = "notes"  # "footnotes 2 and 3"
    PLACE = "place"  # "supra", "infra", "above", "below", "thereto"


@dataclass(frozen=True)
class Piece:
    """``words`` are the years of a series, the number of a volume or the word for a place; ``part`` is of a volume."""

    kind: Kind
    start: int
    end: int
    words: str = ""
    part: str = ""
    numbers: tuple[Number, ...] = ()


#: One character for another, so that offsets stay what they are.
PLAIN = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("\xa0\u2009\u202f\n\t", " ")})
#: A text that has none of these cites nothing.
SIGNS = ("ocument", "ootnote", "bid.", "esolution", "Item", "NSAM", "NSC", "NIE", "elegram", "Memorandum No")

_ROMAN_OR_DIGITS = r"(?:E\ ?-?\ ?\d{1,2}|[IVXL]{1,8}|\d{1,2})\b"
_PIECE = re.compile(
    rf"""
      (?<!American\ )\bForeign\ Relations(?:\ of\ the\ United\ States)?[,:]?\ ?\(?
        (?P<series>(?:1[89]|20)\d\d(?:-(?:\d{{4}}|\d{{2}}))?)\b
    | \b[Vv]ol(?:ume|umes|\.|s\.)\ ?
        (?P<volume>{_ROMAN_OR_DIGITS}(?:\ ?[/&-]\ ?{_ROMAN_OR_DIGITS}){{0,4}})
        (?:,?\ [Pp](?:art|t\.)\ (?P<part>\d|[IV]{{1,3}})\b)?
    | (?P<supplement>[Mm]icrofiche\ [Ss]upplement)
    | \b(?P<ibid>[Ii]bid)\b\.?(?:,?\ (?P<years>(?:1[89]|20)\d\d-\d{{2,4}})\b)?
    | \bDocuments?\ (?:and\ )?(?P<documents>{LIST})
    | \b(?:[Ff]oot)?[Nn]otes?\ (?P<notes>{LIST})
    | \b(?P<place>supra|infra|above|below|thereto)\b
    """,
    re.VERBOSE,
)


def is_worth_reading(text: str) -> bool:
    """Whether the text may cite anything; cheap, and never wrong when it says no."""
    return any(sign in text for sign in SIGNS)


def pieces(text: str) -> list[Piece]:
    """Returns the pieces of citations in a text whose characters are ``PLAIN``, in order."""
    return [_piece(match) for match in _PIECE.finditer(text)]


def _piece(match: re.Match[str]) -> Piece:
    start, end = match.span()
    for kind in (Kind.DOCUMENTS, Kind.NOTES):
        if match[kind]:
            return Piece(kind, start, end, numbers=tuple(numbers_in(match[kind], match.start(kind))))
    if match["volume"]:
        return Piece(Kind.VOLUME, start, end, match["volume"], match["part"] or "")
    if match["ibid"]:
        return Piece(Kind.IBID, start, end, match["years"] or "")
    if match["series"]:
        return Piece(Kind.SERIES, start, end, match["series"])
    return Piece(Kind.PLACE if match["place"] else Kind.SUPPLEMENT, start, end, match["place"] or "")
