"""Writes an edition as a TEI P5 document, so that ``editions.readers.tei.letter`` reads the same edition again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from editions.dates import HistoricalDate, Precision
from editions.model import ROW_KINDS, Block, BlockKind, CellBreak, Edition, Footnote, Inlines, Metadata, Reference
from editions.writers.tei_inlines import WriteError, attribute, escaped, write_inlines, xml_id

__all__ = ["PROGRAM", "WriteError", "write_tei"]

PROGRAM = "archive-edition"
#: Blocks with an element of their own, at the beginning of a text and at its end. Elsewhere they are <ab>.
OPENING = {
    BlockKind.HEADING: "head",
    BlockKind.AUTHOR: "byline",
    BlockKind.DATELINE: "dateline",
    BlockKind.SALUTATION: "salute",
}
CLOSING = {
    BlockKind.CLOSER: "closer",
    BlockKind.SIGNATURE: "signed",
    BlockKind.DATELINE: "dateline",
    BlockKind.POSTSCRIPT: "postscript",
    BlockKind.ADDRESS: "address",
}
DEEPEST_NOTE = 2


def write_tei(edition: Edition) -> str:
    """Returns a whole TEI document.

    Raises ``WriteError`` for a character that XML cannot hold, such as a control character.
    """
    writer = _Writer(edition.footnotes, in_place=True)
    body = writer.body(edition.blocks)
    if writer.written != [note.id for note in edition.footnotes]:
        writer = _Writer(edition.footnotes, in_place=False)
        body = writer.body(edition.blocks)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:space="preserve">\n'
        f"{_header(edition.metadata)}\n<text>\n<body>\n{body}</body>\n{writer.back()}</text>\n</TEI>\n"
    )


class _Writer:
    """Writes the text. Notes stand where they are called, if all are called once and in order, else at the end."""

    def __init__(self, notes: Sequence[Footnote], *, in_place: bool) -> None:
        self.notes = {note.id: note for note in notes}
        self.in_place = in_place
        self.written: list[str] = []
        self.depth = 0

    def body(self, blocks: Sequence[Block]) -> str:
        start = next((n for n, block in enumerate(blocks) if not _is_line(block, OPENING)), len(blocks))
        end = len(blocks)
        while end > start + 1 and _is_line(blocks[end - 1], CLOSING):
            end -= 1
        parts = [f"{self.line(block, OPENING[block.kind])}\n" for block in blocks[:start]]
        parts += [f"{part}\n" for part in self.blocks(blocks[start:end])]
        parts += [f"{self.line(block, CLOSING[block.kind])}\n" for block in blocks[end:]]
        return f"<div>\n{''.join(parts)}</div>\n"

    def back(self) -> str:
        if self.in_place or not self.notes:
            return ""
        notes = "".join(f"{self.note(note)}\n" for note in self.notes.values())
        return f'<back>\n<div type="notes">\n{notes}</div>\n</back>\n'

    def marker(self, ident: str) -> str:
        note = self.notes.get(ident)
        if self.in_place and note and ident not in self.written and self.depth < DEEPEST_NOTE:
            self.written.append(ident)
            return self.note(note)
        return f'<ptr type="note" target="#{xml_id(ident)}"/>'

    def note(self, note: Footnote) -> str:
        self.depth += 1
        inside = "".join(self.blocks(note.blocks))
        self.depth -= 1
        return f'<note xml:id="{xml_id(note.id)}" type="{note.kind.value}"{attribute("n", note.label)}>{inside}</note>'

    def inlines(self, content: Inlines) -> str:
        return write_inlines(content, self.marker)

    def line(self, block: Block, name: str) -> str:
        if name == "postscript":
            return f"<postscript>{self.element('p', block)}</postscript>"
        if name == "address":
            return f"<closer><address>{self.element('addrLine', block)}</address></closer>"
        return self.element(name, block)

    def element(self, name: str, block: Block, more: str = "") -> str:
        return f"<{name}{more}{_names(block)}>{self.inlines(block.content)}</{name}>"

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Writes blocks in order; items that follow one another become one list."""
        for is_item, group in groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM):
            if is_item:
                yield f"<list>{''.join(self.item(block) for block in group)}</list>"
            else:
                yield from map(self.block, group)

    def item(self, block: Block) -> str:
        return f"<item{_names(block)}>{self.inlines(block.content)}{''.join(self.blocks(block.blocks))}</item>"

    def block(self, block: Block) -> str:
        if block.kind is BlockKind.MEMO and block.blocks and all(b.kind is BlockKind.ITEM for b in block.blocks):
            return f'<list type="memo">{self.element("head", block)}{"".join(map(self.item, block.blocks))}</list>'
        if block.kind is BlockKind.TABLE and block.blocks and all(map(_is_plain_row, block.blocks)):
            return self.table(block)
        if block.blocks:
            own = self.block(Block(block.kind, block.content, block.label, (), block.id))
            return f'<list type="group"><item>{own}{"".join(self.blocks(block.blocks))}</item></list>'
        match block.kind:
            case BlockKind.PARAGRAPH:
                return self.element("p", block)
            case BlockKind.CENTERED:
                return self.element("p", block, ' rend="center"')
            case BlockKind.RIGHT:
                return self.element("p", block, ' rend="right"')
            case BlockKind.QUOTATION:
                return self.element("quote", block)
            case BlockKind.FIGURE if len(block.content) == 1 and isinstance(block.content[0], Reference):
                return self.figure(block, block.content[0])
            case kind:
                return self.element("ab", block, f' type="{kind.value}"')

    def figure(self, block: Block, picture: Reference) -> str:
        url = attribute("url", picture.target) or ' url=""'
        return f"<figure{_names(block)}><graphic{url}/><head>{self.inlines(picture.content)}</head></figure>"

    def table(self, block: Block) -> str:
        caption = f"<head>{self.inlines(block.content)}</head>" if block.content else ""
        return f"<table{_names(block)}>{caption}{''.join(map(self.row, block.blocks))}</table>"

    def row(self, block: Block) -> str:
        role = ' role="label"' if block.kind is BlockKind.TABLE_COLUMNS else ""
        cells: list[Inlines] = [()]
        for inline in block.content:
            cells = [*cells, ()] if isinstance(inline, CellBreak) else [*cells[:-1], (*cells[-1], inline)]
        return f"<row{role}{_names(block)}>{''.join(f'<cell>{self.inlines(cell)}</cell>' for cell in cells)}</row>"


def _names(block: Block) -> str:
    return (f' xml:id="{xml_id(block.id)}"' if block.id else "") + attribute("n", block.label)


def _is_line(block: Block, lines: dict[BlockKind, str]) -> bool:
    return block.kind in lines and not block.blocks


def _is_plain_row(block: Block) -> bool:
    return block.kind in ROW_KINDS and not block.blocks


def _header(metadata: Metadata) -> str:
    number = f'<idno type="number">{escaped(metadata.number)}</idno>' if metadata.number else ""
    released = _date(metadata.released, ' type="released"')
    terms = "".join(
        f'<term type="{name}">{escaped(value)}</term>'
        for name, value in (("kind", metadata.kind), ("subject", metadata.subject))
        if value
    )
    sent = _action("sent", metadata.senders, metadata.place, metadata.written)
    received = _action("received", metadata.recipients, "", metadata.received)
    return (
        f"<teiHeader>\n<fileDesc>\n<titleStmt><title>{escaped(metadata.title)}</title></titleStmt>\n"
        f"<publicationStmt><authority/>{number}{released}</publicationStmt>\n"
        f"<sourceDesc><bibl>{escaped(metadata.source)}</bibl></sourceDesc>\n</fileDesc>\n"
        f'<encodingDesc><appInfo><application ident="{PROGRAM}" version="1.0"><label>Archive</label></application>'
        "</appInfo></encodingDesc>\n"
        + _within("profileDesc", _within("correspDesc", sent + received) + _terms(terms))
        + "</teiHeader>"
    )


def _terms(terms: str) -> str:
    return _within("textClass", _within("keywords", terms))


def _within(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>" if content else ""


def _action(kind: str, names: Sequence[str], place: str, date: HistoricalDate | None) -> str:
    parts = "".join(f"<name>{escaped(name)}</name>" for name in names)
    parts += f"<placeName>{escaped(place)}</placeName>" if place else ""
    parts += _date(date)
    return f'<correspAction type="{kind}">{parts}</correspAction>' if parts else ""


def _date(date: HistoricalDate | None, more: str = "") -> str:
    if date is None:
        return ""
    if date.precision is Precision.SPAN:
        when = f' notBefore="{date.earliest.isoformat()}" notAfter="{date.latest.isoformat()}"'
    else:
        when = f' when="{date.iso}"'
    words = escaped(date.display)
    return f"<date{more}{when}>{f'<supplied>{words}</supplied>' if date.supplied else words}</date>"
