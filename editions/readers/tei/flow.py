"""Blocks in the making: how words and blocks that stand in one element follow one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from editions.model import Block, BlockKind, Inline, Inlines, NoteMarker, PageBreak
from editions.readers.tei.context import Context
from editions.readers.tei.inlines import read_inline
from editions.readers.tei.run import Run, joined
from editions.readers.tei.tree import name_of

#: Blocks that end the paragraph in which they stand; others are words there.
SPLITTING = frozenset(
    {"p", "ab", "list", "table", "figure", "graphic", "lg", "floatingText", "div", "closer", "postscript"}
)
#: Elements that mark a point in the text; words in one are a slip, and are kept like any others.
POINTS = frozenset({"pb", "lb", "cb", "gb", "anchor", "milestone", "graphic", "frus:file", "frus:pdf"})
#: Quotations, which are blocks when they hold blocks.
QUOTATIONS = frozenset({"quote", "q", "said", "cit"})


@dataclass
class Blocks:
    """Blocks in the making. ``pending`` are page breaks between blocks, which begin the next one; ``body`` is what a
    paragraph is here, and ``nested`` says that these blocks stand in an item of a list."""

    found: list[Block] = field(default_factory=list)
    pending: list[Inline] = field(default_factory=list)
    body: BlockKind = BlockKind.PARAGRAPH
    nested: bool = False

    def inside(self, body: BlockKind = BlockKind.PARAGRAPH, *, nested: bool = False) -> Blocks:
        return Blocks([], self.pending, body, nested)

    def lead(self, content: Inlines) -> Inlines:
        """Returns the content with the page breaks in front that stood before it."""
        leading: Inlines = ()
        for inline in self.pending:
            leading = joined(leading, (inline,))
        self.pending.clear()
        return joined(leading, content)

    def add(
        self, kind: BlockKind, content: Inlines, line: int, label: str = "", blocks: tuple[Block, ...] = ()
    ) -> None:
        self.found.append(Block(kind, self.lead(content), label, blocks, line=line))

    def extend_last(self, *inlines: Inline) -> None:
        """Adds inlines to the end of the last block, or before the next one where there is none."""
        if self.found and not self.pending:
            self.found[-1] = _extended(self.found[-1], inlines)
        else:
            self.pending += inlines

    def finish(self, line: int) -> tuple[Block, ...]:
        """Returns the blocks; page breaks after the last become its end."""
        if self.pending and self.found:
            self.found[-1] = _extended(self.found[-1], self.lead(()))
        elif self.pending:
            self.add(self.body, (), line)
        return tuple(self.found)


Handler = Callable[[Context, Blocks, etree._Element], None]


def _extended(block: Block, inlines: tuple[Inline, ...]) -> Block:
    if block.blocks:
        return replace(block, blocks=(*block.blocks[:-1], _extended(block.blocks[-1], inlines)))
    return replace(block, content=joined(block.content, inlines))


def read_blocks(context: Context, element: etree._Element, *, stray: bool = False) -> tuple[Block, ...]:
    """Reads all blocks in an element: a note, or a text, where ``stray`` words stand in no block."""
    blocks = Blocks()
    mixed(context, blocks, element, stray=stray)
    return blocks.finish(context.line(element))


class Loose:
    """Words that stand between blocks, until ``flush`` makes a block of them; ``remark`` says what is odd about it.

    Page breaks alone wait for the next block, and notes alone belong to the one before.
    """

    def __init__(
        self,
        context: Context,
        blocks: Blocks,
        element: etree._Element,
        kind: BlockKind,
        *,
        label: str = "",
        remark: str = "",
    ) -> None:
        self.context, self.blocks, self.element = context, blocks, element
        self.kind, self.label, self.remark = kind, label, remark
        self._begin(context.line(element))

    def _begin(self, line: int) -> None:
        self.run, self.line = Run(self.context.preserve), line

    def inline(self, child: etree._Element) -> None:
        if self.run.is_empty:
            self.line = self.context.line(child)
        read_inline(self.context, self.run, child)

    def flush(self) -> None:
        content = () if self.run.is_empty else self.run.content()
        if content and all(isinstance(inline, PageBreak | NoteMarker) for inline in content):
            if isinstance(content[0], PageBreak):
                self.blocks.pending += content
            else:
                self.blocks.extend_last(*content)
        elif content:
            if self.remark:
                self.context.remark(self.element, self.remark, 0.8)
            self.blocks.add(self.kind, content, self.line, self.label)
        self._begin(self.line)


def mixed(context: Context, blocks: Blocks, element: etree._Element, *, stray: bool = False) -> None:
    """Reads an element that holds blocks, words or both; ``stray`` says that words have no place directly in it."""
    remark = f"words directly in <{name_of(element)}> are read as a paragraph." if stray else ""
    loose = Loose(context, blocks, element, blocks.body, remark=remark)
    loose.run.text(outer(context, element.text, stray))
    for child in element:
        name = name_of(child)
        handler = context.readers.get(name)
        block = stray or name in SPLITTING or _holds_blocks(context, child)
        if handler is not None and block and not (name in POINTS and has_words(child)):
            loose.flush()
            handler(context, blocks, child)
        else:
            loose.inline(child)
        loose.run.text(outer(context, child.tail, stray))
    loose.flush()


def has_words(element: etree._Element) -> bool:
    """Whether there is anything in an element that should be empty."""
    return bool(len(element) or (element.text or "").strip())


def outer(context: Context, words: str | None, stray: bool) -> str | None:
    """White space between blocks is nothing, even where white space within them is kept."""
    return words if words and (not stray or words.strip()) else None


def _holds_blocks(context: Context, element: etree._Element) -> bool:
    return name_of(element) in QUOTATIONS and any(name_of(child) in context.readers for child in element)
