"""Turns that processes take, on one machine or several: advisory locks of the database that they all share.

A turn belongs to a connection of the database: it ends when it is given back, or when the connection is gone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error, connection
from haystack.exceptions import SearchBackendError

#: How many seconds to wait for a turn, and how long between two attempts.
LONGEST_WAIT, BETWEEN = 20.0, 0.02


class Turn:
    """One process at a time has the turn of this name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.key = int.from_bytes(hashlib.sha256(f"search {name}".encode()).digest()[:8], signed=True)
        self._session = 0

    def take(self) -> bool:
        """Takes the turn, unless another process has it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s), pg_backend_pid()", [self.key])
            taken, session = cursor.fetchone()
        if taken:
            self._session = session
        return taken

    def check(self) -> None:
        """Raises ``SearchBackendError`` if the turn was lost with the connection that had it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            if cursor.fetchone()[0] != self._session:
                raise SearchBackendError(f"The connection to the database was lost while {self._name}.")

    def give_back(self) -> None:
        """Ends the turn; with the connection, if that can do nothing else any more."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s) WHERE pg_backend_pid() = %s", [self.key, self._session])
        except Error:
            connection.close()


@contextmanager
def turn(name: str, wait: float | None = LONGEST_WAIT, waiting: Callable[[], None] | None = None) -> Iterator[Turn]:
    """Waits for a turn and has it for the block; ``wait`` is in seconds, None without end.

    ``waiting`` is called once if another process has the turn. Raises ``SearchBackendError`` when that lasts too long.
    """
    mine = Turn(name)
    began = time.monotonic()
    while not mine.take():
        if waiting:
            waiting()
            waiting = None
        if wait is not None and time.monotonic() - began > wait:
            raise SearchBackendError(too_long(name, wait))
        time.sleep(BETWEEN)
    try:
        yield mine
    finally:
        mine.give_back()


def too_long(name: str, seconds: float) -> str:
    """What to say when a turn did not end."""
    return f"Another process has been {name} for more than {seconds:g} seconds."
