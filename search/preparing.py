"""Makes the entries of units from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from documents.models import Organization, Person
from search.entries import Entry, entries_of_document, entry_of_agent
from search.loaded import BATCH, load_agents, load_documents
from search.stamps import stamps

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


def _batches(keys: list[int]) -> Iterator[list[int]]:
    keys.sort()
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
