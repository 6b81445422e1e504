"""A query value as tantivy's query objects, for one shelf."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from haystack.exceptions import SearchBackendError
from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as Compiled

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

#: The last day there is, as a number, and the first.
_LAST, _FIRST = 99_991_231, 1
#: So many values are looked up one by one; for more, tantivy marks all entries that have one of them beforehand.
_FEW = 256
#: A longer pattern, or one with more wild characters, is not left to tantivy's automata, which take long or give up.
_LONG, _WILD = 60, 4


def narrowed(query: Query, filters: Iterable[Query], schema: Schema, shelf: Shelf, searcher: Searcher) -> Compiled:
    """What tantivy runs: the query under filters that add nothing to a score."""
    compiler = _Compiler(schema, shelf, searcher)
    found = [(Occur.Must, compiler.query(query))]
    for each in filters:
        if isinstance(each, Not):
            found.append((Occur.MustNot, compiler.query(each.part)))
        else:
            found.append((Occur.Must, Compiled.const_score_query(compiler.query(each), 0.0)))
    return Compiled.boolean_query(found) if len(found) > 1 else found[0][1]


class _Compiler:
    def __init__(self, schema: Schema, shelf: Shelf, searcher: Searcher) -> None:
        self._schema = schema
        self._shelf = shelf
        self._searcher = searcher

    def query(self, query: Query) -> Compiled:
        match query:
            case Leaf():
                return self._leaf(query)
            case Choice(field, values):
                return Compiled.const_score_query(self._one_of(field, values), 0.0)
            case Dates():
                return Compiled.const_score_query(self._dates(query), 0.0)
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return self._any([self.query(part) for part in parts])
            case Not():
                return self._all((query,))
            case Everything():
                return Compiled.const_score_query(Compiled.all_query(), 0.0)
        raise SearchBackendError(f"tantivy cannot run {query!r}.")

    def _leaf(self, leaf: Leaf) -> Compiled:
        field = getattr(leaf, "field", fields.ALL)
        if self._shelf is Shelf.PIECES and field in fields.VOICES:
            voice = Compiled.const_score_query(self._one_of("voice", (field,)), 0.0)
            return Compiled.boolean_query([(Occur.Must, self._words(leaf, fields.ALL)), (Occur.Must, voice)])
        return self._words(leaf, field)

    def _words(self, leaf: Leaf, field: str) -> Compiled:
        match leaf:
            case Word():
                return Compiled.term_query(self._schema, field, leaf.stem)
            case Exact():
                return Compiled.term_query(self._schema, forms(field), leaf.form)
            case Phrase():
                return self._phrase(leaf, forms(field) if leaf.exact else field)
            case Prefix():
                return self._pattern(forms(field), leaf.form + "*")
            case Wildcard():
                return self._pattern(forms(field), leaf.form)
            case Fuzzy():
                found = Compiled.fuzzy_term_query(self._schema, forms(field), leaf.form, leaf.distance)
                return Compiled.const_score_query(found, 1.0)
        raise SearchBackendError(f"tantivy cannot run {leaf!r}.")

    def _phrase(self, phrase: Phrase, field: str) -> Compiled:
        terms = phrase.terms
        if len(terms) < 2:
            return Compiled.term_query(self._schema, field, "".join(terms))
        if not phrase.slop:
            return Compiled.phrase_query(self._schema, field, list(terms))
        # tantivy's own slop of more than two words misses some of them in another order.
        pairs = [[first, second] for first, second in combinations(enumerate(terms), 2)]
        near = [Compiled.phrase_query(self._schema, field, pair, phrase.slop) for pair in pairs]
        return Compiled.boolean_query([(Occur.Must, each) for each in near])

    def _pattern(self, field: str, pattern: str) -> Compiled:
        parts = [part for part in re.split(r"(\?|\*+)", pattern) if part]
        wild = [part for part in parts if part[0] in "?*"]
        if len(wild) > _WILD or len(pattern) > _LONG:
            found = Compiled.term_set_query(self._schema, field, self._terms(field, pattern))
        else:
            expression = "".join({"?": ".", "*": ".*"}.get(part[0]) or re.escape(part) for part in parts)
            found = Compiled.regex_query(self._schema, field, expression)
        return Compiled.const_score_query(found, 1.0)

    def _terms(self, field: str, pattern: str) -> list[str]:
        """The terms of a pattern, looked for among all that begin like it."""
        is_meant = re.compile(fnmatch.translate(pattern)).match
        start = re.split(r"[?*]", pattern)[0]
        return [term for term, _ in self._searcher.terms_with_prefix(field, start) if is_meant(term)]

    def _one_of(self, field: str, values: Sequence[str]) -> Compiled:
        if len(values) > _FEW:
            return Compiled.term_set_query(self._schema, field, list(values))
        return self._any([Compiled.term_query(self._schema, field, value, "basic") for value in values])

    def _dates(self, dates: Dates) -> Compiled:
        last = int(dates.last.strftime("%Y%m%d")) if dates.last else _LAST
        first = int(dates.first.strftime("%Y%m%d")) if dates.first else _FIRST
        within = [
            (Occur.Must, self._between("earliest", _FIRST, last)),
            (Occur.Must, self._between("latest", first, _LAST)),
        ]
        overlap = Compiled.boolean_query(within)
        return self._any([overlap, self._between("latest", 0, 0)]) if dates.undated else overlap

    def _between(self, field: str, first: int, last: int) -> Compiled:
        return Compiled.range_query(self._schema, field, FieldType.Unsigned, first, last)

    def _any(self, parts: list[Compiled]) -> Compiled:
        if len(parts) == 1:
            return parts[0]
        return Compiled.boolean_query([(Occur.Should, part) for part in parts]) if parts else Compiled.empty_query()

    def _all(self, parts: tuple[Query, ...]) -> Compiled:
        has = [(Occur.Must, self.query(part)) for part in parts if not isinstance(part, Not)]
        lacks = [(Occur.MustNot, self.query(part.part)) for part in parts if isinstance(part, Not)]
        if not has:
            has = [(Occur.Must, self.query(Everything()))]
        return has[0][1] if len(has) == 1 and not lacks else Compiled.boolean_query([*has, *lacks])
