"""Keeps what was read or worked out last, as much as there is room for, for all threads of a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    @property
    def weight(self) -> int:
        """About how many bytes it takes."""


Kept = TypeVar("Kept", bound=Sized)


class Recent:
    """What is asked for again is moved to the front; what was not asked for longest goes when there is no more room."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What was kept under this key; made, when it is not there."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        made = make()
        weight = made.weight
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (made, weight)
                self._room -= weight
            while self._room < 0 and self._kept:
                self._room += self._kept.popitem(last=False)[1][1]
        return made
