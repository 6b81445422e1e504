"""Reads lists: those above a memorandum, and those in the text."""

from __future__ import annotations

import re

from lxml import etree

from editions.model import Block, BlockKind
from editions.readers.tei.context import LONGEST, Context, words_of
from editions.readers.tei.flow import Blocks, Loose, has_words, mixed
from editions.readers.tei.inlines import read_alone, read_line
from editions.readers.tei.labels import BULLET, LABEL, labelled
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
        if name_of(child) == "pb" and not has_words(child):
            blocks.pending += read_alone(context, child)


def _items(context: Context, blocks: Blocks, element: etree._Element) -> None:
    heads = [child for child in element if name_of(child) == "head"]
    numbered = (element.get("type") or element.get("rend") or "") in ("ordered", "numbered")
    remark = "words that stand in no item of this list are read as an item."
    loose = Loose(context, blocks, element, BlockKind.ITEM, label=BULLET, remark=remark)
    loose.run.text(element.text)
    label, seen_head = "", not heads
    for child in element:
        name = name_of(child)
        if name in ("item", "list"):
            loose.flush()
        if name == "item":
            number = sum(block.kind is BlockKind.ITEM for block in blocks.found) + 1
            default = f"{number}." if numbered and not LABEL.match(words_of(child)) else BULLET
            _item(context, blocks, child, (label or child.get("n") or default)[:LONGEST])
            label = ""
        elif name == "list":
            list_(context, blocks, child)
        elif name == "label" and not label and not len(child) and len(words_of(child)) <= LONGEST:
            label = words_of(child)
        elif name == "pb" and not seen_head and not has_words(child):
            pass  # read before the head
        elif heads and child is heads[0]:
            seen_head = True
        else:
            loose.inline(child)
        loose.run.text(child.tail)
    loose.run.text(label)
    loose.flush()


def _item(context: Context, blocks: Blocks, element: etree._Element, label: str) -> None:
    inside = blocks.inside(nested=True)
    mixed(context, inside, element)
    if not inside.found and label == BULLET:
        return
    if not inside.found:
        blocks.add(BlockKind.ITEM, (), context.line(element), label)
        return
    first, *rest = inside.found
    if first.kind is BlockKind.PARAGRAPH and not first.label:
        blocks.found.append(Block(BlockKind.ITEM, first.content, label, tuple(rest), line=context.line(element)))
    elif label == BULLET:
        blocks.found += inside.found
    else:
        blocks.found.append(Block(BlockKind.ITEM, (), label, tuple(inside.found), line=context.line(element)))
