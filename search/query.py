"""What a reader asked for, as a value. It never reaches an engine as text: each engine compiles the value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from search.analysis import stem, tokens


class Query:
    """A node of a query. ``str()`` gives it back as one would type it; reading that gives an equal value."""

    def __and__(self, other: Query) -> And:
        return And((self, other))


@dataclass(frozen=True)
class Word(Query):
    """Any form of a word."""

    text: str

    @cached_property
    def stem(self) -> str:
        return stem(self.text)

    def __str__(self) -> str:
        # A word that reads like an operator is quoted, and so stays a word.
        return f'"{self.text}"' if self.text in {"AND", "OR", "NOT"} else self.text

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


@dataclass(frozen=True)
class Prefix(Query):
    """Every word that begins like this."""

    text: str

    @cached_property
    def form(self) -> str:
        return next((token.form for token in tokens(self.text)), "")

    def __str__(self) -> str:
        return f"{self.text}*"

    def __repr__(self) -> str:
        return f"Prefix({self.text!r})"


@dataclass(frozen=True)
class Phrase(Query):
    """Words next to each other, in this order."""

    words: tuple[str, ...]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(stem(word) for word in self.words)

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'

    def __repr__(self) -> str:
        return f"Phrase({' '.join(self.words)!r})"


@dataclass(frozen=True)
class And(Query):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, And | Or) else str(part) for part in self.parts)

    def __repr__(self) -> str:
        return f"And({', '.join(map(repr, self.parts))})"


@dataclass(frozen=True)
class Or(Query):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, And | Or) else str(part) for part in self.parts)

    def __repr__(self) -> str:
        return f"Or({', '.join(map(repr, self.parts))})"


@dataclass(frozen=True)
class Not(Query):
    part: Query

    def __str__(self) -> str:
        return f"NOT ({self.part})" if isinstance(self.part, And | Or | Not) else f"NOT {self.part}"

    def __repr__(self) -> str:
        return f"Not({self.part!r})"


@dataclass(frozen=True)
class Everything(Query):
    """Every result there is: what filters alone ask for."""

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return "Everything()"


Leaf = Word | Prefix | Phrase


def wanted(query: Query) -> Iterator[Leaf]:
    """The words, prefixes and phrases that a result shows: all but what the query excludes."""
    if isinstance(query, Word | Prefix | Phrase):
        yield query
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from wanted(part)
