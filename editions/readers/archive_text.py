"""Reads archive text, the project's editable notation, without guessing. The notation: docs/archive-text.md."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

import yaml

from editions.dates import DateError, read_date
from editions.errors import ReadError
from editions.identify import identify
from editions.model import (
    ROW_KINDS,
    Block,
    BlockKind,
    Edition,
    Footnote,
    Metadata,
    NoteKind,
    NoteMarker,
    inlines,
    walk,
)
from editions.readers.inline_notation import read_inlines

INDENT = 4
DEEPEST = 20
KINDS = {kind.value: kind for kind in BlockKind}
NOTE = re.compile(
    r"\[\^(?P<key>[^\]\s]+)\](?:\{(?P<words>(?:source|editorial|authorial|label=|\s)(?:\\.|[^\\}])*)\})?:(?:\s|$)"
)
TYPED = re.compile(r"\{(?P<kind>[a-z]+)(?:\s+#(?P<id>[\w.-]+))?(?:\s+(?P<label>(?:\\.|[^\\}])+))?\}(?:\s|$)")
BLOCK = re.compile(rf"\{{(?:{'|'.join(KINDS)})[ }}]")
NUMBERED = re.compile(r"(?P<label>\d{1,4}\.)(?:\s|$)")
HEADING = re.compile(r"#(?:[ \t]+(?P<label>\d{1,4}\.)(?=\s|$))?(?:\s|$)")
SIMPLE = re.compile(r"(?P<mark>[->])(?:\s|$)")
#: Ids that a page gives to its own parts, or that are too long for an address.
RESERVED = re.compile(
    r"(?:fn|marker-|page-|correction-|corrected-|proposal-|link-|hit-|citation).*|text|cite|references|content|theme|.{61,}"
)
LONGEST_LABEL = 20
ESCAPE = re.compile(r"\\(.)")
DATES = {"written", "received", "released"}
NOTE_KINDS = {kind.value for kind in NoteKind}
LISTS = {"senders", "recipients"}


@dataclass
class _Chunk:
    """Consecutive lines that make one block: where they begin, how deep, and their text."""

    line: int
    depth: int
    text: str


@dataclass
class _Node:
    chunk: _Chunk
    kind: BlockKind
    label: str
    id: str
    text: str
    children: list[_Node] = field(default_factory=list)

    def block(self) -> Block:
        if RESERVED.fullmatch(self.id):
            raise ReadError(
                f"#{self.id} is an address of the page itself. Give this block another id.", self.chunk.line
            )
        if len(self.label) > LONGEST_LABEL:
            raise ReadError(
                f"a label has at most {LONGEST_LABEL} characters. Put the rest in the text.", self.chunk.line
            )
        content = read_inlines(self.text, self.chunk.line, cells=self.kind in ROW_KINDS)
        return Block(self.kind, content, self.label, tuple(c.block() for c in self.children), self.id, self.chunk.line)


def parse_archive_text(text: str, *, name_blocks: bool = True) -> Edition:
    """Reads archive text; every block of the edition has an id, or only those named by hand.

    Raises ``ReadError`` with the line and a remedy where the text breaks the notation: a mark that is not closed,
    a marker without its note, a note or an id that stands twice, front matter that is not understood.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    metadata, start = _front_matter(lines)
    blocks: list[_Node] = []
    notes: list[tuple[re.Match[str], _Chunk, list[_Node]]] = []
    path: list[_Node] = []
    for chunk in _chunks(lines, start):
        if chunk.depth == 0 and (mark := NOTE.match(chunk.text)):
            body = _Chunk(chunk.line, 0, chunk.text[mark.end() :].lstrip(" \n"))
            path = [_node(body)] if body.text else []
            notes.append((mark, chunk, list(path)))
            continue
        if notes and chunk.depth == 0:
            raise ReadError(
                "the notes come after the whole text: move this paragraph above the first note, "
                "or indent it by four spaces if it belongs to the note.",
                chunk.line,
            )
        depth = chunk.depth - 1 if notes else chunk.depth
        if depth >= DEEPEST:
            raise ReadError(f"blocks stand within blocks more than {DEEPEST} deep. Indent this line less.", chunk.line)
        if depth > len(path):
            raise ReadError(
                "this line is indented too far: four spaces for each level below the block above.", chunk.line
            )
        node = _node(chunk)
        siblings = path[depth - 1].children if depth else notes[-1][2] if notes else blocks
        siblings.append(node)
        path = [*path[:depth], node]
    footnotes = tuple(_footnote(mark, chunk, nodes) for mark, chunk, nodes in notes)
    edition = Edition(metadata, tuple(node.block() for node in blocks), footnotes)
    _check(edition)
    try:
        named = identify(edition)
        return named if name_blocks else edition
    except ValueError as error:
        raise ReadError(
            f"{error}. Ids are lasting addresses: give each block its own.", _line_of(edition, str(error))
        ) from error


def _chunks(lines: list[str], start: int) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    open_ = False
    for number, line in enumerate(lines[start:], start + 1):
        stripped = line.strip(" \t")
        if not stripped:
            open_ = False
        elif open_ and not _begins_anew(chunks[-1].text, stripped):
            chunks[-1].text += "\n" + stripped
        else:
            spaces = len(line.expandtabs(INDENT)) - len(line.expandtabs(INDENT).lstrip(" "))
            chunks.append(_Chunk(number, spaces // INDENT, stripped))
            open_ = True
    return chunks


def _begins_anew(above: str, line: str) -> bool:
    """Tells whether a line begins a block of its own without an empty line above it.

    It does below a block with the same sort of mark, unless the line above ends in a line break.
    """
    if (len(above) - len(above.rstrip("\\"))) % 2:
        return False
    return any(mark.match(above) and mark.match(line) for mark in (NOTE, BLOCK, NUMBERED, SIMPLE))


def _node(chunk: _Chunk) -> _Node:
    text = chunk.text
    if match := TYPED.match(text):
        if match["kind"] in KINDS:
            label = ESCAPE.sub(r"\1", match["label"] or "")
            return _Node(chunk, KINDS[match["kind"]], label, match["id"] or "", text[match.end() :].lstrip(" "))
        if match["kind"] not in ("page", "gap"):
            raise ReadError(f"{{{match['kind']}}} is not a kind of block. Use one of: {', '.join(KINDS)}.", chunk.line)
    elif match := HEADING.match(text):
        return _Node(chunk, BlockKind.HEADING, match["label"] or "", "", text[match.end() :].lstrip(" "))
    elif match := NUMBERED.match(text):
        return _Node(chunk, BlockKind.ITEM, match["label"], "", text[match.end() :].lstrip(" "))
    elif match := SIMPLE.match(text):
        bullet = match["mark"] == "-"
        return _Node(
            chunk,
            BlockKind.ITEM if bullet else BlockKind.QUOTATION,
            "•" if bullet else "",
            "",
            text[match.end() :].lstrip(" "),
        )
    return _Node(chunk, BlockKind.PARAGRAPH, "", "", text)


def _footnote(mark: re.Match[str], chunk: _Chunk, nodes: list[_Node]) -> Footnote:
    kind, label = NoteKind.EDITORIAL, mark["key"]
    for word in re.findall(r"(?:\\.|[^\\\s])+", mark["words"] or ""):
        if word.startswith("label="):
            label = ESCAPE.sub(r"\1", word.removeprefix("label="))
        elif word in NOTE_KINDS:
            kind = NoteKind(word)
        else:
            raise ReadError(f"“{word}” is not a kind of note. Use source, editorial or authorial.", chunk.line)
    if len(label) > LONGEST_LABEL or len(mark["key"]) > LONGEST_LABEL:
        raise ReadError(
            f"the name of a note has at most {LONGEST_LABEL} characters. Give it a shorter one.", chunk.line
        )
    return Footnote(f"fn{mark['key']}", label, tuple(node.block() for node in nodes), kind, chunk.line)


def _check(edition: Edition) -> None:
    """Every marker has its note, and no note stands twice."""
    for ident, times in Counter(note.id for note in edition.footnotes).items():
        if times > 1:
            line = [note.line for note in edition.footnotes if note.id == ident][1]
            raise ReadError(f"note [^{ident.removeprefix('fn')}] stands twice. Give this one another name.", line)
    known = {note.id for note in edition.footnotes}
    for block in [*walk(edition.blocks), *(b for note in edition.footnotes for b in walk(note.blocks))]:
        for inline in inlines(block.content):
            if isinstance(inline, NoteMarker) and inline.note not in known:
                key = inline.note.removeprefix("fn")
                raise ReadError(f"the marker [^{key}] has no note. Add a line [^{key}]: with its text.", block.line)


def _line_of(edition: Edition, error: str) -> int:
    lines = [block.line for block in walk(edition.blocks) if block.id and f"“{block.id}”" in error]
    return lines[-1] if lines else 0


def _front_matter(lines: list[str]) -> tuple[Metadata, int]:
    """Returns the metadata between two lines of three hyphens at the top, and the number of lines they take."""
    if lines[0].rstrip() != "---":
        return Metadata(), 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise ReadError("the front matter that begins here is never closed. End it with a line of three hyphens.", 1)
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ReadError(
            f"the front matter cannot be read ({error.problem}). Write name: value on each line.", line
        ) from error
    if node is None:
        return Metadata(), end + 1
    if not isinstance(node, yaml.MappingNode):
        raise ReadError("front matter is made of lines like title: Message to Chairman Khrushchev.", 2)
    values: dict[str, Any] = dict(map(_entry, node.value))
    return Metadata(**values), end + 1


def _entry(pair: tuple[yaml.Node, yaml.Node]) -> tuple[str, object]:
    key_node, node = pair
    key, line = str(key_node.value), node.start_mark.line + 2
    known = [f.name for f in fields(Metadata)]
    if key not in known:
        raise ReadError(f"“{key}” is not known in front matter. Use: {', '.join(known)}.", line)
    if key in LISTS:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return key, tuple(_scalar(item, key) for item in items)
    value = _scalar(node, key)
    if key not in DATES:
        return key, value
    try:
        return key, read_date(value)
    except DateError as error:
        raise ReadError(str(error), line) from error


def _scalar(node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ReadError(f"“{key}” takes one line of text.", node.start_mark.line + 2)
    return str(node.value)
