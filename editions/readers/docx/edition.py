"""Makes an edition of a Word document: restored from its lines, with what the file itself says in place of guesses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from editions.errors import ReadError
from editions.identify import anonymous, identify
from editions.model import (
    Block,
    BlockKind,
    CellBreak,
    Edition,
    Footnote,
    Inline,
    LineBreak,
    NoteKind,
    NoteMarker,
    Remark,
    block_text,
    walk,
)
from editions.readers.docx.content import Content, Note, Paragraph, Row, Table
from editions.readers.docx.layout import Layout, Line, lay_out
from editions.readers.docx.overlay import Glyph, Overlay, bare, dressed, glyphs_of
from editions.readers.docx.package import Package
from editions.readers.docx.rich import PLAIN
from editions.readers.pasted import Restoration, restore
from editions.readers.pasted.heading import read_metadata
from editions.readers.reading import Reading

#: What the names of Word's own styles say of a paragraph.
STYLES = {
    "title": BlockKind.HEADING,
    **{f"heading {level}": BlockKind.HEADING for level in range(1, 10)},
    "quote": BlockKind.QUOTATION,
    "intense quote": BlockKind.QUOTATION,
    "block text": BlockKind.QUOTATION,
    "date": BlockKind.DATELINE,
    "salutation": BlockKind.SALUTATION,
    "closing": BlockKind.CLOSER,
    "signature": BlockKind.SIGNATURE,
    "envelope address": BlockKind.ADDRESS,
}
#: What is often set in bold or small capitals as a whole, which says nothing of its words.
SET_OFF = (BlockKind.HEADING, BlockKind.DATELINE, BlockKind.MEMO, BlockKind.AUTHOR)
ALIGNED = {"center": BlockKind.CENTERED, "right": BlockKind.RIGHT, "end": BlockKind.RIGHT}
LONGEST_LABEL = 20


def read_docx(source: bytes) -> Reading:
    """Reads a Word document; raises ``ReadError`` for one that is damaged, encrypted, unsafe or without text."""
    package = Package(source)
    content = Content(package)
    layout = _layout(content)
    restoration = restore(layout.text)
    edition, changed = _edition(layout, restoration)
    remarks = [r for r in restoration.remarks if r.line not in changed]
    remarks += [*_said(layout), *_left_out(package, content)]
    return Reading(edition, tuple(sorted(remarks, key=lambda remark: remark.line)))


def docx_lines(source: bytes) -> tuple[str, ...]:
    """Returns the lines of a Word document, its notes after its text; raises ``ReadError`` as ``read_docx`` does."""
    return tuple(_layout(Content(Package(source))).shown)


def _layout(content: Content) -> Layout:
    parts = content.parts()
    called = len(content.notes)
    uncalled = list(content.uncalled())
    for note in uncalled:
        for paragraph in note.paragraphs[:1]:
            paragraph.rich.said.append((f"Note {note.label} is called nowhere in the text of the file.", 0.3))
    layout = lay_out(parts, content.notes[:called] + uncalled)
    if not any(line.strip() for line in layout.shown):
        raise ReadError(
            "this Word document has no text. If it holds pictures of pages, transcribe them and paste that."
        )
    return layout


def _edition(layout: Layout, restoration: Restoration) -> tuple[Edition, set[int]]:
    """Returns the edition, and the lines at which the file knew better than the restoration."""
    starts = _starts(layout)
    rich = {starts[n] + len(line.text) - len(line.rich.text): line.rich for n, line in layout.lines.items()}
    labels = {offset for n, line in layout.lines.items() for offset in range(starts[n], starts[n] + len(line.label))}
    text_labels = {o for s in restoration.segments if s.role == "label" for o in range(s.start, s.end)}
    overlay = Overlay(restoration, layout.text, rich, labels - text_labels)
    taken = {note.id for note in layout.notes.values()}
    restored = _renamed(restoration.edition, taken) if taken else restoration.edition
    blocks = overlay.blocks(restored.blocks)
    footnotes = list(overlay.footnotes(restored.footnotes))
    changed: set[int] = set()
    blocks = tuple(_as_the_file_says(block, layout.lines, changed) for block in blocks)
    if overlay.homeless:
        blocks = (*blocks, Block(BlockKind.PARAGRAPH, tuple(overlay.homeless), line=1))
    blocks = _with_tables(_nested(blocks, layout.lines), layout.tables)
    footnotes += [_footnote(note, line) for line, note in layout.notes.items()]
    edition = Edition(blocks=blocks, footnotes=tuple(footnotes))
    return identify(anonymous(replace(edition, metadata=read_metadata(edition)))), changed


def _starts(layout: Layout) -> dict[int, int]:
    """Returns the offset in the text at which each line begins."""
    starts, at = {}, 0
    for number, text in enumerate(layout.text.split("\n"), 1):
        starts[number] = at
        at += len(text) + 1
    return starts


def _as_the_file_says(block: Block, lines: dict[int, Line], changed: set[int]) -> Block:
    """Returns a block of the kind that Word's style or numbering gives it; headings lose the bold they are set in."""
    children = tuple(_as_the_file_says(child, lines, changed) for child in block.blocks)
    line = lines.get(block.line)
    kind = _kind(block, line) if line else block.kind
    label = block.label or (line.label[:LONGEST_LABEL] if line else "")
    if line and (kind is not block.kind or _styled(line) is kind):
        changed.add(block.line)
    content = bare(block.content) if kind in SET_OFF else block.content
    return replace(block, kind=kind, label=label, content=content, blocks=children)


def _kind(block: Block, line: Line) -> BlockKind:
    if block.kind is BlockKind.MEMO or (line.paragraph.label and not line.label):
        return block.kind
    if styled := _styled(line):
        return styled
    if line.label:
        return BlockKind.ITEM
    if block.kind is BlockKind.PARAGRAPH:
        return ALIGNED.get(line.paragraph.alignment, block.kind)
    return block.kind


def _styled(line: Line) -> BlockKind | None:
    return next((STYLES[name] for name in line.paragraph.styles if name in STYLES), None)


def _nested(blocks: tuple[Block, ...], lines: dict[int, Line]) -> tuple[Block, ...]:
    """Puts items of a deeper level of a list below the item that they belong to."""
    tree: list[Block] = []
    for block in (part for whole in blocks for part in _parted(whole, lines)):
        level = _level(block, lines) or 0
        if level and tree and tree[-1].kind is BlockKind.ITEM:
            tree[-1] = _below(tree[-1], block, level - 1)
        else:
            tree.append(block)
    return tuple(tree)


def _level(block: Block, lines: dict[int, Line]) -> int | None:
    """Returns how deep in its list the file has an item; nothing for what the file has in no list."""
    line = lines.get(block.line)
    listed = line and line.label and line.paragraph.label and block.kind is BlockKind.ITEM
    return line.paragraph.label.level if listed and line and line.paragraph.label else None


def _parted(block: Block, lines: dict[int, Line]) -> Iterator[Block]:
    """Takes out of an item those below it that are items of the file, whose level the file knows."""
    if _level(block, lines) is None:
        yield block
        return
    own = next((n for n, child in enumerate(block.blocks) if _level(child, lines) is not None), len(block.blocks))
    yield replace(block, blocks=block.blocks[:own])
    for child in block.blocks[own:]:
        yield from _parted(child, lines)


def _below(parent: Block, block: Block, level: int) -> Block:
    last = parent.blocks[-1] if parent.blocks else None
    if level and last and last.kind is BlockKind.ITEM:
        return replace(parent, blocks=(*parent.blocks[:-1], _below(last, block, level - 1)))
    return replace(parent, blocks=(*parent.blocks, block))


def _with_tables(blocks: tuple[Block, ...], tables: dict[int, Table]) -> tuple[Block, ...]:
    """Puts each table after the blocks that stand above it."""
    placed = list(blocks)
    for number, table in reversed(tables.items()):
        rows = tuple(_row(row, number + index) for index, row in enumerate(table.rows))
        above = [index for index, block in enumerate(placed) if max(b.line for b in walk((block,))) < number]
        if any(block_text(row).strip() for row in rows):
            placed.insert(above[-1] + 1 if above else 0, Block(BlockKind.TABLE, blocks=rows, line=number))
    return tuple(placed)


def _row(row: Row, line: int) -> Block:
    content: list[Inline] = []
    for index, cell in enumerate(row.cells):
        content += [CellBreak()] if index else []
        content += dressed([glyph for paragraph in _spaced(cell) for glyph in paragraph])
    kind = BlockKind.TABLE_COLUMNS if row.names_columns else BlockKind.TABLE_ROW
    return Block(kind, tuple(content), line=line)


def _spaced(paragraphs: list[Paragraph]) -> Iterator[list[Glyph]]:
    """Yields the characters of the paragraphs of a cell, a line break between two."""
    for index, paragraph in enumerate(p for p in paragraphs if p.rich.text.strip() or p.rich.anchors):
        yield [LineBreak()] if index else []
        label = f"{paragraph.label.text} " if paragraph.label else ""
        yield [*((char, PLAIN) for char in label), *glyphs_of(paragraph.rich)]


def _footnote(note: Note, line: int) -> Footnote:
    blocks = []
    for paragraph in note.paragraphs:
        content = dressed(glyphs_of(paragraph.rich))
        label = paragraph.label.text[:LONGEST_LABEL] if paragraph.label else ""
        if content:
            blocks.append(Block(BlockKind.ITEM if label else BlockKind.PARAGRAPH, content, label, line=line))
    words = block_text(blocks[0]) if blocks else ""
    kind = NoteKind.SOURCE if words.startswith("Source:") else NoteKind.EDITORIAL
    return Footnote(note.id, note.label, tuple(blocks), kind, line)


def _renamed(edition: Edition, taken: set[str]) -> Edition:
    """Gives notes that were found in the text other ids than those of the file."""
    names = {note.id: f"fntext{note.id.removeprefix('fn')}" for note in edition.footnotes if note.id in taken}
    if not names:
        return edition

    def block(old: Block) -> Block:
        content = tuple(
            NoteMarker(names.get(inline.note, inline.note)) if isinstance(inline, NoteMarker) else inline
            for inline in old.content
        )
        return replace(old, content=content, blocks=tuple(map(block, old.blocks)))

    notes = tuple(replace(note, id=names.get(note.id, note.id)) for note in edition.footnotes)
    return replace(edition, blocks=tuple(map(block, edition.blocks)), footnotes=notes)


def _said(layout: Layout) -> Iterator[Remark]:
    """Yields what the reader of the content had to say, at the lines where it stands."""
    for number, line in layout.lines.items():
        yield from (Remark(number, message, sure) for message, sure in line.rich.said)
    for number, table in layout.tables.items():
        for index, row in enumerate(table.rows):
            said = [said for cell in row.cells for paragraph in cell for said in paragraph.rich.said]
            yield from (Remark(number + index, message, sure) for message, sure in said)
    for number, note in layout.notes.items():
        said = [said for paragraph in note.paragraphs for said in paragraph.rich.said]
        yield from (Remark(number, message, sure) for message, sure in said)


def _left_out(package: Package, content: Content) -> Iterator[Remark]:
    """Yields what of the file is not in the edition."""
    for kind in ("header", "footer"):
        for words in dict.fromkeys(content.words_of(part) for part in package.related(kind)):
            if words:
                yield Remark(1, f"The {kind} of the pages says “{words}”. It is left out.", 0.9)
    if content.page_breaks:
        message = (
            "Word begins new pages here, without the numbers of printed ones. These breaks are left out: write "
            "{page 888} where page 888 of a printed edition begins."
        )
        yield Remark(1, message, 0.9)
    if package.has_macros:
        yield Remark(1, "This file has macros. They are left out, and nothing of them was run.", 0.9)
    if package.related_names("aFChunk"):
        yield Remark(1, "A part of this file is embedded in another format, and cannot be read. Paste it.", 0.1)
