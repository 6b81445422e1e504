"""Weighs the terms of proposals, and tells how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import mul

#: A term that stands often counts more, but not in proportion: Robertson and Zaragoza, "The Probabilistic Relevance
#: Framework: BM25 and beyond" (2009), with their k1.
SATURATION = 3.0

Vector = dict[str, float]


class Weights:
    """How rare each term is among texts: the inverse document frequency of BM25, which is never below nought."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        having = Counter(term for text in texts for term in text)
        self._rarity = {term: math.log1p((len(texts) - many + 0.5) / (many + 0.5)) for term, many in having.items()}
        self._of_a_new_term = math.log1p((len(texts) + 0.5) / 0.5)

    def vector(self, counts: Mapping[str, float]) -> Vector:
        """The terms of a text with their weights, as a vector of the length 1; empty for no terms."""
        rarity, new = self._rarity, self._of_a_new_term
        weighed = {
            term: rarity.get(term, new) * count * (SATURATION + 1) / (count + SATURATION)
            for term, count in counts.items()
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weighed.values()))
        return {term: weight / length for term, weight in weighed.items()} if length else {}


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors: 1 for texts of the same terms, 0 where they share none."""
    shared = list(one.keys() & other.keys())
    return math.fsum(map(mul, map(one.__getitem__, shared), map(other.__getitem__, shared)))
