"""Settings are read from the environment, and nonsense is refused with a sentence."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from pprint import pformat

import pytest

from archive.environment import ROOT, Environment, read
from archive.errors import SetupError


def test_it_has_safe_defaults() -> None:
    environment = read({})

    assert environment.debug is False
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert environment.host == "127.0.0.1"
    assert environment.data == ROOT / "var"
    assert environment.database_url == ""


def test_empty_counts_as_left_out() -> None:
    assert read({item.metadata["name"]: "" for item in fields(Environment)}) == read({})


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("DEBUG", "on", "debug", True),
        ("DEBUG", "False", "debug", False),
        ("PORT", "8080", "port", 8080),
        ("WORKERS", "4", "workers", 4),
        ("ARCHIVE_DATA", "/srv/archive", "data", Path("/srv/archive")),
        ("ARCHIVE_DATA", "data", "data", ROOT / "data"),
        ("ALLOWED_HOSTS", "a.example.org, .example.com", "allowed_hosts", ["a.example.org", ".example.com"]),
        ("SITE_URL", "https://archive.example.org/", "site_url", "https://archive.example.org"),
        ("SITE_NAME", " The Letters ", "site_name", "The Letters"),
        ("DATABASE_URL", "postgresql://me:p%40ss@db:5433/archive", "database_url", None),
        (
            "SEARCH_URL",
            "http://one:9200, https://me:p%40ss@two/search",
            "search_url",
            "http://one:9200,https://me:p%40ss@two/search",
        ),
        ("SEARCH_INDEX", "letters-2", "search_index", "letters-2"),
        ("DATABASE_URL", "postgres:///archive?host=/run/postgresql", "database_url", None),
    ],
)
def test_it_reads(name: str, value: str, field: str, expected: object) -> None:
    assert getattr(read({name: value}), field) == (value if expected is None else expected)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8000.5"),
        ("PORT", "²"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("ARCHIVE_DATA", str(ROOT / "manage.py")),
        ("ALLOWED_HOSTS", "https://example.org"),
        ("ALLOWED_HOSTS", "example.org:8000"),
        ("ALLOWED_HOSTS", " , "),
        ("SITE_URL", "example.org"),
        ("SITE_URL", "ftp://example.org"),
        ("SITE_URL", "https://example.org/path"),
        ("SITE_URL", "https://user@example.org"),
        ("SITE_URL", "https://example.org:port"),
        ("SITE_NAME", "   "),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "nonsense"),
        ("SEARCH_ENGINE", "google"),
        ("SEARCH_URL", "search.example.org:9200"),
        ("SEARCH_URL", "https://search.example.org,"),
        ("SEARCH_URL", "https://search.example.org:port"),
        ("SEARCH_URL", "https://me@search.example.org"),
        ("SEARCH_URL", "ftp://search.example.org"),
        ("SEARCH_INDEX", "Letters"),
        ("SEARCH_INDEX", "_all"),
        ("SEARCH_INDEX", "letters,*"),
        ("DATABASE_URL", "mysql://localhost/archive"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "postgresql://localhost:port/archive"),
        ("DATABASE_URL", "postgresql://localhost/archive?nosuchoption=1"),
        ("DATABASE_URL", "postgresql://[::1/archive"),
    ],
)
def test_it_refuses_nonsense(name: str, value: str) -> None:
    with pytest.raises(SetupError) as refused:
        read({name: value})

    assert str(refused.value).startswith(f"The setting {name} is")
    assert str(refused.value).endswith(".")


def test_it_does_not_show_a_refused_secret() -> None:
    with pytest.raises(SetupError) as refused:
        read({"SECRET_KEY": "hunter2"})

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("name", ["DATABASE_URL", "SEARCH_URL"])
def test_it_does_not_show_a_refused_password(name: str) -> None:
    with pytest.raises(SetupError) as refused:
        read({name: "postgresql://me:hunter2@localhost:port/archive"})

    assert "hunter2" not in str(refused.value)


def test_a_page_of_an_error_that_shows_the_settings_shows_no_secret() -> None:
    environment = read(
        {
            "SECRET_KEY": "hunter2" * 6,
            "DATABASE_URL": "postgresql://me:hunter2@localhost/archive",
            "SEARCH_URL": "https://me:hunter2@localhost:9200",
        }
    )

    assert "hunter2" not in repr(environment)
    assert "hunter2" not in pformat(environment)
    assert environment.secret_key.startswith("hunter2")


def test_an_engine_on_other_machines_needs_their_addresses() -> None:
    with pytest.raises(SetupError, match="SEARCH_URL is missing"):
        read({"SEARCH_ENGINE": "opensearch"})

    assert read({"SEARCH_ENGINE": "opensearch", "SEARCH_URL": "http://localhost:9200"}).search_index == "archive"


@pytest.mark.parametrize("item", fields(Environment), ids=lambda item: item.metadata["name"])
def test_the_readme_lists_it(item: object) -> None:
    about = item.metadata  # type: ignore[attr-defined]
    rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith(f"| `{about['name']}` |")]

    assert rows, f"README.md lists no {about['name']}: {about['purpose']}"
    assert not about["default"] or f"`{about['default']}`" in rows[0]


def test_the_readme_lists_nothing_else() -> None:
    names = {line.split("`")[1] for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `")}

    assert {name for name in names if name.isupper()} == {item.metadata["name"] for item in fields(Environment)}


def test_a_page_of_settings_does_not_show_the_password_of_a_cluster() -> None:
    environment = read({"SEARCH_ENGINE": "opensearch", "SEARCH_URL": "https://ada:hunter2@localhost:9200"})

    assert "hunter2" not in pformat({"default": {"URL": environment.search_url}})
