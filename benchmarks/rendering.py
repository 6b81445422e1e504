"""How long the server takes to make a page, and how often it asks the database."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import long_document

ROUNDS = 60


@dataclass(frozen=True)
class Rendered:
    path: str
    milliseconds: float
    queries: int
    kilobytes: float


def measure(data: Path) -> list[Rendered]:
    """Returns the figures of the long document and of the pages of the first collection, in this process."""
    os.environ["ARCHIVE_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        long_document.write(Path(folder) / "benchmark")
        call_command("import_documents", Path(folder), verbosity=0)
    paths = (
        f"/documents/{long_document.SLUG}/",
        "/",
        "/documents/kennedy-1962-03-07/",
        "/collections/space-1962/exchange/",
        "/search/?q=weather+satellite",
    )
    return [measure_page(path) for path in paths]


def measure_page(path: str, rounds: int = ROUNDS) -> Rendered:
    """Returns the figures of one page. Django must be set up."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    asked = len(queries)  # the next request empties the list
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1000)
    return Rendered(path, statistics.median(times), asked, len(response.content) / 1000)
