"""What a Word document contains: paragraphs and tables, with the look of every character, and the notes they call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from editions.model import Gap, NoteMarker
from editions.readers.docx.numbering import Label, Numbering, shown
from editions.readers.docx.package import MC, M, Package, R, Relationship, W
from editions.readers.docx.rich import PLAIN, RichText
from editions.readers.docx.styles import OFF, Look, Styles, value

#: Elements without any words of the text.
SILENT = {f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText", "sdtPr")}
BLOCKS = {f"{W}{name}" for name in ("p", "tbl")}
DELETED = {f"{W}del", f"{W}moveFrom"}
INSERTED = {f"{W}ins"}
SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
#: How Word numbers notes unless told otherwise.
NUMBERED = {"footnote": "decimal", "endnote": "lowerRoman"}
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
LINKS = ("http://", "https://")
LONGEST_MARK = 20


@dataclass
class Paragraph:
    """A paragraph: its words, the names of its style, what Word prints before it, and where it is aligned."""

    rich: RichText
    styles: tuple[str, ...] = ()
    label: Label | None = None
    alignment: str = ""


@dataclass
class Row:
    cells: list[list[Paragraph]]
    names_columns: bool = False


@dataclass
class Table:
    rows: list[Row]


@dataclass
class Note:
    """A footnote or endnote: its id in the edition, its label as printed, what it says."""

    id: str
    label: str
    paragraphs: list[Paragraph]


Part = Paragraph | Table


class Content:
    """Reads the parts of a Word document in order; ``notes`` are those that were called, as they were called."""

    def __init__(self, package: Package) -> None:
        self.styles = Styles.read(package.related("styles"))
        self.numbering = Numbering.read(package.related("numbering"), self.styles)
        self.links: dict[str, Relationship] = package.relationships(package.main)
        self.document = package.document()
        self.comments = {row.get(f"{W}id", ""): row for part in package.related("comments") for row in part}
        self.sources = {
            kind: {row.get(f"{W}id", ""): row for part in package.related(f"{kind}s") for row in part}
            for kind in NUMBERED
        }
        self.called: dict[tuple[str, str], Note] = {}
        self.counted: Counter[str] = Counter()
        roots = (*package.related("settings"), self.document)
        self.forms = {kind: _form(roots, kind, usual) for kind, usual in NUMBERED.items()}
        self.page_breaks = 0
        self.carried: RichText | None = None

    @property
    def notes(self) -> list[Note]:
        return list(self.called.values())

    def parts(self) -> list[Part]:
        """Returns the paragraphs and tables of the text."""
        return list(self._blocks(self.document, []))

    def uncalled(self) -> Iterator[Note]:
        """Reads the notes that nothing in the text calls."""
        for kind, rows in self.sources.items():
            for ident, row in rows.items():
                if (kind, ident) not in self.called and row.get(f"{W}type", "normal") == "normal":
                    yield self._note(kind, ident, self._number(kind))

    def words_of(self, element: Element) -> str:
        """Returns the words below an element, such as a header or a comment, without anything else."""
        return " ".join("".join(row.text or "" for row in p.iter(f"{W}t")) for p in element.iter(f"{W}p")).strip()

    def _blocks(self, element: Element, boxes: list[Element]) -> Iterator[Part]:
        for child in element:
            if child.tag == f"{W}p":
                inner: list[Element] = []
                yield from self._paragraph(child, inner)
                for box in inner:
                    for part in self._blocks(box, boxes):
                        _say(part, "This stands in a text box in Word, next to the paragraph above.", 0.7)
                        yield part
            elif child.tag == f"{W}tbl":
                yield Table([self._row(row) for row in child.iter(f"{W}tr")])
            elif child.tag not in SILENT and child.tag not in DELETED:
                yield from self._blocks(_chosen(child), boxes)

    def _paragraph(self, element: Element, boxes: list[Element]) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        rich, self.carried = self.carried or RichText(), None
        self._inlines(element, PLAIN, rich, boxes)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.carried = rich  # the end of this paragraph is deleted: the next one goes on with it
            return
        style = value(properties, "pStyle")
        label = self.numbering.label(properties) if rich.text.strip() else None
        yield Paragraph(rich, self.styles.names(style) if style else (), label, value(properties, "jc"))

    def _row(self, element: Element) -> Row:
        cells: list[list[Paragraph]] = []
        for cell in element.iter(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            paragraphs = [part for part in self._blocks(cell, []) if isinstance(part, Paragraph)]
            cells.append([] if goes_on and not _words(paragraphs) else paragraphs)
            span = value(properties, "gridSpan")
            cells += [[]] * (min(int(span), 63) - 1 if span.isdecimal() and len(span) < 3 else 0)
        header = element.find(f"{W}trPr/{W}tblHeader")
        return Row(cells, header is not None and header.get(f"{W}val", "1") not in ("0", "false"))

    def _inlines(self, element: Element, look: Look, rich: RichText, boxes: list[Element]) -> None:
        for child in element:
            tag = child.tag
            if tag in SILENT:
                continue
            if tag == f"{W}t":
                self._words(child.text or "", look, rich)
            elif tag == f"{W}r":
                if not self._own_mark(child, rich):
                    self._inlines(child, self.styles.look(child.find(f"{W}rPr"), look), rich, boxes)
            elif tag == f"{W}hyperlink":
                link = self.links.get(child.get(f"{R}id", ""))
                target = link.target if link and link.external and link.target.startswith(LINKS) else ""
                self._inlines(child, replace(look, target=target), rich, boxes)
            elif tag in DELETED:
                self._deleted(child, rich)
            elif tag in PICTURES:
                self._picture(child, rich, boxes)
            elif not self._mark(child, look, rich):
                if tag in INSERTED and (words := self.words_in(child)):
                    rich.said.append((f"Word has “{_cut(words)}” as inserted: it is taken.", 0.9))
                self._inlines(_chosen(child), look, rich, boxes)

    def _words(self, text: str, look: Look, rich: RichText) -> None:
        if look.hidden and text.strip():
            rich.said.append((f"Word hides “{_cut(text)}” here: it is left out.", 0.6))
        elif not look.hidden:
            rich.add(text.replace("\u00ad", ""), replace(look, hidden=False))

    def _mark(self, child: Element, look: Look, rich: RichText) -> bool:
        """Reads an element that is a single character or a mark; tells whether it was one."""
        tag = child.tag
        if tag in SPACES:
            rich.add(SPACES[tag], look)
        elif tag == f"{W}br":
            paged = child.get(f"{W}type") in ("page", "column")
            self.page_breaks += paged
            rich.add("\n", look)
        elif tag in NOTES:
            self._call(NOTES[tag], child, rich)
        elif tag == f"{W}sym":
            font, code = child.get(f"{W}font", ""), child.get(f"{W}char", "")
            rich.anchor(Gap(f"the character {code} of the font {font}"))
            rich.said.append((f"A character of the font {font} ({code}) stands here: write what it is.", 0.4))
        elif tag == f"{M}t":
            rich.add(child.text or "", look)
            rich.said.append(("A formula stands here, and only its characters are taken.", 0.4))
        elif tag == f"{W}commentReference":
            self._comment(child, rich)
        else:
            return False
        return True

    def _deleted(self, element: Element, rich: RichText) -> None:
        if element.tag == f"{W}del" and (words := self.words_in(element)):
            rich.said.append((f"Word has “{_cut(words)}” as deleted: it is left out.", 0.8))

    def words_in(self, element: Element) -> str:
        rows = (row.text or "" for row in element.iter() if row.tag in (f"{W}t", f"{W}delText"))
        return "".join(rows).strip()

    def _picture(self, element: Element, rich: RichText, boxes: list[Element]) -> None:
        texts = list(element.iter(f"{W}txbxContent"))
        boxes += texts
        if texts:
            return
        described = [row.get("descr") or row.get("title") or "" for row in element.iter() if row.tag.endswith("}docPr")]
        about = f": {' '.join(filter(None, described))}" if any(described) else ""
        rich.anchor(Gap(f"a picture{about}"))
        rich.said.append((f"A picture stands here{about}. It is not taken.", 0.6))

    def _comment(self, element: Element, rich: RichText) -> None:
        comment = self.comments.get(element.get(f"{W}id", ""))
        if comment is not None:
            author = comment.get(f"{W}author") or "someone"
            rich.said.append((f"A comment by {author}, left out: “{_cut(self.words_of(comment))}”", 0.9))

    def _call(self, kind: str, element: Element, rich: RichText, mark: str = "") -> None:
        ident = element.get(f"{W}id", "")
        if ident not in self.sources[kind]:
            rich.said.append((f"A {kind} is called here, and the file does not have it.", 0.2))
            return
        note = self.called.get((kind, ident)) or self._note(kind, ident, mark or self._number(kind))
        rich.anchor(NoteMarker(note.id))

    def _own_mark(self, run: Element, rich: RichText) -> bool:
        """Reads a run that calls a note by a mark of the author's own; tells whether it does."""
        found = [child for child in run if child.tag in NOTES and child.get(f"{W}customMarkFollows", "0") not in OFF]
        mark = "".join(row.text or "" for row in run.iter(f"{W}t")).strip()[:LONGEST_MARK]
        for child in found:
            self._call(NOTES[child.tag], child, rich, mark or "*")
        return bool(found)

    def _number(self, kind: str) -> str:
        """Counts the notes of a kind on, and returns the number as Word shows it."""
        self.counted[kind] += 1
        return shown(self.counted[kind], self.forms[kind])

    def _note(self, kind: str, ident: str, label: str) -> Note:
        taken = {note.id for note in self.called.values()}
        named = f"fn{label}" if label.isalnum() and f"fn{label}" not in taken else f"fn{kind}{len(taken) + 1}"
        note = self.called[kind, ident] = Note(named, label, [])
        parts = self._blocks(self.sources[kind][ident], [])
        note.paragraphs = [p for part in parts for p in ([part] if isinstance(part, Paragraph) else flattened(part))]
        return note


def _form(roots: tuple[Element, ...], kind: str, usual: str) -> str:
    """Returns the form in which a document numbers its notes."""
    properties = [row for root in roots for row in root.iter(f"{W}{kind}Pr")]
    forms = [form for row in properties if (form := value(row, "numFmt"))]
    return forms[-1] if forms else usual


def flattened(table: Table) -> Iterator[Paragraph]:
    """Yields a table, where none can stand, as a paragraph for each cell."""
    for row in table.rows:
        for cell in row.cells:
            yield from cell


def _chosen(element: Element) -> Element:
    """Returns the first of several ways to show the same, or the element itself when there is no choice."""
    if element.tag != f"{MC}AlternateContent":
        return element
    choice = element.find(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else element


def _words(paragraphs: list[Paragraph]) -> str:
    return "".join(paragraph.rich.text for paragraph in paragraphs).strip()


def _say(part: Part, message: str, confidence: float) -> None:
    for paragraph in [part] if isinstance(part, Paragraph) else list(flattened(part))[:1]:
        if paragraph.rich.text.strip():
            paragraph.rich.said.append((message, confidence))


def _cut(text: str, longest: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[:longest]}…"
