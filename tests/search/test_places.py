"""Indexes on this machine do not pile up."""

from __future__ import annotations

import os
from pathlib import Path

from search.engines.places import Place


def made(folder: Path, at: int) -> Place:
    """An index that was built and put in its place at this time."""
    place = Place(folder)
    place.make(building=True)
    place.switch()
    os.utime(folder / "current", (at, at))
    return place


def test_of_the_indexes_of_other_versions_the_last_one_stays_for_processes_that_still_answer(tmp_path: Path) -> None:
    for number, name in enumerate(("tantivy-1", "tantivy-2", "tantivy-3")):
        made(tmp_path / name, 1000 + number)

    assert {path.name for path in tmp_path.iterdir()} == {"tantivy-2", "tantivy-3"}


def test_the_indexes_of_another_engine_stay(tmp_path: Path) -> None:
    for number, name in enumerate(("whoosh-1", "whoosh-2", "tantivy-1", "tantivy-2")):
        made(tmp_path / name, 1000 + number)

    assert {path.name for path in tmp_path.iterdir()} == {"whoosh-1", "whoosh-2", "tantivy-1", "tantivy-2"}
