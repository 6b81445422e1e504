"""A query value as Whoosh's query objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from haystack.exceptions import SearchBackendError
from whoosh import query as whoosh_query

from search.query import Choice
from search.engines.whoosh_schema import FORMS
from search.query import And, Everything, Not, Or, Phrase, Prefix, Query, Word


def compile_query(query: Query, weights: Mapping[str, float]) -> whoosh_query.Query:
    """What Whoosh runs. ``weights`` are the searched fields, and how much a word counts in each."""
    return _Compiler(weights).query(query)


class _Compiler:
    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def query(self, query: Query) -> whoosh_query.Query:
        match query:
            case Word():
                return self._any_field(lambda field, weight: whoosh_query.Term(field, query.stem, boost=weight))
            case Phrase():
                return self._any_field(
                    lambda field, weight: whoosh_query.Phrase(field, list(query.stems), slop=1, boost=weight)
                )
            case Prefix():
                return whoosh_query.Prefix(FORMS, query.form, constantscore=False)
            case Choice(field, values):
                return whoosh_query.ConstantScoreQuery(
                    whoosh_query.Or([whoosh_query.Term(field, value) for value in values]), 0.0
                )
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return whoosh_query.Or([self.query(part) for part in parts]) if parts else whoosh_query.NullQuery
            case Not():
                return self._all((query,))
            case Everything():
                return whoosh_query.Every()
        raise SearchBackendError(f"Whoosh cannot run {query!r}.")

    def _any_field(self, make: Callable[[str, float], whoosh_query.Query]) -> whoosh_query.Query:
        return whoosh_query.Or([make(field, weight) for field, weight in self._weights.items()])

    def _all(self, parts: tuple[Query, ...]) -> whoosh_query.Query:
        has = [self.query(part) for part in parts if not isinstance(part, Not)]
        lacks = [self.query(part.part) for part in parts if isinstance(part, Not)]
        wanted = whoosh_query.And(has) if has else whoosh_query.Every()
        return whoosh_query.AndNot(wanted, whoosh_query.Or(lacks)) if lacks else wanted
