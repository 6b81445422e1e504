"""Goes through the XML of a volume once and notes where its parts begin and end.

Expat reports the byte at which each tag stands, and minds no identifier that stands twice. Within a document only its
end and its page breaks matter, so the handlers there do next to nothing: that is what makes a scan fast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from editions.errors import ReadError
from editions.model import Remark
from editions.readers.tei.malformed import refuse_doctype

ID = "xml:id"
#: Elements of the header whose words are kept, by name and type; the first of each counts.
HEADER = frozenset({"title", "publisher", "pubPlace", "date", "idno"})
#: Elements that hold parts of the volume: words directly in them belong to no part.
CONTAINERS = frozenset({"TEI", "text", "front", "body", "back", "group", "div", "list"})
#: What stands in a division beside documents and needs no remark.
EXPECTED = frozenset({"div", "head", "pb", "list"})
LISTS = frozenset({"names", "persons", "terms"})
SHOWN = 200

Attributes = dict[str, str]


@dataclass
class FoundDocument:
    ident: str
    division: str
    line: int
    start: int
    page: str
    end: int = 0


@dataclass
class FoundDivision:
    """A ``<div>`` that is no document; it counts only when it turns out to hold documents."""

    ident: str
    kind: str
    parent: str
    title: str = ""
    notes: list[str] = field(default_factory=list)
    strays: list[Remark] = field(default_factory=list)
    holds_documents: bool = False
    explains: bool = False


@dataclass(slots=True)
class _Element:
    """An element that is open outside of documents, the words read in it so far, and those of notes in it."""

    name: str
    attributes: Attributes
    line: int
    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    division: FoundDivision | None = None
    defines: tuple[str, str, str] | None = None

    @property
    def words(self) -> str:
        return " ".join("".join(self.parts).split())


class Scanner:
    """One scan of one volume: ``scan`` fills the lists; raises ``ReadError`` and ``ExpatError``."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.header: dict[str, str] = {}
        self.editors: list[str] = []
        self.divisions: list[FoundDivision] = []
        self.persons: list[tuple[str, str, str]] = []
        self.terms: list[tuple[str, str, str]] = []
        self.documents: list[FoundDocument] = []
        self.remarks: list[Remark] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._open: list[_Element] = []
        self._in_header = False
        self._page = ""
        self._depth = 0
        self._before_head = False
        self._childless = False
        self._idents: set[str] = set()

    def scan(self) -> None:
        if self.source[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise ReadError("this volume is in UTF-16. Save it as UTF-8 and try again.", 1)
        refuse_doctype(self._parser)
        self._parser.XmlDeclHandler = self._declaration
        self._outside()
        self._parser.Parse(self.source, True)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.upper() not in ("UTF-8", "US-ASCII"):
            raise ReadError(f"this volume is in {encoding}. Save it as UTF-8 and try again.", 1)

    def _outside(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def _start_document(self, attributes: Attributes) -> None:
        around = [element.division for element in self._open if element.division]
        for found in around:
            found.holds_documents = True
        line, parser = self._parser.CurrentLineNumber, self._parser
        ident = self._once(attributes.get(ID) or f"d{attributes.get('n') or len(self.documents) + 1}", line)
        division = around[-1].ident if around else ""
        self.documents.append(FoundDocument(ident, division, line, parser.CurrentByteIndex, self._page))
        self._depth, self._before_head, self._childless = 1, True, True
        parser.StartElementHandler = self._start_within
        parser.EndElementHandler = self._end_within
        parser.CharacterDataHandler = None

    def _start_within(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        self._childless = False
        if name == "pb":
            self._page = attributes.get("n", "")
            if self._before_head:
                self.documents[-1].page = self._page
        elif name == "head":
            self._before_head = False

    def _end_within(self, name: str) -> None:
        self._depth -= 1
        if not self._depth:
            at = self._parser.CurrentByteIndex
            # Expat reports the end of an empty element, <div/>, after its tag.
            empty = self._childless and self.source[at - 2 : at] == b"/>"
            self.documents[-1].end = at if empty else self.source.index(b">", at) + 1
            self._outside()

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "div" and attributes.get("type") == "document":
            self._start_document(attributes)
            return
        element = _Element(name, attributes, self._parser.CurrentLineNumber)
        if name == "div":
            element.division = self._division(attributes, element.line)
        elif name == "pb":
            self._page = attributes.get("n", "")
        elif name == "teiHeader":
            self._in_header = True
        self._open.append(element)

    def _division(self, attributes: Attributes, line: int) -> FoundDivision:
        around = [element.division.ident for element in self._open if element.division]
        ident = self._once(attributes.get(ID) or f"div{len(self.divisions) + 1}", line)
        division = FoundDivision(ident, attributes.get("type", ""), around[-1] if around else "")
        self.divisions.append(division)
        return division

    def _once(self, ident: str, line: int) -> str:
        """Returns the identifier, or another for one that stands twice."""
        unique, number = ident, 1
        while unique in self._idents:
            number += 1
            unique = f"{ident}-{number}"
        self._idents.add(unique)
        if unique != ident:
            self.remarks.append(Remark(line, f"the identifier {ident} stands twice; here it is read as {unique}.", 0.5))
        return unique

    def _text(self, words: str) -> None:
        if self._open:
            self._open[-1].parts.append(words)

    def _end(self, name: str) -> None:
        element = self._open.pop()
        parent = self._open[-1] if self._open else None
        if self._in_header:
            self._end_in_header(element)
        elif element.division:
            self._end_division(element, element.division)
        elif name == "item":
            self._end_item(element, parent)
        elif name in ("persName", "term") and ID in element.attributes:
            self._define(element)
        elif parent and parent.division:
            self._end_in_division(element, parent.division)
        elif name in ("titlePage", "docTitle") and parent and parent.name in CONTAINERS:
            self.remarks.append(_remark(element, "the title page is not stored; the header says the same"))
        if parent and name == "note":
            parent.notes.append(element.words)
        elif parent and parent.name not in CONTAINERS:
            parent.parts += element.parts
            parent.notes += element.notes

    def _end_in_header(self, element: _Element) -> None:
        if element.name == "teiHeader":
            self._in_header = False
        elif element.name == "editor":
            self.editors += [element.words] if element.words not in self.editors else []
        elif element.name in HEADER:
            key = f"{element.name} {element.attributes.get('type', '')}".strip()
            self.header.setdefault(key, element.words)

    def _end_in_division(self, element: _Element, division: FoundDivision) -> None:
        """Takes the title of a division, and remarks on what stands in it beside documents."""
        if element.name == "head" and not division.title:
            division.title, division.notes = element.words, element.notes
        elif element.name == "note":
            division.notes.append(element.words)
        elif element.name not in EXPECTED and element.words:
            message = f"<{element.name}> in “{division.title}” belongs to no document and is not stored"
            division.strays.append(_remark(element, message))

    def _end_division(self, element: _Element, division: FoundDivision) -> None:
        if division.holds_documents or division.explains:
            self.remarks += division.strays
            if element.words:
                message = f"words directly in “{division.title}” belong to no document and are not stored"
                self.remarks.append(_remark(element, message))
        else:
            kind = f"{division.kind or 'div'} {element.attributes.get(ID, '')}".strip()
            message = f"“{division.title or 'without a title'}” ({kind}) holds no document and is not stored."
            self.remarks.append(Remark(element.line, message))

    def _define(self, element: _Element) -> None:
        """Notes that the list item around a name or a term explains it."""
        item = next((e for e in reversed(self._open) if e.name == "item"), None)
        if item and not item.defines:
            item.defines = (element.name, element.attributes[ID], element.words)

    def _end_item(self, item: _Element, parent: _Element | None) -> None:
        if item.defines:
            kind, ident, name = item.defines
            ident = self._once(ident, item.line)
            description = item.words.removeprefix(name).lstrip(" ,;:.").strip()
            (self.persons if kind == "persName" else self.terms).append((ident, name.rstrip(" ,"), description))
            for element in self._open:
                if element.division:
                    element.division.explains = True
        elif parent and parent.name == "list" and parent.attributes.get("type") in LISTS and item.words:
            message = "this entry of a list has no identifier, so nothing can point at it; it is not stored"
            self.remarks.append(_remark(item, message))


def _remark(element: _Element, message: str) -> Remark:
    words = element.words
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    return Remark(element.line, f"{message}: “{shown}”.")
