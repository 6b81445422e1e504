"""Takes, of the places that look like markers, those that make the best whole.

Markers stand in the order of their notes, and every note has one at most. Among all such ways to place the markers, the
one with the highest sum of scores is taken: the heaviest increasing subsequence, by dynamic programming.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from editions.readers.pasted.markers import Candidate, Row

#: What a note without any marker costs.
MISSING = 2.0


def heaviest(found: Iterable[tuple[tuple[int, ...], Row]]) -> list[tuple[int, Candidate]]:
    """Returns the best chain of candidates, each with the position of its note, rising in place and in note.

    Those of a row are taken together or not at all. Every note that is placed counts ``MISSING`` besides its score, for
    a note without a marker is the worst.
    """
    chosen = sorted(found, key=lambda item: (item[1][0].start, item[1][-1].end, item[0]))
    weights: list[float] = []
    previous: list[int] = []
    best = _Prefix()
    waiting = sorted(range(len(chosen)), key=lambda i: chosen[i][1][-1].end)
    ready = 0
    for notes, row in chosen:
        while ready < len(waiting) and chosen[waiting[ready]][1][-1].end <= row[0].start:
            done = waiting[ready]
            best.put(chosen[done][0][-1], weights[done], done)
            ready += 1
        weight, before = best.below(notes[0])
        weights.append(weight + sum(candidate.score + MISSING for candidate in row))
        previous.append(before)
    chain: list[tuple[int, Candidate]] = []
    at = max(range(len(weights)), key=weights.__getitem__, default=-1)
    while at >= 0:
        chain += reversed(list(zip(*chosen[at], strict=True)))
        at = previous[at]
    return chain[::-1]


class _Prefix:
    """The heaviest chain for each note, kept so that a later note always has a heavier one."""

    def __init__(self) -> None:
        self.notes: list[int] = []
        self.chains: list[tuple[float, int]] = []

    def below(self, note: int) -> tuple[float, int]:
        at = bisect_left(self.notes, note)
        return self.chains[at - 1] if at else (0.0, -1)

    def put(self, note: int, weight: float, index: int) -> None:
        at = bisect_left(self.notes, note)
        if at and self.chains[at - 1][0] >= weight:
            return
        if at < len(self.notes) and self.notes[at] == note:
            if self.chains[at][0] >= weight:
                return
            self.chains[at] = (weight, index)
        else:
            self.notes.insert(at, note)
            self.chains.insert(at, (weight, index))
        while at + 1 < len(self.notes) and self.chains[at + 1][0] <= weight:
            del self.notes[at + 1], self.chains[at + 1]
