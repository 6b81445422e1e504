"""The recorded queries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

RECORDED = Path(__file__).with_name("queries.txt")


@dataclass(frozen=True)
class Recorded:
    """A search as its address has it after the question mark, but for the percent signs, and the group it is of."""

    group: str
    address: str


def recorded() -> list[Recorded]:
    """The queries in the order of the file."""
    found, group = [], ""
    for line in RECORDED.read_text().splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append(Recorded(group, line))
    return found
