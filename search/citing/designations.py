"""Where a title says what a document is among others of its issuer: "National Security Action Memorandum No. 129"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.citing.citation import NUMBER_WORDS, SMALL_WORDS, WORD, Designated

_SEGMENT_END = re.compile(r"[,;:()“”\"]|(?<!\bNo)\.(?=\s)")


def designation_in(title: str, wanted: Designated) -> str:
    """The words of the title that are the designation; empty when the title has none or another.

    They stand at the beginning of the title or after a comma: a memorandum on NSAM 129 is not NSAM 129.
    """
    for segment in _SEGMENT_END.split(title):
        tokens = list(WORD.finditer(segment))
        first = next((index for index, token in enumerate(tokens) if token[0].isdigit()), 0)
        last = first
        while last < len(tokens) and tokens[last][0].isdigit():
            last += 1
        words = [token[0].casefold() for token in tokens[:first] if token[0].casefold() not in NUMBER_WORDS]
        numbers = tuple(token[0] for token in tokens[first:last])
        if words and numbers == wanted.numbers and _are_same(words, wanted.words):
            return segment[tokens[0].start() : tokens[last - 1].end()]
    return ""


def lines_of(wanted: Designated) -> list[str]:
    """How a line by itself may have it, as bare words: "nie 11 8 62" for its initials and for the words in full."""
    name = wanted.words[0] if len(wanted.words) == 1 else _initials(wanted.words)
    return [" ".join([name, *between, *wanted.numbers]) for between in ((), ("no",))]


def _are_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these are the same words, or one is the initials of the other."""
    return " ".join(one) in _names(other) or " ".join(other) in _names(one)


def _names(words: Sequence[str]) -> set[str]:
    """The words themselves, and their initials. "Special National Intelligence Estimate SNIE" has both."""
    names = {" ".join(words)}
    if len(words) > 1:
        names |= {"".join(word[0] for word in words), _initials(words)}
        if words[-1] == _initials(words[:-1]):
            names.add(words[-1])
    return names


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word not in SMALL_WORDS)
