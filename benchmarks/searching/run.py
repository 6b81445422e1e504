"""Measures each engine over a folder of volumes, beside plain full text search over the same texts."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, told
from benchmarks.searching import pages
from benchmarks.searching.abstracts import CHOSEN_BY
from benchmarks.searching.archive import Archive
from benchmarks.searching.engines import OPENSEARCH, TANTIVY, WHOOSH, Engine, engines
from benchmarks.searching.queries import recorded
from benchmarks.searching.times import Times

INDEXING = {TANTIVY: 40, WHOOSH: 360}
PAGE = {TANTIVY: 25, WHOOSH: 150}
SLOW_PAGE = {TANTIVY: 60}
SECONDS_OF_AN_EDIT = 1
TIMES_AS_FAST, TIMES_AS_GOOD, TIMES_AS_SLOW = 20, 1.05, 2
PERCENT_APART = 2
#: One volume of so many makes the smaller archive.
ONE_IN = 10


@dataclass(frozen=True)
class Found:
    """What was measured of one engine: finding documents, pages, and reciprocal ranks by plain BM25 and by its own."""

    engine: str
    documents: Times
    page: Times
    plain: Mapping[str, float]
    own: Mapping[str, float]


def main() -> None:
    """``python -m benchmarks.searching.run volumes``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("volumes", type=Path, help="A folder of volumes in TEI.")
    parser.add_argument(
        "--database", default="", help="The address of a database that has them; else they are imported."
    )
    parser.add_argument("--engines", nargs="+", default=[TANTIVY, WHOOSH, OPENSEARCH])
    given = parser.parse_args()
    if any(figure.missed for figure in measure(given.volumes, given.database, given.engines)):
        sys.exit("A bar is missed.")


def measure(volumes: Path, database: str = "", wanted: Sequence[str] = (TANTIVY, WHOOSH, OPENSEARCH)) -> list[Figure]:
    """Measures everything in a folder made for it, and prints it as it comes."""
    _say(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_versions()}; {len(recorded())} queries.")
    folder = Path(tempfile.mkdtemp(prefix="archive-bench-search-"))
    archive = Archive(folder / "a", database)
    try:
        archive.fill([volumes])
        beside = archive.module("benchmarks.searching.plain", str(volumes), str(folder))
        figures = _of_plain(beside)
        with engines(list(wanted)) as there:
            found = [_engine(archive, engine, volumes, figures) for engine in there]
        figures += told(_compared(found, beside))
        if TANTIVY in wanted:
            small = Archive(folder / "b")
            figures += _growth(small, volumes, next(each.page for each in found if each.engine == TANTIVY))
        return figures
    finally:
        archive.stop()
        Archive(folder / "b").stop()
        shutil.rmtree(folder, ignore_errors=True)


def _engine(archive: Archive, engine: Engine, volumes: Path, figures: list[Figure]) -> Found:
    _say(f"\n{engine.name}")
    archive = archive.with_engine(engine.name, **engine.settings)
    shutil.rmtree(archive.folder / "index", ignore_errors=True)
    indexed = archive.manage("refresh_index", "--rebuild")
    figures += told(
        [
            Figure("index: everything the database has", indexed.seconds, "s", INDEXING.get(engine.name)),
            Figure("    its size", engine.size(archive), "MB"),
            Figure("    memory while it is made, at most", indexed.megabytes, "MB"),
        ]
    )
    inside = archive.module("benchmarks.searching.inside")
    documents, shelves, whole = (Times(**inside[what]) for what in ("documents", "engine", "whole"))
    served = pages.measure(archive)
    name = engine.name
    figures += told(
        [
            Figure("an edit, until it is found, at most", inside["edit"], "s", SECONDS_OF_AN_EDIT),
            *_of_times("engine alone, first 20 documents", documents, cold=False),
            *_of_times("engine alone, first 20 of both shelves", shelves, cold=False),
            *_of_times("ranked by passages too, with counts", whole),
            *_of_times("page through HTTP", served.times, PAGE.get(name), SLOW_PAGE.get(name)),
            Figure("memory of the server, three processes", served.megabytes, "MB"),
        ]
    )
    _say_by_group(served.times)
    ranks = archive.module("benchmarks.searching.known_items", str(volumes))
    figures += told(_of_ranks(ranks))
    return Found(name, documents, served.times, **ranks)


def _of_times(
    what: str, times: Times, bar: float | None = None, slow_bar: float | None = None, cold: bool = True
) -> list[Figure]:
    figures = [
        Figure(f"{what}: median", times.median, "ms", bar),
        Figure("    95th percentile", times.slow, "ms", slow_bar),
        Figure("    asked for the first time: median", statistics.median(times.cold), "ms"),
    ]
    return figures if cold else figures[:2]


def _of_ranks(ranks: Mapping[str, Mapping[str, float]]) -> list[Figure]:
    """Mean reciprocal ranks in thousandths: of all, of the volume that the weights were chosen by, of the others."""
    plain, own = ranks["plain"], ranks["own"]
    figures = []
    for which, chosen in (
        ("", list(own)),
        (f", {CHOSEN_BY} alone", [slug for slug in own if slug.startswith(CHOSEN_BY)]),
        (f", without {CHOSEN_BY}", [slug for slug in own if not slug.startswith(CHOSEN_BY)]),
    ):
        if chosen:
            before, after = (statistics.mean(each[slug] for slug in chosen) for each in (plain, own))
            figures += [
                Figure(f"{len(chosen)} abstracts{which}: plain BM25", 1000 * before, "/1000"),
                Figure("    ranked as readers see it", 1000 * after, "/1000"),
                Figure("    compared", 100 * after / before, "%", least=None if which else 100 * TIMES_AS_GOOD),
            ]
    return figures


def _of_plain(beside: Mapping[str, Any]) -> list[Figure]:
    figures = []
    for name in ("PostgreSQL", "SQLite FTS5"):
        found = beside[name]
        _say(f"\n{name}, plain: {len(beside['places'])} of the queries, which it has words for")
        figures += told(
            [
                Figure("index: the same texts", found["seconds"], "s"),
                Figure("    its size, texts included", found["megabytes"], "MB"),
                *_of_times("first 20 and how many", Times(**found["times"])),
                Figure(f"{len(found['ranks'])} abstracts", 1000 * statistics.mean(found["ranks"].values()), "/1000"),
            ]
        )
    return figures


def _compared(found: Sequence[Found], beside: Mapping[str, Any]) -> list[Figure]:
    _say("\nCompared")
    plain = Times(**beside["PostgreSQL"]["times"]).median
    figures = []
    for each in found:
        median = statistics.median(each.documents.warm[place] for place in beside["places"])
        bar = TIMES_AS_FAST if each.engine == TANTIVY else None
        figures.append(
            Figure(f"{each.engine}: times as fast as PostgreSQL, same queries", plain / median, "", least=bar)
        )
    if len(found) > 1:
        means = [statistics.mean(each.own.values()) for each in found]
        apart = 100 * (max(means) / min(means) - 1)
        figures.append(Figure("the engines' mean reciprocal ranks are apart", apart, "%", PERCENT_APART))
    return figures


def _growth(small: Archive, volumes: Path, large: Times) -> list[Figure]:
    chosen = sorted(volumes.glob("*.xml"))[::ONE_IN]
    _say(f"\n{len(chosen)} of the volumes alone, tantivy")
    small = small.with_engine(TANTIVY)
    small.fill(chosen)
    small.manage("refresh_index", "--rebuild")
    times = pages.measure(small).times
    return told(
        [
            *_of_times("page through HTTP", times),
            Figure("all volumes take so many times as long", large.median / times.median, "", TIMES_AS_SLOW),
        ]
    )


def _say_by_group(times: Times) -> None:
    groups: dict[str, list[float]] = {}
    for query, milliseconds in zip(recorded(), times.warm, strict=True):
        groups.setdefault(query.group, []).append(milliseconds)
    for group, found in groups.items():
        _say(f"    {group:56} {statistics.median(found):8.1f} ms, slowest {max(found):.1f} ms")


def _versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("tantivy", "Whoosh-Reloaded", "opensearch-py", "Django"))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - this is what the program is for


if __name__ == "__main__":
    main()
