"""The archive's commands, run as a person runs them: in a process of their own, with a bare environment."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.environment import ROOT

SECONDS_TO_START = 60


def bare_environment(**variables: str) -> dict[str, str]:
    """Returns hardly more than a login has, and what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **variables}


def manage(*arguments: str, environment: Mapping[str, str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs ``manage.py`` to its end."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=SECONDS_TO_START, check=False, **options
    )


def is_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    """Says whether a command failed as it should: one line on its error output, an exit code that tells."""
    said = done.stderr.strip()
    return done.returncode != 0 and "\n" not in said and said.endswith(".") and "Traceback" not in said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """``manage.py serve`` in a process of its own, until ``stop``."""

    def __init__(self, data: Path, **variables: str) -> None:
        self.port = free_port()
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve"],
            env=bare_environment(ARCHIVE_DATA=str(data), PORT=str(self.port), **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = self._read_until_open()
        self.seconds = time.monotonic() - began

    def _read_until_open(self) -> str:
        said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if "is open at" in line:
                return said
        raise AssertionError(f"The server ended before it was open:\n{said}")

    def get(self, path: str, host: str = "localhost", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers={"Host": f"{host}:{self.port}", **headers})
        return connection.getresponse()

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ends the server with that signal and returns its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        assert self.process.stdout
        self.process.stdout.close()
        return code


@dataclass(frozen=True)
class Process:
    pid: int
    command: str


def running(data: Path) -> list[Process]:
    """Returns the processes that name the data folder in their command line or their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:  # it has ended
            continue
        if int(process.name) != os.getpid() and (os.fsencode(data) in line or os.fsencode(data) in environment):
            found.append(Process(int(process.name), line.replace(b"\0", b" ").decode()))
    return found
