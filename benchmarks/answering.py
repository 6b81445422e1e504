"""``python -m benchmarks.answering``: sixty students save an answer every few seconds, for two minutes.

Against ``manage.py serve`` with two processes, on the embedded database. Ends with an error when an answer is lost,
when the server answers anything but that it is saved, or when the slow ones take too long.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django

from archive.database import embedded
from benchmarks.figure import Figure, told
from tests.setup.commands import Served

STUDENTS, SECONDS, PAUSE = 60, 120.0, (2.0, 4.0)


@dataclass(frozen=True)
class Answering:
    """How saving went; ``slow`` is the 95th percentile of what a save took, in milliseconds."""

    students: int
    saves: int
    lost: int
    errors: list[str]
    median: float
    slow: float

    def figures(self) -> list[Figure]:
        return [
            Figure(f"{self.students} students saving, {self.saves} times: 95th percentile", self.slow, "ms", 300),
            Figure("    median", self.median, "ms"),
            Figure("    answers lost", self.lost, "answers", 0),
            Figure("    errors", len(self.errors), "errors", 0),
        ]


def measure(data: Path, seconds: float = SECONDS) -> Answering:
    """Returns the figures of a class made in this data folder. Django must be set up."""
    # It names models, which cannot be loaded before that.
    writing = import_module("tests.classroom.writing")
    _, writers = writing.class_of(STUDENTS)
    server = Served(data, WORKERS="2")
    try:
        writing.together(writers, "localhost", server.port, seconds, PAUSE)
    finally:
        server.stop()
    times = [each for writer in writers for each in writer.milliseconds]
    return Answering(
        students=len(writers),
        saves=len(times),
        lost=len(writing.lost(writers)),
        errors=[error for writer in writers for error in writer.errors],
        median=statistics.median(times),
        slow=statistics.quantiles(times, n=20)[-1],
    )


def main() -> None:
    """Measures on a data folder made for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    data = Path(tempfile.mkdtemp(prefix="archive-answering-"))
    os.environ |= {"ARCHIVE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    Served(data).stop()  # makes the database and imports the first collection
    django.setup()
    try:
        measured = measure(data, seconds)
        figures = told(measured.figures())
    finally:
        embedded.stop(data / "database")
        shutil.rmtree(data, ignore_errors=True)
    if any(figure.missed for figure in figures):
        print(*sorted(set(measured.errors)), sep="\n")  # noqa: T201
        sys.exit("A bar is missed.")


if __name__ == "__main__":
    main()
