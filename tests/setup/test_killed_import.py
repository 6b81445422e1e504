"""An import that is killed leaves every document whole or absent, and the next one finishes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

from archive.database import embedded
from archive.environment import ROOT
from tests.ingest.volumes import SmallVolume
from tests.setup.commands import bare_environment, manage

KILLS = 10
DOCUMENTS = 200
#: For each document: its number, and how many rows of each kind belong to it.
ROWS = """
    SELECT number, (SELECT count(*) FROM documents_letter WHERE document_ptr_id = document.id),
    {}
    FROM documents_document AS document ORDER BY id
""".format(
    ", ".join(
        f"(SELECT count(*) FROM documents_{table} AS part WHERE part.document_id = document.id)"
        for table in ("passage", "footnote", "reference", "participation", "documentdate", "identifier")
    )
)


class Archive:
    """An archive with an embedded database of its own, into which the command imports."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.environment = bare_environment(ARCHIVE_DATA=str(data))
        assert manage("migrate", environment=self.environment).returncode == 0
        embedded.start(data / "database")  # while we use it, it does not stop with the command

    def begin_import(self, *volumes: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "manage.py"), "import_documents", *map(str, volumes)]
        return subprocess.Popen(
            [*command, "--processes=2", "--no-index"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(self.data / "database"))
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()


def test_an_import_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    chance = random.Random(1962)
    volumes = [volume(tmp_path, number) for number in range(KILLS)]
    archive = Archive(tmp_path / "archive")
    archive.begin_import(volume(tmp_path, KILLS)).wait(120)
    undisturbed = {number: row for number, *row in archive.rows(ROWS)}
    stored = len(undisturbed)
    assert stored == DOCUMENTS
    in_the_middle = 0
    for turn in range(KILLS):
        running = archive.begin_import(*volumes[: turn + 1])
        some = stored + chance.randrange(DOCUMENTS)
        while running.poll() is None and len(archive.rows("SELECT id FROM documents_document")) < some:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        if turn % 2:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()  # its workers are left to notice it by themselves
        running.wait()
        rows = archive.rows(ROWS)
        assert all(row == undisturbed[number] for number, *row in rows), "each is whole"
        in_the_middle += (len(rows) - stored) % DOCUMENTS > 0
        stored = len(rows)
    assert archive.begin_import(*volumes).wait(120) == 0
    assert len(archive.rows(ROWS)) == (KILLS + 1) * DOCUMENTS
    assert archive.rows("SELECT count(*) FROM documents_reference WHERE resolved_id IS NULL") == [(0,)]
    assert {state for (state,) in archive.rows("SELECT state FROM ingest_importrun")} == {"finished", "stopped"}
    assert in_the_middle, "at least one was killed while it stored documents"
    embedded.stop(archive.data / "database")


def volume(folder: Path, number: int) -> Path:
    return SmallVolume(ident=f"frus1961-63v{number}", number=str(number), count=DOCUMENTS).write(folder)
