"""The filters of a search as the page shows them: each value with its name, count, and the address that toggles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from django.db import connection
from django.utils.safestring import SafeString, mark_safe

from documents.models import Collection, Document, Organization, Person, Topic
from documents.shelves import SERIES
from search.finding import Found
from search.page.asked import Asked, Toggling

TYPES = {
    "document": "Documents",
    "proposal": "Proposals",
    "note": "Notes",
    "person": "People",
    "organization": "Organizations",
}
TITLES = {
    "type": "Type of result",
    "kind": "Kind of document",
    "from": "From",
    "to": "To",
    "topic": "Topic",
    "year": "Year",
    "collection": "Collection",
}
#: So many values are shown at once, and so many more unfold; for the others the search must be narrowed.
SHOWN, FOLDED = 8, 48
#: What agents, topics and collections are called. Composed for each page, it would take longer than it runs.
_NAMES = " UNION ALL ".join(
    f"SELECT '{of}', slug, {column} FROM {model._meta.db_table} WHERE slug = ANY(%s)"
    for of, model, column in (
        ("agent", Person, "name"),
        ("agent", Organization, "name"),
        ("topic", Topic, "name"),
        ("collection", Collection, "title"),
    )
)


@dataclass(frozen=True)
class Value:
    value: str
    label: str
    count: int
    chosen: bool
    address: str

    @property
    def html(self) -> str:
        """The value as an item of a list. A template takes too long over hundreds of them."""
        chosen = ' aria-current="true"' if self.chosen else ""
        said = f" result{'' if self.count == 1 else 's'}{', chosen: remove this filter' if self.chosen else ''}"
        return (
            f'<li><a class="value" href="{escape(self.address)}" rel="nofollow"{chosen}>'
            '<span class="value-box" aria-hidden="true"></span>'
            f'<span class="value-label">{escape(self.label)}</span> '
            f'<span class="value-count">{self.count:,}<span class="visually-hidden">{said}</span></span></a></li>\n'
        )


@dataclass(frozen=True)
class Filter:
    """A filter with the values that are shown; ``more`` is how many others there are."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: int = 0

    @property
    def shown(self) -> SafeString:
        return _items(self.values[:SHOWN])

    @property
    def folded(self) -> SafeString:
        return _items(self.values[SHOWN:])

    @property
    def fold(self) -> int:
        """How many values are folded away, counting those that are not there to unfold."""
        return max(0, len(self.values) - SHOWN) + self.more


@dataclass(frozen=True)
class Chip:
    """Something that was chosen, and the address of the search without it."""

    title: str
    label: str
    address: str


@dataclass(frozen=True)
class Panel:
    filters: tuple[Filter, ...]
    chips: tuple[Chip, ...]


def panel(asked: Asked, found: Found) -> Panel:
    """All filters that have values, but for the years, which have a figure of their own."""
    kept = {name: _kept(asked, name, counts) for name, counts in found.counts.items()}
    labels = _labels(found, kept)
    filters = []
    for name, counts in kept.items():
        if name == "year" or not counts or (name == "collection" and len(counts) == 1 and not asked.chosen.get(name)):
            continue
        values = tuple(_values(asked, name, counts, labels.get(name, {})))
        filters.append(
            Filter(name, TITLES[name], _in_order(name, values), len(dict(found.counts[name]).keys() - counts.keys()))
        )
    return Panel(tuple(filters), tuple(_chips(asked, labels)))


def _kept(asked: Asked, name: str, counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The values that are shown, those that were chosen and then the most common, with their counts."""
    counts = dict(counted)
    chosen = {value: counts.pop(value, 0) for value in asked.chosen.get(name, ())}
    return chosen | dict(list(counts.items())[: max(0, SHOWN + FOLDED - len(chosen))])


def _values(asked: Asked, name: str, counts: Mapping[str, int], labels: Mapping[str, str]) -> Iterator[Value]:
    toggling = Toggling(asked, name)
    for value, count in counts.items():
        yield Value(value, labels.get(value, value), count, asked.has(name, value), toggling.address(value))


def _in_order(name: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    if name == "type":
        order = list(TYPES)
        return tuple(sorted(values, key=lambda value: order.index(value.value) if value.value in order else len(order)))
    return tuple(sorted(values, key=lambda value: (not value.chosen, -value.count, value.label)))


def _chips(asked: Asked, labels: Mapping[str, Mapping[str, str]]) -> Iterator[Chip]:
    if asked.within:
        yield Chip("Within", asked.within.name, asked.anywhere().address)
    for name, values in asked.chosen.items():
        for value in values:
            yield Chip(TITLES[name], labels.get(name, {}).get(value, value), asked.toggled(name, value).address)
    if asked.dates:
        undated = " or undated" if asked.dates.undated else ""
        yield Chip("Written", f"{asked.dates}{undated}", asked.written().address)


def _labels(found: Found, kept: Mapping[str, Iterable[str]]) -> dict[str, Mapping[str, str]]:
    """What the values of each filter are called, in one query.

    A value is named only if it stands in the index, so that no draft shows.
    """
    names = {name: set(values) & set(dict(found.counts[name])) for name, values in kept.items()}
    agents = sorted(names.get("from", set()) | names.get("to", set()))
    labels: dict[str, dict[str, str]] = {"agent": {}, "topic": {}, "collection": {}}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [agents, agents, sorted(names.get("topic", ())), sorted(names.get("collection", ()))])
        for of, slug, name in cursor.fetchall():
            labels[of][slug] = name
    return {
        "type": TYPES,
        "kind": dict(Document.Kind.choices),
        "from": labels["agent"],
        "to": labels["agent"],
        "topic": labels["topic"],
        "collection": _short(labels["collection"]),
    }


def _short(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles without the name of the series, where all that are of a series are of the same one."""
    matches = {slug: SERIES.fullmatch(title) for slug, title in titles.items()}
    series = {match["series"].rpartition(", ")[0] for match in matches.values() if match}
    if len(series) != 1:
        return dict(titles)
    begin = len(series.pop()) + 2
    return {slug: title[begin:] if matches[slug] else title for slug, title in titles.items()}


def _items(values: Iterable[Value]) -> SafeString:
    return mark_safe("".join(value.html for value in values))
