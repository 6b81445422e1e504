"""Ranks for each proposal the earlier ones that it may answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from editions.affinity.evidence import Evidence, evidence
from editions.affinity.terms import Terms, grams, terms
from editions.affinity.weighing import Vector, Weights, likeness

#: How much the passages around a proposal count beside its own words.
AROUND = 0.2
#: How much runs of letters count beside words.
GRAMS = 0.3
#: How much is left where both proposals come from the same side.
SAME_SIDE = 0.5
#: What a proposal has with its best candidates elsewhere, so many of them.
NEAREST = 2
#: The least share of what proposals have with their nearest on an average.
USUAL = 0.6
#: So many earlier proposals are looked at closely for each, by their words.
LOOKED_AT = 40
#: A word that more than one proposal in so many has brings none of them there, once there are many.
COMMON = 20
#: Less than this is no more than chance.
LEAST = 0.02


@dataclass(frozen=True)
class Proposed:
    """A proposal: its words, and the passages that they stand in, which may say more."""

    key: int
    document: int
    text: str
    around: str = ""


@dataclass(frozen=True)
class Dated:
    """A document with its side, where the exchange has sides."""

    key: int
    side: str = ""


@dataclass(frozen=True)
class Candidate:
    """A later proposal may answer an earlier one; ``rank`` is its place among the candidates of the later, from 1.

    ``score`` is from 0 to 1; the best answer to an earlier proposal is the candidate with the highest.
    """

    later: int
    earlier: int
    score: float
    rank: int
    evidence: Evidence


@dataclass(frozen=True)
class _Read:
    """A proposal as it is compared."""

    place: int
    said: Terms
    vector: Vector
    grams: Vector


def suggest(documents: Sequence[Dated], proposals: Sequence[Proposed], most: int | None = None) -> list[Candidate]:
    """Ranks the candidates of each proposal, the best first and at most so many, in the order of the proposals.

    The documents stand in the order in which they were written. What has no word in common is no candidate.
    """
    read = _read(proposals)
    alike = _alike(documents, proposals, read)
    found = []
    for later, scores in _set_off(alike).items():
        ranked = sorted(scores.items(), key=lambda item: (-item[1], read[item[0]].place))
        for rank, (earlier, score) in enumerate(ranked[:most], 1):
            speaking = evidence(read[later].said, read[earlier].said, read[later].vector, read[earlier].vector)
            found.append(Candidate(later, earlier, score, rank, speaking))
    return found


def _read(proposals: Sequence[Proposed]) -> dict[int, _Read]:
    said = {one.key: terms(one.text) for one in proposals}
    letters = {one.key: grams(one.text) for one in proposals}
    rarity = Weights([terms_of.counts for terms_of in said.values()])
    of_letters = Weights(list(letters.values()))
    return {
        one.key: _Read(
            place,
            said[one.key],
            rarity.vector(_with_around(said[one.key], one.around)),
            of_letters.vector(letters[one.key]),
        )
        for place, one in enumerate(proposals)
    }


def _with_around(said: Terms, around: str) -> dict[str, float]:
    counts = {term: count * (1 - AROUND) for term, count in said.counts.items()}
    for term, count in (terms(around) if around else said).counts.items():
        counts[term] = counts.get(term, 0.0) + count * AROUND
    return counts


def _alike(
    documents: Sequence[Dated], proposals: Sequence[Proposed], read: dict[int, _Read]
) -> dict[int, dict[int, float]]:
    """How alike each proposal and the earlier ones are, for as many as are looked at closely.

    What comes from the same side counts less, and so does what is further back: each document of the other sides
    that was written in between may have been answered instead.
    """
    far = _between(documents)
    having: dict[str, list[tuple[int, float]]] = defaultdict(list)
    alike: dict[int, dict[int, float]] = {one.key: {} for one in proposals}
    common = max(LOOKED_AT, len(proposals) // COMMON)
    of = {one.key: one.document for one in proposals}
    for document, ones in _by_document(documents, proposals):
        for one in ones:
            sums: dict[int, float] = defaultdict(float)
            for term, weight in read[one.key].vector.items():
                if len(having[term]) <= common:
                    for earlier, other in having[term]:
                        sums[earlier] += weight * other
            near = [(value * far[document, of[key]], -read[key].place, key) for key, value in sums.items()]
            for _, _, earlier in nlargest(LOOKED_AT, near):
                words = likeness(read[one.key].vector, read[earlier].vector)
                letters = likeness(read[one.key].grams, read[earlier].grams)
                value = (1 - GRAMS) * words + GRAMS * letters
                if value >= LEAST:
                    alike[one.key][earlier] = value * far[document, of[earlier]]
        for one in ones:
            for term, weight in read[one.key].vector.items():
                having[term].append((one.key, weight))
    return alike


def _by_document(documents: Sequence[Dated], proposals: Sequence[Proposed]) -> Iterable[tuple[int, list[Proposed]]]:
    """The documents that propose something, in their order, with their proposals."""
    ones: dict[int, list[Proposed]] = defaultdict(list)
    for one in proposals:
        ones[one.document].append(one)
    return [(document.key, ones[document.key]) for document in documents if document.key in ones]


def _between(documents: Sequence[Dated]) -> dict[tuple[int, int], float]:
    """What is left of the likeness between a document and an earlier one, by the two keys."""
    left = {}
    for place, later in enumerate(documents):
        others = 0
        for earlier in reversed(documents[:place]):
            same = bool(later.side) and later.side == earlier.side
            left[later.key, earlier.key] = (SAME_SIDE if same else 1.0) / (1 + others)
            others += not same
    return left


def _set_off(alike: dict[int, dict[int, float]]) -> dict[int, dict[int, float]]:
    """Sets what two proposals share off against what each has with others: who answers is mostly the best of both.

    A likeness is divided by what the earlier proposal has with its nearest, and by the root of what the later has;
    so a proposal that is a little like many is passed over. Conneau and others, "Word translation without parallel
    data" (2018), correct neighbours that are near to all alike. What is like none is not drawn near by that: for it
    the divisor is a share of what is usual. The result is brought between 0 and 1.
    """
    of_earlier: dict[int, list[float]] = defaultdict(list)
    for scores in alike.values():
        for earlier, value in scores.items():
            of_earlier[earlier].append(value)
    nearest = _at_least_usual({earlier: _mean(values) for earlier, values in of_earlier.items()})
    own = _at_least_usual({later: _mean(list(scores.values())) for later, scores in alike.items() if scores})
    found: dict[int, dict[int, float]] = {}
    for later, scores in alike.items():
        found[later] = {}
        for earlier, value in scores.items():
            ratio = value / (nearest[earlier] * own[later] ** 0.5)
            found[later][earlier] = ratio / (1 + ratio)
    return found


def _mean(values: list[float]) -> float:
    best = nlargest(NEAREST, values)
    return sum(best) / len(best)


def _at_least_usual(means: dict[int, float]) -> dict[int, float]:
    usual = USUAL * sum(means.values()) / len(means) if means else 0.0
    return {key: max(mean, usual) for key, mean in means.items()}
