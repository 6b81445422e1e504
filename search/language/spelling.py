"""Did you mean: words that the index does not have, or hardly has, as it has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis import forms, stem
from search.finding import count, words_like
from search.language.distance import Near
from search.language.word_forms import MOST_WORDS
from search.query import And, Exact, Not, Or, Phrase, Query, Word, wanted

#: A search with more results than these is spelled well enough.
FEW_RESULTS = 20
#: A word in more entries than these is no slip.
FEW_ENTRIES = 100
#: Instead of a word that is there another is meant if it is so many times as common, and has so many times the results.
OFTENER, MORE_RESULTS = 100, 10
#: A word in as many entries needs no comparing with words that begin with another letter.
COMMON = 50
#: So many words are looked up, and so many of them among words with another first letter too; shorter ones are not.
MOST_LOOKED_UP, MOST_WIDELY, SHORTEST = 5, 2, 4
#: Another letter makes a word so many times less likely to be meant.
_UNLIKELY = 30
#: Letters that begin words which sound alike.
_ALIKE = {"c": "ksz", "k": "cq", "s": "cz", "z": "sc", "g": "j", "j": "gy", "f": "p", "p": "f", "v": "w", "w": "v"}
_ALIKE |= {"i": "eyj", "e": "ia", "y": "ij", "a": "e", "o": "u", "u": "o", "t": "d", "d": "t", "b": "p", "h": "k"}


@dataclass(frozen=True)
class Suggestion:
    """A query with results in which some words are spelled otherwise: what was typed, and what may be meant."""

    query: Query
    words: tuple[tuple[str, str], ...]
    count: int

    @property
    def typed(self) -> str:
        return str(self.query)


def suggest(query: Query, results: int, choices: Sequence[Query] = ()) -> Suggestion | None:
    """What may have been meant by a search that has so many results; None when it seems well spelled.

    Words come from the index only, so that none is from what is not public. Raises ``SearchUnavailable``.
    """
    if results > FEW_RESULTS:
        return None
    meant = dict(_corrections(query))
    if not meant:
        return None
    singly = [{word: better} for word, better in meant.items()] if len(meant) > 1 else []
    for words in (meant, *singly):
        corrected = _with(query, words)
        found = count(corrected, choices)
        if found > results * MORE_RESULTS:
            return Suggestion(corrected, tuple(words.items()), found)
    return None


def _corrections(query: Query) -> Iterator[tuple[str, str]]:
    """Words as they were typed, each with the word that may be meant."""
    words = ((word, next(iter(forms(word)), "")) for word in dict.fromkeys(_typed(query)))
    long = [(word, form) for word, form in words if len(form) >= SHORTEST and form.isalpha()]
    for number, (word, form) in enumerate(long[:MOST_LOOKED_UP]):
        if better := _better(form, widely=number < MOST_WIDELY):
            yield word, _in_case_of(word, better)


def _typed(query: Query) -> Iterator[str]:
    for leaf in wanted(query):
        match leaf:
            case Word(text) | Exact(text):
                yield text
            case Phrase(words):
                yield from words


def _better(form: str, *, widely: bool) -> str:
    """The word most likely meant; empty when this one is common enough, or nothing is like it.

    ``widely``: also among words that begin with another letter.
    """
    found = words_like(form[0], MOST_WORDS)
    own_stem = stem(form)
    own = sum(number for word, number in found if word[:3] == form[:3] and stem(word) == own_stem)
    if own > FEW_ENTRIES:
        return ""
    likeliest = _likeliest(form, own, found)
    if widely and not own and likeliest[0] < COMMON / _UNLIKELY:
        letters = dict.fromkeys(_ALIKE.get(form[0], "") + form[1])
        others = [words_like(letter, MOST_WORDS) for letter in letters if letter != form[0]]
        likeliest = max([likeliest, *(_likeliest(form, own, words) for words in others)])
    return likeliest[1]


def _likeliest(form: str, own: int, words: Sequence[tuple[str, int]]) -> tuple[float, str]:
    near, own_stem = Near(form, 1 if len(form) <= SHORTEST else 2), stem(form)
    best = (0.0, "")
    for word, number in words:
        if number < own * OFTENER or number / _UNLIKELY <= best[0]:
            break  # the most common come first
        distance = near.distance(word)
        if distance and (worth := number / _UNLIKELY**distance) > best[0] and stem(word) != own_stem:
            best = (worth, word)
    return best


def _in_case_of(typed: str, word: str) -> str:
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word


def _with(query: Query, words: Mapping[str, str]) -> Query:
    """The query with other words in the places of some."""
    match query:
        case Word(text) | Exact(text):
            return replace(query, text=words.get(text, text))
        case Phrase():
            return replace(query, words=tuple(words.get(word, word) for word in query.words))
        case And(parts) | Or(parts):
            return replace(query, parts=tuple(_with(part, words) for part in parts))
        case Not(part):
            return Not(_with(part, words))
    return query
