"""Lays what a file says for certain over the text that was restored from its lines: emphasis, note markers, links.

A restoration accounts for every character of its source, and its words stand in the same order there and in the
edition. So the n-th character of the edition's words is the n-th of the source's, and has its look.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from editions.model import (
    Block,
    Emphasis,
    EmphasisKind,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Reference,
    Text,
)
from editions.readers.docx.rich import PLAIN, RichText
from editions.readers.docx.styles import Look
from editions.readers.pasted import Restoration
from editions.readers.pasted.ledger import Role

#: A character with its look, or an inline that stands between characters.
Glyph = tuple[str, Look] | Inline
WORD = re.compile(r"\S")


class Overlay:
    """Gives restored blocks the looks and anchors of their source.

    ``skipped`` are offsets of the source that the file prints as a label, which are taken out of the words.
    """

    def __init__(self, restoration: Restoration, source: str, rich: dict[int, RichText], skipped: set[int]) -> None:
        self.looks: dict[int, Look] = {}
        self.before: defaultdict[int, list[Inline]] = defaultdict(list)
        self.after: defaultdict[int, list[Inline]] = defaultdict(list)
        self.skipped = skipped
        self.source = source
        self.offsets = {role: _offsets(restoration, source, role) for role in (Role.TEXT, Role.NOTE)}
        self.queues = {role: iter(offsets) for role, offsets in self.offsets.items()}
        hosts = sorted(offset for offsets in self.offsets.values() for offset in offsets if offset not in skipped)
        self.homeless: list[Inline] = []
        for start, text in rich.items():
            self.looks |= {start + index: look for index, look in enumerate(text.looks) if look != PLAIN}
            for at, inline in text.anchors:
                self._settle(start + at, inline, hosts)

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Returns the blocks of the text, dressed. To be called once, before ``footnotes``."""
        return tuple(self._block(block, Role.TEXT) for block in blocks)

    def footnotes(self, notes: tuple[Footnote, ...]) -> tuple[Footnote, ...]:
        """Returns the notes that were restored, dressed."""
        return tuple(replace(n, blocks=tuple(self._block(b, Role.NOTE) for b in n.blocks)) for n in notes)

    def _settle(self, at: int, inline: Inline, hosts: list[int]) -> None:
        """Ties an anchor to the character before it on its line, or else to the one after it."""
        index = bisect_left(hosts, at)
        same_line = index > 0 and "\n" not in self.source[hosts[index - 1] : at]
        if index > 0 and (same_line or index == len(hosts)):
            self.after[hosts[index - 1]].append(inline)
        elif index < len(hosts):
            self.before[hosts[index]].append(inline)
        else:
            self.homeless.append(inline)

    def _block(self, block: Block, role: Role) -> Block:
        content = dressed([glyph for inline in block.content for glyph in self._glyphs(inline, role)])
        return replace(block, content=content, blocks=tuple(self._block(child, role) for child in block.blocks))

    def _glyphs(self, inline: Inline, role: Role) -> Iterator[Glyph]:
        if not isinstance(inline, Text):
            yield inline
            return
        for char in inline.value:
            offset = next(self.queues[role], None) if not char.isspace() else None
            if offset is None:
                yield char, PLAIN
                continue
            yield from self.before.get(offset, ())
            if offset not in self.skipped:
                yield char, self.looks.get(offset, PLAIN)
            yield from self.after.get(offset, ())


def dressed(glyphs: list[Glyph]) -> Inlines:
    """Makes inlines of characters: those of one look together, white space collapsed and taken off both ends."""
    content: list[Inline] = []
    for target, run in groupby(_tidy(glyphs), key=lambda glyph: glyph[1].target if isinstance(glyph, tuple) else ""):
        inner = _emphasized(list(run), tuple(EmphasisKind))
        content += [Reference(target, inner)] if target else inner
    return tuple(content)


def _emphasized(glyphs: list[Glyph], kinds: tuple[EmphasisKind, ...]) -> Inlines:
    """Makes inlines of characters, emphasis of the first kind around that of the others."""
    content: list[Inline] = []
    if not kinds:
        for plain, run in groupby(glyphs, key=lambda glyph: isinstance(glyph, tuple)):
            characters = list(run)
            words = "".join(glyph[0] for glyph in characters if isinstance(glyph, tuple))
            content += [Text(words)] if plain else [glyph for glyph in characters if not isinstance(glyph, tuple)]
        return tuple(content)
    for on, run in groupby(glyphs, key=lambda glyph: isinstance(glyph, tuple) and kinds[0] in glyph[1].emphasis):
        inner = _emphasized(list(run), kinds[1:])
        content += [Emphasis(kinds[0], inner)] if on else inner
    return tuple(content)


def glyphs_of(rich: RichText) -> list[Glyph]:
    """Returns the characters of a rich text with the inlines between them; a line feed is a line break."""
    glyphs: list[Glyph] = []
    anchors = sorted(rich.anchors, key=lambda anchor: anchor[0])
    for index, (char, look) in enumerate([*zip(rich.text, rich.looks, strict=True), ("", PLAIN)]):
        while anchors and anchors[0][0] <= index:
            glyphs.append(anchors.pop(0)[1])
        if char == "\n":
            glyphs.append(LineBreak())
        elif char:
            glyphs.append((char, look))
    return glyphs


def bare(content: Inlines) -> Inlines:
    """Returns the content without emphasis on all its words, which is how a heading is set and says nothing."""
    for kind in EmphasisKind:
        words = [inline for inline in content if not isinstance(inline, Text) or inline.value.strip()]
        spans = [inline for inline in words if isinstance(inline, Emphasis) and inline.kind is kind]
        others = [inline for inline in words if isinstance(inline, Text | Emphasis | Reference) and inline not in spans]
        if spans and not others:
            content = tuple(
                inner
                for inline in content
                for inner in (inline.content if isinstance(inline, Emphasis) and inline in spans else (inline,))
            )
    return content


def _tidy(glyphs: list[Glyph]) -> list[Glyph]:
    """Collapses white space; a space looks as the words on both its sides do, and none stands beside a line break."""
    tidy: list[Glyph] = []
    look = PLAIN
    space = False
    for glyph in glyphs:
        if isinstance(glyph, tuple):
            char, new = glyph
            if char.isspace():
                space = True
                continue
            if space and _has_words(tidy):
                tidy.append((" ", Look(look.emphasis & new.emphasis, look.target if look.target == new.target else "")))
            tidy.append(glyph)
            look, space = new, False
        elif isinstance(glyph, LineBreak):
            tidy.append(glyph)
            space = False
        else:
            if space and _has_words(tidy):
                tidy.append((" ", PLAIN))
                look = PLAIN
            tidy.append(glyph)
            space = False
    while tidy and isinstance(tidy[-1], LineBreak):
        tidy.pop()
    return tidy[next((n for n, glyph in enumerate(tidy) if not isinstance(glyph, LineBreak)), 0) :]


def _has_words(glyphs: list[Glyph]) -> bool:
    """Tells whether a space may stand here: after a word or a mark, but not at the start of a line or after a space."""
    return bool(glyphs) and not isinstance(glyphs[-1], LineBreak)


def _offsets(restoration: Restoration, source: str, role: Role) -> list[int]:
    """Returns where the characters of a role stand in the source, white space left out."""
    parts = [segment for segment in restoration.segments if segment.role is role]
    return [match.start() for s in parts for match in WORD.finditer(source, s.start, s.end)]
