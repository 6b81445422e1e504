"""Where the words of a query stand in a text. The same terms as the index has, so what is found is what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from search.analysis import Token, tokens
from search.query import Phrase, Prefix, Query, Word, wanted

#: The characters beyond ASCII that most printed texts have, as what they are to the analysis.
_PRINTED = str.maketrans(
    {"’": "'", "‘": " ", "“": " ", "”": " ", "–": " ", "—": " ", "…": " ", "•": " ", "\u00a0": " "}
)


class Hit(NamedTuple):
    """Characters ``start`` to ``end`` are what the query's wanted term number ``term`` asked for."""

    start: int
    end: int
    term: int


class Matcher:
    """Finds the words, prefixes and phrases that a query wants. Falsy when it wants none."""

    def __init__(self, query: Query | None) -> None:
        self._words: dict[str, int] = {}
        self._prefixes: list[tuple[str, int]] = []
        self._phrases: defaultdict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for number, leaf in enumerate(dict.fromkeys(wanted(query)) if query else ()):
            match leaf:
                case Word():
                    self._words.setdefault(leaf.stem, number)
                case Prefix():
                    self._prefixes.append((leaf.form, number))
                case Phrase():
                    self._phrases[leaf.terms[0]].append((leaf.terms, number))
        self._beginnings = self._common_beginnings()

    def __bool__(self) -> bool:
        return bool(self._words or self._prefixes or self._phrases)

    def hits(self, text: str) -> list[Hit]:
        """The hits in order; of hits that overlap, the one that begins first and is longest."""
        if not self.may_match(text):
            return []
        found = self._all_hits(list(tokens(text)))
        found.sort(key=lambda hit: (hit.start, -hit.end))
        apart: list[Hit] = []
        for hit in found:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def _all_hits(self, words: Sequence[Token]) -> list[Hit]:
        found = []
        for at, token in enumerate(words):
            if (number := self._words.get(token.stem)) is not None:
                found.append(Hit(token.start, token.end, number))
            for beginning, number in self._prefixes:
                if token.form.startswith(beginning):
                    found.append(Hit(token.start, token.end, number))
            for stems, number in self._phrases.get(token.stem, ()):
                if end := _phrase_end(words, at, stems):
                    found.append(Hit(token.start, end, number))
        return found

    def _common_beginnings(self) -> tuple[str, ...]:
        """What every text with a hit contains: cheap to look for before the text is taken apart.

        A stem may differ from its word in its last two letters (happi, happy), so these are left off.
        """
        stems = [*self._words, *self._phrases]
        return tuple([stem[:-2] for stem in stems] + [beginning for beginning, _ in self._prefixes])

    def may_match(self, text: str) -> bool:
        """False only when the text has no hit: a quick look that spares taking most texts apart."""
        if not text.isascii():
            text = text.translate(_PRINTED)
            if not text.isascii():
                return bool(self)
        lowered = text.lower()
        return any(beginning in lowered for beginning in self._beginnings)


def _phrase_end(words: Sequence[Token], at: int, stems: tuple[str, ...]) -> int:
    """Where the phrase ends that begins at this word; 0 when it does not."""
    stretch = words[at : at + len(stems)]
    if len(stretch) < len(stems):
        return 0
    first = stretch[0].position
    if all(
        token.stem == stem and token.position == first + i
        for i, (token, stem) in enumerate(zip(stretch, stems, strict=True))
    ):
        return stretch[-1].end
    return 0
