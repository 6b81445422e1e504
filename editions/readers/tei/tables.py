"""Reads tables and figures."""

from __future__ import annotations

from lxml import etree

from editions.model import Block, BlockKind, Inline, Reference, Text
from editions.readers.tei.context import Context
from editions.readers.tei.flow import Blocks, outer
from editions.readers.tei.inlines import own_line, read_alone, read_children, read_inline, read_line
from editions.readers.tei.run import Run
from editions.readers.tei.tree import name_of

WIDEST = 50


def table(context: Context, blocks: Blocks, element: etree._Element) -> None:
    head = next((child for child in element if name_of(child) == "head"), None)
    line = context.line(element)
    caption = blocks.lead(read_line(context, head).content()) if head is not None else ()
    inside = blocks.inside()
    for child in element:
        if name_of(child) == "row":
            _row(context, inside, child)
        elif name_of(child) == "pb":
            inside.pending += read_alone(context, child)
        elif child is not head:
            inside.extend_last(*read_alone(context, child))
    blocks.found.append(Block(BlockKind.TABLE, caption, "", tuple(inside.found), line=line))


def _row(context: Context, blocks: Blocks, element: etree._Element) -> None:
    run, first = Run(context.preserve), True
    for child in element:
        if name_of(child) == "cell":
            if not first:
                run.cell()
            first = False
            read_children(context, run, child)
            _cover(run, child)
        else:
            read_inline(context, run, child)
        run.text(outer(context, child.tail, True))
    cells = element.findall("{*}cell")
    labels = element.get("role") == "label" or (bool(cells) and all(cell.get("role") == "label" for cell in cells))
    blocks.add(BlockKind.TABLE_COLUMNS if labels else BlockKind.TABLE_ROW, run.content(), context.line(element))


def _cover(run: Run, cell: etree._Element) -> None:
    """A cell as wide as several is followed by empty ones, so that the columns stay under one another."""
    covered = cell.get("cols") or ""
    for _ in range(min(int(covered), WIDEST) - 1 if covered.isdecimal() else 0):
        run.cell()


def figure(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """A picture is a reference to where it is; what is said of it are the words of the reference."""
    pictures = list(element.iter("{*}graphic"))
    run = Run(context.preserve)
    for child in element:
        if name_of(child) not in ("graphic", "#"):
            own_line(context, run, child)
    caption = run.content()
    content: list[Inline] = [] if pictures else [*caption]
    for picture in pictures:
        target = " ".join((picture.get("url") or "").split())
        content += [Text(" ")] if content else []
        content.append(Reference(target, caption or (Text(target),)))
        caption = ()
    if content:
        blocks.add(BlockKind.FIGURE, tuple(content), context.line(element))
