"""Pairs what two witnesses have: which stretch of one stands against which stretch of the other.

The words of the whole text are aligned first, whatever the paragraphs are (``editions.compare.runs``, over the keys of
the words). Then both texts are cut wherever either begins a paragraph, so that a paragraph that the other witness runs
on, or breaks in two, is no difference of wording. What is left on either side and is alike has moved.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from editions.align import in_order
from editions.collation.reading import Passage, Word
from editions.compare import Change, alike, differences, runs
from editions.tokens import Part, Token, TokenKind, Tokens

#: Paragraphs that have a smaller share of the words of the shorter one in common are two different ones.
AKIN = 1 / 3


@dataclass(frozen=True)
class Stretch:
    """The words of a passage from ``start`` up to ``end``; ``number`` is that of the passage in its section, from 0."""

    number: int
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> tuple[Word, ...]:
        return self.passage.words[self.start : self.end]

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == len(self.passage.words)


@dataclass(frozen=True)
class Pair:
    """A stretch of the base and what stands against it; one of the two is none where the other stands alone."""

    base: Stretch | None
    witness: Stretch | None
    moved: bool = False


def tokens(words: Sequence[Word]) -> Tokens:
    """Returns words as ``editions.compare`` aligns them: by what all their spellings have in common."""
    return tuple(Token(word.key, TokenKind.WORD if word.is_word else TokenKind.PUNCTUATION) for word in words)


def pair_text(base: Sequence[Passage], witness: Sequence[Passage]) -> list[Pair]:
    """Pairs running text, cut into stretches; in the order of the base, what only the witness has where it stands."""
    mine, theirs = _Running(base), _Running(witness)
    pairs = _aligned(mine, theirs)
    cuts = [(0, 0), *_cuts(mine, theirs, pairs), (len(mine.words), len(theirs.words))]
    in_base = [a for a, _ in pairs]
    shared = [a for a in in_base if mine.words[a].is_word]
    found: list[Pair] = []
    for (a1, b1), (a2, b2) in pairwise(cuts):
        pair = Pair(mine.stretch(a1, a2), theirs.stretch(b1, b2))
        unlike = _are_unlike(pair, [bisect_left(some, a2) - bisect_left(some, a1) for some in (shared, in_base)])
        found += _apart(pair) if unlike else [pair]
    return _with_moved(_joined(found))


def pair_passages(base: Sequence[Passage], witness: Sequence[Passage]) -> list[Pair]:
    """Pairs passages that are each whole, such as notes; in the order of the base."""
    compared = differences(_parts(witness), _parts(base))
    return [
        Pair(
            None if one.new_place is None else _whole(one.new_place, base),
            None if one.old_place is None else _whole(one.old_place, witness),
            one.moved,
        )
        for one in compared
    ]


def _parts(passages: Sequence[Passage]) -> list[Part]:
    return [Part(passage.ident, "", "", 0, tokens(passage.words)) for passage in passages]


def _whole(number: int, passages: Sequence[Passage]) -> Stretch:
    return Stretch(number, passages[number], 0, len(passages[number].words))


class _Running:
    """Passages as one run of words; ``starts`` are the places at which they begin."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.words: list[Word] = []
        self.starts: list[int] = []
        for passage in passages:
            self.starts.append(len(self.words))
            self.words += passage.words

    def repeats(self, one: int, other: int, size: int) -> bool:
        """Whether as many words are the same from two places on."""
        return all(self.words[one + step].key == self.words[other + step].key for step in range(size))

    def stretch(self, start: int, end: int) -> Stretch | None:
        """The words from ``start`` up to ``end``, which are of one passage; none when there are none."""
        if start == end:
            return None
        number = bisect_right(self.starts, start) - 1
        first = self.starts[number]
        return Stretch(number, self.passages[number], start - first, end - first)


@dataclass
class _Match:
    """Words in a row that are aligned: where they start on both sides, and how many."""

    starts: list[int]
    size: int

    def end(self, side: int) -> int:
        return self.starts[side] + self.size


def _aligned(base: _Running, witness: _Running) -> list[tuple[int, int]]:
    """The places of words that stand against each other, both sides in rising order."""
    matches = [_Match([0, 0], 0)]
    a = b = 0
    for run in runs(tokens(base.words), tokens(witness.words)):
        if run.change is Change.EQUAL:
            matches.append(_Match([a, b], len(run.old)))
        a, b = a + len(run.old), b + len(run.new)
    matches.append(_Match([a, b], 0))
    for before, after in pairwise(matches):
        for side, running in ((0, base), (1, witness)):
            if before.end(1 - side) == after.starts[1 - side] and before.end(side) < after.starts[side]:
                _settle(before, after, side, running)
    return [(one.starts[0] + step, one.starts[1] + step) for one in matches for step in range(one.size)]


def _settle(before: _Match, after: _Match, side: int, running: _Running) -> None:
    """Moves what only one side has to the start of a passage, if the words around it allow that.

    From "One. | Two. | Three." to "One. | Three.", ". | Two" may have gone as well as "Two. |"; the latter is meant.
    """
    first, last = before.end(side), after.starts[side]
    at = bisect_right(running.starts, first)
    back = first - running.starts[at - 1]
    on = running.starts[at] - first if at < len(running.starts) else after.size + 1
    if back == 0:
        return
    if back <= before.size and running.repeats(first - back, last - back, back):
        shift = -back
    elif on <= after.size and running.repeats(first, last, on):
        shift = on
    else:
        return
    before.size += shift
    after.starts = [start + shift for start in after.starts]
    after.size -= shift


def _cuts(mine: _Running, theirs: _Running, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where both texts are cut: wherever a passage of either begins, and against it in the other.

    Between two words that are aligned, passages may begin on both sides: those that only the base has come first.
    """
    in_base, in_witness = [a for a, _ in pairs], [b for _, b in pairs]
    begin: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, running, aligned in ((0, mine, in_base), (1, theirs, in_witness)):
        for start in running.starts[1:]:
            begin[bisect_left(aligned, start)][side].append(start)
    a_ends, b_ends = [*in_base, len(mine.words)], [*in_witness, len(theirs.words)]
    for gap in sorted(begin):
        ours, others = begin[gap]
        a_start, b_start = (in_base[gap - 1] + 1, in_witness[gap - 1] + 1) if gap else (0, 0)
        if ours and others:
            yield from ((a, others[0]) for a in ours)
            yield from ((ours[-1], b) for b in others[1:])
        elif ours:
            yield from ((a, _against(a, (a_start, a_ends[gap]), (b_start, b_ends[gap]))) for a in ours)
        else:
            yield from ((_against(b, (b_start, b_ends[gap]), (a_start, a_ends[gap])), b) for b in others)


def _against(place: int, own: tuple[int, int], other: tuple[int, int]) -> int:
    """Where to cut the other text, in a gap in which no passage of it begins: its words there stay together, with what
    is in front of the place, unless all words of the own gap come after it."""
    return other[0] if place == own[0] and own[1] > own[0] else other[1]


def _are_unlike(pair: Pair, shared: list[int]) -> bool:
    """Whether two whole passages that stand against each other have next to nothing in common; ``shared`` is how many
    words are aligned, and how many words and marks of punctuation."""
    if pair.base is None or pair.witness is None or not (pair.base.is_whole and pair.witness.is_whole):
        return False
    shorter = min(sum(word.is_word for word in stretch.words) for stretch in (pair.base, pair.witness))
    return shared[0] < AKIN * shorter or not shared[1]


def _apart(pair: Pair) -> list[Pair]:
    return [Pair(pair.base, None), Pair(None, pair.witness)]


def _joined(pairs: list[Pair]) -> list[Pair]:
    """Joins what stands alone on both sides in one place and is alike after all, in the order of both."""
    found: list[Pair] = []
    for both, group in groupby(pairs, key=lambda pair: pair.base is not None and pair.witness is not None):
        several = list(group)
        found += several if both else _matched(several)
    return found


def _matched(group: list[Pair]) -> list[Pair]:
    """Joins what is alike of rows that each stand alone, with nothing that both have between them."""
    kept = in_order(sorted(_alike(group)))
    taken = {place for pair in kept for place in pair}
    omitted = deque(at for at, one in enumerate(group) if one.witness is None and at not in taken)
    added = deque(at for at, one in enumerate(group) if one.base is None and at not in taken)
    found: list[Pair] = []
    for a, b in [*kept, (len(group), len(group))]:
        while omitted and omitted[0] < a:
            found.append(group[omitted.popleft()])
        while added and added[0] < b:
            found.append(group[added.popleft()])
        found += [Pair(group[a].base, group[b].witness)] if a < len(group) else []
    return found


def _alike(pairs: list[Pair]) -> list[tuple[int, int]]:
    """Which of those that only the base has are alike which of those that only the witness has, by their places."""
    parts = [Part("", "", "", 0, tokens(one.words) if (one := pair.base or pair.witness) else ()) for pair in pairs]
    in_base = [at for at, pair in enumerate(pairs) if pair.witness is None]
    in_witness = [at for at, pair in enumerate(pairs) if pair.base is None]
    return alike(parts, parts, in_base, in_witness)


def _with_moved(pairs: list[Pair]) -> list[Pair]:
    """Joins what stands alone on either side in two places and is alike."""
    moved = dict(_alike(pairs))
    gone = set(moved.values())
    return [
        Pair(pair.base, pairs[moved[at]].witness, moved=True) if at in moved else pair
        for at, pair in enumerate(pairs)
        if at not in gone
    ]
