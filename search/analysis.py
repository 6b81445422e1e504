"""How text becomes terms. One analysis for the index, the marking of hits, the snippets and the query.

A word is letters, digits and the apostrophes between them; ``U.S.S.R.`` is one word. Case and accents are folded, then
the English Snowball stemmer takes the ending off, so that "cooperating" meets "cooperation". Blank lines are gaps that
no phrase crosses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.snowball.english import EnglishStemmer

#: Raised whenever the terms of a text change, so that an index made before is rebuilt.
VERSION = 1

#: How many positions a blank line takes: more than any phrase has words between its ends.
PARAGRAPH_GAP = 100

_JOINERS = "\u0300-\u036f\u00ad\u200c\u200d"
_TOKEN = re.compile(
    rf"""
      (?P<initials> (?<![^\W_]) [^\W\d_] (?:\.[^\W\d_])+ (?![^\W_]) \.? )   # U.S.S.R., e.g.
    | (?P<word> [^\W_][{_JOINERS}]* (?: ['’ʼ]? [^\W_][{_JOINERS}]* )* )     # cooperation, earth's, 1721
    | (?P<gap> \n[^\S\n]*\n\s* )
    """,
    re.VERBOSE,
)
_DROPPED = re.compile(rf"[{_JOINERS}]")
#: Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "ʼ": "'"}
)
_stemmer = EnglishStemmer()


class Token(NamedTuple):
    """A word of a text: its stem, its folded form, its place among the words, and where its characters are."""

    stem: str
    form: str
    position: int
    start: int
    end: int


def fold(word: str) -> str:
    """The word without case, accents and soft hyphens: ``Naïve`` is ``naive``."""
    if word.isascii():
        return word.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", word))
    return unicodedata.normalize("NFKC", bare.casefold().translate(_PLAIN))


@lru_cache(maxsize=100_000)
def _form_and_stem(word: str, initials: bool) -> tuple[str, str]:
    form = fold(word)
    if initials:
        # U.S. keeps its stop: without it, it would be the pronoun.
        joined = form.replace(".", "")
        form = "u.s" if joined == "us" else joined
        return form, form
    return form, (_stemmer.stem(form) if len(form) > 2 else form) or form


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    position = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "gap":
            position += PARAGRAPH_GAP
            continue
        form, stem = _form_and_stem(match[0], match.lastgroup == "initials")
        yield Token(stem, form, position, match.start(), match.end())
        position += 1


def stem(word: str) -> str:
    """The stem of a text that is one word; of the first word of a longer one; empty when there is no word."""
    return next((token.stem for token in tokens(word)), "")
