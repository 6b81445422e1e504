"""Brings the index to agree with the database: nothing when they do, the difference when they do not."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import SearchBackendError

from search.engines.backend import Backend
from search.stamps import stamps

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refreshed:
    """What was done: everything made anew, or some documents updated and some taken out."""

    documents: int
    rebuilt: bool = False
    updated: int = 0
    removed: int = 0

    def __str__(self) -> str:
        if self.rebuilt:
            return f"Search index built: {_documents(self.documents)}."
        if not self.updated and not self.removed:
            return f"Search index up to date: {_documents(self.documents)}."
        return (
            f"Search index mended: {self.updated} updated, {self.removed} removed, {_documents(self.documents)} in all."
        )


def refresh(rebuild: bool = False) -> Refreshed:
    """Compares the stamps of all published documents with those in the index, and mends the difference.

    Builds the index anew when asked to, when there is none of this version, and when it is damaged.
    """
    backend = connections[DEFAULT_ALIAS].get_backend()
    wanted = stamps()
    held = None if rebuild or not backend.exists() else _held(backend)
    if held is None:
        backend.rebuild(wanted)
        return Refreshed(_count(wanted), rebuilt=True)
    changed = [key for key, stamp in wanted.items() if held.get(key) != stamp]
    gone = held.keys() - wanted.keys()
    if changed or gone:
        backend.follow([*changed, *gone])
    return Refreshed(_count(wanted), updated=len(changed), removed=len(gone))


def _count(units: Iterable[str]) -> int:
    return sum(unit.startswith("document.") for unit in units)


def _held(backend: Backend) -> dict[str, str] | None:
    """What the index has; None when it cannot be read, and then it is put away."""
    try:
        return backend.held()
    except SearchBackendError:
        raise
    except Exception as error:  # whatever a damaged file makes Whoosh raise
        logger.warning("The search index cannot be read and is built anew: %s", error)
        backend.discard()
        return None


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"
