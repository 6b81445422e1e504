"""Takes what was typed apart: words, phrases, brackets and the marks between them, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTES = '"“”„‟«»'
#: Fields whose values are not words.
VALUE_FIELDS = ("kind", "date", "year")
#: Every field that can be typed, in the order in which they are told.
FIELDS = ("from", "to", "person", "kind", "topic", "collection", "title", "text", "note", "source", "date", "year")

_LEXEME = re.compile(
    rf"""
      (?P<space>    \s+ )
    | (?P<phrase>   =?[{QUOTES}] [^{QUOTES}]* [{QUOTES}] )
    | (?P<unclosed> =?[{QUOTES}] (?: (?! \s (?:AND|OR|NOT) (?!\S) | [()] ) . )* )
    | (?P<near>     (?<=[{QUOTES}]) ~\d* )
    | (?P<open>     \( )
    | (?P<close>    \) )
    | (?P<minus>    (?<![^\s(:]) [-−–] (?= [^\s)\-−–] ) )
    | (?P<field>    (?i:{"|".join(FIELDS)}) : (?= [^\s)] ) )
    | (?P<chunk>    [^\s(){QUOTES}]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Lexeme:
    """``kind`` is a group of the pattern above, or one of the operators AND, OR and NOT."""

    kind: str
    start: int
    end: int
    text: str


def lexemes(typed: str) -> Iterator[Lexeme]:
    """Everything but the spaces. Right after a field, AND, OR and NOT are words."""
    fielded = -1
    for match in _LEXEME.finditer(typed):
        kind = match.lastgroup or ""
        if kind == "chunk" and match[0] in {"AND", "OR", "NOT"} and match.start() != fielded:
            kind = match[0]
        if kind == "field":
            fielded = match.end()
        if kind != "space":
            yield Lexeme(kind, match.start(), match.end(), match[0])
