"""A query value as the cluster's query language, for one shelf."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from haystack.exceptions import SearchBackendError

from search import fields
from search.fields import Shelf, forms
from search.query import (
    And,
    Choice,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
)

Compiled = dict[str, Any]

#: Stands for a word of any kind in a phrase; the analyzer ``spaced`` takes it out and leaves its place.
BLANK = "\u00b6"

#: What Lucene takes: beginnings of a word and patterns no longer than these, single unknown letters after a ``*``.
LONGEST, LONGEST_PATTERN, UNKNOWN = 500, 60, 8

NOTHING: Compiled = {"match_none": {}}
_EVERYTHING: Compiled = {"match_all": {}}


def compile_query(query: Query, shelf: Shelf) -> Compiled:
    """What the cluster runs."""
    match query:
        case Leaf():
            return _leaf(query, shelf)
        case Choice(field, values):
            return unweighed({"terms": {field: list(values)}})
        case Dates():
            return unweighed(_dates(query))
        case And(parts):
            return _all(parts, shelf)
        case Or(parts):
            return _any([compile_query(part, shelf) for part in parts])
        case Not():
            return _all((query,), shelf)
        case Everything():
            return unweighed(_EVERYTHING)
    raise SearchBackendError(f"OpenSearch cannot run {query!r}.")


def unweighed(query: Compiled) -> Compiled:
    """A query that adds nothing to a score."""
    return {"bool": {"filter": [query]}}


def narrowed(query: Compiled, filters: Iterable[Compiled]) -> Compiled:
    """The query under filters that add nothing to a score."""
    return {"bool": {"must": [query], "filter": list(filters)}}


def _leaf(leaf: Leaf, shelf: Shelf) -> Compiled:
    field = getattr(leaf, "field", fields.ALL)
    if shelf is Shelf.PIECES and field in fields.VOICES:
        return narrowed(_words(leaf, fields.ALL), [{"term": {"voice": field}}])
    return _words(leaf, field)


def _words(leaf: Leaf, field: str) -> Compiled:
    match leaf:
        case Word():
            return _term(field, leaf.stem)
        case Exact():
            return _term(forms(field), leaf.form)
        case Phrase():
            return _phrase(leaf, forms(field) if leaf.exact else field)
        case Prefix():
            return _like("prefix", field, {"value": leaf.form[:LONGEST]})
        case Wildcard():
            return _like("wildcard", field, {"value": _pattern(leaf.form)})
        case Fuzzy() if len(leaf.form) > LONGEST_PATTERN:
            return {"constant_score": {"filter": {"term": {forms(field): leaf.form}}, "boost": 1.0}}
        case Fuzzy():
            like = {"value": leaf.form, "fuzziness": leaf.distance, "transpositions": True, "prefix_length": 0}
            return _like("fuzzy", field, like)
    raise SearchBackendError(f"OpenSearch cannot run {leaf!r}.")


def _term(field: str, term: str) -> Compiled:
    return {"term": {field: term}} if term else NOTHING


def _phrase(phrase: Phrase, field: str) -> Compiled:
    terms = phrase.terms
    if len(terms) < 2:
        return _term(field, "".join(terms))
    if not all(terms):
        return NOTHING
    if not phrase.slop:
        return _next_to_each_other(field, terms)
    pairs = [
        _next_to_each_other(field, (one, *[BLANK] * (last - first - 1), other), phrase.slop)
        for (first, one), (last, other) in combinations(enumerate(terms), 2)
    ]
    return {"bool": {"must": pairs}}


def _next_to_each_other(field: str, terms: Iterable[str], slop: int = 0) -> Compiled:
    return {"match_phrase": {field: {"query": " ".join(terms), "analyzer": "spaced", "slop": slop}}}


def _like(kind: str, field: str, asked: Compiled) -> Compiled:
    # Rewritten like this, it has every word that there is, not the best fifty.
    return {"constant_score": {"filter": {kind: {forms(field): {**asked, "rewrite": "constant_score"}}}, "boost": 1.0}}


def _pattern(form: str) -> str:
    """The pattern as Lucene has it. What would be too much for Lucene finds a little more than was asked for.

    "Any letters, then two" is "two letters, then any", which Lucene can follow letter by letter.
    """
    stars_last = re.sub(r"[*?]*\*[*?]*", lambda run: "?" * run[0].count("?") + "*", form)
    head, star, tail = stars_last.partition("*")
    parts = tail.split("?")
    simple = head + star + "?".join(parts[: UNKNOWN + 1]) + "".join(f"*{part}" for part in parts[UNKNOWN + 1 :])
    longest = LONGEST_PATTERN if star else LONGEST
    cut = simple if len(simple) <= longest else simple[:longest] + "*"
    return cut.replace("\\", "\\\\")


def _dates(dates: Dates) -> Compiled:
    # What nobody knows the date of has 0 for both.
    earliest = {"gt": 0} | ({"lte": int(dates.last.strftime("%Y%m%d"))} if dates.last else {})
    latest = {"gte": int(dates.first.strftime("%Y%m%d"))} if dates.first else {"gt": 0}
    overlap = {"bool": {"filter": [{"range": {"earliest": earliest}}, {"range": {"latest": latest}}]}}
    return _any([overlap, {"term": {"latest": 0}}]) if dates.undated else overlap


def _any(parts: list[Compiled]) -> Compiled:
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else NOTHING


def _all(parts: tuple[Query, ...], shelf: Shelf) -> Compiled:
    has = [compile_query(part, shelf) for part in parts if not isinstance(part, Not)]
    lacks = [compile_query(part.part, shelf) for part in parts if isinstance(part, Not)]
    return {"bool": {"must": has or [unweighed(_EVERYTHING)], "must_not": lacks}}
