"""How fast volumes come into the database, how fast the same comes again, and how much memory that takes.

With ``BENCH_VOLUMES`` set to a folder of volumes in TEI those are imported; otherwise small ones made for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2

from archive.database import embedded
from archive.environment import ROOT
from tests.ingest.volumes import SmallVolume
from tests.setup.commands import bare_environment, manage

SMALL_VOLUMES, DOCUMENTS = 4, 500
INTERVAL = 0.2


@dataclass(frozen=True)
class Imported:
    """``megabytes`` is the most that the processes of the import took together, without those of the database."""

    documents: int
    seconds: float
    seconds_again: float
    megabytes: float


def measure(data: Path) -> Imported:
    """Imports into an empty archive below ``data``, twice."""
    archive = data / "importing"
    environment = bare_environment(ARCHIVE_DATA=str(archive))
    manage("migrate", environment=environment)
    embedded.start(archive / "database")
    folder = Path(os.environ["BENCH_VOLUMES"]) if "BENCH_VOLUMES" in os.environ else _small_volumes(data)
    first, megabytes = _import(folder, environment)
    again, _ = _import(folder, environment)
    documents = _count(archive / "database")
    embedded.stop(archive / "database")
    return Imported(documents, first, again, megabytes)


def _small_volumes(data: Path) -> Path:
    (folder := data / "volumes").mkdir()
    for number in range(SMALL_VOLUMES):
        SmallVolume(ident=f"frus1961-63v{number}", number=str(number), count=DOCUMENTS).write(folder)
    return folder


def _import(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Runs the command, and returns the seconds that it took and the most memory, in MB."""
    command = [sys.executable, str(ROOT / "manage.py"), "import_documents", str(folder), "--processes=2", "--no-index"]
    began, most = time.monotonic(), 0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, _memory(psutil.Process(process.pid)))
        time.sleep(INTERVAL)
    return time.monotonic() - began, most / 2**20


def _memory(process: psutil.Process) -> int:
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            if "postgres" not in one.name():
                total += one.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def _count(database: Path) -> int:
    connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(database))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_document")
            return int(cursor.fetchone()[0])
    finally:
        connection.close()
