"""Makes the entries of units from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from documents.models import Organization, Participation, Person
from search.indexing.entries import Entry, entries_of_document, entry_of_agent
from search.indexing.loaded import BATCH, load_agents, load_documents
from search.indexing.stamps import stamps

AGENTS = {"person": Person, "organization": Organization}


def prepared(units: Iterable[str]) -> Iterator[Entry]:
    """What the index should hold for those of these units that the public may see.

    The stamps are read first: should a unit change meanwhile, its stamp is too old, never too new.
    """
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for unit in units:
        kind, _, key = unit.partition(".")
        keys[kind].append(int(key))
    for batch in _batches(keys.pop("document", [])):
        stamp = stamps(f"document.{key}" for key in batch)
        for document in load_documents(batch):
            yield from entries_of_document(document, stamp.get(document.unit, ""))
    for kind, found in keys.items():
        for batch in _batches(found):
            stamp = stamps(f"{kind}.{key}" for key in batch)
            for agent in load_agents(AGENTS[kind], batch):
                yield entry_of_agent(agent, stamp.get(agent.unit, ""))


def with_agents(units: Iterable[str]) -> list[str]:
    """These units and the people and organizations that have a part in their documents, whose entries tell of it."""
    found = set(units)
    documents = [int(unit.partition(".")[2]) for unit in found if unit.startswith("document.")]
    parts = Participation.objects.filter(document__in=documents).values_list("person", "organization").distinct()
    for person, organization in parts.order_by():
        found |= agent_units(person, organization)
    return sorted(found)


def agent_units(person: int | None, organization: int | None) -> set[str]:
    """The units of a person and of an organization, where there is one."""
    units = {f"person.{person}" if person else "", f"organization.{organization}" if organization else ""}
    return units - {""}


def _batches(keys: list[int]) -> Iterator[list[int]]:
    keys.sort()
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
