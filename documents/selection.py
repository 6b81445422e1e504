"""Narrowing an exchange: by topic, by what became of proposals, by document and by side, each with counts.

Within one filter any of the values chosen will do; a proposal has to pass every filter. Nothing here reads the
database.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import slugify

from documents.exchange import NEW, STATES, UNANSWERED, Exchange
from documents.models import Document, Link, Proposal

#: Stands for proposals without a topic; no address of a topic can be this.
NO_TOPIC = "~"
#: Stands for documents without a side.
NO_SIDE = "none"
#: The filters by their parameters, in the order of the form.
FILTERS = {"topic": "Topic", "state": "What became of it", "document": "Document", "side": "Side"}


@dataclass(frozen=True)
class Narrowing:
    """What an exchange is narrowed to: the values chosen in each of ``FILTERS``; none means all."""

    topic: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    side: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: QueryDict) -> Narrowing:
        """Reads the parameters of an address; each may be given several times, and an empty one says nothing."""
        return cls(**{name: tuple(dict.fromkeys(filter(None, parameters.getlist(name)))) for name in FILTERS})

    def __bool__(self) -> bool:
        return any(self.wanted(name) for name in FILTERS)

    def wanted(self, name: str) -> tuple[str, ...]:
        """The values chosen in this filter."""
        values: tuple[str, ...] = getattr(self, name)
        return values

    @property
    def query(self) -> str:
        """The parameters of an address that asks for the same."""
        return urlencode([(name, value) for name in FILTERS for value in self.wanted(name)])


@dataclass(frozen=True)
class Choice:
    """A value that a filter offers; ``count`` is how many proposals are left when it alone is chosen there."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True)
class Selection:
    """What is shown of an exchange: the chosen proposals, and the links that touch them."""

    exchange: Exchange
    proposals: tuple[Proposal, ...]
    links: tuple[Link, ...]

    @cached_property
    def shown(self) -> tuple[Proposal, ...]:
        """The chosen proposals and those that a chosen link joins to them."""
        keys = {proposal.pk for proposal in self.proposals}
        keys |= {link.answered_id for link in self.links} | {link.answer_id for link in self.links if link.answer_id}
        return tuple(proposal for proposal in self.exchange.proposals if proposal.pk in keys)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that have something to show, in order of date."""
        keys = {proposal.document_id for proposal in self.shown}
        keys |= {link.later_document.pk for link in self.links}
        return tuple(document for document in self.exchange.documents if document.pk in keys)

    @property
    def tally(self) -> tuple[tuple[str, str, int], ...]:
        """How many proposals became what: key of ``STATES``, label, count; in that order, without those of none."""
        standings = [self.exchange.standings[proposal.pk] for proposal in self.proposals]
        found = Counter(str(link.relation) for link in self.links)
        found[NEW] = sum(1 for standing in standings if standing.is_new)
        found[UNANSWERED] = sum(1 for standing in standings if standing.is_unanswered)
        return tuple((state, label, found[state]) for state, label in STATES.items() if found[state])


def select(exchange: Exchange, narrowing: Narrowing | None = None) -> Selection:
    """Narrows an exchange. Of relations that are chosen only their links remain; of other collections only links."""
    wanted = narrowing or Narrowing()
    links = [link for link in exchange.links if not wanted.state or str(link.relation) in wanted.state]
    chosen = tuple(proposal for proposal in exchange.own if _fits(exchange, proposal, wanted))
    keys = {proposal.pk for proposal in chosen}
    touching = tuple(link for link in links if link.answered_id in keys or _from(link, keys, wanted))
    return Selection(exchange, chosen, touching)


def _from(link: Link, keys: set[int], wanted: Narrowing) -> bool:
    """Whether a link comes from one of the chosen proposals, or from a chosen document as a whole."""
    if link.answer_id is not None:
        return link.answer_id in keys
    document = link.later_document
    by_document = document.slug in wanted.document or (document.side or NO_SIDE) in wanted.side
    return by_document and not wanted.topic


def filters(exchange: Exchange, narrowing: Narrowing) -> tuple[Filter, ...]:
    """The filters that leave a choice, each value with the number of proposals that it leaves beside the others."""
    found = []
    for name, title in FILTERS.items():
        others = Narrowing(**{each: narrowing.wanted(each) for each in FILTERS if each != name})
        counted: Counter[str] = Counter()
        for proposal in exchange.own:
            if _fits(exchange, proposal, others):
                counted.update(_values(exchange, proposal, name))
        labels, chosen = _labels(exchange, name), narrowing.wanted(name)
        choices = tuple(Choice(value, label, counted[value], value in chosen) for value, label in labels.items())
        if len(choices) > 1:
            found.append(Filter(name, title, choices))
    return tuple(found)


def in_words(exchange: Exchange, narrowing: Narrowing) -> str:
    """What an exchange is narrowed to: "Weather or Costs; Declined"; empty when it is whole."""
    parts = []
    for name in FILTERS:
        labels = _labels(exchange, name)
        parts.append(" or ".join(labels.get(value, value) for value in narrowing.wanted(name)))
    return "; ".join(part for part in parts if part)


def file_name(exchange: Exchange, narrowing: Narrowing, slug: str, suffix: str) -> str:
    """Names a file after the collection and what it is narrowed to: "space-1962-exchange-weather-accepted.csv"."""
    narrowed = slugify(in_words(exchange, narrowing))[:80].rstrip("-")
    return "-".join(part for part in (slug, "exchange", narrowed) if part) + f".{suffix}"


def _fits(exchange: Exchange, proposal: Proposal, wanted: Narrowing) -> bool:
    return all(
        not wanted.wanted(name) or not _values(exchange, proposal, name).isdisjoint(wanted.wanted(name))
        for name in FILTERS
    )


def _values(exchange: Exchange, proposal: Proposal, name: str) -> frozenset[str]:
    """What a proposal is found under in a filter."""
    if name == "state":
        return exchange.standings[proposal.pk].states
    if name == "topic":
        return frozenset([proposal.topic.slug if proposal.topic else NO_TOPIC])
    return frozenset([proposal.document.slug if name == "document" else proposal.document.side or NO_SIDE])


def _labels(exchange: Exchange, name: str) -> dict[str, str]:
    """The values that a filter offers, with what they are called."""
    if name == "state":
        return exchange.states
    own = exchange.own
    if name == "topic":
        without = {NO_TOPIC: "Without a topic"} if any(each.topic is None for each in own) else {}
        slugs = {each.topic.slug for each in own if each.topic}
        return {topic.slug: topic.name for topic in exchange.topics if topic.slug in slugs} | without
    if name == "document":
        return {each.document.slug: each.document.name for each in own}
    found = {each.document.side or NO_SIDE for each in own}
    return {side: label for side, label in exchange.sides.items() if side in found}
