"""Reads the blocks of a text: one function for each element, by its name in ``BLOCKS``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from editions.model import Block, BlockKind, Inline, Inlines, LineBreak, NoteMarker, PageBreak, Reference, Text
from editions.readers.tei.context import LONGEST, Context, words_of
from editions.readers.tei.inlines import own_line, read_children, read_inline, read_line
from editions.readers.tei.run import Run
from editions.readers.tei.tree import name_of

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
#: Lists that stand above a memorandum or the record of a meeting, by their type.
MEMO_TYPES = frozenset({"participants", "subject", "from", "to", "references", "memo"})
MEMO_HEAD = re.compile(r"(?:[A-Z][A-Z.'’ -]+|Subjects?|Re|Ref\w*|To|From|Through|Participants):?")
NUMBER = re.compile(r"(?P<label>\d{1,5}[a-z]?\.)\s+")
#: The label of an item that the source has among its words.
LABEL = re.compile(r"(?P<label>\((?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})\)|\d{1,3}[.)]|[a-z][.)]|[A-H]\.)\s+(?=\S)")
BULLET = "•"
WIDEST = 50


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
        leading = tuple(self.pending)
        self.pending.clear()
        return (*leading, *content)

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


def _extended(block: Block, inlines: tuple[Inline, ...]) -> Block:
    if block.blocks:
        return replace(block, blocks=(*block.blocks[:-1], _extended(block.blocks[-1], inlines)))
    return replace(block, content=(*block.content, *inlines))


Handler = Callable[[Context, Blocks, etree._Element], None]


def read_blocks(context: Context, element: etree._Element, *, stray: bool = False) -> tuple[Block, ...]:
    """Reads all blocks in an element: a note, or a text, where ``stray`` words stand in no block."""
    blocks = Blocks()
    mixed(context, blocks, element, stray=stray)
    return blocks.finish(context.line(element))


def mixed(context: Context, blocks: Blocks, element: etree._Element, *, stray: bool = False) -> None:
    """Reads an element that holds blocks, words or both; ``stray`` says that words have no place directly in it."""
    run, line = Run(context.preserve), context.line(element)

    def flush() -> None:
        nonlocal run
        if not run.is_empty:
            content = run.content()
            if all(isinstance(inline, PageBreak) for inline in content):
                blocks.pending += content
            elif all(isinstance(inline, NoteMarker) for inline in content):
                blocks.extend_last(*content)
            else:
                if stray:
                    context.remark(element, f"words directly in <{name_of(element)}> are read as a paragraph.", 0.8)
                blocks.add(blocks.body, content, line)
        run = Run(context.preserve)

    run.text(_outer(context, element.text, stray))
    for child in element:
        name = name_of(child)
        handler = BLOCKS.get(name)
        if handler is not None and (stray or name in SPLITTING or _holds_blocks(child)):
            flush()
            handler(context, blocks, child)
        else:
            if run.is_empty:
                line = context.line(child)
            read_inline(context, run, child)
        run.text(_outer(context, child.tail, stray))
    flush()


def _outer(context: Context, words: str | None, stray: bool) -> str | None:
    """White space between blocks is nothing, even where white space within them is kept."""
    return words if words and (not stray or words.strip()) else None


def _holds_blocks(element: etree._Element) -> bool:
    return name_of(element) in ("quote", "q", "said", "cit") and any(name_of(child) in BLOCKS for child in element)


def container(context: Context, blocks: Blocks, element: etree._Element) -> None:
    mixed(context, blocks, element, stray=True)


def heading(context: Context, blocks: Blocks, element: etree._Element) -> None:
    blocks.add(BlockKind.HEADING, read_line(context, element).content(), context.line(element))


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
            BLOCKS[name_of(child)](context, blocks, child)
            signed = signed or name_of(child) == "signed"
        else:
            read_inline(context, run, child)
        run.text(child.tail)
    flush()


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
        blocks.found += _labelled(inside.found)
    elif blocks.nested:
        blocks.found.append(Block(BlockKind.ITEM, leading, BULLET, tuple(inside.found), line=line))
    elif kind in MEMO_TYPES or MEMO_HEAD.fullmatch(words_of(head)):
        blocks.found.append(Block(BlockKind.MEMO, leading, "", tuple(inside.found), line=line))
    else:
        blocks.found += [Block(BlockKind.HEADING, leading, line=line), *_labelled(inside.found)]


def _page_breaks_before(context: Context, blocks: Blocks, element: etree._Element, head: etree._Element | None) -> None:
    for child in element:
        if head is None or child is head:
            return
        if name_of(child) == "pb":
            blocks.pending += read_line_of(context, child)


def read_line_of(context: Context, element: etree._Element) -> Inlines:
    """Reads one element as the only content of a line."""
    run = Run(context.preserve)
    read_inline(context, run, element)
    return run.content()


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
                blocks.pending += read_line_of(context, child) if seen_head else ()
            case name if name in BLOCKS:
                BLOCKS[name](context, blocks, child)
            case _:
                blocks.extend_last(*read_line_of(context, child))
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


def _labelled(items: list[Block]) -> list[Block]:
    """Takes the labels out of the words of items, where all of them have one."""
    found = [_label(block) if block.label == BULLET else None for block in items]
    if not items or None in found:
        return items
    return [
        replace(block, label=match["label"], content=_without(block.content, match.end()))
        for block, match in zip(items, found, strict=True)
        if match
    ]


def _label(block: Block) -> re.Match[str] | None:
    first = next((inline for inline in block.content if not isinstance(inline, PageBreak)), None)
    return LABEL.match(first.value) if isinstance(first, Text) else None


def _without(content: Inlines, length: int) -> Inlines:
    """Returns the content without the first characters of its first words."""
    at = next(n for n, inline in enumerate(content) if isinstance(inline, Text))
    words = content[at]
    assert isinstance(words, Text)
    rest = (Text(words.value[length:]),) if words.value[length:] else ()
    return (*content[:at], *rest, *content[at + 1 :])


def number_of(block: Block) -> Block:
    """Returns a heading with the number that its words begin with as its label."""
    first = next((inline for inline in block.content if not isinstance(inline, PageBreak)), None)
    match = NUMBER.match(first.value) if isinstance(first, Text) else None
    return replace(block, label=match["label"], content=_without(block.content, match.end())) if match else block


def table(context: Context, blocks: Blocks, element: etree._Element) -> None:
    head = next((child for child in element if name_of(child) == "head"), None)
    line = context.line(element)
    caption = blocks.lead(read_line(context, head).content()) if head is not None else ()
    inside = blocks.inside()
    for child in element:
        if name_of(child) == "row":
            _row(context, inside, child)
        elif name_of(child) == "pb":
            inside.pending += read_line_of(context, child)
        elif child is not head:
            inside.extend_last(*read_line_of(context, child))
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
        run.text(_outer(context, child.tail, True))
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


def page_break(context: Context, blocks: Blocks, element: etree._Element) -> None:
    blocks.pending += read_line_of(context, element)


def loose_note(context: Context, blocks: Blocks, element: etree._Element) -> None:
    """A note between blocks is called at the end of the one before it."""
    blocks.extend_last(*read_line_of(context, element))


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
#: Blocks that end the paragraph in which they stand; others are words there.
SPLITTING = frozenset(
    {"p", "ab", "list", "table", "figure", "graphic", "lg", "floatingText", "div", "closer", "postscript"}
)
