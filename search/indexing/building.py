"""Builds an index beside the one that answers, and puts it in its place; goes on where a build was stopped."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from search.indexing.following import PORTION, Following, portions
from search.indexing.stamps import stamps
from search.indexing.turns import turn

logger = logging.getLogger(__name__)

#: A build is put in its place when it lacks no more units than this: while these are written, others wait.
LAST = 200


@dataclass(frozen=True)
class Progress:
    """How far a build is. ``rate`` is in documents a second."""

    done: int
    total: int
    rate: float

    def __str__(self) -> str:
        return f"Search index: {self.done:,} of {documents(self.total)} ({self.rate:,.0f} a second)"


def building_turn(index: Following) -> str:
    """The name of the turn of the one who builds."""
    return f"building the search index of {index.index_name()}"


def build(index: Following, say: Callable[[Progress], None]) -> int:
    """Makes an index of all that the public may see, and returns how many documents that is.

    The old index answers until the new one is ready, and follows what is changed meanwhile; the new one has followed it
    too when it answers. Whoever calls this has the turn of building.
    """
    resumed = beside = index.exists(building=True)
    wanted = stamps()
    changed, gone = differing(wanted, _begun(index))
    steps = _Steps(count(wanted), count(changed), say)
    while len(changed) + len(gone) > LAST:
        for portion in portions(changed, PORTION):
            index.write(portion, building=True, anew=not beside)
            steps.step(portion)
        if gone:
            index.write(gone, building=True)
        beside, wanted = True, stamps()
        changed, gone = differing(wanted, _begun(index))
    with turn(index.writing_turn()) as mine:
        wanted = stamps()
        changed, gone = differing(wanted, _begun(index))
        index.write([*changed, *gone], mine, building=True)
        index.switch()
    if resumed:
        # A build can be stopped when it has pieces of a document and not yet the document, and no stamp for them.
        index.follow(set(map(itemgetter(0), index.keys())) - wanted.keys())
    return count(wanted)


def differing(wanted: Mapping[str, str], held: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The units that an index lacks or has in another state, and those that it should not have."""
    return [unit for unit, stamp in wanted.items() if held.get(unit) != stamp], sorted(held.keys() - wanted.keys())


def count(units: Iterable[str]) -> int:
    """How many of these units are documents."""
    return sum(unit.startswith("document.") for unit in units)


def documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"


def _begun(index: Following) -> Mapping[str, str]:
    """What the index that is being built has. What a build left and nobody can read is put away."""
    if not index.exists(building=True):
        return {}
    try:
        return index.held(building=True)
    except Exception as error:  # whatever a damaged file makes an engine raise
        logger.warning("The search index that was being built cannot be read and is begun anew: %s", error)
        index.discard(building=True)
        return {}


class _Steps:
    """Says how far a build is after each portion."""

    def __init__(self, total: int, missing: int, say: Callable[[Progress], None]) -> None:
        self._total, self._say = total, say
        self._before, self._written = total - missing, 0
        self._began = time.monotonic()

    def step(self, units: Iterable[str]) -> None:
        self._written += count(units)
        rate = self._written / max(time.monotonic() - self._began, 0.001)
        self._say(Progress(min(self._before + self._written, self._total), self._total, rate))
