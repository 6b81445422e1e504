"""``manage.py serve`` prepares the archive, answers, stops whole, and starts again from what it left."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from archive.environment import ROOT
from archive.server import LONGEST_REQUEST
from tests.setup.commands import Served, bare_environment, free_port, manage, running


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder on a short path, gone after the test with all that still runs on it."""
    folder = Path(tempfile.mkdtemp(prefix="archive-"))
    yield folder
    for process in running(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    shutil.rmtree(folder)


def gone(data: Path) -> bool:
    """Says whether all that runs on the folder ends within a few seconds."""
    for _ in range(50):
        if not running(data):
            return True
        time.sleep(0.1)
    return False


def test_it_starts_answers_stops_and_starts_again(data: Path) -> None:
    first = Served(data)
    home = first.get("/")
    assert home.status == 200
    assert "Kennedy" in home.read().decode()
    assert first.get("/documents/nsam-129/").status == 200
    assert "importing the collection" in first.said
    assert "Readings: 2 created." in first.said
    assert "Heavenly matters" in first.get("/classroom/readings/").read().decode()
    assert first.get("/search/?q=" + quote("🚀" * 10_000)).status == 200
    assert first.get("/search/?q=" + "a" * LONGEST_REQUEST).status == 414
    assert first.stop() == 0
    assert gone(data), running(data)

    second = Served(data)
    assert second.get("/documents/nsam-129/").status == 200
    assert "importing" not in second.said
    assert "Readings" not in second.said
    assert second.seconds < 6
    assert second.stop(signal.SIGINT) == 0
    assert gone(data), running(data)


def test_it_attaches_to_the_database_that_a_killed_server_left(data: Path) -> None:
    first = Served(data)
    os.killpg(first.process.pid, signal.SIGKILL)
    first.process.wait()
    assert any("postgres" in process.command for process in running(data))

    second = Served(data)
    assert second.get("/documents/nsam-129/").status == 200
    assert second.stop() == 0
    assert gone(data), running(data)


def test_a_closed_terminal_ends_it(data: Path) -> None:
    served = Served(data)

    assert served.stop(signal.SIGHUP) == 0
    assert gone(data), running(data)


def test_it_ends_cleanly_when_stopped_while_it_prepares(data: Path) -> None:
    environment = bare_environment(ARCHIVE_DATA=str(data), PORT=str(free_port()))
    command = [sys.executable, str(ROOT / "manage.py"), "serve"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not (data / "database" / "postmaster.pid").exists():
            time.sleep(0.02)
        process.terminate()
        _, said = process.communicate(timeout=30)

    assert said == ""
    assert gone(data), running(data)


def test_commands_and_server_share_the_database(data: Path) -> None:
    served = Served(data)
    environment = bare_environment(ARCHIVE_DATA=str(data))

    assert manage("migrate", environment=environment).returncode == 0
    assert served.get("/documents/nsam-129/").status == 200

    served.stop()
    assert gone(data), running(data)


def test_it_serves_compressed_static_files_that_last(data: Path) -> None:
    served = Served(data)
    page = served.get("/").read().decode()
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    answer = served.get(style, **{"Accept-Encoding": "br"})

    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert served.get("/", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert served.get("/", host="elsewhere.example").status == 400
    served.stop()


def test_another_start_on_the_same_port_is_refused_and_disturbs_nothing(data: Path) -> None:
    served = Served(data)

    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(data), PORT=str(served.port)))

    assert done.returncode != 0
    assert served.get("/").status == 200
    served.stop()
