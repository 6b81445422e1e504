"""Tells in which of the old one-byte codings a text was saved, by whether its accents and quotation marks are at home.

Every byte is a character in these codings, so nothing but the words can tell them apart: the byte 0xD5 is the
apostrophe of "don’t" in Mac Roman and the capital of "donÕt" in Windows-1252. Each character beyond ASCII is judged by
its neighbors, and the coding in which most of them are at home is taken, if it is clearly that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

#: The codings that are tried, the likelier first.
CODINGS = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("latin-1", "Latin-1"))
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
MOST_EXAMINED = 5000
LEAST = 0.6
MARGIN = 0.25
SIGNS = frozenset("\u00a0§£€¥¢°½¼¾«»©®™·ªº¿¡²³¹×")
MONEY = frozenset("£€¥")
RARE = frozenset("ƒıÞþðÐÝýŠšŽžŸÿ")
WORDS_OF_ONE_LETTER = frozenset("àáéèùôÀÉ")


@dataclass(frozen=True)
class Charset:
    """A coding by its name for Python and its name for people; how sure it is, and the text read in it."""

    coding: str
    name: str
    confidence: float
    text: str


def tell_charset(source: bytes) -> Charset | None:
    """Returns the one-byte coding in which the characters of a text are at home, or nothing when none clearly is."""
    judged: list[tuple[float, Charset]] = []
    for coding, name in CODINGS:
        try:
            text = source.decode(coding)
        except UnicodeDecodeError:
            continue
        scores = list(islice(_scores(text), MOST_EXAMINED))
        judged.append((sum(scores) / max(len(scores), 1), Charset(coding, name, 0.9, text)))
    best, charset = max(judged, key=lambda item: item[0])
    rival = max((score for score, other in judged if other.text != charset.text), default=-1.0)
    if best < LEAST:
        return None
    sure = 0.9 if best - rival >= MARGIN else 0.6
    return Charset(charset.coding, charset.name, sure, charset.text)


def _scores(text: str) -> Iterator[float]:
    for match in BEYOND_ASCII.finditer(text):
        before = text[match.start() - 1] if match.start() else " "
        yield _at_home(match[0], before, text[match.end() : match.end() + 1] or " ")


def _at_home(char: str, before: str, after: str) -> float:
    """Judges a character between its neighbors: 1 and more when it is at home there, below 0 when it is not."""
    match char:
        case "’":
            return (
                1.5 if before.isalpha() and after in "stdmrlv" else 1 if after.isdigit() or not before.isspace() else -1
            )
        case "‘" | "“":
            return -1 if before.isalnum() or after.isspace() else 1
        case "”":
            return -1 if before.isspace() or after.isalnum() else 1
        case "–" | "—":
            return 1
        case "…":
            return 0 if after.isalpha() and before.isalpha() else 1
        case "†" | "‡" | "•":
            return -1 if before.isalpha() and after.isalpha() else 0.5
        case _ if char in SIGNS:
            return -1 if after.isalpha() and (before.isalpha() or char in MONEY) else 1
        case _ if char.isalpha():
            return _letter_at_home(char, before, after)
    return -3 if not char.isprintable() else -1


def _letter_at_home(char: str, before: str, after: str) -> float:
    if not (before.isalpha() or after.isalpha()):
        alone = before.isspace() or before == after == "-"  # "à la", "vis-à-vis"
        return 1 if char in WORDS_OF_ONE_LETTER and alone else -1
    if before.isalpha() and after.isalpha() and not before.isascii() and not after.isascii():
        return -1  # a run of letters beyond ASCII: a language that these codings do not write
    if char.islower() and after.isupper():
        return -1
    if char.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return -1
    return 0 if char in RARE else 0.5 if char.isupper() and after.islower() else 1
