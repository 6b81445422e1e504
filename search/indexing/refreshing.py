"""Brings the index to agree with the database: nothing when they do, the difference when they do not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from search.engines.backend import Backend
from search.indexing.building import Progress, build, building_turn, count, differing, documents
from search.indexing.following import PORTION
from search.indexing.stamps import stamps
from search.indexing.turns import turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refreshed:
    """What was done: everything made anew, or some units updated and some taken out."""

    documents: int
    rebuilt: bool = False
    updated: int = 0
    removed: int = 0

    def __str__(self) -> str:
        if self.rebuilt:
            return f"Search index built: {documents(self.documents)}."
        if not self.updated and not self.removed:
            return f"Search index up to date: {documents(self.documents)}."
        return (
            f"Search index mended: {self.updated} updated, {self.removed} removed, {documents(self.documents)} in all."
        )


def refresh(
    rebuild: bool = False,
    say: Callable[[Progress], None] = lambda progress: None,
    waiting: Callable[[], None] = lambda: None,
) -> Refreshed:
    """Compares the stamps of all that the public may see with those in the index, and mends the difference.

    Builds the index beside the old one when asked to, when there is none of this version, when it is damaged, when more
    than half of it would change, and when a build was stopped, which then goes on. ``say`` hears how far that is.
    One process builds at a time: another calls ``waiting``, and has nothing left to do after it. Raises
    ``SearchBackendError`` when the engine fails.
    """
    index: Backend = connections[DEFAULT_ALIAS].get_backend()
    if not rebuild and (found := _mended(index)):
        return found
    waited = []
    with turn(building_turn(index), wait=None, waiting=lambda: waited.append(waiting())):
        found = _mended(index) if waited or not rebuild else None
        found = found or Refreshed(build(index, say), rebuilt=True)
    index.catch_up_with_all()
    return found


def _mended(index: Backend) -> Refreshed | None:
    """Mends the index where it differs from the database; None when it has to be built."""
    if index.exists(building=True) or not index.exists() or (held := _held(index)) is None:
        return None
    if index.catch_up_with_all():
        held = index.held()
    wanted = stamps()
    changed, gone = differing(wanted, held)
    if len(changed) + len(gone) > max(PORTION, len(held) // 2):
        return None
    index.follow([*changed, *gone])
    return Refreshed(count(wanted), updated=len(changed), removed=len(gone))


def _held(index: Backend) -> Mapping[str, str] | None:
    """What the index has; None when it cannot be read."""
    try:
        return index.held()
    except Exception as error:  # whatever a damaged file makes an engine raise
        logger.warning("The search index cannot be read and is built anew: %s", error)
        return None
