"""With DATABASE_URL the archive lives on a PostgreSQL server of its owner's, and starts none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from tests.setup.commands import Served, running

pytestmark = pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="DATABASE_URL names no server to try this on")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a new database on the server, gone after the test."""
    url = os.environ["DATABASE_URL"]
    name = f"archive_start_{os.getpid()}"
    connection = psycopg2.connect(url)
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def test_it_starts_there(empty_database: str, tmp_path: Path) -> None:
    served = Served(tmp_path, DATABASE_URL=empty_database)

    assert served.get("/documents/nsam-129/").status == 200
    assert not (tmp_path / "database").exists()
    assert not [process for process in running(tmp_path) if "postgres" in process.command]
    assert served.stop() == 0
