"""The engines that are measured, each with the settings by which the archive uses it."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.searching.archive import Archive
from tests.search.cluster.cluster import Cluster, classpath

WHOOSH, TANTIVY, OPENSEARCH = "whoosh", "tantivy", "opensearch"
#: What its indexes are called on a cluster that is there already.
INDEX = "archive-benchmark"


@dataclass(frozen=True)
class Engine:
    name: str
    settings: dict[str, str] = field(default_factory=dict)

    def size(self, archive: Archive) -> float:
        """Megabytes of the index, replicas included."""
        if self.name != OPENSEARCH:
            return archive.size_of_index()
        address = f"{self.settings['SEARCH_URL'].split(',')[0]}/_cat/indices/{INDEX}*?format=json&bytes=b"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return sum(int(index["store.size"]) for index in json.load(answer)) / 1e6


@contextmanager
def engines(wanted: list[str]) -> Iterator[list[Engine]]:
    """Those that are wanted and can be had: OpenSearch where ``SEARCH_URL`` is set, or where its jars are."""
    found = [Engine(name) for name in (TANTIVY, WHOOSH) if name in wanted]
    cluster = None
    if OPENSEARCH in wanted:
        url = os.environ.get("SEARCH_URL", "")
        if not url and classpath() is not None:
            cluster = Cluster.start()
            url = cluster.url
        if url:
            found.append(Engine(OPENSEARCH, {"SEARCH_URL": url, "SEARCH_INDEX": INDEX}))
        else:
            print("OpenSearch is left out: set SEARCH_URL, or OPENSEARCH_CLASSPATH as the guide says.")  # noqa: T201
    try:
        yield found
    finally:
        if cluster:
            cluster.stop()
