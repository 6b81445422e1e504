"""``make bench``: prints each figure beside its bar, and ends with an error when one is missed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from archive.database import embedded
from benchmarks import answering, collating, importing, long_document, rendering, restoring, visiting
from benchmarks.figure import Figure, told
from benchmarks.searching import run as searching
from tests.setup.commands import Served

PAGES = ["/", "/documents/nsam-129/", "/documents/kennedy-1962-03-07/", "/collections/space-1962/exchange/"]


def main() -> None:
    """Measures everything on a data folder made for it."""
    data = Path(tempfile.mkdtemp(prefix="archive-bench-"))
    try:
        figures = [*_starting_and_visiting(data), *_rendering(data), *_printing()]
        figures += [*_restoring(), *_collating(), *_answering(data), *_importing(data)]
    finally:
        embedded.stop(data / "database")
        shutil.rmtree(data, ignore_errors=True)
    if "BENCH_VOLUMES" in os.environ:
        figures += searching.measure(Path(os.environ["BENCH_VOLUMES"]))
    if any(figure.missed for figure in figures):
        sys.exit("A bar is missed.")


def _starting_and_visiting(data: Path) -> list[Figure]:
    first = Served(data)
    first.stop()
    second = Served(data)
    visits = visiting.measure(f"http://localhost:{second.port}", PAGES)
    second.stop()
    figures = [
        Figure("first start, packages installed", first.seconds, "s"),
        Figure("second start", second.seconds, "s", 6),
    ]
    for visit in visits:
        figures.append(Figure(f"first visit to {visit.path} ({visit.requests} requests)", visit.kilobytes, "KB", 200))
        figures.append(Figure("    of them to other hosts", len(visit.elsewhere), "requests", 0))
    return told(figures)


def _rendering(data: Path) -> list[Figure]:
    figures = []
    for page in rendering.measure(data):
        is_long = long_document.SLUG in page.path
        figures.append(Figure(f"rendering {page.path}, median", page.milliseconds, "ms", 40 if is_long else None))
        figures.append(
            Figure("    database queries", page.queries, "queries", 10 if "documents" in page.path else None)
        )
        figures.append(Figure("    size of the page", page.kilobytes, "KB"))
    drawing = import_module("benchmarks.drawing")  # these name models, which cannot be loaded before Django is set up
    for page in import_module("benchmarks.large_archive").measure():
        figures.append(Figure(f"rendering {page.path} of 15,000 documents, median", page.milliseconds, "ms", 100))
        figures.append(Figure("    database queries", page.queries, "queries"))
        figures.append(Figure("    size of the page", page.kilobytes, "KB", 200))
    for page in import_module("benchmarks.negotiating").measure():
        figures.append(Figure(f"rendering {page.path}, median", page.milliseconds, "ms", 1000))
        figures.append(Figure("    database queries", page.queries, "queries", 12))
        figures.append(Figure("    size", page.kilobytes, "KB"))
    previewing = import_module("benchmarks.previewing")
    figures.append(Figure("live preview of a text of 5,000 words, median", previewing.measure(), "ms", 150))
    suggested = import_module("benchmarks.suggesting").measure()
    figures.append(Figure(f"suggesting links for {suggested.proposals:,} proposals", suggested.seconds, "s", 10))
    figures.append(Figure("    again, while nothing has changed", suggested.unchanged, "ms"))
    figures.append(Figure("drawing 10 documents with 100 proposals, median", drawing.measure(), "ms", 1500))
    return told(figures)


def _printing() -> list[Figure]:
    figures = []
    for printed in import_module("benchmarks.printing").measure():  # as above
        figures.append(Figure(f"printing {printed.name}, {printed.pages} pages", printed.seconds, "s", 5))
        figures.append(Figure("    more pages than plain text", printed.more, "%", 15))
    return told(figures)


def _restoring() -> list[Figure]:
    found = restoring.measure()
    return told([Figure(f"restoring a pasted text of {found.words} words", found.milliseconds, "ms", 1000 / 300)])


def _collating() -> list[Figure]:
    measured = collating.measure().items()
    return told(
        [Figure(f"collating 10,000 words with a witness: {witness}", seconds, "s", 2) for witness, seconds in measured]
    )


def _answering(data: Path) -> list[Figure]:
    return told(answering.measure(data).figures())


def _importing(data: Path) -> list[Figure]:
    found = importing.measure(data)
    return told(
        [
            Figure(
                f"importing {found.documents:,} documents of volumes, for each",
                1000 * found.seconds / found.documents,
                "ms",
                1000 / 150,
            ),
            Figure(
                "    importing them again, of the time it took first", 100 * found.seconds_again / found.seconds, "%"
            ),
            Figure("    memory at most", found.megabytes, "MB", 700),
        ]
    )


if __name__ == "__main__":
    main()
