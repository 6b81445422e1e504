"""The filters of a search as the page shows them: each value with its name, count, and the address that toggles it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from documents.models import Collection, Document, Organization, Person, Topic
from search.asked import Asked
from search.finding import Found

TYPES = {"document": "Documents", "proposal": "Proposals", "note": "Notes"}
TITLES = {
    "type": "Type of result",
    "kind": "Kind of document",
    "from": "From",
    "to": "To",
    "topic": "Topic",
    "year": "Year",
    "collection": "Collection",
}
#: So many values are shown at once; the others unfold.
SHOWN = 8


@dataclass(frozen=True)
class Value:
    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Filter:
    name: str
    title: str
    values: tuple[Value, ...]

    @property
    def shown(self) -> tuple[Value, ...]:
        return self.values[:SHOWN]

    @property
    def folded(self) -> tuple[Value, ...]:
        return self.values[SHOWN:]


@dataclass(frozen=True)
class Chip:
    """A filter that was chosen, and the address of the search without it."""

    title: str
    label: str
    address: str


@dataclass(frozen=True)
class Panel:
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]


def panel(asked: Asked, found: Found) -> Panel:
    """All filters that have values. A value is named only if it stands in the index, so that no draft shows."""
    filters, chips = [], []
    for name, counted in found.counts.items():
        counts = dict(counted)
        labels = LABELS[name](counts)
        for value in asked.chosen.get(name, ()):
            chips.append(Chip(TITLES[name], labels.get(value, value), asked.toggled(name, value).address))
            counts.setdefault(value, 0)
        values = tuple(_value(asked, name, value, labels.get(value, value), counts[value]) for value in counts)
        if values and not (name == "collection" and len(values) == 1 and not values[0].chosen):
            filters.append(Filter(name, TITLES[name], _in_order(name, values)))
    return Panel(tuple(filters), tuple(chips))


def _value(asked: Asked, name: str, value: str, label: str, count: int) -> Value:
    return Value(value, label, count, asked.has(name, value), asked.toggled(name, value).address)


def _in_order(name: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    if name == "year":
        return tuple(sorted(values, key=lambda value: value.label))
    if name == "type":
        order = list(TYPES.values())
        return tuple(sorted(values, key=lambda value: order.index(value.label) if value.label in order else len(order)))
    return tuple(sorted(values, key=lambda value: (not value.chosen, -value.count, value.label)))


def _agents(slugs: Iterable[str]) -> dict[str, str]:
    names = dict(Organization.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return names | dict(Person.objects.filter(slug__in=slugs).values_list("slug", "name"))


def _topics(slugs: Iterable[str]) -> dict[str, str]:
    return dict(Topic.objects.filter(slug__in=slugs).values_list("slug", "name"))


def _collections(slugs: Iterable[str]) -> dict[str, str]:
    return dict(Collection.objects.filter(slug__in=slugs).values_list("slug", "title"))


#: How the values of each filter get their names.
LABELS: Mapping[str, Callable[[Iterable[str]], Mapping[str, str]]] = {
    "type": lambda values: TYPES,
    "kind": lambda values: dict(Document.Kind.choices),
    "from": _agents,
    "to": _agents,
    "topic": _topics,
    "year": lambda values: {},
    "collection": _collections,
}
