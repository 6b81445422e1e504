"""Finds words in the passages and notes of an edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from editions.model import BlockKind, Edition, note_text, reading_text, walk

#: The end of a sentence, not of an initial ("John F. Kennedy") or a title.
SENTENCE_END = re.compile(
    r"(?<![\s.][A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bvol\.)(?<=[.!?])[”\"’')\]]*\s+(?=[A-Z“\"(\[])"
)
#: Blocks that say who writes to whom, and where the text is from.
FORMAL = frozenset(
    {BlockKind.AUTHOR, BlockKind.SALUTATION, BlockKind.SIGNATURE, BlockKind.ADDRESS, BlockKind.SOURCE, BlockKind.MEMO}
)


@dataclass(frozen=True)
class Places:
    """The reading text of each passage and note, by id, in reading order; ``formal`` are those that only address."""

    texts: dict[str, str]
    formal: frozenset[str] = frozenset()

    @classmethod
    def of(cls, edition: Edition) -> Places:
        texts = {block.id: reading_text(block.content) for block in walk(edition.blocks)}
        formal = frozenset(block.id for block in walk(edition.blocks) if block.kind in FORMAL)
        return cls(texts | {note.id: note_text(note) for note in edition.footnotes}, formal)

    def between(self, first: str, last: str) -> list[str]:
        """The ids from one passage to another, both included."""
        idents = list(self.texts)
        if first not in self.texts or last not in self.texts:
            return []
        return idents[idents.index(first) : idents.index(last) + 1]

    def find(self, words: str, within: Iterable[str] | None = None) -> tuple[str, int, int] | None:
        """Finds words as they stand, in some places or in all: the id, and where in its text they begin and end."""
        for ident in self.texts if within is None else within:
            start = self.texts.get(ident, "").find(words)
            if start >= 0 and words:
                return ident, start, start + len(words)
        return None

    def all_with(self, name: str) -> list[dict[str, str]]:
        """Every place that mentions the name as words of its own, with its sentence; a signature mentions nobody."""
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        return [
            {"ident": ident, "words": _sentence(text, match.start())}
            for ident, text in self.texts.items()
            if ident not in self.formal and (match := pattern.search(text))
        ]


def _sentence(text: str, at: int) -> str:
    """The sentence of a text that holds a position, cut to about 300 characters around it."""
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    start = max(begin for begin in starts if begin <= at)
    end = min([begin for begin in starts if begin > at], default=len(text))
    sentence = text[start:end].strip()
    if len(sentence) <= 300:
        return sentence
    middle = at - start
    low = sentence.rfind(" ", 0, max(0, middle - 120)) + 1
    high = sentence.find(" ", middle + 160)
    cut = sentence[low : high if high > 0 else None]
    return ("… " if low else "") + cut + (" …" if high > 0 else "")
