"""How text becomes terms. One analysis for the index, the marking of hits, the snippets and the query.

A word is letters, digits and the apostrophes between them; ``U.S.S.R.`` is one word. Case and accents are folded, then
the English Snowball stemmer takes the ending off, so that "cooperating" meets "cooperation". Blank lines are gaps that
no phrase crosses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from whoosh.lang.snowball.english import EnglishStemmer

#: Raised whenever the terms of a text change, so that an index made before is rebuilt.
VERSION = 2

#: How many positions a blank line takes: more than the words of a near phrase may be apart.
PARAGRAPH_GAP = 20

#: So many different words are remembered with their stems.
MOST_KNOWN = 500_000

_JOINERS = "\u0300-\u036f\u00ad\u200c\u200d"
_INITIALS = r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
_WORD = rf"[^\W_]++(?:[{_JOINERS}]++[^\W_]*+|['’ʼ][^\W_]++)*+"
_WORDS = re.compile(f"{_INITIALS}|{_WORD}")
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_TOKEN = re.compile(rf"(?P<initials>{_INITIALS})|(?P<word>{_WORD})|(?P<gap>{_GAP.pattern})")
#: What may stand within a word.
JOINERS = frozenset("\u00ad\u200c\u200d'’ʼ.")
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


class _Known(dict[str, tuple[str, str]]):
    """The form and the stem of every word met so far; forgotten when there are too many."""

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[word] = _form_and_stem(word)
        return found


def _form_and_stem(word: str) -> tuple[str, str]:
    form = fold(word)
    if "." in word:
        # U.S. keeps its stop: without it, it would be the pronoun.
        joined = form.replace(".", "")
        form = "u.s" if joined == "us" else joined
        return form, form
    return form, stem_of_form(form)


def stem_of_form(form: str) -> str:
    """The stem of a folded form; initials are not stemmed, and stay as they are."""
    return (_stemmer.stem(form) if len(form) > 2 else form) or form


_known = _Known()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    position = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "gap":
            position += PARAGRAPH_GAP
            continue
        form, stem = _known[match[0]]
        yield Token(stem, form, position, match.start(), match.end())
        position += 1


def token_at(text: str, start: int) -> Token | None:
    """The word that begins at this character, without its place among the words; None when none does.

    No word may go over the character: before it is no letter, no digit, and nothing that joins them.
    """
    match = _TOKEN.match(text, start)
    if match is None or match.lastgroup == "gap":
        return None
    form, stem = _known[match[0]]
    return Token(stem, form, 0, start, match.end())


@dataclass(frozen=True)
class Analyzed:
    """The terms of a text, a list for each stretch between blank lines: its stems, and its folded forms."""

    stems: tuple[list[str], ...]
    forms: tuple[list[str], ...]

    def __bool__(self) -> bool:
        return bool(self.stems)


def analyzed(*texts: str) -> Analyzed:
    """The terms of several texts, with a blank line between them; much faster than ``tokens``."""
    stems, folded = [], []
    for text in texts:
        for stretch in _GAP.split(text) if "\n" in text else (text,):
            words = list(map(_known.__getitem__, _WORDS.findall(stretch)))
            if words:
                stems.append([word[1] for word in words])
                folded.append([word[0] for word in words])
    return Analyzed(tuple(stems), tuple(folded))


def joined(parts: Iterable[Analyzed]) -> Analyzed:
    """Several texts as one, with a blank line between them."""
    parts = list(parts)
    return Analyzed(
        tuple(chain.from_iterable([part.stems for part in parts])),
        tuple(chain.from_iterable([part.forms for part in parts])),
    )


def forms(text: str) -> tuple[str, ...]:
    """The folded forms of the words of a text."""
    return tuple(_known[word][0] for word in _WORDS.findall(text))


def stem(word: str) -> str:
    """The stem of a text that is one word; of the first word of a longer one; empty when there is no word."""
    if _WORDS.fullmatch(word):
        return _known[word][1]
    return next((token.stem for token in tokens(word)), "")
