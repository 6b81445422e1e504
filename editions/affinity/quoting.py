"""Proposes what a link between two proposals quotes: the sentence of each that is most like one of the other."""

from __future__ import annotations

from dataclasses import dataclass

from editions.affinity.terms import sentences, terms
from editions.affinity.weighing import Weights, likeness

#: A sentence with fewer terms says too little to be quoted, unless there is no other.
FEWEST_TERMS = 4


@dataclass(frozen=True)
class Quoted:
    """The words of each side, exactly as they stand there, within one passage."""

    later: str
    earlier: str


def quoted(later: str, earlier: str) -> Quoted:
    """Returns the two sentences that are most alike, the first of several; a passage is a line of a text.

    Where no sentence shares a word with the other text, it is the first of each.
    """
    ones, others = _parts(later), _parts(earlier)
    weights = Weights([terms(part).counts for part in (*ones, *others)])
    of_others = [(other, weights.vector(terms(other).counts)) for other in others]
    best, found = 0.0, Quoted(ones[0], others[0])
    for one in ones:
        vector = weights.vector(terms(one).counts)
        for other, of_other in of_others:
            value = likeness(vector, of_other)
            if value > best:
                best, found = value, Quoted(one, other)
    return found


def _parts(text: str) -> list[str]:
    """The sentences of a text that say enough, or else all of them, or else the text."""
    found = [text[span.start : span.end] for span in sentences(text)]
    long = [part for part in found if len(terms(part).counts) >= FEWEST_TERMS]
    return long or found or [text.split("\n")[0]]
