"""What the search page takes through HTTP, from the server as it runs for readers."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from benchmarks.searching.archive import Archive, megabytes
from benchmarks.searching.queries import Recorded, recorded
from benchmarks.searching.times import Times, measured
from tests.setup.commands import Served

#: Each of the two processes that answer has met each query by then, more likely than not.
ROUNDS_BEFORE = 3


@dataclass(frozen=True)
class Pages:
    """``megabytes`` are those of the server with its two processes after all queries."""

    times: Times
    megabytes: float


def measure(archive: Archive) -> Pages:
    """The recorded queries, with filters, histogram and snippets; the cold ones are those of a server just started."""
    served = archive.served()
    try:
        first = measured(lambda query: _get(served, query), recorded(), ROUNDS_BEFORE)
        again = measured(lambda query: _get(served, query), recorded())
        return Pages(Times(first.cold, again.warm), megabytes(served.process.pid))
    finally:
        served.stop()


def _get(served: Served, query: Recorded) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
    try:
        connection.request("GET", f"/search/?{urlencode(parse_qsl(query.address))}")
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"The search for {query.address} was answered by {answer.status}.")
