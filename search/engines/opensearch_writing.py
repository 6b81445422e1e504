"""Writes entries to a cluster, in portions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from opensearchpy import OpenSearch, TransportError

from search import fields
from search.engines.opensearch_indexes import VOCABULARY, Indexes
from search.engines.opensearch_reading import Answer, Reader
from search.fields import Shelf, forms
from search.indexing.entries import Entry

#: So many bytes are sent at a time: a small part of what the smallest node takes in.
PORTION = 4_000_000
#: What a cluster answers that cannot do it now.
BUSY = (429, 502, 503, 504)

Answered = TypeVar("Answered")


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
        index = self._indexes.both(self._building)
        self._patiently(lambda: self._client.indices.refresh(index=index))

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
            keys = self._patiently(partial(self._keys, alias, units))
            self._send([_dumps({"delete": {"_index": alias, "_id": key}}) + "\n" for key in keys])
        self._removed.clear()

    def _keys(self, alias: str, query: Answer) -> list[str]:
        return [key for (key,) in Reader(self._client, self._wait).every(alias, query, ("key",))]

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
            portion = "".join(actions[start:end])
            self._patiently(partial(self._send_portion, portion))
            start = end

    def _send_portion(self, body: str) -> None:
        """Has the cluster do what is asked, all of which can be done again."""
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
        failed = [done for item in answer["items"] for done in item.values() if "error" in done]
        # What another attempt cannot mend is told first.
        for each in sorted(failed, key=lambda done: done["status"] in BUSY):
            raise TransportError(each["status"], "an entry was not taken", {"error": each["error"]})

    def _patiently(self, ask: Callable[[], Answered]) -> Answered:
        """Asks again while the nodes have too much to do, or agree on who stands in for one that is gone."""
        end, pause = time.monotonic() + self._wait, 0.2
        while True:
            try:
                return ask()
            except TransportError as error:
                if error.status_code not in BUSY or time.monotonic() + pause > end:
                    raise
            time.sleep(pause)
            pause *= 2


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
