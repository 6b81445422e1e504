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
    """``words`` are the years of a series, the number of a volume or the word for a place; ``part`` is of a volume.

    What is ``loose``, such as "document 36" or "note 2", cites something only beside other pieces.
    """

    kind: Kind
    start: int
    end: int
    words: str = ""
    part: str = ""
    numbers: tuple[Number, ...] = ()
    loose: bool = False


#: Without a number after one of these words, or a word for a place, a text cites nothing in the series.
_CITES = re.compile(r"ocuments? (?:and |[Nn]os?\. )?\d|ocs?\.? \d|otes? \d| n\. \d|supra|infra|Foreign Relations|FRUS")
#: A text that has none of these names nothing else.
_NAMES = (
    "elegram", "NS", "NIE", "National Security ", "National Int", "esolution", "Res. ", "res. ", "Item", "A/RES",
    "tel ",
)  # fmt: skip
_DASHES = "‐‑‒–—―−"
_SPACES = "\xa0\u2009\u202f\n\t"

#: "E-4" of the volumes that are not printed, "XIV", "13".
_VOLUME_NUMBER = r"(?:E\ ?-?\ ?\d{1,2}|[IVXL]{1,8}|\d{1,2})\b"
_PIECE = re.compile(
    rf"""
      # "Documents on American Foreign Relations" are another series
      (?<!American\ )\b(?:Foreign\ Relations(?:\ of\ the\ United\ States)?|FRUS)[,:]?\ ?\(?
        (?P<series>(?:1[89]|20)\d\d(?:-(?:\d{{4}}|\d{{2}}))?)\b
    | \b[Vv]ol(?:ume|umes|\.|s\.)\ ?
        (?P<volume>{_VOLUME_NUMBER}(?:\ ?[/&-]\ ?{_VOLUME_NUMBER}){{0,4}})
        (?:,?\ [Pp](?:art|t\.)\ (?P<part>\d|[IV]{{1,3}})\b)?
    | (?P<supplement>[Mm]icrofiche\ [Ss]upplement)
      # "ibid., 1961-1963, vol. V" says the years anew
    | \b(?P<ibid>[Ii]bid)\b\.?(?:,?\ (?P<years>(?:1[89]|20)\d\d-\d{{2,4}})\b)?
      # "36", "35 and 36", "18, 20, and 22-24"; "Documents and 150" is a slip of the volumes
    | \b(?P<document>[Dd]oc(?:ument)?s?\.?)\ (?:and\ |[Nn]os?\.\ )?(?P<documents>{LIST})
    | \b(?P<note>(?:[Ff]oot)?[Nn]otes?|n\.)\ (?P<notes>{LIST})
    | \b(?P<place>supra|infra|above|below|thereto)\b(?!-)  # no "infra-red"
    """,
    re.VERBOSE,
)


def plain(text: str) -> str:
    """Returns the text with hyphens for dashes and spaces for white space, one character for another."""
    if not text.isascii():
        for dash in _DASHES:
            text = text.replace(dash, "-")
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


def may_cite(text: str) -> bool:
    """Whether the text may cite what is in the series; cheap, and never wrong when it says no."""
    return bool(_CITES.search(text)) or (len(text) < 12 and "bid" in text)


def may_name(text: str) -> bool:
    """Whether the text may name anything else; cheap, and never wrong when it says no."""
    return any(map(text.__contains__, _NAMES))


def pieces(text: str) -> list[Piece]:
    """Returns the pieces of citations in a ``plain`` text, in order."""
    return [_piece(match) for match in _PIECE.finditer(text)]


def _piece(match: re.Match[str]) -> Piece:
    start, end = match.span()
    if word := match["document"]:
        numbers = tuple(numbers_in(match["documents"], match.start("documents")))
        return Piece(Kind.DOCUMENTS, start, end, numbers=numbers, loose=word not in ("Document", "Documents"))
    if word := match["note"]:
        numbers = tuple(numbers_in(match["notes"], match.start("notes")))
        return Piece(Kind.NOTES, start, end, numbers=numbers, loose="oot" not in word)
    if match["volume"]:
        return Piece(Kind.VOLUME, start, end, match["volume"], match["part"] or "")
    if match["ibid"]:
        return Piece(Kind.IBID, start, end, match["years"] or "")
    if match["series"]:
        return Piece(Kind.SERIES, start, end, match["series"])
    return Piece(Kind.PLACE if match["place"] else Kind.SUPPLEMENT, start, end, match["place"] or "")
