"""An archive whose search engine does not work opens all the same, and mends its index when the engine is back."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.commands import Served, bare_environment, manage, running


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder on a short path, gone after the test with all that still runs on it."""
    folder = Path(tempfile.mkdtemp(prefix="archive-"))
    yield folder
    for process in running(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    shutil.rmtree(folder)


def test_it_opens_without_its_search_and_mends_it_later(data: Path) -> None:
    index = data / "index"
    index.write_text("a file where the folder of the index should be")

    served = Served(data)
    assert "The archive opens without its search." in served.said
    assert served.get("/documents/nsam-129/").status == 200
    index.unlink()
    done = manage("refresh_index", environment=bare_environment(ARCHIVE_DATA=str(data)))
    assert done.stdout.strip().endswith("Search index built: 3 documents.")
    found = served.get("/search/?q=rescue")
    assert found.status == 200
    assert "khrushchev-1962-03-20" in found.read().decode()
    assert served.stop() == 0
