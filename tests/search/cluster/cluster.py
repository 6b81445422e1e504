"""Several OpenSearch nodes that are one cluster, each a process of its own, so that one can be killed."""

from __future__ import annotations

import os
import random
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

from tests.search.cluster.node import ClusterError, Node, compile_main

SECONDS_TO_WAIT = 120
#: Below those that the system gives to outgoing connections, one of which could take the port of a killed node.
PORTS = range(20_000, 32_000)


def classpath() -> str | None:
    """Returns the paths of a node's jars, where ``OPENSEARCH_CLASSPATH`` names a file of them and Java is there."""
    file = Path(os.environ.get("OPENSEARCH_CLASSPATH", ""))
    return file.read_text().strip() if shutil.which("java") and file.is_file() else None


class Cluster:
    """Running nodes, numbered from 1. Their data, settings and logs are in a folder that goes when they stop.

    The nodes end with the process that started them, however that ends.
    """

    def __init__(self, folder: Path, nodes: list[Node]) -> None:
        self._folder = folder
        self._nodes = nodes

    @classmethod
    def start(cls, nodes: int = 3) -> Cluster:
        """Starts a new cluster without any index, and returns it when all its nodes are in it.

        Raises ``ClusterError``: there are no jars, or a node did not start, with the end of its log.
        """
        jars = classpath()
        if jars is None:
            raise ClusterError("OpenSearch needs Java, and OPENSEARCH_CLASSPATH with the path of a file of its jars.")
        folder = Path(tempfile.mkdtemp(prefix="archive-opensearch-"))
        ports = _free_ports(2 * nodes)
        cluster = cls(folder, [Node(number, folder, ports.pop(), ports.pop()) for number in range(1, nodes + 1)])
        try:
            cluster._start_all(jars)
        except BaseException:
            cluster.stop()
            raise
        return cluster

    def _start_all(self, jars: str) -> None:
        compiled = compile_main(jars, self._folder)
        for node in self._nodes:
            node.configure(self._nodes, f"{compiled}{os.pathsep}{jars}")
            node.start()
        self._until(self._all_vote, "complete")
        self.wait()

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes in the order of their numbers, whether they run or not."""
        return [node.url for node in self._nodes]

    @property
    def url(self) -> str:
        """The same addresses, joined by commas."""
        return ",".join(self.urls)

    def manager(self) -> int:
        """Returns the number of the node that manages the cluster, whose death is the hardest to bear."""
        elected = self._ask("/_cat/cluster_manager?format=json")[0]["node"]
        return next(node.number for node in self._nodes if node.name == elected)

    def kill(self, number: int) -> None:
        """Kills the process of that node (SIGKILL: it takes leave of nobody) and returns when it is gone."""
        self._nodes[number - 1].kill()

    def restart(self, number: int) -> None:
        """Starts that node again, with the data it had, and returns when every shard is in its place."""
        self._nodes[number - 1].start()
        self.wait()

    @contextmanager
    def without(self, number: int) -> Iterator[None]:
        """Kills that node, and restarts it at the end, so that whoever comes next has the whole cluster."""
        self.kill(number)
        try:
            yield
        finally:
            self.restart(number)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Kills all nodes that run, and restarts all at the end, with the data they had."""
        for node in self._nodes:
            node.kill()
        try:
            yield
        finally:
            for node in self._nodes:
                node.start()
            self.wait()

    def wait(self, status: Literal["yellow", "green"] = "green") -> None:
        """Waits until the nodes that run, and no others, are in the cluster and the indexes have that status.

        Yellow means that all can be searched, green that their replicas are there too. Raises ``ClusterError`` with the
        ends of the logs when a node has ended by itself, or after two minutes.
        """
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(self._running())}&timeout=1s"
        self._until(lambda: not self._ask(path)["timed_out"], status)

    def stop(self) -> None:
        """Ends all nodes and removes their folder; a second time it does nothing."""
        for node in self._nodes:
            node.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _running(self) -> list[Node]:
        return [node for node in self._nodes if node.is_running()]

    def _ask(self, path: str) -> Any:
        for node in self._running():
            return node.ask(path)
        raise ClusterError(f"No node runs.\n{_logs(self._nodes)}")

    def _all_vote(self) -> bool:
        """Says whether each node knows that enough nodes have a vote for the others to do without any one of them.

        That comes a moment after they join: a manager killed in between leaves a cluster without a quorum.
        """
        voters = (len(self._nodes) - 1) | 1  # an odd number has a vote
        return all(node.voters() >= voters for node in self._nodes)

    def _until(self, is_so: Callable[[], bool], wanted: str) -> None:
        until = time.monotonic() + SECONDS_TO_WAIT
        while not _holds(is_so):
            if failed := [node for node in self._nodes if node.has_failed()]:
                raise ClusterError(f"A node has ended.\n{_logs(failed)}")
            if time.monotonic() > until:
                raise ClusterError(f"The cluster is not {wanted} after {SECONDS_TO_WAIT} s.\n{_logs(self._nodes)}")
            time.sleep(0.1)


def _holds(is_so: Callable[[], bool]) -> bool:
    try:
        return is_so()
    except OSError:  # a node is not open yet, or answers with an error: a 408 for a health that is not reached in time
        return False


def _logs(nodes: list[Node]) -> str:
    return "\n\n".join(node.end_of_log() for node in nodes)


def _free_ports(count: int) -> list[int]:
    """Returns different ports that nobody listens on."""
    found: list[int] = []
    with ExitStack() as held:
        for port in random.sample(PORTS, len(PORTS)):
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
            if len(found) == count:
                return found
    raise ClusterError(f"{count} free ports are needed, and there are {len(found)}.")
