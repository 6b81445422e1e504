"""The cluster of the tests is a real one: what one node had, the others have."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from opensearchpy import OpenSearch
from opensearchpy.helpers import bulk

from archive.environment import ROOT
from tests.search.cluster.cluster import Cluster, classpath
from tests.search.cluster.node import ClusterError
from tests.setup.commands import Process, running

INDEX = "letters"
EVERY_LETTER = {str(number) for number in range(100)}
START_AND_WAIT = """
from tests.search.cluster.cluster import Cluster
cluster = Cluster.start(nodes=1)
print("started", flush=True)
input()
"""


@pytest.fixture
def client(opensearch_cluster: Cluster) -> Iterator[OpenSearch]:
    """A client of the cluster, in whose index each letter has one replica."""
    with OpenSearch(opensearch_cluster.urls) as client:
        client.indices.create(index=INDEX, body={"settings": {"number_of_shards": 3, "number_of_replicas": 1}})
        letters = ({"_index": INDEX, "_id": number, "text": "a letter"} for number in EVERY_LETTER)
        bulk(client, letters, refresh=True)
        opensearch_cluster.wait("green")
        yield client
        client.indices.delete(index=INDEX)


def found(client: OpenSearch) -> set[str]:
    answer = client.search(index=INDEX, body={"query": {"match": {"text": "letter"}}}, size=len(EVERY_LETTER))
    assert answer["_shards"]["failed"] == 0
    return {hit["_id"] for hit in answer["hits"]["hits"]}


def test_all_is_found_whichever_node_is_killed(opensearch_cluster: Cluster, client: OpenSearch) -> None:
    manager = opensearch_cluster.manager()
    for number in (manager, manager % 3 + 1):
        with opensearch_cluster.without(number):
            assert found(client) == EVERY_LETTER, "right after its death"
            opensearch_cluster.wait("yellow")
            assert found(client) == EVERY_LETTER, "when the others have noticed"
            assert client.cluster.health()["number_of_nodes"] == 2


def test_it_says_why_it_does_not_start(
    opensearch_cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jars = str(classpath()).split(os.pathsep)
    (tmp_path / "classpath").write_text(os.pathsep.join(jar for jar in jars if "snakeyaml" not in jar))
    monkeypatch.setenv("OPENSEARCH_CLASSPATH", str(tmp_path / "classpath"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(ClusterError, match=r"node-1:\n(.*\n)*.*NoClassDefFoundError: org/yaml/snakeyaml"):
        Cluster.start(nodes=1)

    assert not running(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["classpath"]


def test_the_nodes_end_with_the_process_that_started_them(opensearch_cluster: Cluster, tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"started\n"
        assert [node for node in running(tmp_path) if node.pid != process.pid]
        process.send_signal(signal.SIGKILL)

    assert not after_a_while(tmp_path)


def after_a_while(folder: Path) -> list[Process]:
    until = time.monotonic() + 20
    while (left := running(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return left
