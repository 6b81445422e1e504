"""Which words of the index a search means: the forms of a word, and what its beginnings and patterns stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search import fields
from search.analysis import stem
from search.finding import words_like
from search.language.distance import Near
from search.matching import pattern_of
from search.query import Fuzzy, Leaf, Prefix, Query, Wildcard, Word, wanted

#: So many parts of a search are looked up, so many forms of each are told, and so many words are gone through for them.
MOST_LEAVES, SHOWN, MOST_WORDS = 6, 8, 20_000
#: Words of so few letters have one form.
SHORT = 2
_TOLD_IN = frozenset({fields.ALL, fields.TITLE, *fields.VOICES})

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Forms:
    """The words that a part of a search means, the most common first; of ``more`` words only the number is told."""

    leaf: Leaf
    words: tuple[str, ...]
    more: int = 0

    @property
    def typed(self) -> str:
        return str(self.leaf)


def word_forms(query: Query) -> list[Forms]:
    """For each word, beginning, pattern and fuzzy word that a query wants, what the index has of it.

    Empty words: the index has none. Raises ``SearchUnavailable``.
    """
    found = []
    for leaf in dict.fromkeys(wanted(query)):
        if len(found) < MOST_LEAVES and getattr(leaf, "field", fields.ALL) in _TOLD_IN and (asked := _asked(leaf)):
            words = _matching(*asked)
            found.append(Forms(leaf, words[:SHOWN], max(0, len(words) - SHOWN)))
    return found


def beginning_of(word_stem: str) -> str:
    """What every form of a stem begins with: the stem may differ from it in its last two letters."""
    return word_stem[: max(2, len(word_stem) - 2)]


def _asked(leaf: Leaf) -> tuple[tuple[str, ...], Test] | None:
    """How the words begin that a leaf means, and which of them it means; None for a leaf that names its words."""
    match leaf:
        case Word() if len(leaf.stem) > SHORT:
            wanted_stem = leaf.stem
            return (beginning_of(wanted_stem),), lambda form: stem(form) == wanted_stem
        case Prefix():
            return (leaf.form,), lambda form: True
        case Wildcard():
            pattern = pattern_of(leaf)
            return (leaf.form.replace("*", "?").partition("?")[0],), lambda form: pattern.match(form) is not None
        case Fuzzy():
            near = Near(leaf.form, leaf.distance)
            # A first letter that is another one altogether is not looked for: that would take every word there is.
            return tuple(dict.fromkeys(leaf.form[:2])), lambda form: near.distance(form) is not None
    return None


def _matching(beginnings: tuple[str, ...], means: Test) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for beginning in beginnings:
        counts |= {form: count for form, count in words_like(beginning, MOST_WORDS) if means(form)}
    return tuple(sorted(counts, key=lambda form: (-counts[form], form)))
