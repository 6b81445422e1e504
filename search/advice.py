"""What to say when nothing was found: which word is at fault, and what to drop."""

from __future__ import annotations

from dataclasses import dataclass

from search.asked import Asked
from search.explanation import explain
from search.finding import count
from search.query import And, Not, Query

#: A search of more parts than this is not taken apart.
MOST_PARTS = 8


@dataclass(frozen=True)
class Part:
    """One part of the search by itself: what it asks for, how many results have it, and the search without it."""

    words: str
    count: int
    address: str
    without: str = ""


@dataclass(frozen=True)
class Advice:
    parts: tuple[Part, ...]
    without_filters: int = 0
    address_without_filters: str = ""


def advise(asked: Asked, query: Query) -> Advice:
    """Runs the parts of the search one by one, and the whole without its filters."""
    unfiltered = asked.unfiltered()
    without_filters = count(query) if asked.chosen else 0
    return Advice(_parts(asked, query), without_filters, unfiltered.address)


def _parts(asked: Asked, query: Query) -> tuple[Part, ...]:
    parts = query.parts if isinstance(query, And) else (query,)
    if len(parts) > MOST_PARTS:
        return ()
    wanted = [part for part in parts if not isinstance(part, Not)]
    counts = [count(part, asked.choices) for part in wanted]
    found = []
    for part, number in zip(wanted, counts, strict=True):
        rest = tuple(other for other in parts if other is not part)
        # Leaving out a word helps when it is the one that fails, or when none fails by itself.
        without = asked.for_words(str(And(rest))).address if rest and not (number and 0 in counts) else ""
        found.append(Part(explain(part), number, asked.for_words(str(part)).address, without))
    return tuple(found)
