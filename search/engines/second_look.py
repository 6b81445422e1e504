"""A second look at the best documents: where each speaks most of what was asked for, how it opens, who wrote it.

What it finds is added to the score of the whole. How much was chosen by the abstracts of one volume, which
``benchmarks/searching`` uses as queries; see ``docs/search-benchmark.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from search import fields
from search.engines.ranking import Hit, Top
from search.fields import BEST, Shelf
from search.query import Choice, Leaf, Or, Query, wanted

#: So many of the best documents are looked at again, and so many of the best passages of them all.
DOCUMENTS, PASSAGES = 100, 400
#: What counts besides the score of the whole document: its best passage and its first one.
BEST_PASSAGE, OPENING = 0.5, 0.2
#: And the names of who wrote it, and its source note, which says where it was kept and who drafted it.
FIELDS = {fields.SENDER: 0.5, fields.SOURCE: 0.2}
#: What is so short that it has no passages is its own best passage and its own opening; but a note is a part of a
#: document that is found as well, and would crowd it out.
SHORT = {(fields.NOTE_TYPE,): 1.2, (fields.PROPOSAL, *fields.AGENTS): 1 + BEST_PASSAGE + OPENING}

_PASSAGES = (Choice("type", (fields.PASSAGE,)), Choice("voice", (fields.TEXT,)))
_SPOKEN_IN = frozenset({fields.ALL, *fields.VOICES})

Search = Callable[[Shelf, Query, Sequence[Query], str, int], Top]


def spoken(query: Query) -> tuple[Leaf, ...]:
    """The leaves that words of a text can answer, once each; none that the query excludes."""
    leaves = dict.fromkeys(wanted(query))
    return tuple(leaf for leaf in leaves if getattr(leaf, "field", fields.ALL) in _SPOKEN_IN)


def second_look(search: Search, query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The best documents with what the second look adds to their scores; ``search`` is an engine's ``top``.

    Only so many are looked at, however many there are, so that pages follow upon each other.
    """
    leaves = spoken(query)
    if not leaves or not hits:
        return list(hits)
    within = Choice("document", tuple(hit.document for hit in hits[:DOCUMENTS]))
    more: dict[str, float] = {}
    passages = search(Shelf.PIECES, Or(leaves), (within, *_PASSAGES), BEST, PASSAGES).hits
    _add(more, BEST_PASSAGE, passages)
    _add(more, OPENING, [passage for passage in passages if _opens(passage)])
    anywhere = [leaf for leaf in leaves if getattr(leaf, "field", "") == fields.ALL]
    for field, weight in FIELDS.items() if anywhere else ():
        there = Or(tuple(_in_field(leaf, field) for leaf in anywhere))
        _add(more, weight, search(Shelf.DOCUMENTS, there, (within,), BEST, DOCUMENTS).hits)
    return [hit._replace(score=hit.score + more.get(hit.document, 0)) for hit in hits]


def _add(more: dict[str, float], weight: float, hits: Sequence[Hit]) -> None:
    """Adds the best hit of each document."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.document, hit.score)
    for document, score in best.items():
        more[document] = more.get(document, 0) + weight * score


def _opens(passage: Hit) -> bool:
    """Whether it has the first passage of its document: ``passage.12.0-4``."""
    return passage.key.rpartition(".")[2].startswith("0-")


def _in_field(leaf: Leaf, field: str) -> Leaf:
    return replace(leaf, field=field)  # type: ignore[call-arg]  # every leaf has a field
