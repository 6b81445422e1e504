"""What two texts can have in common: words by their stems, pairs of words in a row, and families of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from editions.affinity.families import FAMILIES
from editions.affinity.stems import SO_MANY_WORDS, stem

#: How much a pair of words, and a family, count beside a word.
PAIR = 0.5
FAMILY = 0.5
#: Letters in a row that words of one root share, where their stems differ: "technical", "technician" (McNamee and
#: Mayfield, "Character n-gram tokenization for European language text retrieval", Information Retrieval 7, 2004).
GRAM = 4

#: Words that stand in texts of any kind, and the address of a letter.
_COMMON_WORDS = """
a about above after again against all also although always am an and another any are as at be because been before
being below between both but by can cannot could did do does doing down during each either else even ever every few
for from further had has have having he her here hers him his how however i if in indeed into is it its itself just
less let like may me might mine more most much must my myself neither no nor not now of off on once one only or
other others our ours ourselves out over own per perhaps quite rather same shall she should since so some still
such than that the their theirs them then there therefore these they this those though through thus to too toward
towards under until up upon us very was we well were what when where whether which while who whom whose why will
with within without would yes yet you your yours mr chairman dear president sir
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_WORD = re.compile(r"(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*|\d+)")
_SENTENCE = re.compile(
    r"""(?: \b(?:Mr|Mrs|Messrs|Dr|Gen|Adm|Col|Sen|Amb|Gov|No|Nos|St|vs|vol|Art|\b[A-Z])\.  # no end: an abbreviation
      | [^.?!;\n]                                                                            # a character within
      | [.?!;](?!\s)                                                                         # a mark within: 1.5
    )+ [.?!;]*""",
    re.X,
)


@dataclass(frozen=True)
class Span:
    """A part of a text: where it begins and ends."""

    start: int
    end: int


@dataclass(frozen=True)
class Terms:
    """The terms of a text: how much each counts, and the words as they stand where it stands first.

    ``roots`` is for a family the stem of each of its words in the text, with the words.
    """

    counts: dict[str, float] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    roots: dict[str, dict[str, str]] = field(default_factory=dict)


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text in order, without the white space around them; none goes over the end of a line."""
    for match in _SENTENCE.finditer(text):
        said = match[0].strip()
        if said:
            start = match.start() + match[0].index(said)
            yield Span(start, start + len(said))


def words(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The words and numbers of a part of a text in small letters, without those that stand in any text."""
    for match in _WORD.finditer(text, span.start, span.end):
        word = match[0].lower()
        if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
            word = word[:-2]
        if word not in _COMMON and len(word) > 1:
            yield word, Span(match.start(), match.start() + len(word))


def terms(text: str) -> Terms:
    """The terms of a text."""
    found = Terms()
    for sentence in sentences(text):
        last: tuple[str, Span] | None = None
        for word, at in words(text, sentence):
            root = stem(word)
            _count(found, root, 1.0, text[at.start : at.end])
            for family in FAMILIES.get(root, ()):
                _count(found, family, FAMILY, text[at.start : at.end])
                found.roots.setdefault(family, {}).setdefault(root, text[at.start : at.end])
            if last and _in_a_row(text, last[1], at):
                _count(found, f"{last[0]} {root}", PAIR, text[last[1].start : at.end])
            last = root, at
    return found


def grams(text: str) -> Counter[str]:
    """How often each run of letters stands in the words of a text."""
    found: Counter[str] = Counter()
    for word, _ in words(text, Span(0, len(text))):
        found.update(_grams_of(word))
    return found


@lru_cache(SO_MANY_WORDS)
def _grams_of(word: str) -> tuple[str, ...]:
    framed = f"_{word}_"
    return tuple(framed[at : at + GRAM] for at in range(max(1, len(framed) - GRAM + 1)))


def _count(found: Terms, term: str, weight: float, form: str) -> None:
    found.counts[term] = found.counts.get(term, 0.0) + weight
    found.forms.setdefault(term, form)


def _in_a_row(text: str, one: Span, next_one: Span) -> bool:
    """Whether nothing but a space or a hyphen stands between two words."""
    return text[one.end : next_one.start] in (" ", "-", "‐", "‑", "'s ", "’s ")
