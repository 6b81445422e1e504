"""An excerpt of a document as a reading shows it: its passages with their notes, and what is left out between them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from classroom.content import Span
from documents.excerpt import HERE, IDENT, TAG
from documents.models import Document
from documents.queries import Block, Note
from documents.rows import Piece, Row, rows_of

MARKER = "marker-"


class Text(NamedTuple):
    """The passages and notes of a document, and the plain text of each passage by its id."""

    blocks: list[Block]
    notes: list[Note]
    plain: dict[str, str]


@dataclass(frozen=True)
class Portion:
    """Rows that stand together; before them ``omitted`` passages of the document are left out: see ``_left_out``.

    ``first`` is the id in the document of its first passage, ``numbers`` the numbers of its passages: "3–5".
    """

    rows: tuple[Row, ...]
    omitted: int = 0
    first: str = ""
    numbers: str = ""


@dataclass(frozen=True)
class Excerpt:
    """Passages of a public document, ready to be written down on any page; ``prefix`` stands before all its ids.

    ``omitted`` passages follow its last portion and are left out. ``lost`` are spans whose ends the document no longer
    has. ``plain`` is the text of each passage shown, by its id in the document, ``numbers`` theirs: "3–5, 9";
    ``numbered`` is the number of each passage that has one.
    """

    document: Document
    prefix: str
    portions: tuple[Portion, ...]
    omitted: int
    loose_notes: tuple[Piece, ...]
    plain: dict[str, str]
    numbers: str = ""
    numbered: Mapping[str, int] = field(default_factory=dict)
    lost: tuple[Span, ...] = ()

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in self.plain.values())

    @property
    def is_whole(self) -> bool:
        return not self.omitted and len(self.portions) == 1 and not self.portions[0].omitted

    @property
    def digest(self) -> str:
        """Tells whether the text is what it was."""
        return digest_of(self.plain.values())


def digest_of(texts: Iterable[str]) -> str:
    """16 hexadecimal digits of SHA-256."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def excerpt(document: Document, text: Text, spans: Sequence[Span] | None, prefix: str) -> Excerpt:
    """The passages of a document that lie in spans, each passage once and in the order of the document.

    Without spans it is the whole document. A span whose ends stand the wrong way round is read the right way round.
    """
    places = {block.ident: place for place, block in enumerate(text.blocks)}
    known, lost = [Span(text.blocks[0].ident, text.blocks[-1].ident)] if text.blocks else [], []
    if spans is not None:
        known = [span for span in spans if span.first in places and span.last in places]
        lost = [span for span in spans if span not in known]
    chosen = {place for span in known for place in _range(places[span.first], places[span.last])}
    portions, end = [], 0
    for group in _runs(sorted(chosen)):
        blocks = [text.blocks[place] for place in group]
        rows = _rows(document, text, blocks, prefix)
        portions.append(Portion(rows, _left_out(text.blocks[end : group[0]]), blocks[0].ident, _numbers(blocks)))
        end = group[-1] + 1
    loose = [note for note in text.notes if note.passage is None] if spans is None else []
    idents = [text.blocks[place].ident for place in sorted(chosen)]
    return Excerpt(
        document=document,
        prefix=prefix,
        portions=tuple(portions),
        omitted=_left_out(text.blocks[end:]),
        loose_notes=tuple(rows_of([], [_note(each, document, prefix, frozenset()) for each in loose], {}, {})[1]),
        plain={ident: text.plain[ident] for ident in idents},
        numbers=", ".join(portion.numbers for portion in portions if portion.numbers),
        numbered={block.ident: block.number for block in map(text.blocks.__getitem__, sorted(chosen)) if block.number},
        lost=tuple(lost),
    )


def _range(one: int, other: int) -> range:
    return range(min(one, other), max(one, other) + 1)


def _left_out(blocks: list[Block]) -> int:
    """How many passages these are to a reader, who counts those with a number; where none has one, all of them."""
    return sum(1 for block in blocks if block.number) or len(blocks)


def _numbers(blocks: list[Block]) -> str:
    """The numbers of passages that follow one another: "3–5"; empty where none is numbered."""
    numbers = [block.number for block in blocks if block.number]
    return f"{numbers[0]}–{numbers[-1]}" if numbers[1:] else "".join(map(str, numbers))


def _runs(places: list[int]) -> list[list[int]]:
    """Places in groups that follow one another without a gap."""
    groups: list[list[int]] = []
    for place in places:
        if groups and groups[-1][-1] == place - 1:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _rows(document: Document, text: Text, blocks: list[Block], prefix: str) -> tuple[Row, ...]:
    """The rows of some passages with the notes that they call, under the prefix."""
    keys = {block.pk for block in blocks}
    notes = [note for note in text.notes if note.passage in keys]
    here = frozenset(ident for each in (*blocks, *notes) for ident in (each.ident, *IDENT.findall(each.html)))
    moved = [
        each._replace(ident=f"{prefix}-{each.ident}", html=_moved(each.html, document, prefix, here)) for each in blocks
    ]
    return tuple(rows_of(moved, [_note(each, document, prefix, here) for each in notes], {}, {})[0])


def _note(note: Note, document: Document, prefix: str, here: frozenset[str]) -> Note:
    return note._replace(ident=f"{prefix}-{note.ident}", html=_moved(note.html, document, prefix, here))


def _moved(html: str, document: Document, prefix: str, here: frozenset[str]) -> str:
    """HTML with the prefix in all its ids; links to what is shown here stay here, others lead to the document."""

    def led(link: re.Match[str]) -> str:
        return f' href="#{_named(link[1], prefix)}"' if link[1] in here else f' href="{address}#{link[1]}"'

    def tag(found: re.Match[str]) -> str:
        return HERE.sub(led, IDENT.sub(lambda ident: f' id="{_named(ident[1], prefix)}"', found[0]))

    address = document.get_absolute_url()
    return TAG.sub(tag, html)


def _named(ident: str, prefix: str) -> str:
    """An id under a prefix; that of a note's marker still begins as such."""
    if ident.startswith(MARKER):
        return f"{MARKER}{prefix}-{ident.removeprefix(MARKER)}"
    return f"{prefix}-{ident}"
