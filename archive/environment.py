"""Every setting that comes from the environment: one field each, with its default and what it does.

``read`` refuses nonsense with a sentence. The README's table of configuration is held to this list by a test.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.database import address
from archive.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
#: Search engines, and the classes that drive them.
ENGINES = {
    "whoosh": "search.engines.whoosh.WhooshEngine",
    "tantivy": "search.engines.tantivy.TantivyEngine",
    "opensearch": "search.engines.opensearch.OpenSearchEngine",
}
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
INDEX_PATTERN = re.compile(r"[a-z][a-z0-9-]{0,62}")
HOST_PATTERN = re.compile(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?|\[[0-9A-Fa-f:.]+\]")


class NonsenseError(ValueError):
    """What a value should have been: the end of a sentence."""


def switch(value: str) -> bool:
    """Reads "on" or "off" and their like."""
    words = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    try:
        return words[value.lower()]
    except KeyError:
        raise NonsenseError("write on or off") from None


def count(lowest: int, highest: int) -> Callable[[str], int]:
    """Returns a reader of whole numbers within bounds."""

    def read_count(value: str) -> int:
        if not (value.isascii() and value.isdecimal() and lowest <= int(value) <= highest):
            raise NonsenseError(f"write a whole number from {lowest} to {highest}")
        return int(value)

    return read_count


def folder(value: str) -> Path:
    """Reads a path; a relative one counts from the project's folder."""
    path = (ROOT / Path(value).expanduser()).resolve()
    if path.exists() and not path.is_dir():
        raise NonsenseError("name a folder, not a file")
    return path


def hosts(value: str) -> list[str]:
    """Reads host names separated by commas."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names or not all(HOST_PATTERN.fullmatch(name) for name in names):
        raise NonsenseError("write host names without http:// and without a port, separated by commas")
    return names


def site_address(value: str) -> str:
    """Reads the address of a site: scheme and host, with a port at most."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise NonsenseError("write an address such as https://archive.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def secret(value: str) -> str:
    """Reads a secret key; empty means that the archive makes its own."""
    if value and len(value) < 32:
        raise NonsenseError("write at least 32 characters that nobody can guess, or leave it out to have one made")
    return value


def database_address(value: str) -> str:
    """Reads the address of a PostgreSQL database; empty means the embedded one."""
    try:
        if value:
            address.parse(value)
    except ValueError:
        raise NonsenseError("write postgresql://user:password@host:5432/database") from None
    return value


def words(value: str) -> str:
    """Reads any line of text."""
    if not value.strip():
        raise NonsenseError("write a word or two")
    return value.strip()


class Hidden(str):
    """A text with a password in it: no page that shows settings shows it."""

    def __repr__(self) -> str:
        return "'…'"


def nodes(value: str) -> Hidden:
    """Reads the addresses of a search cluster's nodes, separated by commas; empty means that there is none."""
    addresses = [address.strip() for address in value.split(",")] if value else []
    if not all(map(_is_node, addresses)):
        raise NonsenseError("write https://user:password@host:9200, and a comma between the addresses of several nodes")
    return Hidden(",".join(addresses))


def _is_node(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_host = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(has_host and bool(parts.username) == bool(parts.password) and not parts.query and not parts.fragment)


def index_name(value: str) -> str:
    """Reads what the names of indexes begin with."""
    if not INDEX_PATTERN.fullmatch(value):
        raise NonsenseError("write small letters, digits and hyphens, with a letter first")
    return value


def engine(value: str) -> str:
    """Reads the name of a search engine."""
    if value not in ENGINES:
        raise NonsenseError(f"write {' or '.join(ENGINES)}")
    return value


#: Readers of values that are not shown when they are refused.
SECRETS = (secret, database_address, nodes)


def setting(name: str, read: Callable[[str], Any], default: str, purpose: str) -> Any:
    """Declares one setting: the variable's name, its reader, its default as one would write it, and its purpose."""
    metadata = {"name": name, "read": read, "default": default, "purpose": purpose}
    # With DEBUG, Django's page of an error shows all settings.
    return field(metadata=metadata, repr=read not in SECRETS)


@dataclass(frozen=True)
class Environment:
    """The settings as read. Each field is one environment variable."""

    data: Path = setting(
        "ARCHIVE_DATA", folder, "var", "The folder for the embedded database, the search index and the secret key."
    )
    database_url: str = setting(
        "DATABASE_URL",
        database_address,
        "",
        "A PostgreSQL server of your own, version 15 or later, instead of the embedded one.",
    )
    secret_key: str = setting(
        "SECRET_KEY", secret, "", "Signs sessions and forms. Left out: made once and kept in ARCHIVE_DATA/secret_key."
    )
    debug: bool = setting("DEBUG", switch, "off", "Shows errors in full, to you and everyone else. Off for readers.")
    site_name: str = setting("SITE_NAME", words, "The Reading Room", "What the archive calls itself on every page.")
    site_url: str = setting(
        "SITE_URL",
        site_address,
        "",
        "The public address, when a proxy stands in front. With https, cookies travel only encrypted (HSTS included).",
    )
    proxies: int = setting(
        "PROXIES",
        count(0, 9),
        "0",
        "How many proxies stand in front, each adding to X-Forwarded-For: there wrong codes of classes are told apart.",
    )
    lti: bool = setting(
        "LTI",
        switch,
        "off",
        "Lets course systems such as Moodle open classes, by LTI 1.3. Needs SITE_URL with https.",
    )
    allowed_hosts: list[str] = setting(
        "ALLOWED_HOSTS", hosts, LOCAL_HOSTS, "The host names the archive answers to, next to that of SITE_URL."
    )
    search_engine: str = setting(
        "SEARCH_ENGINE",
        engine,
        "whoosh",
        "What searches: whoosh, tantivy (faster) or opensearch (on several machines).",
    )
    search_url: str = setting(
        "SEARCH_URL",
        nodes,
        "",
        "The nodes of an OpenSearch cluster: https://user:password@host:9200, separated by commas.",
    )
    search_index: str = setting(
        "SEARCH_INDEX",
        index_name,
        "archive",
        "What its indexes are called there; archives that share a cluster need two.",
    )
    host: str = setting("HOST", words, "127.0.0.1", "The network address to serve on; 0.0.0.0 is every one.")
    port: int = setting("PORT", count(1, 65535), "8000", "The port to serve on.")
    workers: int = setting("WORKERS", count(1, 64), "2", "How many server processes answer, each with four threads.")


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Returns the settings; raises ``SetupError`` about the first that makes no sense. Empty counts as left out."""
    values = {}
    for item in fields(Environment):
        name, default = item.metadata["name"], item.metadata["default"]
        written = variables.get(name, "") or default
        try:
            values[item.name] = item.metadata["read"](written)
        except NonsenseError as error:
            shown = "not usable" if item.metadata["read"] in SECRETS else repr(written)
            raise SetupError(f"The setting {name} is {shown}: {error}.") from None
    found = Environment(**values)
    if found.search_engine == "opensearch" and not found.search_url:
        raise SetupError(
            "The setting SEARCH_URL is missing: SEARCH_ENGINE=opensearch needs the addresses of its nodes."
        )
    if found.lti:
        _check_lti(found)
    return found


def _check_lti(found: Environment) -> None:
    if not found.site_url.startswith("https://"):
        raise SetupError("The setting SITE_URL is missing: LTI=on needs the public address, with https.")
    if not all(importlib.util.find_spec(each) for each in ("jwt", "cryptography")):
        raise SetupError("LTI=on needs two more packages: run .venv/bin/pip install -r requirements-lti.txt")
