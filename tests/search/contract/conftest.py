"""An engine of each kind, empty or with the made-up entries in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import haystack
import pytest
from haystack.utils.loading import import_class

from archive.environment import ENGINES
from search.engines.backend import Backend
from search.indexing.entries import Entry
from tests.search.contract import corpus
from tests.search.contract.reference import Reference

Options = dict[str, Any]


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine; a test that asks for it runs once with each."""
    return request.param


@pytest.fixture(scope="module")
def options(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Options]:
    """Gives the settings of a connection to an index that is not there yet, another one each time."""

    def fresh() -> Options:
        shared = {"ENGINE": ENGINES[engine], "SILENTLY_FAIL": False}
        if engine == "opensearch":
            cluster = request.getfixturevalue("opensearch_cluster")
            return {**shared, "URL": cluster.url, "INDEX_NAME": f"contract-{uuid4().hex[:12]}"}
        return {**shared, "PATH": str(tmp_path_factory.mktemp(engine))}

    return fresh


@pytest.fixture(scope="module")
def opened(options: Callable[[], Options]) -> Iterator[Callable[[Options], Backend]]:
    """Gives a backend for the settings of a connection, as each process has one. The indexes go with the test."""
    made = []

    def open_one(asked: Options) -> Backend:
        made.append(import_class(asked["ENGINE"]).backend("default", **asked))
        return made[-1]

    yield open_one
    for backend in made:
        for building in (False, True):
            backend.discard(building)


@pytest.fixture
def backend(options: Callable[[], Options], opened: Callable[[Options], Backend]) -> Backend:
    """An engine without an index."""
    return opened(options())


@pytest.fixture(scope="module")
def made_up() -> list[Entry]:
    return corpus.many()


@pytest.fixture(scope="module")
def full(options: Callable[[], Options], opened: Callable[[Options], Backend], made_up: list[Entry]) -> Backend:
    """An engine with all made-up entries, written in several steps. No test changes it."""
    found = opened(options())
    units = list(dict.fromkeys(entry.unit for entry in made_up))
    for start in range(0, len(units), 12):
        write(found, corpus.of_units(made_up, units[start : start + 12]))
    return found


@pytest.fixture(scope="module")
def reference(made_up: list[Entry]) -> Reference:
    return Reference(made_up)


@pytest.fixture
def searched(options: Callable[[], Options], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path | None]:
    """Has Haystack use the engine, without an index, for all that the archive does."""
    monkeypatch.setitem(haystack.connections.connections_info, "default", options())
    haystack.connections.reload("default")
    yield None
    haystack.connections["default"].get_backend().discard()
    monkeypatch.undo()
    haystack.connections.reload("default")


def write(backend: Backend, entries: Iterable[Entry], building: bool = False) -> None:
    """Replaces what the index has of the units of these entries."""
    entries = list(entries)
    with backend.writing(building) as writer:
        for unit in dict.fromkeys(entry.unit for entry in entries):
            writer.remove(unit)
        for entry in entries:
            writer.add(entry)
