"""What stands on the envelope of a document: from whom, to whom, and on which days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from documents.models import Document, DocumentDate, Participation

#: What is passed over when two names that nobody has identified are compared.
BESIDE = re.compile(r"\([^)]*\)|[^\w\s]+")
#: An office before a last name: "President Kennedy" goes by the name "Kennedy", which is how volumes print it.
OFFICE = re.compile(
    r"(?:president(?: elect)?|chairman|(?:prime|foreign) minister|premier|secretary|ambassador|chancellor) (?=\w+$)"
)


@dataclass(frozen=True)
class Party:
    """Those at one end of a document: people and organizations by key, and names that nobody has identified."""

    known: frozenset[tuple[str, int]] = frozenset()
    known_names: frozenset[str] = frozenset()
    other_names: frozenset[str] = frozenset()

    def meets(self, other: Party) -> bool:
        """Whether someone is in both: the same by key or, where one is not identified, by name."""
        return bool(
            self.known & other.known
            or self.other_names & (other.other_names | other.known_names)
            or self.known_names & other.other_names
        )

    def __bool__(self) -> bool:
        return bool(self.known or self.other_names)


@dataclass(frozen=True)
class Envelope:
    """``days`` are the first and last day of each date of the document; ``written`` is the day on which it was written,
    where that is known."""

    key: int
    kind: str
    collection: int
    senders: Party = Party()
    recipients: Party = Party()
    written: date | None = None
    days: tuple[tuple[date, date], ...] = ()

    def returns(self, other: Envelope) -> bool:
        """Whether it goes back: from one who received the other to one who sent it."""
        return self.senders.meets(other.recipients) and self.recipients.meets(other.senders)

    def follows(self, other: Envelope) -> bool:
        """Whether it goes the same way as the other: from one who sent that to one who received it."""
        return self.senders.meets(other.senders) and self.recipients.meets(other.recipients)

    def is_after(self, other: Envelope) -> bool:
        """Whether it may have been written after the other, or on the same day."""
        earliest = min((first for first, _ in other.days), default=None)
        latest = max((last for _, last in self.days), default=None)
        return earliest is None or latest is None or earliest <= latest

    def is_of(self, day: date, slack: int = 0) -> bool:
        """Whether one of its dates is a day, or as near to it as so many days."""
        near = timedelta(days=slack)
        return any(first - near <= day <= last + near for first, last in self.days)


@dataclass
class _Open:
    """An envelope that is being written."""

    known: dict[str, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    known_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    other_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def party(self, role: str) -> Party:
        parts = (self.known[role], self.known_names[role], self.other_names[role])
        return Party(*(frozenset(part) for part in parts))  # type: ignore[arg-type]


def envelopes(keys: Iterable[int]) -> dict[int, Envelope]:
    """The envelopes of documents, by key, in three queries."""
    wanted = list(keys)
    rows = Document.objects.filter(pk__in=wanted).order_by().values_list("pk", "kind", "collection")
    found = list(rows)
    opened = _parties(wanted)
    days: dict[int, list[tuple[date, date]]] = defaultdict(list)
    written: dict[int, date] = {}
    dated = DocumentDate.objects.filter(document__in=wanted).order_by("document", "event")
    for key, event, earliest, latest in dated.values_list("document", "event", "earliest", "latest"):
        days[key].append((earliest, latest))
        if event == DocumentDate.Event.WRITTEN:
            written[key] = latest
    return {
        key: Envelope(
            key,
            kind,
            collection,
            opened[key].party(Participation.Role.FROM),
            opened[key].party(Participation.Role.TO),
            written.get(key),
            tuple(days[key]),
        )
        for key, kind, collection in found
    }


def _parties(keys: list[int]) -> dict[int, _Open]:
    opened: dict[int, _Open] = defaultdict(_Open)
    ends = Participation.objects.filter(
        document__in=keys, role__in=[Participation.Role.FROM, Participation.Role.TO]
    ).order_by()
    for key, role, person, organization, name in ends.values_list("document", "role", "person", "organization", "name"):
        one, folded = opened[key], fold(name)
        if person or organization:
            one.known[role].add(("person", person) if person else ("organization", organization))
            one.known_names[role].add(folded)
        else:
            one.other_names[role].add(folded)
    return opened


def fold(name: str) -> str:
    """A name without what is beside it and without the office before a last name, to compare with others."""
    return OFFICE.sub("", " ".join(BESIDE.sub(" ", name).casefold().split()))
