"""What a reader asked for, as a value. It never reaches an engine as text: each engine compiles the value.

A leaf asks for words in one field of words (``search.fields``); ``all`` is every word of a result. ``Word`` and
``Phrase`` compare stems, the other leaves folded forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from search.analysis import fold, forms, stem, tokens
from search.fields import ALL

#: How a field is typed, and the field it means. A field of ``all`` is not typed.
TYPED_FIELDS = {
    "title": "title",
    "text": "text",
    "note": "note",
    "source": "source",
    "from": "sender",
    "to": "recipient",
    "person": "person",
    "topic": "subject",
    "collection": "volume",
}
_TYPED = {field: typed for typed, field in TYPED_FIELDS.items()} | {ALL: ""}

#: Words of a near phrase may be so many places apart at most; a blank line of a text is farther.
MAX_SLOP = 15


class Query:
    """A node of a query. ``str()`` gives it back as one would type it; reading that gives an equal value."""

    def __and__(self, other: Query) -> And:
        return And((self, other))


@dataclass(frozen=True)
class Leaf(Query):
    """Words asked for in a field."""

    @property
    def in_field(self) -> str:
        """How the field is typed: ``title:``; empty for all words."""
        typed = _TYPED[getattr(self, "field", ALL)]
        return f"{typed}:" if typed else ""


@dataclass(frozen=True)
class Word(Leaf):
    """Any form of a word."""

    text: str
    field: str = ALL

    @cached_property
    def stem(self) -> str:
        return stem(self.text)

    def __str__(self) -> str:
        # A word that reads like an operator is quoted, and so stays a word.
        typed = f'"{self.text}"' if self.text in {"AND", "OR", "NOT"} else self.text
        return self.in_field + typed


@dataclass(frozen=True)
class Exact(Leaf):
    """This form of a word only; case and accents make no difference."""

    text: str
    field: str = ALL

    @cached_property
    def form(self) -> str:
        return next(iter(forms(self.text)), "")

    def __str__(self) -> str:
        return f"{self.in_field}={self.text}"


@dataclass(frozen=True)
class Phrase(Leaf):
    """Words next to each other, in this order; with ``slop``, near each other.

    Near: of each two of the words, one is at most ``slop`` places away from where the phrase would have it, seen from
    the other; so two words that have changed places are 2 away (as Lucene counts it). A near phrase has no word twice.
    ``exact`` asks for these forms of the words only.
    """

    words: tuple[str, ...]
    field: str = ALL
    slop: int = 0
    exact: bool = False

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """What the index has of the words: stems, or forms when it is exact."""
        return forms(" ".join(self.words)) if self.exact else tuple(stem(word) for word in self.words)

    def __str__(self) -> str:
        near = f"~{self.slop}" if self.slop else ""
        return f'{self.in_field}{"=" if self.exact else ""}"{" ".join(self.words)}"{near}'


@dataclass(frozen=True)
class Prefix(Leaf):
    """Every word that begins like this."""

    text: str
    field: str = ALL

    @cached_property
    def form(self) -> str:
        return next((token.form for token in tokens(self.text)), "")

    def __str__(self) -> str:
        return f"{self.in_field}{self.text}*"


@dataclass(frozen=True)
class Wildcard(Leaf):
    """Every word of this pattern: ``?`` is one character, ``*`` any number of them. It begins with a character."""

    pattern: str
    field: str = ALL

    @cached_property
    def form(self) -> str:
        """The pattern with its words folded."""
        parts = re.split(r"([?*])", self.pattern)
        return "".join(part if part in {"?", "*"} else fold(part) for part in parts)

    def __str__(self) -> str:
        return f"{self.in_field}{self.pattern}"


@dataclass(frozen=True)
class Fuzzy(Leaf):
    """Every word that differs by ``distance`` letters at most.

    A letter is added, left out or changed, or two change places. The distance is Damerau's in its restricted form
    (optimal string alignment), as Lucene's automata have it.
    """

    text: str
    field: str = ALL
    distance: int = 1

    @cached_property
    def form(self) -> str:
        return next(iter(forms(self.text)), "")

    def __str__(self) -> str:
        return f"{self.in_field}{self.text}~{self.distance if self.distance != 1 else ''}"


@dataclass(frozen=True)
class Dates(Query):
    """Documents that may have been written on one of these days; open where there is None.

    With ``undated``, also those of which nobody knows when they were written.
    """

    first: date | None = None
    last: date | None = None
    undated: bool = False

    def __str__(self) -> str:
        typed = f"date:{self.first or ''}..{self.last or ''}"
        return f"{typed},none" if self.undated else typed


@dataclass(frozen=True)
class Choice(Query):
    """Results that have one of these values in a field of values. It adds nothing to a result's score."""

    field: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}:{','.join(self.values)}"


@dataclass(frozen=True)
class And(Query):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if _is_joined(part) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Or(Query):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        # Words next to each other hold together more closely than OR.
        return " OR ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True)
class Not(Query):
    part: Query

    def __str__(self) -> str:
        if self.part == Dates():
            return "date:none"
        return f"NOT ({self.part})" if _is_joined(self.part) or isinstance(self.part, Not) else f"NOT {self.part}"


@dataclass(frozen=True)
class Everything(Query):
    """Every result there is: what filters alone ask for."""

    def __str__(self) -> str:
        return ""


def _is_joined(query: Query) -> bool:
    """Whether what is typed for it has more than one part."""
    return isinstance(query, And | Or)


def wanted(query: Query) -> Iterator[Leaf]:
    """The words that a result shows: every leaf but what the query excludes."""
    if isinstance(query, Leaf):
        yield query
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from wanted(part)
