"""Reads back the blocks that ``editions.writers.tei`` wrote: each element is one block, and white space is kept."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from editions.model import Block, BlockKind, Inlines, Reference
from editions.readers.tei.context import Context, plain_id
from editions.readers.tei.inlines import read_children, read_inline
from editions.readers.tei.run import Run
from editions.readers.tei.tree import XML_ID, name_of

KINDS = {kind.value: kind for kind in BlockKind}
LINES = {
    "head": BlockKind.HEADING,
    "byline": BlockKind.AUTHOR,
    "dateline": BlockKind.DATELINE,
    "salute": BlockKind.SALUTATION,
    "closer": BlockKind.CLOSER,
    "signed": BlockKind.SIGNATURE,
    "quote": BlockKind.QUOTATION,
}
REND = {"center": BlockKind.CENTERED, "right": BlockKind.RIGHT}
NAMES = frozenset({*LINES, "p", "ab", "postscript", "list", "table", "figure", "div"})


def read_exactly(context: Context, element: etree._Element) -> tuple[Block, ...]:
    """Returns the blocks in an element that holds nothing else; raises ``LookupError`` where it was changed since."""
    return tuple(block for child in element for block in _blocks(context, child))


def _blocks(context: Context, element: etree._Element) -> tuple[Block, ...]:
    match name_of(element):
        case "div":
            return () if element.get("type") == "notes" else read_exactly(context, element)
        case "list" if element.get("type") == "group":
            first, *rest = read_exactly(context, element[0]) or [Block(BlockKind.PARAGRAPH)]
            return (replace(first, blocks=tuple(rest)),)
        case "list" if element.get("type") == "memo":
            head = _block(context, element[0], BlockKind.MEMO)
            return (replace(head, blocks=tuple(_item(context, item) for item in element[1:])),)
        case "list":
            return tuple(_item(context, item) for item in element)
        case "table":
            return (_table(context, element),)
        case "figure":
            picture = Reference(element[0].get("url", ""), _content(context, element[1]))
            return (replace(_named(context, element, BlockKind.FIGURE), content=(picture,)),)
        case "postscript":
            return (_block(context, element[0], BlockKind.POSTSCRIPT),)
        case "closer" if len(element) and name_of(element[0]) == "address":
            return (_block(context, element[0][0], BlockKind.ADDRESS),)
        case "p":
            return (_block(context, element, REND.get(element.get("rend", ""), BlockKind.PARAGRAPH)),)
        case "ab":
            return (_block(context, element, KINDS.get(element.get("type", ""), BlockKind.PARAGRAPH)),)
        case name:
            return (_block(context, element, LINES[name]),)


def _named(context: Context, element: etree._Element, kind: BlockKind) -> Block:
    ident = plain_id(element.get(XML_ID, ""))
    return Block(kind, label=element.get("n", ""), id=ident, line=context.line(element))


def _block(context: Context, element: etree._Element, kind: BlockKind) -> Block:
    return replace(_named(context, element, kind), content=_content(context, element))


def _content(context: Context, element: etree._Element) -> Inlines:
    run = Run(preserve=True)
    read_children(context, run, element)
    return run.content()


def _item(context: Context, element: etree._Element) -> Block:
    """An item begins with its words; the blocks that continue it follow."""
    run = Run(preserve=True)
    blocks: list[Block] = []
    run.text(element.text)
    for child in element:
        if name_of(child) in NAMES:
            blocks += _blocks(context, child)
        else:
            read_inline(context, run, child)
            run.text(child.tail)
    named = _named(context, element, BlockKind.ITEM)
    return replace(named, content=run.content(), blocks=tuple(blocks))


def _table(context: Context, element: etree._Element) -> Block:
    table, rows = _named(context, element, BlockKind.TABLE), []
    for child in element:
        if name_of(child) == "head":
            table = replace(table, content=_content(context, child))
            continue
        run = Run(preserve=True)
        for number, cell in enumerate(child):
            if number:
                run.cell()
            read_children(context, run, cell)
        kind = BlockKind.TABLE_COLUMNS if child.get("role") == "label" else BlockKind.TABLE_ROW
        rows.append(replace(_named(context, child, kind), content=run.content()))
    return replace(table, blocks=tuple(rows))
