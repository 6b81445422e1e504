"""How an index is kept in step with the database, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from search.entries import Entry
from search.preparing import prepared


class Writer(Protocol):
    """Writes entries. When the context that gave it ends, all is in the index at once; after an error, nothing is."""

    def remove(self, unit: str) -> None:
        """Takes out every entry of a unit."""

    def add(self, entry: Entry) -> None:
        """Puts in an entry, whose key the index does not have."""


class Keeps:
    """What an engine offers for keeping an index.

    While one index answers, another can be built beside it (``building``) and put in its place (``switch``). The version
    of an index says what it was made with: another version of the archive does not see it.
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
    """Brings the index to what the database has."""

    def follow(self, units: Iterable[str]) -> None:
        """Brings what the index has of these units to what the database has now."""
        units = sorted(set(units))
        with self.writing() as writer:
            for unit in units:
                writer.remove(unit)
            for entry in prepared(units):
                writer.add(entry)

    def rebuild(self, units: Iterable[str]) -> None:
        """Makes the index anew. Until it is ready, searches see the old one."""
        self.discard(building=True)
        with self.writing(building=True) as writer:
            for entry in prepared(units):
                writer.add(entry)
        self.switch()
