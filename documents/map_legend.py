"""The legend of a drawing: what colors, lines and marks mean, set in as many rows as it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from documents.map_text import width_of

FONT, ROW, SAMPLE, APART = 12.5, 22, 30, 22


@dataclass(frozen=True)
class Entry:
    """``kind`` is side, line or mark; ``value`` the side, the relation or the state that the sample shows."""

    kind: str
    value: str
    words: str
    x: float = 0
    y: float = 0

    @property
    def words_at(self) -> float:
        return self.x + (SAMPLE + 6 if self.kind == "line" else 16)

    @property
    def sample(self) -> str:
        return f"M{self.x:g} {self.y:g}h{SAMPLE}"

    @property
    def diamond(self) -> str:
        x, y = self.x, self.y
        return f"{x:g},{y:g} {x + 5:g},{y - 5:g} {x + 10:g},{y:g} {x + 5:g},{y + 5:g}"


@dataclass(frozen=True)
class Legend:
    entries: tuple[Entry, ...] = ()
    height: float = 0


def legend(entries: Iterable[Entry], width: float, top: float) -> Legend:
    """Sets the entries in rows of this width, the first under ``top``."""
    placed: list[Entry] = []
    x, y = 0.0, top + 26
    for entry in entries:
        room = (SAMPLE + 6 if entry.kind == "line" else 16) + width_of(entry.words, FONT) + APART
        if x and x + room - APART > width:
            x, y = 0.0, y + ROW
        placed.append(Entry(entry.kind, entry.value, entry.words, round(x, 1), round(y, 1)))
        x += room
    return Legend(tuple(placed), y - top + 12 if placed else 0)
