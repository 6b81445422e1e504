"""Writes entries to a cluster, in portions."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from haystack.exceptions import SearchBackendError
from opensearchpy import OpenSearch, TransportError

from search import fields
from search.engines.opensearch_indexes import VOCABULARY, Indexes
from search.engines.opensearch_reading import Reader
from search.entries import Entry
from search.fields import Shelf, forms

#: So many bytes are sent at a time: a small part of what the smallest node takes in.
PORTION = 4_000_000
#: A cluster that has too much to do is asked again after so many seconds each.
PAUSES = (0.5, 1, 2, 4, 8)
TOO_MANY_REQUESTS = 429


class Writer:
    """Writes to the aliases of both shelves. What it writes is seen when ``finish`` refreshes the indexes.

    It sends nothing before that, unless the indexes are being built: then, it sends a portion as soon as it has one.
    Of each unit, the entry that has its stamp is the first to go and the last to come. So a writer that is killed
    leaves no stamp beside what it does not stand for.
    """

    def __init__(self, client: OpenSearch, indexes: Indexes, building: bool, wait: float) -> None:
        self._client = client
        self._building = building
        self._wait = wait
        self._indexes = indexes
        self._removed: set[str] = set()
        self._entries: list[str] = []
        self._stamped: dict[str, list[str]] = {}
        self._size = 0

    def remove(self, unit: str) -> None:
        self._removed.add(unit)

    def add(self, entry: Entry) -> None:
        lines = self._lines(entry)
        if entry.stamp:
            self._stamped.setdefault(entry.unit, []).append(lines)
        else:
            self._entries.append(lines)
        self._size += len(lines)
        if self._building and self._size >= PORTION:
            self._flush(but=entry.unit)

    def finish(self) -> None:
        """Sends what is left and lets searches see everything."""
        self._flush()
        self.refresh()

    def refresh(self) -> None:
        self._client.indices.refresh(index=self._indexes.both(self._building))

    def _flush(self, but: str = "") -> None:
        """Sends what there is, but not the stamp of a unit whose entries are still to come."""
        self._take_out()
        self._send(self._entries)
        self._send([lines for unit, found in self._stamped.items() if unit != but for lines in found])
        self._entries, self._stamped = [], {but: self._stamped[but]} if but in self._stamped else {}
        self._size = 0

    def _take_out(self) -> None:
        """Deletes all entries of the units to be removed."""
        if not self._removed:
            return
        units = {"terms": {"unit": sorted(self._removed)}}
        for shelf in Shelf:
            alias = self._indexes.alias(shelf, self._building)
            keys = [key for (key,) in Reader(self._client, self._wait).every(alias, units, ("key",))]
            self._send([json.dumps({"delete": {"_index": alias, "_id": key}}) + "\n" for key in keys])
        self._removed.clear()

    def _lines(self, entry: Entry) -> str:
        """An entry as the cluster takes it: what to do, and the fields."""
        target = {"index": {"_index": self._indexes.alias(entry.shelf, self._building), "_id": entry.key}}
        return f"{_dumps(target)}\n{_dumps(_document(entry))}\n"

    def _send(self, actions: Sequence[str]) -> None:
        start = 0
        while start < len(actions):
            end, size = start, 0
            while end < len(actions) and size < PORTION:
                size += len(actions[end])
                end += 1
            self._send_portion("".join(actions[start:end]))
            start = end

    def _send_portion(self, body: str) -> None:
        """Sends actions, which can all be done again, and asks again while the cluster has too much to do."""
        for pause in (*PAUSES, None):
            failed = self._failed(body)
            if not failed:
                return
            if pause is None or any(each["status"] != TOO_MANY_REQUESTS for each in failed):
                error = failed[0].get("error", {})
                raise SearchBackendError(
                    f"The search cluster did not take an entry: {error.get('type')}: {error.get('reason')}"[:500]
                )
            time.sleep(pause)

    def _failed(self, body: str) -> list[dict[str, Any]]:
        """Has the cluster do it; what it says of the actions that failed."""
        try:
            answer = self._client.bulk(
                body=body,
                params={
                    "require_alias": "true",
                    "filter_path": "errors,items.*.status,items.*.error",
                    # So long, the nodes may look for one that takes it.
                    "timeout": f"{int(self._wait / 3)}s",
                    "request_timeout": self._wait,
                },
            )
        except TransportError as error:
            if error.status_code != TOO_MANY_REQUESTS:
                raise
            return [{"status": TOO_MANY_REQUESTS, "error": {"type": "too many requests", "reason": str(error.error)}}]
        if not answer["errors"]:
            return []
        return [done for item in answer["items"] for done in item.values() if "error" in done]


def _document(entry: Entry) -> dict[str, object]:
    found: dict[str, object] = dict(entry.values)
    for name, terms in entry.words.items():
        found[name] = [" ".join(stretch) for stretch in terms.stems]
        found[forms(name)] = [" ".join(stretch) for stretch in terms.forms]
    if fields.ALL in entry.words:
        found[VOCABULARY] = sorted({form for stretch in entry.words[fields.ALL].forms for form in stretch})
    for name in ("key", "stamp", "earliest", "latest", *fields.ORDERS.values()):
        found[name] = getattr(entry, name)
    if not entry.stamp:
        del found["stamp"]
    return found


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
