"""One OpenSearch node: its folder, its settings and its process."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MAIN = Path(__file__).with_name("ClusterNode.java")
#: A small heap, and nothing that makes a long-lived server fast at the cost of its start.
JAVA = (
    "java",
    "-Xms256m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
)
LINES_OF_LOG = 40
SECONDS_TO_ANSWER = 60


class ClusterError(Exception):
    """A cluster or a node of it did not start; the message has the end of the node's log."""


def compile_main(classpath: str, folder: Path) -> Path:
    """Compiles the main class of a node and returns the folder it is in. A Java runtime can do it: no JDK is needed."""
    classes = folder / "classes"
    command = ["java", "-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", classpath, "-d", str(classes), str(MAIN)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise ClusterError(f"{MAIN.name} does not compile:\n{done.stdout}")
    return classes


class Node:
    """A node on loopback, which runs between ``start`` and ``kill`` and keeps its data in between."""

    def __init__(self, number: int, folder: Path, http_port: int, transport_port: int) -> None:
        self.number = number
        self.name = f"node-{number}"
        self.url = f"http://127.0.0.1:{http_port}"
        self._http_port = http_port
        self._transport_port = transport_port
        self._folder = folder / self.name
        self._classpath = ""
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, nodes: Sequence[Node], classpath: str) -> None:
        """Writes the settings of this node, one of those given, which all find each other."""
        self._classpath = classpath
        (self._folder / "config").mkdir(parents=True)
        (self._folder / "tmp").mkdir()
        (self._folder / "config" / "log4j2.properties").write_text(LOGGING)
        # JSON is YAML.
        (self._folder / "config" / "opensearch.yml").write_text(json.dumps(self._settings(nodes), indent=1))

    def _settings(self, nodes: Sequence[Node]) -> dict[str, object]:
        return {
            "cluster.name": "archive-tests",
            "node.name": self.name,
            "network.host": "127.0.0.1",
            "http.port": self._http_port,
            "transport.port": self._transport_port,
            "discovery.seed_hosts": [f"127.0.0.1:{node._transport_port}" for node in nodes],
            "cluster.initial_cluster_manager_nodes": [node.name for node in nodes],
            # A disk that is nearly full would make the indexes read-only.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }

    def start(self) -> None:
        """Starts the process, unless it runs, and does not wait for it to be ready."""
        if self.is_running():
            return
        command = [
            *JAVA,
            f"-Djava.io.tmpdir={self._folder / 'tmp'}",
            f"-Dlog4j2.configurationFile={self._folder / 'config' / 'log4j2.properties'}",
            *("-cp", self._classpath, MAIN.stem, str(self._folder)),
        ]
        with self._log.open("ab") as log:
            # The node ends when this pipe does, that is, with the process that holds its other end.
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)

    def kill(self) -> None:
        """Kills the process (SIGKILL) and returns when it is gone; without one it does nothing."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def has_failed(self) -> bool:
        """Says whether the process has ended without being killed."""
        return self._process is not None and self._process.poll() is not None

    def ask(self, path: str) -> Any:
        """Returns the node's answer to a GET. Raises ``OSError`` where it gives none, or one that is an error."""
        with urllib.request.urlopen(self.url + path, timeout=SECONDS_TO_ANSWER) as answer:
            return json.load(answer)

    def voters(self) -> int:
        """Returns how many nodes have a vote in the election of a manager, as far as this node knows."""
        state = self.ask("/_cluster/state/metadata?local=true&filter_path=metadata.cluster_coordination")
        return len(state["metadata"]["cluster_coordination"]["last_committed_config"])

    def end_of_log(self) -> str:
        """Returns the last lines that the node wrote, in all its lives, under its name."""
        lines = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
        return "\n".join([f"{self.name}:", *lines[-LINES_OF_LOG:]])

    @property
    def _log(self) -> Path:
        return self._folder / "log"


LOGGING = """\
status = error
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %c{1} %m%n
"""
