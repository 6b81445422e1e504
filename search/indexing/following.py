"""How an index is kept in step with the database, whatever the engine."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from haystack.exceptions import SearchBackendError

from search.indexing import pending
from search.indexing.entries import Entry
from search.indexing.preparing import prepared, with_agents
from search.indexing.turns import BETWEEN, LONGEST_WAIT, Turn, too_long, turn

#: So many units are written at a time into an index that is built: a build that is stopped keeps what it has.
PORTION = 2_000
#: So many are written during one turn into the index that answers: others write in between.
TURN = 200


class Writer(Protocol):
    """Writes entries. When the context that gave it ends, all is in the index at once; after an error, nothing is."""

    def remove(self, unit: str) -> None:
        """Takes out every entry of a unit."""

    def add(self, entry: Entry) -> None:
        """Puts in an entry, whose key the index does not have."""


class Keeps:
    """What an engine offers for keeping an index.

    While one index answers, another can be built beside it (``building``) and put in its place (``switch``). The
    version of an index says what it was made with: another version of the archive does not see it.
    """

    def exists(self, building: bool = False) -> bool:
        """Whether there is an index of this version."""
        raise NotImplementedError

    def held(self, building: bool = False) -> dict[str, str]:
        """The units that the index has, each with the stamp of the state in which it has it."""
        raise NotImplementedError

    def keys(self) -> Iterator[tuple[str, str]]:
        """The unit and the key of every entry of both shelves, for checking."""
        raise NotImplementedError

    def writing(self, building: bool = False) -> AbstractContextManager[Writer]:
        """The one writer that there may be; makes the index where there is none."""
        raise NotImplementedError

    def switch(self) -> None:
        """Puts the index that was built in place of the one that answers; searches see the one or the other."""
        raise NotImplementedError

    def discard(self, building: bool = False) -> None:
        """Removes an index, as when it cannot be read."""
        raise NotImplementedError


class Following(Keeps):
    """Brings the index to what the database has.

    Who writes has the index's turn, reads the database and writes the index before the turn ends: so the last to write
    always has the latest state. When an engine or a turn fails, ``SearchBackendError`` is raised, and what was noted
    stays noted.
    """

    @classmethod
    def index_name(cls) -> str:
        """Names the index in the database, for its turns and for what it has yet to follow."""
        return cls.__name__

    @classmethod
    def writing_turn(cls) -> str:
        """The name of the turn of the one who writes the index that answers."""
        return f"writing the search index of {cls.index_name()}"

    def follow(self, units: Iterable[str]) -> None:
        """Brings what the index has of these units to what the database has now."""
        for portion in portions(sorted(set(units)), TURN):
            with turn(self.writing_turn()) as mine:
                self.write(portion, mine)

    def catch_up(self, notes: Collection[int]) -> None:
        """Follows what these notes of ``search.indexing.pending`` tell, unless another process does it meanwhile.

        Whoever has the turn follows all that is noted, also what a process that died has left. While the first index is
        being built nothing is to be done: the build takes in what has changed, and what is noted then.
        """
        if not self.exists() and self.exists(building=True):
            return
        mine = Turn(self.writing_turn())
        began = time.monotonic()
        while pending.remain(self.index_name(), notes):
            if mine.take():
                try:
                    self._follow_notes(mine)
                finally:
                    mine.give_back()
                began = time.monotonic()
            elif time.monotonic() - began > LONGEST_WAIT:
                raise SearchBackendError(too_long(self.writing_turn(), LONGEST_WAIT))
            else:
                time.sleep(BETWEEN)

    def catch_up_with_all(self) -> bool:
        """Follows everything that is noted now; returns whether there was anything."""
        notes = pending.noted(self.index_name())
        self.catch_up(notes)
        return bool(notes)

    def _follow_notes(self, mine: Turn) -> None:
        notes = pending.noted(self.index_name(), TURN)
        # Units first, then what the database has of them: a change that comes in between is noted, and followed again.
        self.write(with_agents(set(notes.values())), mine)
        pending.done(notes)

    def rebuild(self, units: Iterable[str]) -> None:
        """Makes the index anew, of these units alone. Until it is ready, searches see the old one."""
        self.discard(building=True)
        for portion in portions(sorted(set(units)), PORTION) or [()]:
            self.write(portion, building=True)
        self.switch()

    def write(self, units: Sequence[str], mine: Turn | None = None, building: bool = False, anew: bool = False) -> None:
        """Writes what the database has of these units now; ``anew`` when the index surely has nothing of them.

        Raises ``SearchBackendError``, and leaves the index as it was, when the turn was lost on the way.
        """
        with self.writing(building) as writer:
            for unit in () if anew else units:
                writer.remove(unit)
            for entry in prepared(units):
                writer.add(entry)
            if mine:
                mine.check()


def portions(units: Sequence[str], size: int) -> list[Sequence[str]]:
    """The units in runs of this size, the last one shorter."""
    return [units[start : start + size] for start in range(0, len(units), size)]
