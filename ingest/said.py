"""What a text says of itself, as a record: its title, its dates, who wrote it and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models

from documents.models import Document, Organization, Participation, Person
from editions.dates import HistoricalDate
from editions.model import Metadata, Remark
from editions.provenance import repository_of
from ingest.records import DateRecord, DocumentRecord, PartyRecord
from ingest.store import DATE_EVENTS

ARTICLE = re.compile(r"\Athe\s+", re.I)


def said_by(metadata: Metadata) -> tuple[DocumentRecord, list[Remark]]:
    """What a text says of itself, without an address, as far as the archive has room for it."""
    remarks: list[Remark] = []

    def fitting(name: str, value: str, field: models.Field) -> str:
        room = field.max_length or len(value)
        if len(value) > room:
            remarks.append(
                Remark(0, f"The {name} has more than {room} characters; the rest stands in the source only.")
            )
        return value[:room]

    def own(name: str, value: str) -> str:
        return fitting(name, value, Document._meta.get_field(name))

    def named(role: str, word: str, names: Iterable[str]) -> list[PartyRecord]:
        return [party(role, fitting(word, name, Participation._meta.get_field("name"))) for name in names]

    record = DocumentRecord(
        id="",
        kind=metadata.kind if metadata.kind in Document.Kind.values else Document.Kind.OTHER.value,
        number=own("number", metadata.number),
        title=own("title", metadata.title),
        place=own("place", metadata.place),
        repository=own("repository", repository_of(metadata.source)),
        parties=(
            *named("from", "name of a sender", metadata.senders),
            *named("to", "name of a recipient", metadata.recipients),
        ),
        **{event: _date(getattr(metadata, event)) for event in DATE_EVENTS},
    )
    return record, remarks


def _date(value: HistoricalDate | None) -> DateRecord | None:
    if value is None:
        return None
    if value.supplied:
        return DateRecord(display=value.display, supplied="yes", reason="Supplied in the text as it came.")
    return DateRecord(display=value.display)


def party(role: str, name: str) -> PartyRecord:
    """A party by the name that a text gives it, identified where the archive knows who that is."""
    agent = _known_agent(name)
    known = {"person" if isinstance(agent, Person) else "organization": agent.slug} if agent else {}
    return PartyRecord(role=role, name=name, **known)


def agent_of(party: PartyRecord) -> Person | Organization | None:
    """Who a party is, as far as anyone has identified it."""
    if party.person:
        return Person.objects.filter(slug=party.person).first()
    return Organization.objects.filter(slug=party.organization).first() if party.organization else None


def unidentified(names: Iterable[tuple[str, str]]) -> tuple[Remark, ...]:
    """A remark on each sender and recipient, given as role and name, whom nobody has identified."""
    words = {"from": "sender", "to": "recipient"}
    return tuple(
        Remark(0, f"“{name}” is read as the {words[role]}, a name that the archive does not know yet.")
        for role, name in names
        if role in words
    )


def _known_agent(name: str) -> Person | Organization | None:
    """The person or organization of this name, or who is named so in another document."""
    bare = ARTICLE.sub("", name)
    for model in (Person, Organization):
        if agent := model.objects.filter(name__iexact=bare).first():
            return agent
    identified = Participation.objects.exclude(person=None, organization=None)
    used = identified.filter(name__iexact=name).select_related("person", "organization").first()
    return used.agent if used else None
