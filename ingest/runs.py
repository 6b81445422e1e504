"""Import runs: one at a time, and what became of each file and document is written down."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone

from ingest.models import ImportRun

#: Keys of PostgreSQL advisory locks: one import runs at a time, and its processes have ended before the next begins.
RUNNING, WORKING = 1_633_903_457, 1_633_903_458
LONGEST_WAIT = "60s"


class AnotherImport(Exception):
    """Another import is running."""

    def __init__(self) -> None:
        super().__init__("Another import is running. Wait until it has ended, then start this one again.")


def login_name() -> str:
    """The name of the person at the terminal, as far as the operating system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


@contextmanager
def recorded_run(origin: Iterable[str], by: Any = None, by_name: str = "") -> Iterator[ImportRun]:
    """Records a run while it lasts; raises ``AnotherImport`` while there is one already.

    Runs that were killed are marked as stopped: no two run at a time, so what is still marked as running is not.
    """
    _take_turn()
    try:
        ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(state=ImportRun.State.STOPPED)
        run = ImportRun.objects.create(origin="\n".join(origin), by=by, by_name=by_name)
        state = ImportRun.State.STOPPED
        try:
            yield run
            state = ImportRun.State.FINISHED
        finally:
            run.state, run.finished_at = state, timezone.now()
            run.save(update_fields=["state", "finished_at"])
    finally:
        _query("SELECT pg_advisory_unlock(%s)", RUNNING)


def join_run() -> None:
    """Says that this process works for the run; a later run waits until the process has ended."""
    _query("SELECT pg_advisory_lock_shared(%s)", WORKING)


def _take_turn() -> None:
    if not _query("SELECT pg_try_advisory_lock(%s)", RUNNING):
        raise AnotherImport
    try:
        _query(f"SET lock_timeout = '{LONGEST_WAIT}'")
        _query("SELECT pg_advisory_lock(%s)", WORKING)
        _query("SELECT pg_advisory_unlock(%s)", WORKING)
    except OperationalError as error:
        _query("SELECT pg_advisory_unlock(%s)", RUNNING)
        raise AnotherImport from error
    finally:
        _query("SET lock_timeout = DEFAULT")


def _query(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()[0] if cursor.description else None
