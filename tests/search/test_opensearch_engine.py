"""What is OpenSearch's own: nodes gone or silent, long answers, large queries, and indexes of several versions."""

from __future__ import annotations

import socket
import time
import traceback
from collections.abc import Iterator
from uuid import uuid4

import haystack
import pytest
from django.core.management import call_command
from django.test import Client
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet
from opensearchpy import OpenSearch

from documents.models import Collection, Document
from search.analysis import analyzed
from search.engines import opensearch, opensearch_writing
from search.engines.opensearch import OpenSearchBackend
from search.fields import ALL, BEST, Shelf
from search.indexing.entries import Entry
from search.language.reading import read
from search.models import Pending
from search.query import And, Choice, Everything, Exact, Fuzzy, Not, Or, Phrase, Prefix, Query, Wildcard, Word
from tests.search.asking import ask
from tests.search.cluster.cluster import Cluster
from tests.search.conftest import Commit, MakeDocument
from tests.search.contract.conftest import write
from tests.search.contract.corpus import document, entries

#: More than a cluster gives in one answer, and more values than are counted at once.
MANY = 10_050


@pytest.fixture(scope="module")
def name(opensearch_cluster: Cluster) -> Iterator[str]:
    """What the indexes of these tests are called."""
    made = f"own-{uuid4().hex[:8]}"
    yield made
    with OpenSearch(opensearch_cluster.urls) as client:
        client.indices.delete(index=f"{made}*", allow_no_indices=True)


@pytest.fixture
def backend(opensearch_cluster: Cluster, name: str) -> Iterator[OpenSearchBackend]:
    made = at(opensearch_cluster.url, f"{name}-{uuid4().hex[:8]}")
    yield made
    for building in (False, True):
        made.discard(building)


@pytest.fixture
def site(
    opensearch_cluster: Cluster, name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Collection]:
    """The archive with its first collection, which is searched by the cluster."""
    options = {"ENGINE": "search.engines.opensearch.OpenSearchEngine", "SILENTLY_FAIL": False}
    options |= {"URL": opensearch_cluster.url, "INDEX_NAME": f"{name}-{uuid4().hex[:8]}"}
    monkeypatch.setitem(haystack.connections.connections_info, "default", options)
    haystack.connections.reload("default")
    collection = request.getfixturevalue("space_exchange")
    call_command("refresh_index", verbosity=0)
    opensearch_cluster.wait()
    yield collection
    haystack.connections["default"].get_backend().discard()
    monkeypatch.undo()
    haystack.connections.reload("default")


def at(url: str, name: str, **options: object) -> OpenSearchBackend:
    return OpenSearchBackend("default", URL=url, INDEX_NAME=name, SILENTLY_FAIL=False, **options)


def small(number: int) -> Entry:
    """An entry of a few words with values of its own."""
    place = f"{number:06}"
    values = {"type": ("note",), "unit": (f"document.{number}",), "from": (f"person-{number}",)}
    words = {ALL: analyzed("even" if number % 2 == 0 else "odd")}
    return Entry(Shelf.PIECES, f"documents.footnote.{number}", words, values, place=place, oldest=place, newest=place)


@pytest.fixture(scope="module")
def many(opensearch_cluster: Cluster, name: str) -> OpenSearchBackend:
    """An index with very many entries, and a document of all kinds of words."""
    made = at(opensearch_cluster.url, f"{name}-many")
    with made.writing(building=True) as writer:
        for number in range(MANY):
            writer.add(small(number))
        for entry in entries(document(1, " ".join(f"word{number}" for number in range(1500)))):
            writer.add(entry)
    made.switch()
    return made


def keys(backend: OpenSearchBackend, query: Query, shelf: Shelf = Shelf.DOCUMENTS) -> set[str]:
    return {hit.key for hit in backend.top(shelf, query, (), BEST, 20_000).hits}


# Nodes


def test_with_one_node_killed_the_site_answers_and_a_change_is_found(
    opensearch_cluster: Cluster, site: Collection, client: Client, make_document: MakeDocument, commit: Commit
) -> None:
    before = ask(client, "space").total
    manager = opensearch_cluster.manager()

    for number in (manager, manager % 3 + 1):
        with opensearch_cluster.without(number):
            assert ask(client, "space").total == before > 0
            with commit():
                make_document(f"after-{number}", f"zebra{number}")
            assert ask(client, f"zebra{number}").total == 1
            assert not Pending.objects.exists()


def test_with_all_nodes_gone_only_searching_stops_and_the_index_catches_up(
    opensearch_cluster: Cluster,
    site: Collection,
    client: Client,
    make_document: MakeDocument,
    commit: Commit,
    caplog: pytest.LogCaptureFixture,
) -> None:
    read_one = Document.objects.get(slug="nsam-129").get_absolute_url()
    with opensearch_cluster.gone():
        began = time.monotonic()
        answer = ask(client, "space")
        with commit():
            make_document("later", "zebra")

        assert (answer.status, "The search is not working at the moment" in answer.words) == (503, True)
        assert client.get(read_one).status_code == 200
        assert time.monotonic() - began < 10
        assert "No node of the search cluster answers (127.0.0.1:" in caplog.text
        assert Pending.objects.exists()

    call_command("refresh_index", verbosity=0)

    assert ask(client, "zebra").total == 1
    assert not Pending.objects.exists()


def test_a_silent_node_is_passed_over(opensearch_cluster: Cluster, backend: OpenSearchBackend) -> None:
    write(backend, entries(document(1, "space")))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        urls = f"http://127.0.0.1:{silent.getsockname()[1]},{opensearch_cluster.urls[0]}"
        patient = at(urls, backend._name, TIMEOUT=1)
        for _ in range(4):
            began = time.monotonic()
            assert patient.top(Shelf.DOCUMENTS, Word("space"), (), BEST, 10).total == 1
            assert time.monotonic() - began < 4

        with pytest.raises(SearchBackendError, match="does not answer in time"):
            at(urls.partition(",")[0], backend._name, TIMEOUT=0.3).top(Shelf.PIECES, Everything(), (), BEST, 1)


def test_no_error_has_the_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    backend = at(f"http://reader:hunter2@127.0.0.1:{port},https://reader:hunter2@localhost:{port}", "none")

    for ask_it in (backend.held, backend.switch, lambda: backend.words("a", 1), lambda: write(backend, [])):
        with pytest.raises(SearchBackendError, match=rf"No node .* \(127.0.0.1:{port}, localhost:{port}\)") as refused:
            ask_it()
        assert "hunter2" not in "".join(traceback.format_exception(refused.value))


# Long answers


def test_all_results_are_had_however_many(many: OpenSearchBackend) -> None:
    found = many.top(Shelf.PIECES, Or((Word("even"), Word("odd"))), (), "place", 20_000)

    assert found.total == MANY
    assert [hit.order for hit in found.hits] == [f"{number:06}" for number in range(MANY)]
    assert len(many.top(Shelf.PIECES, Word("even"), (), BEST, MANY - 1).hits) == MANY // 2
    assert len(list(many.keys())) == MANY + 2


def test_all_values_are_counted_however_many(many: OpenSearchBackend) -> None:
    counts = many.counts(Shelf.PIECES, Word("even"), (), ["from", "type"])

    assert counts["from"] == {f"person-{number}": 1 for number in range(0, MANY, 2)}
    assert counts["type"] == {"note": MANY // 2}


# Large queries


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (And(tuple(Word(f"word{number}") for number in range(1500))), True),
        (And(tuple(Word(f"word{number}") for number in range(1501))), False),
        (Or(tuple(Word(f"none{number}") for number in range(3000))), False),
        (Or((*(Word(f"none{number}") for number in range(3000)), Word("word7"))), True),
        (And((Word("word1"), *(Not(Word(f"none{number}")) for number in range(2000)))), True),
        (And((Word("word1"), *(Not(Word(f"word{number}")) for number in range(7, 2000)))), False),
        (Phrase(tuple(f"word{number}" for number in range(60)), slop=3), True),
        (Phrase(tuple(f"word{number}" for number in reversed(range(60))), slop=3), False),
        (And(tuple(Or((Word(f"word{n}"), Not(And((Word(f"none{n}"), Word("x")))))) for n in range(900))), True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Query) else "",
)
def test_a_query_of_very_many_words_is_run(many: OpenSearchBackend, query: Query, found: bool) -> None:
    assert keys(many, query) == ({"documents.document.1"} if found else set())
    assert bool(many.counts(Shelf.DOCUMENTS, query, (), ["type"])["type"]) == found


@pytest.mark.parametrize(
    "query",
    [
        Wildcard("wo*x" + "?" * 30),
        Wildcard("wo*" + "r?" * 40),
        Wildcard("wo" + "*r?" * 3000),
        Wildcard("wo" + "?" * 5000),
        Prefix("w" * 5000),
        Fuzzy("w" * 5000, distance=2),
        Word("w" * 50_000),
        Exact("w" * 50_000),
        Phrase(("w" * 5000, "word1"), slop=15),
        Choice("from", tuple(map(str, range(70_000)))),
    ],
    ids=lambda query: type(query).__name__,
)
def test_no_word_or_pattern_is_too_much(many: OpenSearchBackend, query: Query) -> None:
    assert keys(many, query) == set()


def test_words_of_any_length_can_be_written(backend: OpenSearchBackend) -> None:
    write(backend, entries(document(1, "space " + "ä" * 40_000, title="t" * 9000)))

    assert keys(backend, Word("space")) == {"documents.document.1"}


# Indexes


def test_a_new_index_removes_the_old_one_but_that_of_another_version(
    opensearch_cluster: Cluster, backend: OpenSearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def indexes() -> set[str]:
        return {index.removeprefix(f"{backend._name}-") for index in client.indices.get(index=f"{backend._name}-*")}

    other = at(opensearch_cluster.url, f"{backend._name}-two")
    with OpenSearch(opensearch_cluster.urls) as client:
        write(other, entries(document(1, "space")))
        for version in ("aaa", "bbb", "ccc"):
            monkeypatch.setattr(opensearch, "_version", lambda version=version: version)
            for _ in range(2):
                write(backend, entries(document(1, "space")), building=True)
                backend.switch()
        kept = {f"{version}-{shelf}" for version in ("bbb-4", "ccc-6") for shelf in Shelf}
        assert {index for index in indexes() if not index.startswith("two-")} == kept
        monkeypatch.setattr(opensearch, "_version", lambda: "bbb")
        assert keys(backend, Word("space")) == {"documents.document.1"}
        backend.discard()
        monkeypatch.undo()
        assert keys(other, Word("space")) == {"documents.document.1"}
        other.discard()


def test_an_index_that_answers_has_a_replica(opensearch_cluster: Cluster, backend: OpenSearchBackend) -> None:
    write(backend, entries(document(1, "space")), building=True)
    backend.switch()

    with OpenSearch(opensearch_cluster.urls) as client:
        shards = client.cat.shards(index=f"{backend._name}-*", format="json")
    assert sorted(shard["prirep"] for shard in shards) == ["p", "p", "r", "r"]
    assert {shard["state"] for shard in shards} <= {"STARTED", "RELOCATING"}  # a shard that moves still answers


def test_what_a_killed_writer_left_has_no_stamp(backend: OpenSearchBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opensearch_writing, "PORTION", 1)
    first, second = entries(document(1, "space", notes=("a", "b"))), entries(document(2, "space", notes=("c", "d")))

    with pytest.raises(KeyboardInterrupt), backend.writing(building=True) as writer:
        for entry in [*first, *second[:2]]:
            writer.add(entry)
        raise KeyboardInterrupt

    assert backend.held(building=True) == {"document.1": "stamped"}
    write(backend, second, building=True)
    backend.switch()
    assert backend.held() == {"document.1": "stamped", "document.2": "stamped"}
    assert sorted(backend.keys()) == sorted((entry.unit, entry.key) for entry in [*first, *second])


def test_without_an_index_nothing_is_put_in_place(backend: OpenSearchBackend) -> None:
    with pytest.raises(SearchBackendError, match="no search index that was built"):
        backend.switch()


def test_words_found_by_haystack_are_those_of_the_cluster(site: Collection) -> None:
    assert SearchQuerySet().filter(content=read("space").query).count() > 3
