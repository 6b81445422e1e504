"""Where the database is, in Django's words."""

from pathlib import Path
from typing import Any

from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

#: What a database address may say, by libpq's name and Django's. All else goes to libpq as it is.
DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def parse(url: str) -> dict[str, Any]:
    """Returns Django's settings for ``postgresql://user:password@host:port/name?option=value``; else ``ValueError``."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError(url)
    try:
        parts = parse_dsn(url)
    except ProgrammingError as error:
        raise ValueError(url) from error
    if not parts.get("dbname") or not parts.get("port", "5432").isdecimal():
        raise ValueError(url)
    found = {django: parts[libpq] for libpq, django in DJANGO_NAMES.items() if libpq in parts}
    options = {name: value for name, value in parts.items() if name not in DJANGO_NAMES}
    return {**found, "OPTIONS": {"connect_timeout": "10", **options}}


def embedded(folder: Path) -> dict[str, Any]:
    """Returns Django's settings for the embedded server that keeps its data, and its socket, in ``folder``."""
    return {"NAME": "postgres", "USER": "postgres", "HOST": str(folder)}
