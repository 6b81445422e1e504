"""Several processes that share work: each takes a piece, does it and answers, until there is none left.

A process that loses the one that started it, however that ended, stops by itself.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

import django
from django.db import connections

from documents.signals import in_bulk

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")


class WorkerLost(Exception):
    """A process that did part of the work has ended before its time: it was killed, or ran out of memory."""


def shared(
    work: Callable[[Piece], Answer], pieces: Iterable[Piece], processes: int, begin: Callable[[], None] | None = None
) -> Iterator[Answer]:
    """Yields the answers to all pieces as they come; pieces are taken only when a process is free for one.

    ``work`` and ``begin``, which each process calls once, are functions of modules. With one process everything happens
    in this one. What ``work`` raises is raised here; raises ``WorkerLost`` when a process is gone.
    """
    if processes <= 1:
        if begin:
            begin()
        yield from map(work, pieces)
        return
    with closing(_Crew(work, begin, processes)) as crew:
        yield from crew.answers(iter(pieces))


class _Crew:
    def __init__(self, work: Callable[[Any], Any], begin: Callable[[], None] | None, processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
        self.ends: dict[Connection, Any] = {}
        for _ in range(processes):
            mine, theirs = context.Pipe()
            process = context.Process(target=_labor, args=(theirs, names), daemon=True)
            process.start()
            theirs.close()
            mine.send((work, begin))  # models can be named only once the process has set Django up
            self.ends[mine] = process

    def answers(self, pieces: Iterator[Any]) -> Iterator[Any]:
        busy = {end for end in self.ends if self.give(end, pieces)}
        while busy:
            for end in wait(list(busy)):
                assert isinstance(end, Connection)
                try:
                    error, answer = end.recv()
                except (EOFError, ConnectionError) as lost:
                    raise WorkerLost("A process of the import ended before its time: was it killed?") from lost
                if error is not None:
                    raise error
                if not self.give(end, pieces):
                    busy.remove(end)
                yield answer

    def give(self, end: Connection, pieces: Iterator[Any]) -> bool:
        for piece in pieces:
            try:
                end.send(piece)
            except (BrokenPipeError, ConnectionError) as lost:
                raise WorkerLost("A process of the import ended before its time: was it killed?") from lost
            return True
        return False

    def close(self) -> None:
        for end in self.ends:
            end.close()
        for process in self.ends.values():
            process.join(10)
            if process.is_alive():
                process.kill()


def _labor(end: Connection, names: dict[str, str]) -> None:
    """What a process does: the pieces that come, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too, and the process that gave the work sees to it
    django.setup()
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
    try:
        work, begin = end.recv()
        with in_bulk():
            if begin:
                begin()
            while True:
                end.send((None, work(end.recv())))
    except (EOFError, BrokenPipeError, ConnectionError):
        return
    except Exception as error:  # whatever it is, the process that gave the work has to hear of it
        end.send((error, None))
    finally:
        connections.close_all()
