"""Collates two witnesses of one text: reads what they print, pairs it, and sorts and numbers what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from editions.collation.pairing import Pair, Stretch, pair_passages, pair_text
from editions.collation.reading import read_witness
from editions.collation.segments import segments
from editions.collation.table import Fate, Place, Row, Section, Sort, Table
from editions.model import Edition

#: Which method made a table; another one where the same texts would give another table.
METHOD = "2"


def collate(base: Edition, witness: Edition) -> Table:
    """Returns how the witness differs from the base, both as their sources print them: the same for the same texts.

    The time it takes grows about as the texts do.
    """
    ours, theirs = read_witness(base), read_witness(witness)
    rows: list[Row] = []
    for section in Section:
        pair = pair_text if section is Section.TEXT else pair_passages
        rows += _rows(section, pair(ours[section], theirs[section]))
    return Table(tuple(_numbered(rows)))


def _rows(section: Section, pairs: list[Pair]) -> Iterator[Row]:
    in_base, in_witness = _positions(pair.base for pair in pairs), _positions(pair.witness for pair in pairs)
    for pair in pairs:
        base = _place(pair.base, in_base) if pair.base else None
        witness = _place(pair.witness, in_witness) if pair.witness else None
        found = segments(pair.base, pair.witness)
        if base is None or witness is None:
            fate = Fate.ADDED if base is None else Fate.OMITTED
        elif pair.moved:
            fate = Fate.MOVED
        else:
            fate = Fate.SAME if all(one.sort is Sort.SAME for one in found) else Fate.CHANGED
        yield Row(section, fate, base, witness, found)


def _positions(stretches: Iterable[Stretch | None]) -> dict[tuple[int, int], int]:
    """How many stretches of one side stand in front of each."""
    starts = sorted((stretch.number, stretch.start) for stretch in stretches if stretch)
    return {start: position for position, start in enumerate(starts)}


def _place(stretch: Stretch, positions: dict[tuple[int, int], int]) -> Place:
    position = positions[stretch.number, stretch.start]
    return Place(stretch.passage.ident, stretch.passage.kind, position, begins=stretch.start == 0)


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    number = count(1)
    for row in rows:
        moved = next(number) if row.fate is Fate.MOVED else 0
        found = (one if one.sort is Sort.SAME else replace(one, number=next(number)) for one in row.segments)
        yield replace(row, number=moved, segments=tuple(found))
