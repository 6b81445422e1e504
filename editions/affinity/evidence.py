"""The words that speak for a candidate, as they stand in both texts."""

from __future__ import annotations

from editions.affinity.terms import Terms
from editions.affinity.weighing import Vector

#: So many are named.
MOST = 6

#: Words of the later text and those of the earlier one, the strongest first: ("withdrawal", "removed").
Evidence = tuple[tuple[str, str], ...]


def evidence(later: Terms, earlier: Terms, one: Vector, other: Vector) -> Evidence:
    """Names what two texts share, the strongest first: pairs of words, words, and words of one family.

    A word that stands in a pair already named is not named again.
    """
    shared = [term for term in later.counts if term in earlier.counts]
    strength = {term: one.get(term, 0.0) * other.get(term, 0.0) for term in shared}
    shared.sort(key=lambda term: (-_with_its_words(term, strength), term))
    found: list[tuple[str, str]] = []
    named: set[str] = set()
    for term in shared:
        if len(found) == MOST:
            break
        if term.startswith("#"):
            pair = _of_family(term, later, earlier)
            if pair and not {term, *pair} & named:
                named |= {term, *pair}
                found.append((later.roots[term][pair[0]], earlier.roots[term][pair[1]]))
        elif not set(term.split()) & named:
            named |= set(term.split())
            found.append((later.forms[term], earlier.forms[term]))
    return tuple(found)


def _with_its_words(term: str, strength: dict[str, float]) -> float:
    """The strength of a term, for a pair of words with those of both."""
    parts = term.split()
    return strength[term] + (sum(strength.get(part, 0.0) for part in parts) if len(parts) > 1 else 0.0)


def _of_family(term: str, later: Terms, earlier: Terms) -> tuple[str, str] | None:
    """The stems of a family in both texts, where it is not the same word that stands in both."""
    for one in later.roots[term]:
        for other in earlier.roots[term]:
            if one != other and one not in earlier.counts and other not in later.counts:
                return one, other
    return None
