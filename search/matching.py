"""Where the words of a query stand in a text. The same terms as the index has, so what is found is what is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from search import fields
from search.analysis import JOINERS, Token, token_at, tokens
from search.language.distance import Near
from search.query import Exact, Fuzzy, Leaf, Phrase, Prefix, Query, Wildcard, Word, wanted

#: The characters beyond ASCII that most printed texts have, as what they are to the analysis.
_PRINTED = (("’", "'"), *((each, " ") for each in "‘“”–—…•\u00a0"))
#: Patterns are not looked for in longer words, which can take them long.
LONGEST_FORM = 100
#: A query can ask for words in these texts. Names, topics and collections are found by their fields, and not marked.
_MARKED = frozenset({fields.ALL, fields.TITLE, *fields.VOICES})


class Hit(NamedTuple):
    """Characters ``start`` to ``end`` are what the query's wanted term number ``term`` asked for."""

    start: int
    end: int
    term: int


class Matcher:
    """Finds the words that a query wants in texts of any voice. Falsy when it wants none."""

    def __init__(self, query: Query | None) -> None:
        leaves = enumerate(dict.fromkeys(wanted(query)) if query else ())
        self._leaves = [(leaf, number) for number, leaf in leaves if _field(leaf) in _MARKED]
        self._by_voice: dict[str, _Terms] = {}

    def __bool__(self) -> bool:
        return bool(self._leaves)

    def hits(self, text: str, voice: str = "") -> list[Hit]:
        """The hits in order; of hits that overlap, the one that begins first and is longest.

        ``voice`` is who speaks in the text: one of ``search.fields.VOICES``, or ``title``. What was asked for in
        another voice is no hit; without a voice everything is.
        """
        return self._terms(voice).hits(text)

    def may_match(self, text: str, voice: str = "") -> bool:
        """False only when the text has no hit: a quick look that spares taking most texts apart."""
        return self._terms(voice).may_stand_in(text)

    def _terms(self, voice: str) -> _Terms:
        found = self._by_voice.get(voice)
        if found is None:
            asked = [pair for pair in self._leaves if not voice or _field(pair[0]) in (fields.ALL, voice)]
            found = self._by_voice[voice] = _Terms(asked)
        return found


class _Terms:
    """What is asked for in a text of one voice, sorted by how it is looked for."""

    def __init__(self, leaves: Iterable[tuple[Leaf, int]]) -> None:
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._fuzzy: list[tuple[_Known, int]] = []
        self._phrases: defaultdict[tuple[bool, str], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self._near: list[tuple[Phrase, int]] = []
        self._beginnings: list[str] = []
        self._has_exact = False
        self._needs_neighbors = False
        for leaf, number in leaves:
            self._take(leaf, number)
            self._needs_neighbors = self._needs_neighbors or isinstance(leaf, Phrase)
        # The text may have U.S.S.R. where USSR is looked for.
        self._beginnings += [".".join(each) for each in self._beginnings if len(each) > 1 and each.isalpha()]

    def _take(self, leaf: Leaf, number: int) -> None:
        match leaf:
            case Word():
                self._stems.setdefault(leaf.stem, number)
                self._beginnings.append(_root(leaf.stem))
            case Exact():
                self._forms.setdefault(leaf.form, number)
                self._beginnings.append(leaf.form)
            case Prefix():
                self._patterns.append((re.compile(re.escape(leaf.form)), number))
                self._beginnings.append(leaf.form)
            case Wildcard():
                self._patterns.append((pattern_of(leaf), number))
                self._beginnings.append(re.split(r"[?*]", leaf.form)[0])
            case Fuzzy():
                self._fuzzy.append((_Known(leaf), number))
                self._beginnings.append("")
            case Phrase() if leaf.slop:
                self._near.append((leaf, number))
                self._beginnings.append(leaf.terms[0] if leaf.exact else _root(leaf.terms[0]))
            case Phrase():
                self._phrases[leaf.exact, leaf.terms[0]].append((leaf.terms, number))
                self._has_exact = self._has_exact or leaf.exact
                self._beginnings.append(leaf.terms[0] if leaf.exact else _root(leaf.terms[0]))

    def may_stand_in(self, text: str) -> bool:
        return self._may_stand_in(_lowered(text))

    def _may_stand_in(self, lowered: str | None) -> bool:
        if lowered is None:
            return bool(self._beginnings)
        return any(beginning in lowered for beginning in self._beginnings)

    def hits(self, text: str) -> list[Hit]:
        lowered = _lowered(text)
        if not self._may_stand_in(lowered):
            return []
        words = list(self._words_to_look_at(text, lowered))
        found = [*self._of_words(words), *self._of_phrases(words), *self._of_near(words)]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        apart: list[Hit] = []
        for hit in found:
            if not apart or hit.start >= apart[-1].end:
                apart.append(hit)
        return apart

    def _words_to_look_at(self, text: str, lowered: str | None) -> Iterator[Token]:
        """The words of the text: all of them, or, where they are looked at one by one, those that may be hits.

        No word goes over a space, so a stretch between spaces has the words that it has in its text; only their
        positions are lost.
        """
        if self._needs_neighbors or lowered is None or not all(self._beginnings):
            yield from tokens(text)
            return
        done = 0
        for match in self._begin.finditer(lowered):
            at = match.start()
            if at >= done:
                for token in _words_around(text, at, done):
                    done = token.end
                    yield token

    @cached_property
    def _begin(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, self._beginnings))})")

    def _of_words(self, words: Sequence[Token]) -> Iterator[Hit]:
        stems, forms = self._stems, self._forms
        looked_for = bool(self._patterns or self._fuzzy)
        for token in words:
            number = stems.get(token.stem)
            if number is None and forms:
                number = forms.get(token.form)
            if number is None and looked_for:
                number = self._matching(token.form)
            if number is not None:
                yield Hit(token.start, token.end, number)

    def _matching(self, form: str) -> int | None:
        if len(form) > LONGEST_FORM:
            return None
        for pattern, number in self._patterns:
            if pattern.match(form):
                return number
        return next((number for known, number in self._fuzzy if known[form]), None)

    def _of_phrases(self, words: Sequence[Token]) -> Iterator[Hit]:
        if not self._phrases:
            return
        for at, token in enumerate(words):
            for terms, number in self._phrases.get((False, token.stem), ()):
                if end := _phrase_end(words, at, terms, exact=False):
                    yield Hit(token.start, end, number)
            if self._has_exact:
                for terms, number in self._phrases.get((True, token.form), ()):
                    if end := _phrase_end(words, at, terms, exact=True):
                        yield Hit(token.start, end, number)

    def _of_near(self, words: Sequence[Token]) -> Iterator[Hit]:
        for phrase, number in self._near:
            for token in _near_words(words, phrase):
                yield Hit(token.start, token.end, number)


class _Known(dict[str, bool]):
    """Which forms a fuzzy word matches; each is looked at once."""

    def __init__(self, leaf: Fuzzy) -> None:
        self._near = Near(leaf.form, leaf.distance)

    def __missing__(self, form: str) -> bool:
        found = self[form] = self._near.distance(form) is not None
        return found


def _lowered(text: str) -> str | None:
    """The text in small letters, character by character; None when it has characters that fold into others."""
    if not text.isascii():
        for printed, plain in _PRINTED:
            text = text.replace(printed, plain)
        if not text.isascii():
            return None
    return text.lower()


def _words_around(text: str, at: int, done: int) -> Iterator[Token]:
    """The word that begins at a character; where one may have begun before, all up to the next space."""
    if not at or text[at - 1] not in JOINERS:
        if token := token_at(text, at):
            yield token
        return
    begin = max(done, text.rfind(" ", 0, at) + 1)
    end = text.find(" ", at)
    for token in tokens(text[begin : end if end >= 0 else len(text)]):
        yield Token(token.stem, token.form, 0, token.start + begin, token.end + begin)


def pattern_of(wildcard: Wildcard) -> re.Pattern[str]:
    """Matches the whole forms that a wildcard stands for."""
    parts = re.split(r"([?*])", wildcard.form)
    return re.compile("".join({"?": ".", "*": ".*"}.get(part, re.escape(part)) for part in parts) + r"\Z", re.DOTALL)


def _field(leaf: Leaf) -> str:
    return str(getattr(leaf, "field", fields.ALL))


def _root(stem: str) -> str:
    """What every word with this stem contains: the stem may differ from the word in its last two letters (happi)."""
    return stem[:-2]


def _phrase_end(words: Sequence[Token], at: int, terms: tuple[str, ...], *, exact: bool) -> int:
    """Where the phrase ends that begins at this word; 0 when it does not."""
    stretch = words[at : at + len(terms)]
    if len(stretch) < len(terms) or stretch[-1].position - stretch[0].position != len(terms) - 1:
        return 0
    if all((token.form if exact else token.stem) == term for token, term in zip(stretch, terms, strict=True)):
        return stretch[-1].end
    return 0


def _near_words(words: Sequence[Token], phrase: Phrase) -> Iterable[Token]:
    """Every word that stands near another one of the phrase, if any two of the phrase stand near each other."""
    places: defaultdict[str, list[Token]] = defaultdict(list)
    for token in words:
        places[token.form if phrase.exact else token.stem].append(token)
    found: dict[Token, None] = {}
    for (first, one), (second, other) in combinations(enumerate(phrase.terms), 2):
        pairs = list(_pairs(places.get(one, []), places.get(other, []), second - first, phrase.slop))
        if not pairs:
            return ()
        found |= dict.fromkeys(pairs)
    return found


def _pairs(first: list[Token], second: list[Token], apart: int, slop: int) -> Iterator[Token]:
    """The words of both lists that stand as far apart as they should, give or take ``slop`` places."""
    positions = [token.position for token in second]
    for token in first:
        begin = bisect_left(positions, token.position + apart - slop)
        end = bisect_left(positions, token.position + apart + slop + 1)
        if begin < end:
            yield token
            yield from second[begin:end]
