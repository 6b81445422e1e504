"""Finds the parts of a volume of documents in TEI, without reading the documents themselves."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from editions.errors import ReadError
from editions.model import Remark
from editions.readers.tei.malformed import malformed
from editions.readers.tei.scanner import Scanner


@dataclass(frozen=True)
class Division:
    """A compilation, chapter or other part of a volume that holds documents.

    ``kind`` is its ``type``; ``notes`` are the words of the notes to its title; ``parent`` is the ident of the division
    it stands in, or empty; ``position`` counts all divisions of the volume from 0, each before those it holds.
    """

    ident: str
    kind: str
    title: str
    notes: tuple[str, ...]
    parent: str
    position: int


@dataclass(frozen=True)
class ListEntry:
    """Someone or something that a list of the volume explains: "p_KJF2", "Kennedy, John F.", "President ..."."""

    ident: str
    name: str
    description: str
    position: int


@dataclass(frozen=True)
class DocumentSlice:
    """Where a document stands in its file.

    ``start`` and ``end`` are the bytes of its ``<div type="document">``, ``line`` is its first line from 1, ``page``
    the label of the page on which it begins, ``position`` counts from 0, ``division`` is the ident of the innermost.
    """

    ident: str
    division: str
    position: int
    line: int
    start: int
    end: int
    page: str


@dataclass(frozen=True)
class Volume:
    """What a volume says of itself, and what is where in it. ``remarks`` name what is in none of its parts."""

    ident: str
    title: str
    series: str
    subseries: str
    number: str
    publisher: str
    place: str
    date: str
    editors: tuple[str, ...]
    divisions: tuple[Division, ...]
    persons: tuple[ListEntry, ...]
    terms: tuple[ListEntry, ...]
    documents: tuple[DocumentSlice, ...]
    remarks: tuple[Remark, ...]


def scan_volume(source: bytes) -> Volume:
    """Finds documents, divisions and lists in one pass over the XML, building no tree of it.

    Raises ``ReadError`` for malformed XML (with line and column), for a DOCTYPE, for another encoding than UTF-8, and
    where there is no ``<div type="document">``.
    """
    scanner = Scanner(source)
    try:
        scanner.scan()
    except expat.ExpatError as error:
        raise malformed(error) from error
    if not scanner.documents:
        raise ReadError(
            'this is no volume of documents: it has no <div type="document">. A single letter is read as format tei.'
        )
    words = scanner.header
    return Volume(
        ident=words.get("idno frus") or words.get("idno", ""),
        title=words.get("title volume") or words.get("title complete") or words.get("title", ""),
        series=words.get("title series", ""),
        subseries=words.get("title subseries", ""),
        number=words.get("title volumenumber", ""),
        publisher=words.get("publisher", ""),
        place=words.get("pubPlace", ""),
        date=words.get("date", ""),
        editors=tuple(scanner.editors),
        divisions=tuple(
            Division(d.ident, d.kind, d.title, tuple(d.notes), d.parent, position)
            for position, d in enumerate(d for d in scanner.divisions if d.holds_documents)
        ),
        persons=tuple(ListEntry(*entry, position) for position, entry in enumerate(scanner.persons)),
        terms=tuple(ListEntry(*entry, position) for position, entry in enumerate(scanner.terms)),
        documents=tuple(
            DocumentSlice(d.ident, d.division, position, d.line, d.start, d.end, d.page)
            for position, d in enumerate(scanner.documents)
        ),
        remarks=tuple(sorted(scanner.remarks, key=lambda remark: remark.line)),
    )
