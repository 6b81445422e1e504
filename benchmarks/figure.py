"""A figure beside its bar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Something measured; ``bar`` is the most it may be, ``least`` the least, where the project has set one."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    least: float | None = None

    @property
    def missed(self) -> bool:
        return (self.bar is not None and self.value > self.bar) or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"  at most {self.bar:g} {self.unit}"
        bar += "" if self.least is None else f"  at least {self.least:g} {self.unit}"
        return f"{self.what:60} {self.value:8.1f} {self.unit:8}{bar}{'  MISSED' if self.missed else ''}"


def told(figures: list[Figure]) -> list[Figure]:
    """Prints the figures, and returns them."""
    for figure in figures:
        print(figure, flush=True)  # noqa: T201 - this is what the program is for
    return figures
