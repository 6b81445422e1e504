"""How what was found is ranked, the same for every engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.query import And, Choice, Dates, Everything, Fuzzy, Not, Or, Prefix, Query, Wildcard


class Hit(NamedTuple):
    """An entry that was found. ``order`` is the text that sorts it: ``place`` when the best come first."""

    score: float
    order: str
    key: str
    document: str


@dataclass(frozen=True)
class Top:
    """How many entries of a shelf match, exactly, and the first of them."""

    total: int
    hits: Sequence[Hit]


def rank(score: float) -> float:
    """The score as far as it tells results apart: sums of the same numbers differ in the digits behind."""
    return round(score, 4)


def by_score(hit: Hit) -> tuple[float, str, str]:
    """Sorts the best first, and equals by place; passages, which have none, by key."""
    return (-rank(hit.score), hit.order, hit.key)


def constant_score(query: Query) -> float | None:
    """The score of every result of a query that weighs none against another; None for any other query."""
    match query:
        case Choice() | Dates() | Not() | Everything():
            return 0.0
        case Prefix() | Wildcard() | Fuzzy():
            return 1.0
        case And(parts):
            scores = [constant_score(part) for part in parts]
            return None if None in scores else sum(score or 0.0 for score in scores)
        case Or(parts):
            scores = [constant_score(part) for part in parts]
            return scores[0] if len(scores) == 1 else (None if any(score != 0.0 for score in scores) else 0.0)
    return None
