"""Loads what a bibliography says of public documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings

from documents import published
from documents.models import Document, DocumentDate, Identifier, Participation, Proposal
from interchange.bibliography import Name, Record

#: So many documents are in memory at once.
BATCH = 200


def records(keys: Sequence[int], base_url: str) -> Iterator[Record]:
    """Yields the public documents with these keys, in the order of the keys; what is not public is left out.

    ``base_url`` is the address of the archive without a stroke at its end. Each batch takes five queries.
    """
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        found = published.documents().in_bulk(batch)
        topics, identifiers = _topics(found), _identifiers(found)
        for key in batch:
            if document := found.get(key):
                address = base_url + document.get_absolute_url()
                yield record_of(document, address, tuple(topics[key]), tuple(identifiers[key]))


def record_of(
    document: Document, address: str, topics: tuple[str, ...] = (), identifiers: tuple[str, ...] = ()
) -> Record:
    """What a document's own row, its dates and its parties say; these are taken as loaded, else in a query each."""
    dates = [date for date in document.dates.all() if date.event == DocumentDate.Event.WRITTEN]
    parties = _parties(document)
    return Record(
        title=document.title,
        address=address,
        archive=settings.SITE_NAME,
        kind=document.kind,
        senders=_names(parties, Participation.Role.FROM),
        recipients=_names(parties, Participation.Role.TO),
        date=dates[0].value if dates else None,
        place=document.place,
        publication=document.publication,
        repository=document.repository,
        collection=document.collection.title,
        slug=document.slug,
        kind_name=document.get_kind_display(),
        number=document.number,
        short_title=document.short_title,
        publication_url=document.publication_url,
        classification=document.classification,
        abstract=document.abstract,
        topics=topics,
        identifiers=identifiers,
    )


def _topics(keys: Iterable[int]) -> dict[int, dict[str, None]]:
    """The topics that the documents' proposals are on, each once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    proposals = Proposal.objects.filter(document__in=list(keys), topic__isnull=False)
    for key, topic in proposals.order_by("position", "pk").values_list("document", "topic__name"):
        found[key][topic] = None
    return found


def _identifiers(keys: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Identifier.objects.filter(document__in=list(keys)).order_by("value")
    for key, value in rows.values_list("document", "value"):
        found[key].append(value)
    return found


def _parties(document: Document) -> list[Participation]:
    """Those who wrote and received it, as loaded already by lists, else in one query."""
    if hasattr(document, "parties"):
        return list(document.parties)
    if "participations" in getattr(document, "_prefetched_objects_cache", {}):
        return list(document.participations.all())
    return list(document.participations.select_related("person", "organization"))


def _names(parties: list[Participation], role: str) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(_name(party) for party in parties if party.role == role))


def _name(party: Participation) -> Name:
    """The name as an index has it is known once someone has identified it."""
    if not party.agent:
        return Name(party.name)
    return Name(party.agent.name, party.agent.sort_name, is_person=party.person is not None)
