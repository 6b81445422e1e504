"""Finds the places in a text that call its notes: digits glued to words, brackets, superscripts, stars.

A copied marker has lost its superscript: "exploration of space.2". What tells it from a number is that it is glued to
the word or stop before it, that a date, an hour or an amount would make no sense with it, and that its note exists.
Each place gets a score, an estimate of how much it looks like a marker; which places are taken is decided in
``placing``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from editions.dates import MONTHS
from editions.readers.pasted.ledger import Line
from editions.readers.pasted.pages import PAGE_BREAK

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
SIGN = re.compile(
    r"(?P<superscript>[⁰¹²³⁴-⁹]{1,3})"
    r"|\[\^?(?P<bracket>\d{1,3})\]|\((?P<parenthesis>\d{1,3})\)|\^(?P<caret>\d{1,3})"
    r"|(?P<digits>\d+)|(?P<star>(?<=\S)(?:\*{1,4}|[†‡§]{1,3}))"
)
PLAIN_SIGN = re.compile(r"(?P<digits>\d+)")
#: Only a line with one of these has other signs than digits.
OTHER_SIGN = re.compile(r"[⁰¹²³⁴-⁹*†‡§^\[(](?:(?<![\[(])|\^?\d)")
LONGEST_LABEL = 3
#: How many characters before and after a number are looked at, and how long a number may be to end in a marker.
BEHIND, AHEAD, LONGEST_NUMBER = 40, 12, 12
#: A score that leaves no doubt.
SURE, SURE_ROW = 2.5, 1.2
AFTER_STOP = re.compile(r"[.,;:!?”’\"')\]…*%—–-]$|\w“$|[.…]\s?“$")
OPENING_QUOTE = re.compile(r"(?:^|[\s(\[])['’‘\"]$")
#: What goes on like this is a number in the text, not a marker.
GOES_ON = re.compile(
    r"[.,:/–-]\d|Z(?![a-z])|%|[°′″]|(?:st|nd|rd|th|[ap]m)\b|\s?[ap]\.\s?m\b|\s(?:p\.?m\b|noon|midnight|o’clock|o'clock)",
    re.I,
)
OPENS = re.compile(r"$|[\s“\"‘(\[.,;:)\]”’'…—–?!A-Z/-]")
CURRENCY = re.compile(r"[$£€#№]\s?[\d,.]*$")
_MONTH = "(?:" + "|".join(sorted({name.title() for name in MONTHS}, key=len, reverse=True)) + r")\.?"
DAY_BEFORE = re.compile(rf"\b{_MONTH}(?:\s+(?:\d{{1,2}}(?:\s*(?:,|and|to|or|[-–—/&])\s*)))*\s*$", re.I)
MONTH_AFTER = re.compile(rf"\s+{_MONTH}(?![\w’])")
NUMBERED = re.compile(r"(?:\b[A-Z][\w’']*\.?|\b(?:telegrams?|despatch(?:es)?|airgrams?|reftels?|and|to|of|or|No\.))\s$")
NUMBER_BEFORE_STOP = re.compile(r"(?P<digits>\d+)[.,:;/–-]$")
RUN_ON = re.compile(r"[a-z]{2,}\b(?<!th)(?<!km)(?<!mm)(?<!cm)(?<!kg)")
#: A word or a stop, and perhaps the place of a page break.
WORD_OR_STOP = re.compile(r"(?:[a-z]{2}|[)”.,;])(?:\s{9,})?$")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
#: Digits glued to this are markers, all of them.
WORD_AND_STOP = re.compile(r"(?:[a-z]{3}|\d{4}Z|[a-z][)”’.,;:!?]{1,3})$")
LISTED = re.compile(r"\d{1,3}(?:(?:,\s?\d{1,3}){1,3}|[–-]\d{1,3})(?![\d,–-])")
BEFORE_LISTED = re.compile(rf"(?:{WORD_AND_STOP.pattern}|\b(?:{YEAR.pattern})[.,;:]$)")
LABEL = re.compile(r"\d+")
DECIMAL_BEFORE = re.compile(r"\d\.$")
RUN_IN_LABEL = re.compile(r"\. [A-Z]")
LONE_STOP = re.compile(r"(?:^|(?<![.…”])\s|[+$(–-])[.,]$")
YEAR_AFTER = re.compile(r"\s*,?\s*(?:1[5-9]|20)\d\d")
ENDS = re.compile(r"$|[.;:)\]”]+(?:\s+[A-Z“]|\s*$)|,\s*$|\s+[A-Z]")
#: "A3" is the name of a thing as often as a letter with a marker.
DESIGNATION = re.compile(r"(?:^|[^A-Za-z.’'])(?<!\d{4}(?=Z))[A-Z]$")
YEAR_TO = re.compile(r"\b(?:1[5-9]|20)\d\d[–-]$")
SHORT_DATE = re.compile(r"\b\d{1,2}/\d{1,2}/$")
ABBREVIATED = re.compile(r"\b(?:[Nn][Oo]s?|pp?|[Vv]ols?|[Aa]rt|[Pp]aras?|[A-Z])\.\s$")
DAY_AND_MONTH = re.compile(rf"(?:(?<!\d)\d{{1,2}}|\d{{6}}[A-Z])\s+{_MONTH}\s*$", re.I)
#: A span of years or pages that ends with its second number: "1962-64", "13–14".
RANGE_BEFORE = re.compile(r"(?:\b(?:1[5-9]|20)\d\d[–-]\d\d|\b\d[–-]\d|\b\d\d[–-]\d\d)$")
ENDS_SENTENCE = re.compile(r"\s+[A-Z“]")
#: What comes before the number of a telegram, even one that looks like a year.
CITED = re.compile(
    r"(?:\b[A-Z]\w*(?:to|tels?|el)|grams?|cables?|No\.|[Dd]espatch(?:es)?|[Cc]ircular|[a-z][’']s|and|or|[A-Z]{3,})\s$"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, from ``start`` to ``end`` of the source, that may call the note with this label."""

    label: str
    start: int
    end: int
    score: float
    sure: bool = True
    #: The number that would be left in the text before the marker ("414" in "Embtel 4142"), if there is one.
    number: str = ""

    def raised(self, bonus: float) -> Candidate:
        return Candidate(self.label, self.start, self.end, self.score + bonus, self.sure, self.number)


#: One place, or several in a row that call notes together or not at all.
Row = tuple[Candidate, ...]


def candidates(line: Line, has_note: Callable[[str], bool]) -> list[Row]:
    """Finds the places in a line that can call notes, in order; ``has_note`` tells which labels there are."""
    text = PAGE_BREAK.sub(lambda match: " " * len(match[0]), line.text) if "[" in line.text else line.text
    sign = SIGN if OTHER_SIGN.search(text) else PLAIN_SIGN
    return [candidate for match in sign.finditer(text) for candidate in _at(line, text, match, has_note)]


def _at(line: Line, text: str, match: re.Match[str], has_note: Callable[[str], bool]) -> Iterator[Row]:
    kind = match.lastgroup or ""
    if kind == "digits":
        yield from _digits(line, text, match, has_note)
        return
    label = match[kind].translate(SUPERSCRIPTS)
    if has_note(label) and (score := _set_off(kind, text, match)) > 0:
        yield (Candidate(label, line.start + match.start(), line.start + match.end(), score, score >= SURE),)


def _set_off(kind: str, text: str, match: re.Match[str]) -> float:
    """Scores a marker that is more than digits: in brackets or parentheses, raised, or a star."""
    before, after = _near(text, match.start()), text[match.end() : match.end() + AHEAD]
    glued = bool(before) and not before[-1].isspace()
    match kind:
        case "superscript" | "caret":
            return 4 if before else 0
        case "bracket":
            return 4 if glued else 3 if before else 0
        case "parenthesis":
            if not glued:
                return 1.2 if re.search(r"[.!?”]\s$", before) and OPENS.match(after) else 0.5 if not after else 0
            return (
                0
                if not OPENS.match(after)
                else 2.6
                if AFTER_STOP.search(before)
                else 1.2
                if before[-1].isalpha()
                else 0.3
            )
        case _:
            return 3 if OPENS.match(after) else 0


def _digits(line: Line, text: str, match: re.Match[str], has_note: Callable[[str], bool]) -> Iterator[Row]:
    """Digits may end in one marker ("1291"), or in several ("197112" for 1 and 2, "3,4" for 3 and 4)."""
    digits, end = match[0], match.end()
    if len(digits) > LONGEST_NUMBER:
        return
    for size in range(1, min(len(digits), LONGEST_LABEL) + 1):
        label = digits[-size:]
        if label[0] == "0" or not has_note(label):
            continue
        start = end - size
        score = _score(text, match.start(), start, end)
        if score > 0:
            number = digits[:-size]
            yield (Candidate(label, line.start + start, line.start + end, score, score >= SURE, number),)
        yield from _rows(line, text, match, label, has_note)
    if text[end : end + 1] in (",", "-", "–") and (listed := LISTED.match(text, match.start())):
        yield from _listed(line, text, listed, has_note)


def _rows(line: Line, text: str, match: re.Match[str], label: str, has_note: Callable[[str], bool]) -> Iterator[Row]:
    """Markers before a marker, without a space between: "...July 14, 1971" and then "1" and "2"."""
    if text[match.start() - 1 : match.start()].isspace() and len(match[0]) < LONGEST_LABEL:
        return
    end, number = match.end() - len(label), int(label) - 1
    spans = [(label, end, match.end())]
    while number > 0 and text[match.start() : end].endswith(str(number)) and has_note(str(number)) and len(spans) < 4:
        spans.insert(0, (str(number), end - len(str(number)), end))
        end -= len(str(number))
        number -= 1
        score = _score(text, match.start(), end, match.end()) * 0.95
        left, before = text[match.start() : end], _near(text, match.start())
        whole = not left or YEAR.fullmatch(left) or DECIMAL_BEFORE.search(before) or DAY_BEFORE.search(before)
        if score > 0 and whole:
            yield _row(line, spans, score)


def _listed(line: Line, text: str, match: re.Match[str], has_note: Callable[[str], bool]) -> Iterator[Row]:
    """Markers with commas or a dash between them, behind a word or a stop: "to Athens.3,4", "in 1964.3–4"."""
    spans = [(found[0], found.start(), found.end()) for found in LABEL.finditer(text, match.start(), match.end())]
    follow = all(int(b[0]) == int(a[0]) + 1 for a, b in pairwise(spans))
    if follow and all(has_note(label) for label, _, _ in spans) and BEFORE_LISTED.search(_near(text, match.start())):
        score = _score(text, match.start(), match.start(), match.end()) * 0.95
        if score > 0:
            yield _row(line, spans, score)


def _row(line: Line, spans: list[tuple[str, int, int]], score: float) -> Row:
    return tuple(
        Candidate(label, line.start + start, line.start + end, score, score >= SURE_ROW) for label, start, end in spans
    )


def _score(text: str, first: int, start: int, end: int) -> float:
    """Scores the digits from ``start`` to ``end`` as a marker; those from ``first`` to ``start`` stay a number."""
    after = text[end : end + AHEAD]
    before = _near(text, first) + text[first:start][-AHEAD:]
    if GOES_ON.match(after):
        return 0
    if not OPENS.match(after):  # "237)3was read": the space is lost too
        return 1.2 if start == first and RUN_ON.match(after) and WORD_OR_STOP.search(before) else 0
    if not before:
        return 0.6 if after[:1].isupper() else 0.5 if not after and start == first else 0
    if CURRENCY.search(before):
        return 0
    if start > first:
        if first == 0:
            return 0
        return _after_number(_near(text, first), text[first:start], text[start:end], after)
    if before[-1].isspace():
        return _spaced(before, after)
    if OPENING_QUOTE.search(before):
        return 0
    if AFTER_STOP.search(before):
        return _after_stop(before, after)
    return 0 if not before[-1].isalpha() else 1.5 if DESIGNATION.search(before) else 2.5


def _after_stop(before: str, after: str) -> float:
    """A marker behind punctuation; behind "1955," or "July 5." it is sure, behind "7." it may be a decimal."""
    if before[-1] in "–-" or RUN_IN_LABEL.match(after):
        return 0.3
    number = NUMBER_BEFORE_STOP.search(before)
    if number is None:
        return 0 if LONE_STOP.search(before) else 3
    if after[:1] not in ("", " ", ")", "”") or before[-1] not in ".,:;":
        return 0
    words = before[: number.start()]
    if before[-1] in ",;":
        return 2.5 if len(number["digits"]) == 4 and YEAR.fullmatch(number["digits"]) else 2.0
    if DAY_BEFORE.search(words) or YEAR.fullmatch(number["digits"]):
        return 2.6
    if not ENDS.match(after):
        return 0.3
    return 1.8 if NUMBERED.search(words) or len(number["digits"]) > 2 else 1.4 if ENDS_SENTENCE.match(after) else 0.3


def _near(text: str, end: int) -> str:
    """The words right before a place, as many as tell what a number there is."""
    return text[max(0, end - BEHIND) : end]


def _spaced(before: str, after: str) -> float:
    """A marker that a space sets off: "in space. 1 I now present" or, at the end of a line, "in space 1"."""
    stop = re.search(r"[.,;:!?”’\"')\]]\s$", before)
    ends = not after or bool(re.match(r"\s+[A-Z“\"‘(]", after))
    if not ends or ABBREVIATED.search(before) or DAY_BEFORE.search(before) or MONTH_AFTER.match(after):
        return 0
    return 1.2 if stop else 0.2 if not after and before.strip()[-1:].isalpha() and not NUMBERED.search(before) else 0


def _after_number(before: str, number: str, label: str, after: str) -> float:
    """Scores a marker glued to a number: "No. 1291", "July 282", "1956—2" and so on."""
    whole = number + label
    named = bool(NUMBERED.search(before))
    if before[-1:] in ("[", "("):
        return 0
    if WORD_AND_STOP.search(before):
        return 0.05
    if YEAR.fullmatch(whole) and not CITED.search(before):
        return 0.05 if DAY_BEFORE.search(before) else 0.4 if named else 0.3
    if DAY_BEFORE.search(before):
        return _after_month(before, number, whole, after)
    if MONTH_AFTER.match(after) and int(whole) <= 31:
        return 0
    if len(whole) == 2 and (before[-1:] in "'’" or SHORT_DATE.search(before) or YEAR_TO.search(before)):
        return 0.1
    score = 0.6 + (0.3 if named else 0) + (0.4 if ENDS.match(after) else 0)
    if number[0] != "0":
        score += (0, 0.3, 0.5)[min(len(number), 3) - 1]
    if YEAR.fullmatch(number) or RANGE_BEFORE.search(f"{before}{number}"):
        score += 1.2
    if before[-1:] in "–-/" or before[-2:-1].isdigit():
        score -= 0.4
    return score


def _after_month(before: str, number: str, whole: str, after: str) -> float:
    """Scores digits behind a month: "July 282" can be no day, "July 12" may be one, "10 Dec 62" is a year."""
    if DAY_AND_MONTH.search(before):
        return 0.1 if len(whole) <= 2 else 2.5 if YEAR.fullmatch(number) else 1.5
    if YEAR.fullmatch(number):
        return 2.6
    if int(whole) > 31:
        return 2.5 if len(whole) <= 4 and 1 <= int(number) <= 31 else 0.6
    return 0 if YEAR_AFTER.match(after) else 0.4 if ENDS.match(after) else 0.2
