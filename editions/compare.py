"""Compares two editions of a text: block by block, and word by word where a block has changed.

Blocks and notes are paired first by their words, wherever they stand, then by likeness (the coefficient of Dice over
their words, at least ``ALIKE``); ``editions.align`` tells which pairs stand in the same order, and the others have
moved. White space is no difference, and metadata are not compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from itertools import pairwise

from editions.align import align, in_order
from editions.model import Block, Edition
from editions.tokens import Part, Token, TokenKind, Tokens, block_parts, note_parts

ALIKE = 0.5
#: A word that stands in more blocks than this says little about which of them is meant.
COMMON = 12
CANDIDATES = 6


class Change(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True)
class Run:
    """Tokens in a row: ``old`` is empty where they are inserted, ``new`` where they are deleted."""

    change: Change
    old: Tokens = ()
    new: Tokens = ()


class Fate(StrEnum):
    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    REMOVED = "removed"  # only in the old edition
    ADDED = "added"  # only in the new edition


@dataclass(frozen=True)
class Difference:
    """What became of one block or note: its places in both editions, from 0, and its words run by run."""

    old: Part | None
    new: Part | None
    old_place: int | None
    new_place: int | None
    moved: bool
    runs: tuple[Run, ...]

    @property
    def fate(self) -> Fate:
        """Changed comes before moved: ``moved`` tells whether a changed block has moved as well."""
        if self.old is None:
            return Fate.ADDED
        if self.new is None:
            return Fate.REMOVED
        if self.old != self.new:
            return Fate.CHANGED
        return Fate.MOVED if self.moved else Fate.SAME


@dataclass(frozen=True)
class Comparison:
    """All blocks and notes of both editions, in the order of the new one; removed ones stand where they stood."""

    blocks: tuple[Difference, ...]
    notes: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        return all(part.fate is Fate.SAME for part in (*self.blocks, *self.notes))

    @property
    def words_added(self) -> int:
        return self._words(Change.INSERT)

    @property
    def words_removed(self) -> int:
        return self._words(Change.DELETE)

    @property
    def blocks_moved(self) -> int:
        return sum(block.moved for block in self.blocks)

    def _words(self, change: Change) -> int:
        runs = (run for part in (*self.blocks, *self.notes) for run in part.runs if run.change is change)
        return sum(token.kind is TokenKind.WORD for run in runs for token in (*run.old, *run.new))


def compare(old: Edition, new: Edition, *, marks: bool = True) -> Comparison:
    """Compares two editions; without ``marks`` only words, punctuation and blocks count, as between two witnesses.

    Marks are emphasis, references, mentions, note markers, page and line breaks, gaps and what was printed before a
    correction. The time it takes grows about as the texts do, alike or not.
    """
    return Comparison(
        differences(block_parts(old, marks=marks), block_parts(new, marks=marks)),
        differences(note_parts(old, marks=marks), note_parts(new, marks=marks)),
    )


def unlike(old: Edition, new: Edition) -> tuple[Edition, Edition]:
    """Returns both editions without the blocks with which both begin and end, and without notes that both have.

    Comparing these is much faster, and says as well how large the difference is.
    """
    both = set(old.footnotes) & set(new.footnotes)
    start = _equal(old.blocks, new.blocks)
    end = _equal(old.blocks[start:][::-1], new.blocks[start:][::-1])

    def rest(edition: Edition) -> Edition:
        notes = tuple(note for note in edition.footnotes if note not in both)
        return replace(edition, blocks=edition.blocks[start : len(edition.blocks) - end], footnotes=notes)

    return rest(old), rest(new)


def _equal(old: tuple[Block, ...], new: tuple[Block, ...]) -> int:
    """How many blocks are equal from the start."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def differences(old: list[Part], new: list[Part]) -> tuple[Difference, ...]:
    """Pairs the parts of two texts, and compares those that are paired; in the order of ``Comparison``."""
    pairs = _pairs(old, new)
    kept = set(in_order(pairs))
    partner = {b: a for a, b in pairs}
    paired = {a for a, _ in pairs}
    removed = (a for a in range(len(old)) if a not in paired)
    waiting = next(removed, None)
    found: list[Difference] = []
    for b in range(len(new)):
        a = partner.get(b)
        while waiting is not None and a is not None and (a, b) in kept and waiting < a:
            found.append(_only(old[waiting], None, waiting, None))
            waiting = next(removed, None)
        if a is None:
            found.append(_only(None, new[b], None, b))
        else:
            found.append(Difference(old[a], new[b], a, b, (a, b) not in kept, runs(old[a].tokens, new[b].tokens)))
    while waiting is not None:
        found.append(_only(old[waiting], None, waiting, None))
        waiting = next(removed, None)
    return tuple(found)


def _only(old: Part | None, new: Part | None, old_place: int | None, new_place: int | None) -> Difference:
    words = runs(old.tokens if old else (), new.tokens if new else ())
    return Difference(old, new, old_place, new_place, False, words)


def _pairs(old: list[Part], new: list[Part]) -> list[tuple[int, int]]:
    """Pairs parts: those that are equal and stand in order, those that are equal elsewhere, those that are alike."""
    numbers: dict[Part, int] = {}
    old_keys = [numbers.setdefault(part, len(numbers)) for part in old]
    new_keys = [numbers.setdefault(part, len(numbers)) for part in new]
    pairs = align(old_keys, new_keys)
    taken_old, taken_new = {a for a, _ in pairs}, {b for _, b in pairs}
    elsewhere: dict[int, list[int]] = {}
    for a in range(len(old) - 1, -1, -1):
        if a not in taken_old and old[a].tokens:
            elsewhere.setdefault(old_keys[a], []).append(a)
    for b, number in enumerate(new_keys):
        if b not in taken_new and elsewhere.get(number):
            pairs.append((elsewhere[number].pop(), b))
            taken_old.add(pairs[-1][0])
            taken_new.add(b)
    left_old = [a for a in range(len(old)) if a not in taken_old]
    left_new = [b for b in range(len(new)) if b not in taken_new]
    return sorted([*pairs, *alike(old, new, left_old, left_new)])


def alike(old: list[Part], new: list[Part], left_old: list[int], left_new: list[int]) -> list[tuple[int, int]]:
    """Pairs what is left by likeness, the most alike first; each is compared with ``CANDIDATES`` others at most."""
    bags = {a: Counter(token.text for token in old[a].tokens) for a in left_old}
    places: dict[str, list[int]] = {}
    for a, bag in bags.items():
        for word in bag:
            places.setdefault(word, []).append(a)
    scored: list[tuple[float, int, int, int]] = []
    for rank, b in enumerate(left_new):
        bag = Counter(token.text for token in new[b].tokens)
        shared = Counter(a for word in bag if len(places.get(word, ())) <= COMMON for a in places.get(word, ()))
        beside = left_old[max(0, rank - 1) : rank + 2]
        for a in {*nlargest(CANDIDATES, shared, key=shared.__getitem__), *beside}:
            total = bag.total() + bags[a].total()
            likeness = 2 * (bag & bags[a]).total() / total if total else float(old[a].kind == new[b].kind)
            if likeness >= ALIKE:
                scored.append((-likeness, abs(a - b), a, b))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, _, a, b in sorted(scored):
        if a not in taken_old and b not in taken_new:
            pairs.append((a, b))
            taken_old.add(a)
            taken_new.add(b)
    return pairs


def runs(old: Tokens, new: Tokens) -> tuple[Run, ...]:
    """Returns two runs of tokens against each other, what is deleted always before what is inserted in its place.

    Few equal words between two larger changes are no island that helps a reader: they count as changed.
    """
    if old == new:
        return (Run(Change.EQUAL, old, new),) if old else ()
    numbers: dict[Token, int] = {}
    pairs = align(*([numbers.setdefault(token, len(numbers)) for token in side] for side in (old, new)))
    matches = _without_islands(_stretches(pairs, len(old), len(new)))
    found: list[Run] = []
    a = b = 0
    for a1, b1, size in [*matches, (len(old), len(new), 0)]:
        if a < a1:
            found.append(Run(Change.DELETE, old=old[a:a1]))
        if b < b1:
            found.append(Run(Change.INSERT, new=new[b:b1]))
        if size:
            found.append(Run(Change.EQUAL, old[a1 : a1 + size], new[b1 : b1 + size]))
        a, b = a1 + size, b1 + size
    return tuple(found)


#: Where tokens in a row are equal: their places on both sides, and how many.
Stretch = tuple[int, int, int]


def _stretches(pairs: list[tuple[int, int]], old_end: int, new_end: int) -> list[Stretch]:
    """Joins pairs in a row, and adds an empty stretch at the end of both sides."""
    found: list[Stretch] = []
    for a, b in pairs:
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (a, b):
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + 1)
        else:
            found.append((a, b, 1))
    return [*found, (old_end, new_end, 0)]


def _without_islands(stretches: list[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    a = b = 0
    for (a1, b1, size), (a2, b2, _) in pairwise(stretches):
        before = max(a1 - a, b1 - b)
        after = max(a2 - a1 - size, b2 - b1 - size)
        if not before or not after or 2 * size > min(before, after):
            kept.append((a1, b1, size))
            a, b = a1 + size, b1 + size
    return kept
