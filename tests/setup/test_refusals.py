"""What keeps the archive from starting is told in one sentence, and nothing is left half done."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from archive.environment import ROOT
from tests.setup.commands import bare_environment, free_port, is_one_sentence, manage, running


def test_nonsense_in_a_setting(tmp_path: Path) -> None:
    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(tmp_path / "data"), PORT="eighty"))

    assert is_one_sentence(done)
    assert "PORT is 'eighty'" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(tmp_path), PORT=str(port)))

    assert is_one_sentence(done)
    assert f"Port {port}" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not (tmp_path / "database").exists()


def test_a_host_that_is_none(tmp_path: Path) -> None:
    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(tmp_path), HOST="not a host"))

    assert is_one_sentence(done)
    assert "HOST" in done.stderr


@pytest.mark.parametrize("command", ["serve", "migrate", "import_documents fixtures"])
def test_a_database_that_does_not_answer(tmp_path: Path, command: str) -> None:
    environment = bare_environment(
        ARCHIVE_DATA=str(tmp_path),
        PORT=str(free_port()),
        DATABASE_URL=f"postgresql://me:hunter2@127.0.0.1:{free_port()}/archive",
    )

    done = manage(*command.split(), environment=environment)

    assert is_one_sentence(done)
    assert "DATABASE_URL" in done.stderr
    assert "hunter2" not in done.stderr


def test_a_database_address_that_is_nonsense(tmp_path: Path) -> None:
    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(tmp_path), DATABASE_URL="my database"))

    assert is_one_sentence(done)
    assert "postgresql://" in done.stderr


def test_a_data_folder_that_cannot_be_made() -> None:
    done = manage("serve", environment=bare_environment(ARCHIVE_DATA="/dev/null/archive", PORT=str(free_port())))

    assert is_one_sentence(done)
    assert "ARCHIVE_DATA" in done.stderr


def test_a_data_folder_that_is_not_writable(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    closed = Path("/sys/archive") if os.geteuid() == 0 else folder  # root may write to any folder but the kernel's

    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(closed), PORT=str(free_port())))

    assert is_one_sentence(done)
    assert "make it writable" in done.stderr


def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("long-" * 20)

    done = manage("serve", environment=bare_environment(ARCHIVE_DATA=str(folder), PORT=str(free_port())))

    assert is_one_sentence(done)
    assert "shorter" in done.stderr


def test_a_database_that_is_damaged(tmp_path: Path) -> None:
    environment = bare_environment(ARCHIVE_DATA=str(tmp_path), PORT=str(free_port()))
    database = tmp_path / "database"
    database.mkdir()
    (database / "PG_VERSION").write_text("9\n")

    done = manage("serve", environment=environment)

    assert is_one_sentence(done)
    assert "did not start" in done.stderr
    assert not running(tmp_path)


def test_a_python_that_is_too_old(tmp_path: Path) -> None:
    done = make_run(tmp_path, 'echo "no such module" >&2; exit 1')

    assert done.returncode != 0
    assert "Python 3.11 or later" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "environment").exists()


def make_run(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Runs ``make run`` where every Python behaves as the shell script says."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (programs / name).write_text(f"#!/bin/sh\n{python}\n")
        (programs / name).chmod(0o755)
    environment = bare_environment(PATH=f"{programs}:/usr/bin:/bin", ARCHIVE_DATA=str(tmp_path / "data"))
    command = ["make", "run", f"VENV={tmp_path / 'environment'}"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
