"""Reads an edition as a witness: what its source prints, passage by passage, cut into words and punctuation.

A correction stands with the printed words, for a witness bears witness to its source and not to its editor; which words
are corrected is kept beside them. Emphasis, references, page breaks and note markers are no part of the wording.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import takewhile

from editions.collation.spelling import letters, spelling_key
from editions.collation.table import Section
from editions.model import (
    BULLETS,
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    Footnote,
    Inlines,
    LineBreak,
    Mention,
    NoteMarker,
    Reference,
    Text,
    walk,
)

LETTER = r"[\w\u0300-\u036f]"
WORD = re.compile(
    rf"""(?P<space>\s*)
    (?P<text>
      \d+(?:[.,–-]\d+)+                    # a number or a span of numbers
      | (?:[^\W\d_]\.){{2,}}               # an abbreviation such as U.S.S.R.
      | {LETTER}+(?:['’‐‑-]{LETTER}+)*     # a word, apostrophe and hyphen inside
      | -{{2,}} | \.{{3,}}                 # a dash and an ellipsis as typewriters make them
      | \S                                 # punctuation, one character at a time
    )""",
    re.X,
)
#: What an edition sets above a text; a dateline above the last of them is that of the publication.
ABOVE = frozenset({BlockKind.NUMBER, BlockKind.AUTHOR, BlockKind.HEADING, BlockKind.RELEASE})


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of punctuation as printed; ``space`` says that white space stands in front of it.

    ``key`` is what all spellings of it have in common.
    """

    text: str
    space: bool
    key: str

    @property
    def is_word(self) -> bool:
        return bool(letters(self.text))


@dataclass(frozen=True)
class CorrectedWords:
    """The words of a passage that are corrected: from ``start`` up to ``end``, the same where nothing is printed."""

    start: int
    end: int
    correction: Correction


@dataclass(frozen=True)
class Passage:
    """A block or note as a witness has it."""

    ident: str
    kind: str
    words: tuple[Word, ...]
    corrections: tuple[CorrectedWords, ...] = ()


def read_witness(edition: Edition) -> dict[Section, tuple[Passage, ...]]:
    """Returns the passages of an edition in reading order, by section; those without a word are left out."""
    blocks = [(block, _passage(block.id, block.kind.value, (block,))) for block in walk(edition.blocks)]
    above = _above(edition)
    around = [block.kind is BlockKind.SOURCE or number < above for number, (block, _) in enumerate(blocks)]
    found = {
        Section.TEXT: [passage for (_, passage), outside in zip(blocks, around, strict=True) if not outside],
        Section.PARATEXT: [passage for (_, passage), outside in zip(blocks, around, strict=True) if outside],
        Section.NOTE: [_note(note) for note in edition.footnotes],
    }
    return {section: tuple(passage for passage in passages if passage.words) for section, passages in found.items()}


def _above(edition: Edition) -> int:
    """How many blocks at the top belong to the edition: up to its last heading before the text begins."""
    at_top = ABOVE | {BlockKind.DATELINE}
    top = list(takewhile(lambda block: block.kind in at_top and not block.blocks, edition.blocks))
    while top and top[-1].kind not in ABOVE:
        top.pop()
    return len(top)


def _note(note: Footnote) -> Passage:
    return _passage(note.id, note.kind.value, tuple(walk(note.blocks)))


def _passage(ident: str, kind: str, blocks: tuple[Block, ...]) -> Passage:
    printed = _Printed()
    for number, block in enumerate(blocks):
        printed.add("\n" if number else "")
        if block.label and block.label not in BULLETS:
            printed.add(f"{block.label} ")
        printed.read(block.content)
    found = list(WORD.finditer(printed.text))
    words = tuple(Word(one["text"], bool(one["space"]), spelling_key(one["text"])) for one in found)
    starts, ends = [one.start("text") for one in found], [one.end("text") for one in found]
    corrected = (
        CorrectedWords(bisect_right(ends, first), bisect_left(starts, last), correction)
        for first, last, correction in printed.corrections
    )
    return Passage(ident, kind, words, tuple(replace(one, end=max(one.start, one.end)) for one in corrected))


class _Printed:
    """What a source prints, as it grows; ``corrections`` have their first place in it, and the first after it."""

    def __init__(self) -> None:
        self.text = ""
        self.corrections: list[tuple[int, int, Correction]] = []
        self.at_marker = False

    def add(self, text: str) -> None:
        """Adds text; words are apart where a note marker stands between them."""
        if self.at_marker and text[:1].isalnum() and self.text[-1:].strip():
            self.text += " "
        self.at_marker &= not text
        self.text += text

    def read(self, content: Inlines) -> None:
        for inline in content:
            match inline:
                case Text(value):
                    self.add(value)
                case Correction(printed):
                    self.add(printed)
                    self.corrections.append((len(self.text) - len(printed), len(self.text), inline))
                case Emphasis(_, inner) | Reference(_, inner) | Mention(_, _, inner):
                    self.read(inner)
                case LineBreak():
                    self.add("\n")
                case CellBreak():
                    self.add("\t")
                case NoteMarker():
                    self.at_marker = True
