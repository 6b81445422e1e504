"""Reads tables and figures."""

from __future__ import annotations

from lxml import etree

from editions.model import Block, BlockKind, Inline, Reference, Text
from editions.readers.tei.context import Context
from editions.readers.tei.flow import Blocks, Loose, outer
from editions.readers.tei.inlines import own_line, read_children, read_inline, read_line
from editions.readers.tei.run import Run
from editions.readers.tei.tree import name_of

WIDEST = 50


def table(context: Context, blocks: Blocks, element: etree._Element) -> None:
    head = next((child for child in element if name_of(child) == "head"), None)
    line = context.line(element)
    caption = blocks.lead(read_line(context, head).content()) if head is not None else ()
    inside = blocks.inside()
    remark = "words that stand in no row of this table are read as a row."
    loose = Loose(context, inside, element, BlockKind.TABLE_ROW, remark=remark)
    loose.run.text(element.text)
    for child in element:
        if name_of(child) == "row":
            loose.flush()
            _row(context, inside, child)
        elif child is not head:
            loose.inline(child)
        loose.run.text(child.tail)
    loose.flush()
    blocks.found.append(Block(BlockKind.TABLE, caption, "", tuple(inside.found), line=line))


def _row(context: Context, blocks: Blocks, element: etree._Element) -> None:
    run, first = Run(context.preserve), True
    run.text(outer(context, element.text, True))
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
    run.text(element.text)
    for child in element:
        if name_of(child) == "graphic":
            read_children(context, run, child)
        elif name_of(child) == "#":
            read_inline(context, run, child)
        else:
            own_line(context, run, child)
        run.text(child.tail)
    caption = run.content()
    content: list[Inline] = []
    for picture in pictures:
        target = " ".join((picture.get("url") or "").split())
        if not target:
            context.remark(picture, "this picture has no address.", 0.5)
            continue
        content += [Text(" ")] if content else []
        content.append(Reference(target, caption or (Text(target),)))
        caption = ()
    content += caption
    if content:
        blocks.add(BlockKind.FIGURE, tuple(content), context.line(element))
