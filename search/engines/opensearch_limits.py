"""Queries of more clauses than a node takes (1,024, unless it is set up otherwise) are run by the portion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from search.engines.opensearch_compile import Compiled

#: So many clauses at most; some count as two for the node.
MOST = 500

#: Gives the keys of all entries that match.
Run = Callable[[Compiled], list[str]]

#: How the parts of a portion are joined: what must not be is what any of them has.
_JOINED = {"must": "must", "filter": "filter", "should": "should", "must_not": "should"}


def clauses(query: Compiled) -> int:
    """How many clauses a compiled query has, as a node counts them."""
    parts = query.get("bool")
    if parts is None:
        return 1
    return sum(clauses(part) for found in parts.values() if isinstance(found, list) for part in found)


def within_limit(query: Compiled, run: Run) -> Compiled:
    """The query, or one of fewer clauses that finds the same.

    Portions of it were run, and are now the keys that they found. Such a portion adds nothing to a score.
    """
    if clauses(query) <= MOST:
        return query
    smaller = dict(query["bool"])
    for kind, joined in _JOINED.items():
        parts = [within_limit(part, run) for part in smaller.get(kind, ())]
        if sum(map(clauses, parts)) > MOST // len(_JOINED):
            parts = [_found(portion, joined, run) for portion in _portions(parts)]
        smaller[kind] = parts
    return {"bool": smaller}


def _found(parts: Sequence[Compiled], joined: str, run: Run) -> Compiled:
    least = {"minimum_should_match": 1} if joined == "should" else {}
    return {"ids": {"values": run({"bool": {joined: list(parts), **least}})}}


def _portions(parts: Sequence[Compiled]) -> Iterator[list[Compiled]]:
    """The parts in order, in portions of so many clauses at most."""
    portion: list[Compiled] = []
    for part in parts:
        if portion and sum(map(clauses, portion)) + clauses(part) > MOST:
            yield portion
            portion = []
        portion.append(part)
    if portion:
        yield portion
