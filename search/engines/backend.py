"""What every engine of the archive has in common: a Haystack backend that asks two shelves and merges their answers.

An engine says how a query value is run on one shelf (``Searches``) and how entries are kept (``Keeps``). Ranking,
paging, counting under filters, and following the database are done once for all engines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from django.db.models import Model
from haystack.backends import BaseSearchBackend, log_query
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult

from search import fields
from search.engines.ranking import Hit, Top, by_score, constant_score, rank
from search.engines.second_look import DOCUMENTS, SHORT, second_look, spoken
from search.fields import BEST, Shelf
from search.indexing.following import Following
from search.query import Choice, Not, Or, Query

#: So many of the best pieces of some documents are looked for.
PIECES = 400

#: What every search of the pieces is narrowed to: those that are results.
_RESULTS = Not(Choice("type", (fields.PASSAGE,)))
_SPEAKING = Choice("type", (fields.PASSAGE, fields.NOTE_TYPE))
#: Haystack's own commands know neither stamps nor passages.
_KEPT = "The index follows the database by itself; refresh_index mends it, and makes it anew with --rebuild."


class Searches:
    """What an engine offers for searching. All raise ``SearchBackendError`` when the index cannot be read."""

    def top(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        """The first entries of a shelf that match the query and each filter.

        ``order`` is ``place``, ``oldest`` or ``newest``, ascending; or ``BEST``: by BM25 (k1 1.2, b 0.75) of the words
        and phrases of the query in their fields, then by place (``ranking.by_score``). A pattern has the score 1, and a
        value, a date and a filter 0. A limit of 0 asks for the number only.
        """
        raise NotImplementedError

    def counts(
        self, shelf: Shelf, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        """For each of these fields of values, how many of the matching entries have each value: exactly, of all."""
        raise NotImplementedError

    def words(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Folded forms that begin like this, the most common first, and how many entries of both shelves have each."""
        raise NotImplementedError


class Backend(Following, Searches, BaseSearchBackend):
    """One thread's way to the index."""

    @log_query
    def search(
        self,
        query: Query,
        sort_by: Sequence[str] | None = None,
        start_offset: int = 0,
        end_offset: int | None = None,
        facets: Iterable[str] | None = None,
        narrow_queries: Iterable[Query] | None = None,
        models: Iterable[type[Model]] | None = None,
        result_class: Callable[..., SearchResult] = SearchResult,
        **others: object,
    ) -> dict[str, object]:
        """Runs a query value, with the filters that it is narrowed by.

        ``sort_by`` is one of ``search.fields.ORDERS``, or nothing for the best first. Counts are exact; those of a
        field that a choice narrows are made as if it did not, so that other values can be added to the choice.
        Raises ``SearchBackendError`` when it is asked for what the archive's engines do not do, such as highlighting.
        """
        if others:
            raise SearchBackendError(f"The archive's engines do not do this: {', '.join(sorted(others))}.")
        if not isinstance(query, Query):
            raise TypeError("The engine runs query values only; read text with search.language.reading.read.")
        filters = sorted(narrow_queries or (), key=repr)
        if models:
            filters.append(_of_models(models))
        order = fields.ORDERS[sort_by[0]] if sort_by else BEST
        total, hits = self._merged(query, filters, order, start_offset, end_offset)
        return {
            "results": [_result(hit, result_class) for hit in hits],
            "hits": total,
            "facets": {"fields": self._counted(query, filters, list(facets or ()))},
            "spelling_suggestion": None,
        }

    def more_like_this(self, *args: object, **kwargs: object) -> dict[str, object]:
        raise SearchBackendError("The index keeps no text, so it cannot look for more like this.")

    def update(self, *args: object, **kwargs: object) -> None:
        raise SearchBackendError(_KEPT)

    def remove(self, *args: object, **kwargs: object) -> None:
        raise SearchBackendError(_KEPT)

    def clear(self, *args: object, **kwargs: object) -> None:
        raise SearchBackendError(_KEPT)

    def pieces(self, query: Query, documents: Sequence[str], limit: int = PIECES) -> Sequence[Hit]:
        """The pieces of these documents, passages and notes, that have most of what a query wants, the best first."""
        leaves = spoken(query)
        if not leaves or not documents:
            return ()
        filters = (Choice("document", tuple(documents)), _SPEAKING)
        return self.top(Shelf.PIECES, Or(leaves), filters, BEST, limit).hits

    # Both shelves as one

    def _merged(
        self, query: Query, filters: Sequence[Query], order: str, start: int, end: int | None
    ) -> tuple[int, Sequence[Hit]]:
        """How many results there are on both shelves, and those from ``start`` to ``end``."""
        asked = [shelf for shelf in Shelf if _may_hold(shelf, filters)]
        totals = (self.top(shelf, query, _on(shelf, filters), order, 0).total for shelf in asked if end is None)
        limit = sum(totals) if end is None else end
        hits: list[Hit] = []
        total = 0
        for shelf in asked:
            find = self._best if order == BEST and limit and constant_score(query) is None else self.top
            found = find(shelf, query, _on(shelf, filters), order, limit)
            total += found.total
            hits += found.hits
        hits.sort(key=by_score if order == BEST else attrgetter("order"))
        return total, hits[start:limit]

    def _best(self, shelf: Shelf, query: Query, filters: Sequence[Query], order: str, limit: int) -> Top:
        """The best of a shelf after a second look, or as much more as it would bring what is a piece itself."""
        if shelf is Shelf.PIECES:
            total, hits = 0, []
            for types, weight in SHORT.items():
                found = self.top(shelf, query, [*filters, Choice("type", types)], order, limit)
                total += found.total
                # Equals stay equals: what follows them on the next page is what the limit left out.
                hits += [hit._replace(score=rank(hit.score) * weight) for hit in found.hits]
            return Top(total, hits)
        found = self.top(shelf, query, filters, order, max(limit, DOCUMENTS))
        return Top(found.total, second_look(self.top, query, found.hits))

    def _counted(
        self, query: Query, filters: Sequence[Query], names: Sequence[str]
    ) -> dict[str, list[tuple[str, int]]]:
        chosen = {each.field for each in filters if isinstance(each, Choice)}
        groups = [(filters, [name for name in names if name not in chosen])]
        groups += [([each for each in filters if _field(each) != name], [name]) for name in names if name in chosen]
        sums: dict[str, dict[str, int]] = {name: {} for name in names}
        for narrowed, group in groups:
            for shelf in Shelf:
                if not group or not _may_hold(shelf, narrowed):
                    continue
                for name, counts in self.counts(shelf, query, _on(shelf, narrowed), group).items():
                    for value, count in counts.items():
                        sums[name][value] = sums[name].get(value, 0) + count
        return {name: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) for name, counts in sums.items()}


def _field(query: Query) -> str:
    return query.field if isinstance(query, Choice) else ""


def _of_models(models: Iterable[type[Model]]) -> Choice:
    """The types of results that are rows of these models."""
    names = {"footnote": fields.NOTE_TYPE}
    return Choice("type", tuple(sorted(names.get(name, name) for name in (str(m._meta.model_name) for m in models))))


def _on(shelf: Shelf, filters: Sequence[Query]) -> list[Query]:
    return [*filters, _RESULTS] if shelf is Shelf.PIECES else list(filters)


def _may_hold(shelf: Shelf, filters: Sequence[Query]) -> bool:
    """Whether the types chosen, if any, stand on this shelf."""
    here = {fields.DOCUMENT} if shelf is Shelf.DOCUMENTS else set(fields.RESULTS_IN_PIECES)
    chosen = [each.values for each in filters if isinstance(each, Choice) and each.field == "type"]
    return all(not here.isdisjoint(values) for values in chosen)


def _result(hit: Hit, make: Callable[..., SearchResult]) -> SearchResult:
    app_label, model_name, key = hit.key.split(".")
    return make(app_label, model_name, key, hit.score, document=hit.document)
