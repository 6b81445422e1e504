"""What to say when nothing was found: which part of the search is at fault, and what to drop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.finding import count
from search.language.explanation import explain, has_or_is
from search.page.asked import Asked
from search.page.filters import TITLES
from search.query import And, Dates, Exact, Not, Phrase, Query, Word, wanted

#: A search of more parts than this is not taken apart.
MOST_PARTS = 8
#: A phrase of more words is looked for as a phrase only.
MOST_WORDS = 20


@dataclass(frozen=True)
class Change:
    """The search changed a little: what is done to it, how many results it then has, and its address."""

    words: str
    count: int
    address: str


@dataclass(frozen=True)
class Part:
    """One part of the search by itself: what it asks for, how many results have it, and the search for it alone.

    ``has_it`` says the same after "nothing". ``without`` is the address of the search without this part, if that has
    results. ``apart`` is the search for the words of a phrase that stands nowhere, if that has results.
    """

    words: str
    count: int
    address: str
    has_it: str
    without: str = ""
    apart: Change | None = None


@dataclass(frozen=True)
class Advice:
    """``without_filters``: results without any filter. ``filters``: each filter that alone keeps results away.

    ``of_words`` tells whether any words were asked for, and not only dates and kinds.
    """

    parts: tuple[Part, ...]
    without_filters: int = 0
    address_without_filters: str = ""
    filters: tuple[Change, ...] = ()
    of_words: bool = True


def advise(asked: Asked, query: Query) -> Advice:
    """Runs the parts of the search one by one, and the whole without its filters. Raises ``SearchUnavailable``."""
    without_filters = count(query) if asked.is_narrowed else 0
    filters = tuple(_filters(asked, query)) if without_filters else ()
    return Advice(_parts(asked, query), without_filters, asked.unfiltered().address, filters, any(wanted(query)))


def _filters(asked: Asked, query: Query) -> Iterator[Change]:
    """The search without each of several filters, where that has results."""
    looser = [(f"the filter “{TITLES[name]}”", _without(asked, name)) for name in asked.chosen]
    if asked.dates:
        looser.append((f"the dates ({asked.dates})", asked.written()))
    if asked.document:
        looser.append(("the limit to one document", asked.anywhere()))
    for words, wider in looser if len(looser) > 1 else ():
        if found := count(query, wider.choices):
            yield Change(words, found, wider.address)


def _without(asked: Asked, name: str) -> Asked:
    return replace(asked, chosen={key: values for key, values in asked.chosen.items() if key != name}, page=1)


def _parts(asked: Asked, query: Query) -> tuple[Part, ...]:
    parts = query.parts if isinstance(query, And) else (query,)
    if len(parts) > MOST_PARTS:
        return ()
    wanted = [part for part in parts if not isinstance(part, Not) or part.part == Dates()]
    counts = [count(part, asked.choices) for part in wanted]
    found = []
    for part, number in zip(wanted, counts, strict=True):
        # Leaving out a part helps when it is the one that fails, or when none fails by itself.
        rest = () if number and 0 in counts else tuple(other for other in parts if other is not part)
        without = asked.for_words(str(_all(rest))).address if rest and count(_all(rest), asked.choices) else ""
        apart = None if number else _apart(asked, part, parts)
        address = asked.for_words(str(part)).address
        found.append(Part(explain(part), number, address, has_or_is(part), without, apart))
    return tuple(found)


def _apart(asked: Asked, phrase: Query, parts: tuple[Query, ...]) -> Change | None:
    """The search with the words of a phrase instead of the phrase."""
    if not isinstance(phrase, Phrase) or len(phrase.words) > MOST_WORDS:
        return None
    words = tuple((Exact if phrase.exact else Word)(word, phrase.field) for word in phrase.words)
    changed = _all(tuple(each for part in parts for each in (words if part is phrase else (part,))))
    found = count(changed, asked.choices)
    said = f"“{' '.join(phrase.words)}” in any order and place"
    return Change(said, found, asked.for_words(str(changed)).address) if found else None


def _all(parts: tuple[Query, ...]) -> Query:
    return parts[0] if len(parts) == 1 else And(parts)
