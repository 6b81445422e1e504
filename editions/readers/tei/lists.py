"""Reads lists: those above a memorandum, and those in the text."""

from __future__ import annotations

import re

from lxml import etree

from editions.model import Block, BlockKind
from editions.readers.tei.context import LONGEST, Context, words_of
from editions.readers.tei.flow import Blocks, mixed
from editions.readers.tei.inlines import read_alone, read_line
from editions.readers.tei.labels import BULLET, LABEL, labelled
from editions.readers.tei.run import Run
from editions.readers.tei.tree import name_of

#: Lists that stand above a memorandum or the record of a meeting, by their type.
MEMO_TYPES = frozenset({"participants", "subject", "from", "to", "references", "memo"})
MEMO_HEAD = re.compile(r"(?:[A-Z][A-Z.'’ -]+|Subjects?|Re|Ref\w*|To|From|Through|Participants):?")


def list_(context: Context, blocks: Blocks, element: etree._Element) -> None:
    head = next((child for child in element if name_of(child) == "head"), None)
    line = context.line(element if head is None else head)
    _page_breaks_before(context, blocks, element, head)
    content = read_line(context, head).content() if head is not None else ()
    leading = blocks.lead(content) if content else ()
    inside = blocks.inside(nested=True)
    _items(context, inside, element)
    kind = (element.get("type") or "").strip()
    if not content:
        blocks.found += labelled(inside.found)
    elif blocks.nested:
        blocks.found.append(Block(BlockKind.ITEM, leading, BULLET, tuple(inside.found), line=line))
    elif kind in MEMO_TYPES or MEMO_HEAD.fullmatch(words_of(head)):
        blocks.found.append(Block(BlockKind.MEMO, leading, "", tuple(inside.found), line=line))
    else:
        blocks.found += [Block(BlockKind.HEADING, leading, line=line), *labelled(inside.found)]


def _page_breaks_before(context: Context, blocks: Blocks, element: etree._Element, head: etree._Element | None) -> None:
    for child in element:
        if head is None or child is head:
            return
        if name_of(child) == "pb":
            blocks.pending += read_alone(context, child)


def _items(context: Context, blocks: Blocks, element: etree._Element) -> None:
    label, seen_head = "", not any(name_of(child) == "head" for child in element)
    numbered = (element.get("type") or element.get("rend") or "") in ("ordered", "numbered")
    loose = Run()
    loose.text(element.text)
    for child in element:
        match name_of(child):
            case "item":
                number = sum(block.kind is BlockKind.ITEM for block in blocks.found) + 1
                default = f"{number}." if numbered and not LABEL.match(words_of(child)) else BULLET
                _item(context, blocks, child, (label or child.get("n") or default)[:LONGEST])
                label = ""
            case "label":
                label = words_of(child)
            case "head":
                seen_head = True
            case "pb":
                blocks.pending += read_alone(context, child) if seen_head else ()
            case name if name in context.readers:
                context.readers[name](context, blocks, child)
            case _:
                blocks.extend_last(*read_alone(context, child))
        loose.text(child.tail)
    if not loose.is_empty:
        context.remark(element, "words that stand in no item of this list are read as an item.", 0.8)
        blocks.add(BlockKind.ITEM, loose.content(), context.line(element), BULLET)


def _item(context: Context, blocks: Blocks, element: etree._Element, label: str) -> None:
    inside = blocks.inside(nested=True)
    mixed(context, inside, element)
    if not inside.found:
        return
    first, *rest = inside.found
    if first.kind is BlockKind.PARAGRAPH and not first.label:
        blocks.found.append(Block(BlockKind.ITEM, first.content, label, tuple(rest), line=context.line(element)))
    elif label == BULLET:
        blocks.found += inside.found
    else:
        blocks.found.append(Block(BlockKind.ITEM, (), label, tuple(inside.found), line=context.line(element)))
