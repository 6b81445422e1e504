"""When nothing has all of the words of a search, or a long passage was pasted: what has most of them."""

from __future__ import annotations

from collections.abc import Iterator

from search.query import And, Choice, Dates, Leaf, Or, Phrase, Query, Word, wanted

#: A search of so many words is taken for a pasted passage, whatever marks are in it.
PASSAGE = 8
#: Of fewer words, each by itself says more.
FEWEST = 3

_COMMON = """
    a about after again all also an and any are as at be because been before being between both but by can could did do
    does doing during each few for from further had has have having he her here hers him his how i if in into is it its
    itself just me more most my no nor not of off on once only or other our ours out over own said same shall she should
    so some such than that the their theirs them themselves then there these they this those through to too under until
    up upon very was we were what when where which while who whom whose why will with within without would you your
    yours
"""
#: Words that say next to nothing of what a text is about.
COMMON = frozenset(_COMMON.split())


def relax(query: Query) -> Query | None:
    """A query for results that have any of the words, ranked by how many and how rare; None when that is no help.

    Very common words are dropped; kinds and dates that were typed are kept. What is not plain words joined by AND is
    relaxed only when it is as long as a passage.
    """
    leaves = list(wanted(query))
    is_passage = sum(len(leaf.words) if isinstance(leaf, Phrase) else 1 for leaf in leaves) >= PASSAGE
    if not (is_passage or _is_plain(query)):
        return None
    found: dict[object, Leaf] = {}
    for leaf in leaves:
        for part in _parts(leaf, is_passage):
            if not (isinstance(part, Word) and part.text.lower() in COMMON):
                found.setdefault(_same(part), part)
    if len(found) < FEWEST:
        return None
    narrowing = query.parts if isinstance(query, And) else ()
    kept = tuple(part for part in narrowing if isinstance(part, Dates | Choice))
    either = Or(tuple(found.values()))
    return And((either, *kept)) if kept else either


def _is_plain(query: Query) -> bool:
    match query:
        case Word() | Phrase(slop=0) | Dates() | Choice():
            return True
        case And(parts):
            return all(map(_is_plain, parts))
    return False


def _parts(leaf: Leaf, is_passage: bool) -> Iterator[Leaf]:
    """The leaf; of a passage, the words of a phrase one by one."""
    if is_passage and isinstance(leaf, Phrase):
        yield from (Word(word, leaf.field) for word in leaf.words)
    else:
        yield leaf


def _same(leaf: Leaf) -> object:
    """Equal for leaves that ask for the same."""
    return (leaf.stem, leaf.field) if isinstance(leaf, Word) else leaf
