"""A query value as PostgreSQL's full text search and SQLite's FTS5 are asked, as far as they have words for it."""

from __future__ import annotations

from search import fields
from search.query import And, Leaf, Not, Or, Phrase, Prefix, Query, Word


class Unspoken(Exception):
    """They have no words for this query."""


def tsquery(query: Query) -> str:
    """What ``to_tsquery`` reads."""
    match query:
        case And(parts):
            return "(" + " & ".join(map(tsquery, parts)) + ")"
        case Or(parts):
            return "(" + " | ".join(map(tsquery, parts)) + ")"
        case Not(part):
            return "!" + tsquery(part)
    words = _words(query).replace("'", "''")
    return f"'{words}'" + (":*" if isinstance(query, Prefix) else "")


def fts5(query: Query) -> str:
    """What ``MATCH`` reads."""
    match query:
        case And(parts):
            has = " AND ".join(fts5(part) for part in parts if not isinstance(part, Not))
            lacks = "".join(f" NOT {fts5(part.part)}" for part in parts if isinstance(part, Not))
            if not has:
                raise Unspoken
            return f"(({has}){lacks})"
        case Or(parts):
            return "(" + " OR ".join(map(fts5, parts)) + ")"
    return f'"{_words(query)}"' + ("*" if isinstance(query, Prefix) else "")


def _words(query: Query) -> str:
    """The words of a leaf: one, several in a row, or the beginning of one."""
    if isinstance(query, Leaf) and getattr(query, "field", "") == fields.ALL:
        match query:
            case Word(text) | Prefix(text):
                return text
            case Phrase(words, slop=0, exact=False):
                return " ".join(words)
    raise Unspoken
