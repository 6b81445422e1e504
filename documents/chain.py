"""The chain of a proposal: what it answers and what answers it, and so on to both ends.

Nothing here reads the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from documents.exchange import Exchange
from documents.models import Document, Link, Proposal


@dataclass(frozen=True)
class Step:
    """A proposal of a chain, or a document that answers as a whole; ``links`` are what it does to earlier ones."""

    document: Document
    name: str
    proposal: Proposal | None
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Chain:
    """``proposal`` is the one that it was asked for; ``steps`` and ``links`` are in order of date."""

    proposal: Proposal
    steps: tuple[Step, ...]
    links: tuple[Link, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        return tuple(step.proposal for step in self.steps if step.proposal)

    @property
    def boxes(self) -> frozenset[str]:
        """The keys of the boxes that it passes through in a drawing."""
        return frozenset(f"p{step.proposal.pk}" if step.proposal else f"d{step.document.pk}" for step in self.steps)

    @property
    def lines(self) -> frozenset[int]:
        """The keys of its links."""
        return frozenset(link.pk for link in self.links)


def chain(exchange: Exchange, key: str) -> Chain | None:
    """The chain of the proposal with this key (``<document address>/<id>``, in letters of any case), if it is here."""
    found = next((each for each in exchange.proposals if each.key.lower() == key.lower()), None)
    if found is None:
        return None
    answered, answers = defaultdict(list), defaultdict(list)
    for link in exchange.links:
        answered[link.answered_id].append(link)
        if link.answer_id is not None:
            answers[link.answer_id].append(link)
    forth = _walk(found.pk, answered, lambda link: link.answer_id)
    back = _walk(found.pk, answers, lambda link: link.answered_id)
    keys = {found.pk} | {end for link in (*forth, *back) for end in (link.answer_id, link.answered_id)}
    touched = {link.pk for link in (*forth, *back)}
    links = tuple(link for link in exchange.links if link.pk in touched)
    return Chain(found, tuple(_steps(exchange, keys, links)), links)


def _steps(exchange: Exchange, keys: set[int | None], links: tuple[Link, ...]) -> Iterator[Step]:
    for document in exchange.documents:
        whole = tuple(link for link in links if link.answering_document_id == document.pk)
        if whole:
            yield Step(document, exchange.name_of(document), None, whole)
        for proposal in exchange.proposals:
            if proposal.document_id == document.pk and proposal.pk in keys:
                own = tuple(link for link in links if link.answer_id == proposal.pk)
                yield Step(document, exchange.name_of(document), proposal, own)


def _walk(start: int, links: dict[int, list[Link]], end: Callable[[Link], int | None]) -> list[Link]:
    """The links that are met from here on in one direction, each once."""
    found: dict[int, Link] = {}
    waiting: list[int] = [start]
    seen = {start}
    while waiting:
        for link in links[waiting.pop()]:
            found[link.pk] = link
            key = end(link)
            if key is not None and key not in seen:
                seen.add(key)
                waiting.append(key)
    return list(found.values())
