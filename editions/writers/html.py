"""Writes the blocks and notes of an edition as HTML: one method for each node. All text is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from urllib.parse import quote

from editions.model import (
    ROW_KINDS,
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Footnote,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Mention,
    MentionKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
    block_text,
    reading_text,
    walk,
)
from editions.references.identifiers import authority, describe
from editions.writers.joining import join_links

EMPHASIS = {
    EmphasisKind.ITALIC: ("<em>", "</em>"),
    EmphasisKind.BOLD: ("<strong>", "</strong>"),
    EmphasisKind.UNDERLINE: ("<u>", "</u>"),
    EmphasisKind.SMALL_CAPS: ('<span class="small-caps">', "</span>"),
    EmphasisKind.STRUCK: ("<s>", "</s>"),
}
CELL = {
    BlockKind.TABLE_ROW: ("<td>", "</td>"),
    BlockKind.TABLE_COLUMNS: ('<th scope="col">', "</th>"),
}


@dataclass(frozen=True)
class Annotation:
    """Something to mark in a block or note: characters ``start`` to ``end`` of its reading text.

    ``place`` is the id of the block or note; ``css`` the class; ``id`` the element's id, put on the
    first piece where the span is cut; ``href`` makes it a link; ``title`` a plain remark on it.
    """

    place: str
    start: int
    end: int
    css: str
    id: str = ""
    href: str = ""
    title: str = ""


def reference_mark(
    place: str, start: int, end: int, target: str, href: str | None, title: str = "", name: str = ""
) -> Annotation:
    """Marks words that refer to a target: as a link within the archive where ``href`` is given, else as a link to where
    the target can be read outside, else as wanted; without a target, as words that point nowhere.

    ``title`` says in plain words what is meant, ``name`` what the archive calls it.
    """
    if not target:
        return Annotation(place, start, end, "reference nowhere")
    if href:
        return Annotation(place, start, end, "reference", href=href, title=name)
    said = f"Not yet in the archive: {title or describe(target)}"
    if outside := authority(target):
        return Annotation(place, start, end, "reference outward", href=outside, title=said)
    return Annotation(place, start, end, "reference wanted", title=said)


def no_link(target: str) -> str | None:
    """Knows no document: every reference is wanted."""
    return None


def no_gloss(target: str) -> str | None:
    """Knows no list of persons or terms: nothing is explained."""
    return None


@dataclass
class HtmlWriter:
    """Writes one edition. ``link`` turns the target of a reference into an address, or None while it is wanted;
    ``gloss`` says who or what the target of a mention is, or None where nothing is to be said."""

    edition: Edition
    annotations: Iterable[Annotation] = ()
    link: Callable[[str], str | None] = no_link
    gloss: Callable[[str], str | None] = no_gloss
    _by_place: Mapping[str, list[Annotation]] = field(init=False, default_factory=dict)
    _labels: Mapping[str, str] = field(init=False, default_factory=dict)
    _used_ids: set[str] = field(init=False, default_factory=set)
    _corrections: int = field(init=False, default=0)
    _active: list[Annotation] = field(init=False, default_factory=list)
    _offset: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        places: dict[str, list[Annotation]] = {}
        for annotation in self.annotations:
            places.setdefault(annotation.place, []).append(annotation)
        self._by_place = places
        self._labels = {note.id: note.label for note in self.edition.footnotes}

    def blocks(self) -> dict[str, str]:
        """Returns the HTML of each block by its id, children apart from their parents, in reading order.

        Of a table there is the inside of its caption, of a row its cells: the page puts them in one table.
        """
        return {block.id: self.block(block) for block in walk(self.edition.blocks)}

    def notes(self) -> dict[str, str]:
        """Returns the inside of each note by its id. Call it after ``blocks``: corrections are numbered in order."""
        return {note.id: self.note(note) for note in self.edition.footnotes}

    def block(self, block: Block) -> str:
        self._active, self._offset = self._by_place.get(block.id, []), 0
        return join_links(self.element(block))

    def note(self, note: Footnote) -> str:
        self._active, self._offset = self._by_place.get(note.id, []), 0
        parts: list[str] = []
        in_table = False
        for block in walk(note.blocks):
            self._offset += len(block_text(block)) - len(reading_text(block.content))  # its label
            row, caption = block.kind in ROW_KINDS, block.kind is BlockKind.TABLE
            if in_table and not row:
                parts.append("</table>")
            if caption or (row and not in_table):
                parts.append("<table>")
            html = self.element(block)
            parts.append(f"<tr>{html}</tr>" if row else f"<caption>{html}</caption>" if caption and html else html)
            in_table = row or caption
            self._offset += 1  # the line feed between blocks in the text of a note
        return join_links("".join([*parts, "</table>" if in_table else ""]))

    def element(self, block: Block) -> str:
        first = next((n for n, inline in enumerate(block.content) if not isinstance(inline, PageBreak)), 0)
        label = f'<span class="label">{escape(block.label)}</span> ' if block.label else ""
        if block.kind in ROW_KINDS:
            return self.cells(label, block)
        inside = self.inlines(block.content[:first]) + label + self.inlines(block.content[first:])
        match block.kind:
            case BlockKind.PARAGRAPH:
                return f"<p>{inside}</p>"
            case BlockKind.HEADING:
                return f'<h2 class="heading">{inside}</h2>'
            case BlockKind.TABLE:
                return inside
            case BlockKind.QUOTATION:
                return f"<blockquote><p>{inside}</p></blockquote>"
            case kind:
                return f'<p class="{kind.value}">{inside}</p>'

    def cells(self, label: str, row: Block) -> str:
        before, after = CELL[row.kind]
        cells: list[list[str]] = [[label]]
        for inline in row.content:
            if isinstance(inline, CellBreak):
                self._offset += 1
                cells.append([])
            else:
                cells[-1].append(self.inline(inline))
        return "".join(f"{before}{''.join(cell)}{after}" for cell in cells)

    def inlines(self, content: Inlines) -> str:
        return "".join(self.inline(inline) for inline in content)

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text(value):
                return self.text(value)
            case Emphasis(kind, content):
                before, after = EMPHASIS[kind]
                return f"{before}{self.inlines(content)}{after}"
            case NoteMarker(note):
                return self.marker(note)
            case PageBreak(label, facsimile):
                return self.page_break(label, facsimile)
            case LineBreak():
                self._offset += 1
                return "<br>"
            case Correction():
                return self.correction(inline)
            case Gap(reason):
                return f'<span class="gap">[{escape(reason or "gap")}]</span>'
            case Reference(target, content):
                return self.reference(target, content)
            case Mention(kind, target, content):
                return self.mention(kind, target, content)
            case CellBreak():
                self._offset += 1
                return " "

    def text(self, value: str) -> str:
        """Cuts the text where annotations begin and end, and wraps each piece in those that cover it."""
        start, end = self._offset, self._offset + len(value)
        self._offset = end
        here = [a for a in self._active if a.start < end and start < a.end]
        if not here:
            return escape(value, quote=False)
        cuts = sorted({start, end} | {cut for a in here for cut in (a.start, a.end) if start < cut < end})
        return "".join(
            self.wrapped(
                escape(value[a - start : b - start], quote=False), [x for x in here if x.start <= a and b <= x.end]
            )
            for a, b in pairwise(cuts)
        )

    def wrapped(self, html: str, annotations: list[Annotation]) -> str:
        linked = False
        for annotation in sorted(annotations, key=lambda a: (not a.href, a.end - a.start)):
            attributes = f' class="{escape(annotation.css)}"' + self.once(annotation.id)
            attributes += f' title="{escape(annotation.title)}"' if annotation.title else ""
            if annotation.href and not linked:
                linked = True
                html = f'<a{attributes} href="{escape(annotation.href)}">{html}</a>'
            elif not annotation.href:
                html = f"<span{attributes}>{html}</span>"
        return html

    def once(self, ident: str) -> str:
        """Returns an id attribute, the first time it is asked for."""
        if not ident or ident in self._used_ids:
            return ""
        self._used_ids.add(ident)
        return f' id="{escape(ident)}"'

    def marker(self, note: str) -> str:
        label = escape(self._labels.get(note, "?"))
        return (
            f'<sup class="note-marker"{self.once(f"marker-{note}")}>'
            f'<a href="#{quote(note)}" role="doc-noteref" aria-label="Note {label}">{label}</a></sup>'
        )

    def page_break(self, label: str, facsimile: str) -> str:
        ident, label = self.once(f"page-{label}"), escape(label)
        name = f'aria-label="page {label}"' + (f' title="Picture {escape(facsimile)}"' if facsimile else "")
        return f'<span class="page-break"{ident} role="doc-pagebreak" {name}>[p. {label}]</span> '

    def correction(self, correction: Correction) -> str:
        """Writes the corrected words, linked to the list of corrections, within the annotations that cover them."""
        self._corrections += 1
        number, start = self._corrections, self._offset
        self._offset += len(correction.corrected)
        words = escape(correction.corrected, quote=False) or "[omitted]"
        html = f'<a class="correction" id="corrected-{number}" href="#correction-{number}">{words}</a>'
        covering = [a for a in self._active if a.start <= start and self._offset <= a.end and not a.href]
        return self.wrapped(html, covering)

    def reference(self, target: str, content: Inlines) -> str:
        """Marks the words of a reference piece by piece: a link never holds another link.

        An annotation that says where some of the words lead, or that they lead nowhere, is taken instead.
        """
        start, end = self._offset, self._offset + len(reading_text(content))
        given = (a for a in self._active if a.place and a.css.startswith("reference"))
        if not any(a.start < end and start < a.end for a in given):
            self._active = [*self._active, reference_mark("", start, end, target, self.link(target))]
        return self.inlines(content)

    def mention(self, kind: MentionKind, target: str, content: Inlines) -> str:
        words, gloss = self.inlines(content), self.gloss(target)
        if not gloss:
            return words
        if kind is MentionKind.TERM:
            return f'<abbr class="term" title="{escape(gloss)}">{words}</abbr>'
        return f'<span class="mention" title="{escape(gloss)}">{words}</span>'
