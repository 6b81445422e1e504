"""A query said back in plain words, so that a reader sees what was understood."""

from __future__ import annotations

from search.query import And, Everything, Not, Or, Phrase, Prefix, Query, Word


def explain(query: Query) -> str:
    """What a result has, e.g. ``any form of “weather” and the phrase “heavenly matters”, but not “Mars”``."""
    match query:
        case Word(text):
            return f"any form of “{text}”"
        case Prefix(text):
            return f"a word beginning with “{text}”"
        case Phrase():
            return f"the phrase “{' '.join(query.words)}”"
        case Not(part):
            return f"anything without {_without(part)}"
        case Or(parts):
            return " or ".join(_inner(part) for part in parts)
        case And(parts):
            return _all_of(parts)
        case Everything():
            return "anything"
    raise TypeError(f"not a query: {query!r}")


def _all_of(parts: tuple[Query, ...]) -> str:
    has = [_inner(part) for part in parts if not isinstance(part, Not)]
    lacks = [_without(part.part) for part in parts if isinstance(part, Not)]
    said = " and ".join(has) or "anything"
    if not lacks:
        return said
    joint = ", but without " if has else " without "
    return said + joint + " and without ".join(lacks)


def _inner(query: Query) -> str:
    if isinstance(query, Or):
        return f"(either {explain(query)})"
    return f"({explain(query)})" if isinstance(query, And) else explain(query)


def _without(query: Query) -> str:
    return f"({explain(query)})" if isinstance(query, And | Or | Not) else explain(query)
