"""Compares the index with the database entry by entry, without trusting what it says of itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from documents import published
from documents.models import Footnote, Passage, Proposal
from search.indexing import pending
from search.indexing.building import differing
from search.indexing.following import Following
from search.indexing.stamps import stamps


@dataclass(frozen=True)
class Checked:
    """What is wrong with an index: for each fault the units that have it, and how many notes wait to be followed."""

    units: int
    faults: dict[str, list[str]] = field(default_factory=dict)
    waiting: int = 0

    def __bool__(self) -> bool:
        """Whether all is well."""
        return not self.faults and not self.waiting

    @property
    def wrong(self) -> list[str]:
        """The units that have to be written again, or taken out."""
        return sorted({unit for units in self.faults.values() for unit in units})

    def __str__(self) -> str:
        said = [f"{fault}: {_some(units)}." for fault, units in self.faults.items()]
        if self.waiting:
            said.append(f"Noted as changed and not followed yet: {self.waiting:,}.")
        return "\n".join(said) or f"The search index agrees with the database: {self.units:,} units."


def check(index: Following) -> Checked:
    """Compares keys and stamps of all entries with what the database has now.

    What changes meanwhile may show as a fault: whoever repairs follows it again, which harms nothing.
    """
    wanted = stamps()
    held = index.held()
    found: defaultdict[str, list[str]] = defaultdict(list)
    entries = index.keys()
    for unit, key in entries:
        found[unit].append(key)
    changed, _ = differing({unit: stamp for unit, stamp in wanted.items() if unit in found}, held)
    faults = {
        "Missing": sorted(wanted.keys() - found.keys()),
        "Not in the database, or not public": sorted(found.keys() - wanted.keys()),
        "In another state than the database": changed,
        "With an entry twice": sorted(unit for unit, keys in found.items() if max(Counter(keys).values()) > 1),
        "Without some of its entries, or with some too many": sorted(_incomplete(wanted, found)),
    }
    waiting = len(pending.noted(index.index_name()))
    return Checked(len(wanted), {fault: units for fault, units in faults.items() if units}, waiting)


def repair(index: Following, checked: Checked) -> None:
    """Writes again what is wrong, and follows what is noted."""
    index.follow(checked.wrong)
    index.catch_up_with_all()


def _incomplete(wanted: Iterable[str], found: dict[str, list[str]]) -> Iterator[str]:
    """The units of the index that do not have exactly the entries that they should have."""
    whole = _wanted_keys(wanted)
    positions = _positions()
    for unit in wanted:
        keys = set(found.get(unit, ()))
        pieces = {key for key in keys if key.startswith("passage.")}
        if keys and (keys - pieces != whole[unit] or not _tile(pieces, positions.get(unit, []))):
            yield unit


def _wanted_keys(units: Iterable[str]) -> dict[str, set[str]]:
    """The keys that each unit should have, but for its passages."""
    keys = {unit: {f"documents.{unit}"} for unit in units}
    for model in (Footnote, Proposal):
        rows = model.objects.filter(published.is_public("document")).order_by().values_list("document", "pk")
        for document, key in rows.iterator():
            if of := keys.get(f"document.{document}"):
                of.add(f"documents.{model._meta.model_name}.{key}")
    return keys


def _positions() -> dict[str, list[int]]:
    """The positions of the passages of each document, in order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    rows = Passage.objects.filter(published.is_public("document")).order_by("document", "position")
    for document, position in rows.values_list("document", "position").iterator():
        found[f"document.{document}"].append(position)
    return found


def _tile(pieces: Iterable[str], positions: list[int]) -> bool:
    """Whether pieces hold each of these positions once, and no others, whatever the size of each."""
    spans = sorted(tuple(map(int, piece.rpartition(".")[2].split("-"))) for piece in pieces)
    following = dict(pairwise(positions))
    if not spans or not positions:
        return not spans and not positions
    joined = all(following.get(last) == first for (_, last), (first, _) in pairwise(spans))
    return joined and spans[0][0] == positions[0] and spans[-1][1] == positions[-1]


def _some(units: list[str]) -> str:
    """How many units, and the first of them."""
    shown = ", ".join(unit.replace(".", " ") for unit in units[:5])
    return f"{len(units):,} ({shown}{', ...' if len(units) > 5 else ''})"
