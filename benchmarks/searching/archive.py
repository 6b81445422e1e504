"""The archive that is searched: in a folder made for it, which goes at the end, with any of the engines."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from archive.database import embedded
from archive.environment import ROOT
from tests.setup.commands import Served, bare_environment

INTERVAL = 0.2
_IN_DJANGO = "import django; django.setup(); from runpy import run_module; run_module({!r}, run_name='__main__')"


@dataclass(frozen=True)
class Ran:
    """What a command said, and the seconds and the most megabytes that it took."""

    said: str
    seconds: float
    megabytes: float


@dataclass
class Archive:
    """``database`` is the address of one that has the volumes; without it, the archive has a server of its own."""

    folder: Path
    database: str = ""
    search: Mapping[str, str] = field(default_factory=dict)

    def fill(self, volumes: Iterable[Path]) -> None:
        """Imports the volumes, unless the database has them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate")
        if not self.database:
            embedded.start(self.folder / "database")
            self.manage("import_documents", *map(str, volumes), "--processes=2", "--no-index")

    def with_engine(self, engine: str, **settings: str) -> Archive:
        """The same archive, searched by that engine."""
        return Archive(self.folder, self.database, {"SEARCH_ENGINE": engine, **settings})

    @property
    def environment(self) -> dict[str, str]:
        database = {"DATABASE_URL": self.database} if self.database else {}
        return bare_environment(
            ARCHIVE_DATA=str(self.folder), DJANGO_SETTINGS_MODULE="archive.settings", **database, **self.search
        )

    def manage(self, *arguments: str) -> Ran:
        """Runs a command of the archive to its end."""
        return self._run([sys.executable, str(ROOT / "manage.py"), *arguments])

    def module(self, name: str, *arguments: str) -> Any:
        """Runs a module in a new process that has Django set up; returns the JSON that it ends with."""
        done = self._run([sys.executable, "-c", _IN_DJANGO.format(name), *arguments])
        return json.loads(done.said.splitlines()[-1])

    def served(self) -> Served:
        settings = {name: value for name, value in self.environment.items() if name not in ("PATH", "HOME", "LANG")}
        return Served(Path(settings.pop("ARCHIVE_DATA")), **settings)

    def size_of_index(self) -> float:
        """Megabytes of the index on this machine."""
        files = [file for file in (self.folder / "index").rglob("*") if file.is_file()]
        return sum(file.stat().st_size for file in files) / 1e6

    def stop(self) -> None:
        if not self.database:
            embedded.stop(self.folder / "database")

    def _run(self, command: list[str]) -> Ran:
        began, most = time.monotonic(), 0.0
        with tempfile.TemporaryFile("w+") as said:
            process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=said)
            while process.poll() is None:
                most = max(most, megabytes(process.pid))
                time.sleep(INTERVAL)
            if process.returncode:
                raise RuntimeError(f"{' '.join(command[1:3])} failed.")
            said.seek(0)
            return Ran(said.read(), time.monotonic() - began, most)


def megabytes(pid: int) -> float:
    """The memory of a process and of those that it started, but for the database's."""
    total = 0
    try:
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            if "postgres" not in one.name():
                total += one.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 1e6
