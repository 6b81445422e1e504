"""Several processes write and read at once, as web workers and an import do: nothing is lost, nothing is refused."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from uuid import uuid4

import haystack
import pytest
from django.core.management import call_command
from django.db import transaction
from haystack.query import SearchQuerySet

from archive.environment import ENGINES
from documents.models import Document
from documents.signals import in_bulk
from search.indexing.building import Progress
from search.indexing.refreshing import refresh
from search.language.reading import read
from search.models import Pending
from tests.search import writing

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 12
WRITERS = 5


@pytest.fixture(params=list(ENGINES), autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Has Haystack use each engine in turn, without an index."""
    options = {"ENGINE": ENGINES[request.param], "SILENTLY_FAIL": False, "PATH": str(tmp_path)}
    if request.param == "opensearch":
        cluster = request.getfixturevalue("opensearch_cluster")
        options |= {"URL": cluster.url, "INDEX_NAME": f"together-{uuid4().hex[:12]}"}
    monkeypatch.setitem(haystack.connections.connections_info, "default", options)
    haystack.connections.reload("default")
    yield request.param
    haystack.connections["default"].get_backend().discard()
    monkeypatch.undo()
    haystack.connections.reload("default")


def _check() -> str:
    out = StringIO()
    call_command("check_index", dry_run=True, stdout=out)
    return out.getvalue()


def test_nothing_is_lost() -> None:
    writing.prepare(WRITERS)
    refresh()
    works = [partial(writing.write, number, SECONDS) for number in range(WRITERS)]
    works += [partial(writing.look, SECONDS)] * 2 + [partial(_rebuild, SECONDS)]

    assert writing.together(works, SECONDS + 60) == [0] * len(works)
    haystack.connections.reload("default")
    assert _check().startswith("The search index agrees with the database")
    assert not Pending.objects.exists()
    for document in Document.objects.filter(slug__startswith="own"):
        state = document.passages.get().text
        assert SearchQuerySet().models(Document).filter(content=read(f"text:{state}").query).count() == 1


def _rebuild(seconds: float) -> None:
    refresh(rebuild=True)


def _die(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_build_whose_process_is_killed_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.indexing.building.PORTION", 4)
    monkeypatch.setattr("search.indexing.building.LAST", 0)
    with in_bulk():
        writing.prepare(3)

    assert writing.together([partial(refresh, say=_die)], 60) == [-signal.SIGKILL]
    haystack.connections.reload("default")
    said: list[Progress] = []
    assert str(refresh(say=said.append)) == "Search index built: 10 documents."
    assert said[0].done > 4
    assert _check().startswith("The search index agrees with the database")


def test_two_that_start_at_once_build_once() -> None:
    with in_bulk():
        writing.prepare(3)

    assert writing.together([refresh, refresh, refresh], 60) == [0, 0, 0]
    haystack.connections.reload("default")
    assert str(refresh()) == "Search index up to date: 10 documents."


def test_an_edit_is_found_when_its_request_ends() -> None:
    writing.prepare(1)
    for state in ("first", "second"):
        with transaction.atomic():
            document = Document.objects.get(slug="own0")
            document.passages.update(text=state)
            document.save()
        assert SearchQuerySet().models(Document).filter(content=state).count() == 1
