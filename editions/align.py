"""Aligns two sequences: which elements of one stand in the other, in the same order.

The method is that of Bram Cohen's patience diff: elements that stand once in both sequences are anchors, the longest
run of anchors in the same order is kept (patience sorting), and what lies between two anchors is aligned in the same
way. Short stretches without anchors are left to ``difflib``, long ones to the greedy algorithm of Myers (1986), which
gives up after ``DEEPEST`` differences: what is left then has nothing in common that a reader would see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

SHORT = 4_000
DEEPEST = 64

#: Places in the first and the second sequence.
Pair = tuple[int, int]


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Returns the places of elements that are equal, both sides in rising order; nearly linear in the lengths."""
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a1, a2, b1, b2 = waiting.pop()
        while a1 < a2 and b1 < b2 and old[a1] == new[b1]:
            found.append((a1, b1))
            a1, b1 = a1 + 1, b1 + 1
        while a1 < a2 and b1 < b2 and old[a2 - 1] == new[b2 - 1]:
            a2, b2 = a2 - 1, b2 - 1
            found.append((a2, b2))
        if a1 == a2 or b1 == b2:
            continue
        if anchors := _anchors(old[a1:a2], new[b1:b2]):
            starts = [(a1, b1), *((a1 + a + 1, b1 + b + 1) for a, b in anchors)]
            ends = [*((a1 + a, b1 + b) for a, b in anchors), (a2, b2)]
            found += ends[:-1]
            waiting += [
                (start[0], end[0], start[1], end[1]) for start, end in zip(starts, ends, strict=True) if start != end
            ]
        else:
            found += [(a1 + a, b1 + b) for a, b in _without_anchors(old[a1:a2], new[b1:b2])]
    return sorted(found)


def in_order(pairs: list[Pair]) -> list[Pair]:
    """Returns the longest run of pairs, sorted by their first place, whose second places rise as well."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            last.append(index)
        else:
            tails[at], last[at] = second, index
    chosen = []
    index = last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The elements that stand once on both sides, as many as stand in the same order."""
    in_old, in_new = Counter(old), Counter(new)
    places = {element: place for place, element in enumerate(new) if in_new[element] == 1}
    return in_order([(a, places[e]) for a, e in enumerate(old) if in_old[e] == 1 and e in places])


def _without_anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    if len(old) * len(new) > SHORT:
        return _greedy(old, new)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _greedy(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The shortest way from one sequence to the other, if it has at most ``DEEPEST`` insertions and deletions."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for depth in range(DEEPEST + 1):
        trail.append(dict(reach))
        for diagonal in range(-depth, depth + 1, 2):
            down = diagonal == -depth or (diagonal != depth and reach[diagonal - 1] < reach[diagonal + 1])
            a = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            b = a - diagonal
            while a < len(old) and b < len(new) and old[a] == new[b]:
                a, b = a + 1, b + 1
            reach[diagonal] = a
            if a >= len(old) and b >= len(new):
                return _way_back(trail, len(old), len(new))
    return []


def _way_back(trail: list[dict[int, int]], a: int, b: int) -> list[Pair]:
    found: list[Pair] = []
    for depth in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[depth], a - b
        down = diagonal == -depth or (diagonal != depth and reach[diagonal - 1] < reach[diagonal + 1])
        start = (reach[diagonal + 1] if down else reach[diagonal - 1] + 1) if depth else 0
        while a > start:
            a, b = a - 1, b - 1
            found.append((a, b))
        a, b = (a, b - 1) if down else (a - 1, b)
    return found[::-1]
