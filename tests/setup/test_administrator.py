"""``make admin`` asks for a name and a password and nothing else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from pytest_django import Settings

from archive.environment import ROOT
from tests.setup.commands import bare_environment, is_one_sentence, manage


@pytest.fixture
def asked(transactional_db: None) -> str:
    """What the command said on a terminal where a person answered."""
    database = configured.DATABASES["default"]
    url = os.environ.get("DATABASE_URL", "").rpartition("/")[0] or f"postgresql://postgres@/?host={database['HOST']}"
    base, _, options = url.partition("/?")
    url = f"{base}/{database['NAME']}" + (f"?{options}" if options else "")
    environment = bare_environment(ARCHIVE_DATA=os.environ["ARCHIVE_DATA"], DATABASE_URL=url)
    return _on_a_terminal(environment, ["ada", "a long and odd password", "a long and odd password"])


def _on_a_terminal(environment: dict[str, str], answers: list[str]) -> str:
    mine, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "manage.py"), "create_administrator"]
    process = subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said = ""
    for answer in answers:
        said += _read_until(mine, ": ")
        time.sleep(0.2)
        os.write(mine, f"{answer}\n".encode())
    said += _read_until(mine, None)
    process.wait(timeout=30)
    os.close(mine)
    return said


def _read_until(terminal: int, end: str | None) -> str:
    said = ""
    while end is None or not said.endswith(end):
        try:
            said += os.read(terminal, 1024).decode()
        except OSError:  # the other end is closed
            break
    return said


def test_it_creates_an_administrator(asked: str, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    ada = User.objects.get(username="ada")

    assert ada.is_superuser
    assert ada.check_password("a long and odd password")
    assert "mail" not in asked
    assert "Log in at /admin/" in asked
    assert "Traceback" not in asked


def test_it_needs_a_terminal(tmp_path: Path) -> None:
    done = manage("create_administrator", environment=bare_environment(ARCHIVE_DATA=str(tmp_path)))

    assert is_one_sentence(done)
    assert "terminal" in done.stderr
