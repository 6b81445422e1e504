"""Results by collection: how many each has, and the best of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from haystack.models import SearchResult

from documents.models import Collection, Document
from search.fields import AGENTS
from search.finding import Found, best_of
from search.page.asked import Asked
from search.page.result_items import items
from search.page.results import Result, results_of
from search.paths import path_of
from search.query import Choice, Query

#: So many collections are on a page, each with so many of its results.
PER_PAGE, BEST = 10, 3
#: So many results of all collections on a page are looked at for the best of each.
LOOKED_AT = 200


@dataclass(frozen=True)
class Group:
    """A collection, how many results it has, the first of them, and the address of the search for all."""

    title: str
    address: str
    count: int
    all_address: str
    results: tuple[Result, ...]

    @property
    def items(self) -> SafeString:
        return items(self.results, in_collection=True)


@dataclass(frozen=True)
class Grouped:
    """A page of groups; ``total`` is how many groups there are. ``loose`` results stand in no collection."""

    groups: tuple[Group, ...]
    total: int
    page: int
    loose: int = 0
    loose_address: str = ""
    per_page: int = PER_PAGE


def grouped(asked: Asked, query: Query, found: Found) -> Grouped:
    """The page of groups that was asked for, or the last one when there are not so many."""
    chosen = asked.chosen.get("collection")
    counts = {slug: count for slug, count in found.counts["collection"] if not chosen or slug in chosen}
    page = min(asked.page, max(1, -(-len(counts) // PER_PAGE)))
    slugs = _in_order(asked, counts)[(page - 1) * PER_PAGE : page * PER_PAGE]
    titles = dict(Collection.objects.filter(slug__in=slugs).values_list("slug", "title"))
    best = _best(asked, query, {slug: counts[slug] for slug in slugs})
    shown = {
        result.key: result for result in results_of([each for found in best.values() for each in found], asked, query)
    }
    groups = tuple(
        Group(
            titles.get(slug, slug),
            path_of("collection", slug),
            counts[slug],
            asked.within_collection(slug).address,
            tuple(shown[key] for each in best[slug] if (key := f"{each.model_name}.{each.pk}") in shown),
        )
        for slug in slugs
    )
    return Grouped(groups, len(counts), page, *_loose(asked, found))


def _in_order(asked: Asked, counts: Mapping[str, int]) -> list[str]:
    """Those with most results first, or the collections in their own order when that was asked for."""
    if asked.sort != "place":
        return list(counts)
    return list(Collection.objects.filter(slug__in=counts).values_list("slug", flat=True))


def _best(asked: Asked, query: Query, counts: Mapping[str, int]) -> dict[str, list[SearchResult]]:
    """The first results of each of these collections, which have so many.

    All are searched together, and those that lack some of theirs once more without the others.
    """
    others = [each for each in asked.choices if not (isinstance(each, Choice) and each.field == "collection")]
    best: dict[str, list[SearchResult]] = {}
    left = list(counts)
    while left:
        results = best_of(asked, query, [*others, Choice("collection", tuple(left))], LOOKED_AT)
        best |= _by_collection(results, left)
        lacking = [slug for slug in left if len(best[slug]) < min(BEST, counts[slug])]
        left = lacking if len(lacking) < len(left) else []
    return best


def _by_collection(results: Sequence[SearchResult], slugs: Sequence[str]) -> dict[str, list[SearchResult]]:
    """The first of these results in each of these collections."""
    keys = {int(each.document) for each in results}
    stands_in = dict(Document.objects.filter(pk__in=keys).values_list("pk", "collection__slug"))
    found: dict[str, list[SearchResult]] = {slug: [] for slug in slugs}
    for each in results:
        group = found.get(stands_in.get(int(each.document), ""))
        if group is not None and len(group) < BEST:
            group.append(each)
    return found


def _loose(asked: Asked, found: Found) -> tuple[int, str]:
    """How many people and organizations were found, and the address of the search for them alone."""
    types = asked.chosen.get("type", AGENTS)
    counts = {name: count for name, count in found.counts["type"] if name in AGENTS and name in types}
    if not counts or asked.chosen.get("collection"):
        return 0, ""
    return sum(counts.values()), asked.of_types(tuple(sorted(counts))).address
