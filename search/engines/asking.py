"""Between Haystack's search query set and an engine: what was asked, as one query value."""

from __future__ import annotations

from haystack.backends import SQ, BaseSearchQuery, SearchNode
from haystack.inputs import BaseInput

from search.language.reading import read
from search.query import And, Choice, Everything, Not, Or, Query


class ArchiveSearchQuery(BaseSearchQuery):
    """Gives the engine a ``Query``, not a string.

    ``SearchQuerySet().filter(content=query)`` takes a query value, or text to be read into one; any other filter, such
    as ``filter(kind__in=["letter"])``, is a choice of values of that field. ``narrow()`` takes a ``Choice``.
    """

    def build_query(self) -> Query:
        return self._node(self.query_filter) if self.query_filter else Everything()

    def clean(self, query_fragment: str) -> str:
        return query_fragment

    def _node(self, node: SearchNode) -> Query:
        parts = tuple(
            self._node(child) if isinstance(child, SearchNode) else self._leaf(*child) for child in node.children
        )
        joined = parts[0] if len(parts) == 1 else (Or if node.connector == SQ.OR else And)(parts)
        return Not(joined) if node.negated else joined

    def _leaf(self, expression: str, value: object) -> Query:
        field, kind = self.query_filter.split_expression(expression)
        if isinstance(value, BaseInput):
            value = value.query_string
        if field == "content":
            return value if isinstance(value, Query) else read(str(value)).query or Or(())
        values = value if kind == "in" and isinstance(value, list | tuple | set) else [value]
        return Choice(field, tuple(str(each) for each in values))
