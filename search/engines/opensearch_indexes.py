"""The indexes in a cluster: what they hold, what they are called, and how one is put in the place of another.

An index is named ``<name>-<version>-<number>-<shelf>``. The one that answers has the alias
``<name>-<version>-<shelf>``, and the one that is being built ``<name>-<version>-building-<shelf>``. Searches and
writers name aliases only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from haystack.exceptions import SearchBackendError
from opensearchpy import OpenSearch

from search import fields
from search.analysis import PARAGRAPH_GAP
from search.engines.opensearch_compile import BLANK
from search.fields import Shelf, forms

#: The text by which an entry is listed among the words of the index.
VOCABULARY = "vocabulary"
#: Seconds that a new index may take to have its replica before it answers; without it, it answers as well.
SECONDS_TO_COPY = 60

#: While an index is built, nobody searches it, and it can be built again.
_BUILDING = {"auto_expand_replicas": "false", "number_of_replicas": 0, "translog.durability": "async"}
#: One replica as soon as there is a second node. What was written is seen when it is complete, not earlier.
_ANSWERING = {"auto_expand_replicas": "0-1", "translog.durability": "request"}
_ALWAYS = {
    "number_of_shards": 1,
    "refresh_interval": "-1",
    "max_terms_count": 1_000_000,
    "mapping.total_fields.limit": 200,
    "analysis": {
        "tokenizer": {"whitespace": {"type": "whitespace", "max_token_length": 8000}},
        "filter": {"blank": {"type": "stop", "stopwords": [BLANK]}},
        "analyzer": {
            "terms": {"type": "custom", "tokenizer": "whitespace"},
            "spaced": {"type": "custom", "tokenizer": "whitespace", "filter": ["blank"]},
        },
    },
}


def mapping_of(shelf: Shelf) -> dict[str, Any]:
    """The fields of a shelf's index, as ``search.fields`` has them."""
    words = {"type": "text", "analyzer": "terms", "position_increment_gap": PARAGRAPH_GAP}
    value = {"type": "keyword", "ignore_above": 8000}
    kept = {"type": "keyword", "index": False}
    day = {"type": "integer"}
    properties = {
        **{name: words for field in fields.WORDS[shelf] for name in (field, forms(field))},
        **dict.fromkeys((*fields.VALUES, VOCABULARY), value),
        **dict.fromkeys((*fields.ORDERS.values(), "key", "stamp"), kept),
        "earliest": day,
        "latest": day,
    }
    # Entries are made from the database: their text is not kept.
    return {"dynamic": "strict", "_source": {"enabled": False}, "properties": properties}


class Indexes:
    """The indexes of one name and version. The methods raise what the client raises."""

    def __init__(self, client: OpenSearch, name: str, version: str) -> None:
        self._client = client
        self._name = name
        self._version = version
        self._names = re.compile(rf"{re.escape(name)}-(?P<version>[0-9a-f]+)-(?P<number>\d+)-(?:{'|'.join(Shelf)})")

    def alias(self, shelf: Shelf, building: bool = False) -> str:
        return "-".join([self._name, self._version, *(["building"] if building else []), shelf])

    def both(self, building: bool = False) -> str:
        """The aliases of both shelves, as the client takes them."""
        return ",".join(self.alias(shelf, building) for shelf in Shelf)

    def exist(self, building: bool = False) -> bool:
        """Whether there is an index for each shelf."""
        return not self._missing(self._aliases(), building)

    def make(self, building: bool = False) -> None:
        """Makes the indexes that are missing."""
        aliases = self._aliases()
        numbers = [int(found["number"]) for index in aliases if (found := self._names.fullmatch(index))]
        for shelf in self._missing(aliases, building):
            settings = {**_ALWAYS, **(_BUILDING if building else _ANSWERING), **self._weighing()}
            body = {
                "settings": {"index": settings},
                "mappings": mapping_of(shelf),
                "aliases": {self.alias(shelf, building): {}},
            }
            index = f"{self._name}-{self._version}-{max(numbers, default=0) + 1}-{shelf}"
            self._client.indices.create(index=index, body=body)

    def switch(self) -> None:
        """Puts the indexes that were built in place of those that answer, all at once, and removes those.

        One other version keeps its indexes, the one that was built last: processes of it may still be answering.
        """
        aliases = self._aliases()
        if self._missing(aliases, building=True):
            raise SearchBackendError("There is no search index that was built to be put in place.")
        built = {self._index(aliases, self.alias(shelf, building=True)): shelf for shelf in Shelf}
        # What is not flushed would be indexed once more by the replica; files are merely copied.
        self._client.indices.flush(index=",".join(built), params={"wait_if_ongoing": "true"})
        self._client.indices.put_settings(index=",".join(built), body={"index": _ANSWERING})
        self._wait_for(built)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": index, "alias": alias}}
            for index, having in aliases.items()
            for alias in having
            if self._is_of_this_version(index)
        ]
        actions += [{"add": {"index": index, "alias": self.alias(shelf)}} for index, shelf in built.items()]
        self._client.indices.update_aliases(body={"actions": actions})
        self._remove_all_but(built)

    def discard(self, building: bool = False) -> None:
        """Removes the indexes that answer, or those that are being built."""
        aliases = self._aliases()
        for shelf in Shelf:
            if index := self._index(aliases, self.alias(shelf, building)):
                self._client.indices.delete(index=index)

    def _weighing(self) -> dict[str, Any]:
        """OpenSearch 3 leaves the factor k1 + 1 out of BM25 unless it is asked for; before, there was no other BM25."""
        version = self._client.info()["version"]
        has_both = version.get("distribution") == "opensearch" and int(version["number"].partition(".")[0]) >= 3
        return {"similarity": {"default": {"type": "LegacyBM25"}}} if has_both else {}

    def _aliases(self) -> dict[str, Sequence[str]]:
        """The aliases of every index of this name."""
        # Any node knows them, also when there are too few nodes to agree on a change.
        found = self._client.indices.get_alias(index=f"{self._name}-*", params={"local": "true"})
        return {index: tuple(each["aliases"]) for index, each in found.items() if self._names.fullmatch(index)}

    def _missing(self, aliases: Mapping[str, Sequence[str]], building: bool) -> list[Shelf]:
        return [shelf for shelf in Shelf if not self._index(aliases, self.alias(shelf, building))]

    def _index(self, aliases: Mapping[str, Sequence[str]], alias: str) -> str:
        """The index that has an alias; empty when none has."""
        return next((index for index, having in aliases.items() if alias in having), "")

    def _is_of_this_version(self, index: str) -> bool:
        found = self._names.fullmatch(index)
        return found is not None and found["version"] == self._version

    def _wait_for(self, indexes: Iterable[str]) -> None:
        """Waits until the indexes have replicas, if there are nodes for them."""
        health = self._client.cluster.health(
            index=",".join(indexes),
            params={
                "wait_for_status": "green",
                "timeout": f"{SECONDS_TO_COPY}s",
                "request_timeout": SECONDS_TO_COPY + 10,
                "ignore": (408,),
            },
        )
        if health["status"] == "red":
            raise SearchBackendError("The search index that was built has lost a node that held it: build it again.")

    def _remove_all_but(self, kept: Iterable[str]) -> None:
        created = {
            index: int(found["settings"]["index"]["creation_date"])
            for index, found in self._client.indices.get_settings(index=f"{self._name}-*").items()
            if self._names.fullmatch(index) and index not in kept
        }
        others = [index for index in created if not self._is_of_this_version(index)]
        last = self._names.fullmatch(max(others, key=created.__getitem__)) if others else None
        stays = f"{self._name}-{last['version']}-" if last else None
        for index in created:
            if stays is None or not index.startswith(stays):
                self._client.indices.delete(index=index, params={"ignore": (404,)})
