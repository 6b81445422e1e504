"""Reads the blocks of a text: one function for each element, by its name in ``BLOCKS``."""

from __future__ import annotations

from lxml import etree

from editions.model import BlockKind, LineBreak, NoteMarker, PageBreak
from editions.readers.tei.context import LONGEST, Context
from editions.readers.tei.flow import Blocks, Handler, mixed
from editions.readers.tei.inlines import read_alone, read_inline, read_line
from editions.readers.tei.lists import list_
from editions.readers.tei.run import Run
from editions.readers.tei.tables import figure, table
from editions.readers.tei.tree import XML_ID, name_of

P_REND = {
    "sectiontitleital": "heading",
    "center": "centered",
    "centered": "centered",
    "right": "right",
    "left": "paragraph",
    "flushleft": "paragraph",
    "indent": "paragraph",
    "italic": "paragraph",
}


def container(context: Context, blocks: Blocks, element: etree._Element) -> None:
    mixed(context, blocks, element, stray=True)


def heading(context: Context, blocks: Blocks, element: etree._Element) -> None:
    label = " ".join((element.get("n") or "").split())[:LONGEST]
    blocks.add(BlockKind.HEADING, read_line(context, element).content(), context.line(element), label)


def paragraph(context: Context, blocks: Blocks, element: etree._Element) -> None:
    word = context.word(element, "rend", P_REND)
    kind = BlockKind(word) if word else BlockKind.PARAGRAPH
    inside = blocks.inside(blocks.body if kind is BlockKind.PARAGRAPH else kind, nested=blocks.nested)
    mixed(context, inside, element)
    blocks.found += inside.found


def one_line(kind: BlockKind) -> Handler:
    """Returns the reader of an element that makes one block of this kind."""

    def read(context: Context, blocks: Blocks, element: etree._Element) -> None:
        run = read_line(context, element)
        if not run.is_empty:
            blocks.add(kind, run.content(), context.line(element))

    return read


def within(kind: BlockKind) -> Handler:
    """Returns the reader of an element whose paragraphs are blocks of this kind."""

    def read(context: Context, blocks: Blocks, element: etree._Element) -> None:
        inside = blocks.inside(kind)
        mixed(context, inside, element)
        blocks.found += inside.found

    return read


def salute(context: Context, blocks: Blocks, element: etree._Element) -> None:
    parent = element.getparent()
    closing = parent is not None and name_of(parent) == "closer"
    one_line(BlockKind.CLOSER if closing else BlockKind.SALUTATION)(context, blocks, element)


def closer(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """Words before the first signature are the closer; words after one go on below it, as an office does."""
    run = Run(context.preserve)
    signed = False

    def flush() -> None:
        nonlocal run
        content = run.content()
        if content and all(isinstance(inline, PageBreak) for inline in content):
            blocks.pending += content
        elif content and signed and not blocks.pending:
            blocks.extend_last(*(() if isinstance(content[0], NoteMarker) else (LineBreak(),)), *content)
        elif content:
            blocks.add(BlockKind.SIGNATURE if signed else BlockKind.CLOSER, content, context.line(element))
        run = Run(context.preserve)

    run.text(element.text)
    for child in element:
        if name_of(child) in ("signed", "salute", "dateline", "address", "p", "list", "postscript"):
            flush()
            context.readers[name_of(child)](context, blocks, child)
            signed = signed or name_of(child) == "signed"
        else:
            read_inline(context, run, child)
        run.text(child.tail)
    flush()


def page_break(context: Context, blocks: Blocks, element: etree._Element) -> None:
    blocks.pending += read_alone(context, element)


def loose_note(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """A note between blocks is called at the end of the one before it, unless a pointer calls it elsewhere."""
    if element.get(XML_ID, "") not in context.pointed:
        blocks.extend_last(*read_alone(context, element))


def nothing_between(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """A point between blocks that says nothing."""


def reported(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """What is no part of the text is reported as it is within a block."""
    read_inline(context, Run(), element)


def _each(handler: Handler, names: str) -> dict[str, Handler]:
    return dict.fromkeys(names.split(), handler)


#: Every element that is read between blocks. docs/tei.md says of each what becomes of it.
BLOCKS: dict[str, Handler] = {
    **_each(container, "text front body back group div div1 div2 div3 div4 floatingText opener argument sp"),
    **_each(heading, "head label"),
    **_each(paragraph, "p ab"),
    **_each(one_line(BlockKind.DATELINE), "dateline"),
    **_each(one_line(BlockKind.AUTHOR), "byline docAuthor"),
    **_each(one_line(BlockKind.SIGNATURE), "signed"),
    **_each(one_line(BlockKind.ADDRESS), "address"),
    **_each(one_line(BlockKind.CENTERED), "trailer"),
    **_each(one_line(BlockKind.QUOTATION), "lg"),
    **_each(within(BlockKind.QUOTATION), "quote q said cit epigraph"),
    **_each(within(BlockKind.POSTSCRIPT), "postscript"),
    **_each(salute, "salute"),
    **_each(closer, "closer"),
    **_each(list_, "list"),
    **_each(table, "table"),
    **_each(figure, "figure graphic"),
    **_each(page_break, "pb"),
    **_each(loose_note, "note"),
    **_each(nothing_between, "lb anchor milestone cb gb"),
    **_each(reported, "fw uh-oh frus:problem frus:page-count-according-to-citation frus:file frus:pdf #"),
}
