"""What is asked of a cluster: all of it is answered, or it is an error. Long answers come in pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from opensearchpy import OpenSearch

#: A cluster gives so many entries in one answer at most, and keeps a place in a longer one for so long.
PAGE, KEPT = 10_000, "1m"
#: So many values of a field are counted at once; a cluster gives 65,535 counts in one answer at most.
VALUES = 5000
#: More words than any archive has.
ALL_WORDS = 1_000_000

#: Without an index nothing is found; an answer from a part of an index is none.
_STRICT = {"ignore_unavailable": "true", "allow_partial_search_results": "false"}

Answer = dict[str, Any]


class Reader:
    """Asks one client. The methods raise what the client raises."""

    def __init__(self, client: OpenSearch, seconds: float) -> None:
        self._client = client
        self._seconds = seconds

    def first(self, index: str, body: Answer, limit: int, preference: str) -> tuple[int, list[Answer]]:
        """How many entries a search finds, and the first of them, however many are asked for."""
        if limit <= PAGE:
            answer = self._search(index, {**body, "size": limit}, preference=preference)
            return answer["hits"]["total"]["value"], answer["hits"]["hits"]
        total = 0
        found: list[Answer] = []
        for page in self._pages(index, body, preference=preference):
            total = page["hits"]["total"]["value"]
            found += page["hits"]["hits"]
            if len(found) >= limit:
                break
        return total, found[:limit]

    def every(self, index: str, query: Answer, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """These values of every entry that matches, in no order."""
        body = {"query": {"bool": {"filter": [query]}}, "sort": ["_doc"], **values_only(names)}
        for page in self._pages(index, body):
            for hit in page["hits"]["hits"]:
                yield tuple(value(hit, name) for name in names)

    def counts(self, index: str, query: Answer, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each field, how many of the entries that match have each value."""
        asked = {name: {"terms": {"field": name, "size": VALUES}} for name in names}
        found = self._aggregated(index, query, asked)
        return {
            name: {each["key"]: each["doc_count"] for each in counted["buckets"]}
            if not counted["sum_other_doc_count"]
            else self._many_counts(index, query, name)
            for name, counted in found.items()
        }

    def _many_counts(self, index: str, query: Answer, name: str) -> dict[str, int]:
        """Counts of a field that has more values than are counted at once."""
        counts: dict[str, int] = {}
        after: Answer = {}
        while True:
            asked = {"sources": [{name: {"terms": {"field": name}}}], "size": VALUES, **after}
            found = self._aggregated(index, query, {name: {"composite": asked}}).get(name, {})
            counts |= {each["key"][name]: each["doc_count"] for each in found.get("buckets", ())}
            if "after_key" not in found:
                return counts
            after = {"after": found["after_key"]}

    def words(self, index: str, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The values of a field that begin like this, the most common first; the first of so many."""
        pattern = re.sub(r"(\W)", r"\\\1", prefix) + ".*"
        order = [{"_count": "desc"}, {"_key": "asc"}]
        asked = {"terms": {"field": field, "include": pattern, "size": limit, "shard_size": ALL_WORDS, "order": order}}
        found = self._aggregated(index, {"prefix": {field: prefix}}, {field: asked}).get(field, {})
        return [(each["key"], each["doc_count"]) for each in found.get("buckets", ())]

    def _aggregated(self, index: str, query: Answer, asked: Answer) -> Answer:
        body = {"size": 0, "track_total_hits": False, "query": {"bool": {"filter": [query]}}, "aggs": asked}
        return self._search(index, body).get("aggregations", {})

    def _search(self, index: str, body: Answer, **params: str) -> Answer:
        body = {"timeout": f"{int(self._seconds * 1000)}ms", **body}
        return self._client.search(index=index, body=body, params={**_STRICT, **params})

    def _pages(self, index: str, body: Answer, **params: str) -> Iterator[Answer]:
        """The answers to a search, each with the hits that follow those of the one before; at least one answer."""
        answer = self._search(index, {**body, "size": PAGE}, scroll=KEPT, **params)
        place = answer.get("_scroll_id")
        try:
            yield answer
            while len(answer["hits"]["hits"]) == PAGE:
                answer = self._client.scroll(body={"scroll_id": place, "scroll": KEPT})
                place = answer["_scroll_id"]
                yield answer
        finally:
            if place:
                self._client.clear_scroll(body={"scroll_id": [place]}, params={"ignore": (404,)})


def values_only(names: Sequence[str]) -> Answer:
    """What a search asks for to be given these values of its hits, and nothing that is read from stored text."""
    return {"_source": False, "stored_fields": "_none_", "docvalue_fields": list(names)}


def value(hit: Answer, name: str) -> str:
    return hit.get("fields", {}).get(name, ("",))[0]
