"""The way to an OpenSearch cluster: several addresses, an end to each wait, and errors in sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from haystack.exceptions import SearchBackendError
from opensearchpy import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    OpenSearch,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ImproperlyConfigured, OpenSearchException
from urllib3 import Timeout

#: A node that does not even take a connection after so many seconds is passed over, and tried again after so many.
CONNECTING, AWAY = 1.5, 20
#: Threads of a process that may talk to a node at the same time without making a connection anew.
CONNECTIONS = 8


def reading(urls: str, seconds: float) -> OpenSearch:
    """A client for questions, which goes on to the next node when one is gone or silent for so many seconds."""
    return _client(urls, seconds, True, os.getpid())


def writing(urls: str, seconds: float) -> OpenSearch:
    """A client for changes, which goes on to the next node when one is gone, but waits for an answer only once."""
    return _client(urls, seconds, False, os.getpid())


@cache
def _client(urls: str, seconds: float, ask_again: bool, process: int) -> OpenSearch:
    """One client for all threads of a process; a process that was forked does not take over the connections."""
    addresses = [url.strip() for url in urls.split(",")]
    return OpenSearch(
        addresses,
        timeout=Timeout(connect=min(CONNECTING, seconds), read=seconds),
        max_retries=max(1, len(addresses) - 1),
        retry_on_timeout=ask_again,
        retry_on_status=(502, 503, 504) if ask_again else (),
        dead_timeout=AWAY,
        timeout_cutoff=0,
        pool_maxsize=CONNECTIONS,
    )


@contextmanager
def told(urls: str) -> Iterator[None]:
    """Raises ``SearchBackendError`` for whatever goes wrong with the cluster, with a sentence that has no password."""
    try:
        yield
    except (OpenSearchException, ImproperlyConfigured) as error:
        raise SearchBackendError(_sentence(error, urls)) from error


def _sentence(error: Exception, urls: str) -> str:
    match error:
        case AuthenticationException():
            return "The search cluster does not know the user or the password in SEARCH_URL."
        case AuthorizationException():
            return f"The search cluster does not let the user in SEARCH_URL do this: {_reason(error)}"
        case SSLError():
            return f"The certificate of the search cluster is not trusted ({_names(urls)}): {error.error}"
        case ConnectionTimeout():
            return f"The search cluster does not answer in time ({_names(urls)})."
        case ConnectionError():
            return f"No node of the search cluster answers ({_names(urls)})."
        case TransportError():
            return f"The search cluster cannot do this: {_reason(error)}"
    return f"The search cluster's answer makes no sense: {error}"


def _reason(error: TransportError) -> str:
    """What the cluster says, cut short."""
    cause = error.info.get("error") if isinstance(error.info, dict) else None
    causes = (cause.get("root_cause") or [cause]) if isinstance(cause, dict) else []
    said = "; ".join(f"{each.get('type')}: {each.get('reason')}" for each in causes)
    return f"{error.status_code} {said or error.error}"[:500]


def _names(urls: str) -> str:
    """The nodes without users and passwords."""
    return ", ".join(urlsplit(url.strip()).netloc.rpartition("@")[2] for url in urls.split(","))
