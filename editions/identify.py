"""Gives the blocks of an edition their addresses, and carries addresses over when a text changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from editions.model import BODY_KINDS, Block, BlockKind, Edition, block_text, walk

REACH = 12
NUMBERED = re.compile(r"p(\d+)")


def identify(edition: Edition) -> Edition:
    """Returns the edition with an id for every block; ids that are there already stay.

    Body blocks are p1, p2, ... in reading order, and count on from the last id given by hand; others are named by
    their kind ("signature", "signature-2"), memorandum headings by their words ("memo-to"). Raises ``ValueError``
    when an id stands twice.
    """
    return replace(edition, blocks=_Namer().blocks(edition.blocks))


def anonymous(edition: Edition) -> Edition:
    """Returns the edition without any block ids."""
    return replace(edition, blocks=_map(edition.blocks, lambda block: replace(block, id="")))


def explicit_ids(edition: Edition) -> frozenset[str]:
    """Returns the ids that must be written down so that ``identify`` finds all the others again.

    Raises ``ValueError`` when a block has no id: ``identify`` the edition first.
    """
    namer, needed = _Namer(), set()
    for block, parent in _with_parents(edition.blocks):
        if not block.id:
            raise ValueError("a block has no id: identify the edition first")
        if namer.name(block, parent) != block.id:
            needed.add(block.id)
        namer.one(block, parent)
    return frozenset(needed)


def carry_over(old: Edition, new: Edition) -> Edition:
    """Returns the new edition with the ids of the old one wherever a block survived, moved or changed or not.

    Blocks with the same words keep their id. Between two that do, blocks of the same kind are paired in order when
    their words are alike (ratio 0.5 or more, Ratcliff and Obershelp); what is left gets a number never used before.
    """
    before = [block for block in walk(old.blocks) if block.id]
    family = list(_with_parents(new.blocks))
    after = [block for block, _ in family]
    by_hand = {block.id for block in after if block.id}
    pairs = {index: block for index, block in _pairs(before, after).items() if block.id not in by_hand}
    numbers = (NUMBERED.fullmatch(ident) for ident in (*(block.id for block in before), *by_hand))
    highest = max((int(match[1]) for match in numbers if match), default=0)
    taken = {block.id for block in pairs.values()}
    named: dict[int, str] = {}
    named_blocks: dict[int, str] = {}
    fresh = _Namer(used={block.id for block in before} | taken)
    for index, (block, parent) in enumerate(family):
        if block.id:
            named[index] = block.id
        elif index in pairs:
            named[index] = pairs[index].id
        elif _is_body(block, parent):
            highest += 1
            named[index] = f"p{highest}"
        else:
            named[index] = fresh.name(block, replace(parent, id=named_blocks[id(parent)]) if parent else None)
        fresh.used.add(named[index])
        named_blocks[id(block)] = named[index]
    order = iter(range(len(after)))
    return replace(new, blocks=_map(new.blocks, lambda block: replace(block, id=named[next(order)])))


def _with_parents(blocks: tuple[Block, ...], parent: Block | None = None) -> Iterator[tuple[Block, Block | None]]:
    for block in blocks:
        yield block, parent
        yield from _with_parents(block.blocks, block)


def _is_body(block: Block, parent: Block | None) -> bool:
    return block.kind in BODY_KINDS and (parent is None or parent.kind is not BlockKind.MEMO)


def _pairs(before: list[Block], after: list[Block]) -> dict[int, Block]:
    """Maps the index of a new block to the old block that it is."""
    old_words = [(block.kind, block_text(block)) for block in before]
    new_words = [(block.kind, block_text(block)) for block in after]
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    opcodes = matcher.get_opcodes()
    pairs: dict[int, Block] = {}
    for tag, a1, a2, b1, _ in opcodes:
        if tag == "equal":
            pairs |= {b1 + step: before[a1 + step] for step in range(a2 - a1)}
    _pair_moved(pairs, before, old_words, new_words)
    taken = {id(block) for block in pairs.values()}
    for tag, a1, a2, b1, b2 in opcodes:
        if tag == "replace":
            _pair_changed(pairs, [b for b in before[a1:a2] if id(b) not in taken], after, range(b1, b2))
    return pairs


Words = tuple[BlockKind, str]


def _pair_moved(pairs: dict[int, Block], before: list[Block], old: list[Words], new: list[Words]) -> None:
    """Pairs blocks that have the same kind and words in another place."""
    taken = {id(block) for block in pairs.values()}
    free: dict[Words, list[Block]] = {}
    for block, words in zip(before, old, strict=True):
        if id(block) not in taken:
            free.setdefault(words, []).append(block)
    for index, words in enumerate(new):
        if index not in pairs and free.get(words):
            pairs[index] = free[words].pop(0)


def _pair_changed(pairs: dict[int, Block], candidates: list[Block], after: list[Block], indexes: range) -> None:
    """Pairs blocks in order whose words are alike, looking at most ``REACH`` blocks ahead."""
    start = 0
    for index in indexes:
        if index in pairs:
            continue
        for position in range(start, min(start + REACH, len(candidates))):
            if _alike(candidates[position], after[index]):
                pairs[index] = candidates[position]
                start = position + 1
                break


def _alike(old: Block, new: Block) -> bool:
    body = old.kind in BODY_KINDS and new.kind in BODY_KINDS
    if not body and old.kind != new.kind:
        return False
    matcher = SequenceMatcher(None, block_text(old), block_text(new), autojunk=False)
    return matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 and matcher.ratio() >= 0.5


def _map(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    result = []
    for block in blocks:
        changed = change(block)
        result.append(replace(changed, blocks=_map(block.blocks, change)))
    return tuple(result)


class _Namer:
    """Walks the blocks in reading order and names those without an id."""

    def __init__(self, used: set[str] | None = None) -> None:
        self.number = 0
        self.used = set(used or ())
        self.next: dict[str, int] = {}

    def blocks(self, blocks: tuple[Block, ...], parent: Block | None = None) -> tuple[Block, ...]:
        named = []
        for block in blocks:
            block = self.one(block, parent)
            named.append(replace(block, blocks=self.blocks(block.blocks, block)) if block.blocks else block)
        return tuple(named)

    def one(self, block: Block, parent: Block | None) -> Block:
        ident = block.id or self.name(block, parent)
        if ident in self.used:
            raise ValueError(f"two blocks have the id “{ident}”")
        self.used.add(ident)
        if match := NUMBERED.fullmatch(ident):
            self.number = int(match[1])
        return replace(block, id=ident)

    def name(self, block: Block, parent: Block | None) -> str:
        if _is_body(block, parent):
            return f"p{self.number + 1}"
        if parent is not None and parent.kind is BlockKind.MEMO:
            return self.free(f"{parent.id}-1", lambda n: f"{parent.id}-{n}")
        base = f"memo-{_slug(block_text(block))}" if block.kind is BlockKind.MEMO else block.kind.value
        return self.free(base, lambda n: f"{base}-{n}")

    def free(self, first: str, numbered: Callable[[int], str]) -> str:
        if first not in self.used:
            return first
        number = self.next.get(first, 2)
        while numbered(number) in self.used:
            number += 1
        self.next[first] = number
        return numbered(number)


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:30] or "heading"
