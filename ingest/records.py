"""What a collection folder says, as values: one dataclass for each kind of entry in ``collection.yaml``.

A field's name is its key in the file (``place`` is written ``in``, which Python keeps for itself); the order of the
fields is the order of the keys. Every record knows the lines it and its values stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def key(name: str) -> Any:
    """A text field that the file calls by another name."""
    return field(default="", metadata={"key": name})


def one_or_several() -> Any:
    """A list of texts of which the file writes a single one plainly, without a list."""
    return field(default=(), metadata={"plain": True})


def may_be_empty() -> Any:
    """A text field that has to be written, even where there is nothing in it: that says something too."""
    return field(metadata={"empty": True})


@dataclass(frozen=True, kw_only=True)
class Record:
    line: int = field(default=0, compare=False, metadata={"key": None})
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, metadata={"key": None})

    def line_of(self, name: str) -> int:
        """The line on which a value stands, or the record when the value is not written."""
        return self.lines.get(name, self.line)


@dataclass(frozen=True, kw_only=True)
class CollectionRecord(Record):
    slug: str
    title: str
    description: str = ""
    first_side: str = ""
    second_side: str = ""
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonRecord(Record):
    id: str
    name: str
    sort_name: str = ""
    born: str = ""
    died: str = ""
    description: str = ""
    authority_url: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganizationRecord(Record):
    id: str
    name: str
    sort_name: str = ""
    abbreviation: str = ""
    description: str = ""
    authority_url: str = ""


@dataclass(frozen=True, kw_only=True)
class TopicRecord(Record):
    id: str
    name: str
    description: str = ""
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class DivisionRecord(Record):
    id: str
    kind: str
    title: str
    parent: str = key("in")


@dataclass(frozen=True, kw_only=True)
class EntryRecord(Record):
    id: str
    name: str
    description: str = ""
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class DateRecord(Record):
    display: str
    earliest: str = ""
    latest: str = ""
    supplied: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyRecord(Record):
    role: str
    person: str = ""
    organization: str = ""
    name: str


@dataclass(frozen=True, kw_only=True)
class NoteRecord(Record):
    id: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class CorrectionRecord(Record):
    place: str = key("in")
    printed: str
    corrected: str = ""
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReferenceRecord(Record):
    place: str = key("in")
    words: str
    target: str = may_be_empty()
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalRecord(Record):
    id: str
    title: str
    topic: str = ""
    summary: str = ""
    passages: str
    words: str = ""
    does_not_answer: tuple[str, ...] = one_or_several()


@dataclass(frozen=True, kw_only=True)
class WitnessRecord(Record):
    siglum: str
    title: str
    status: str = ""
    document: str = ""
    source: str = ""
    format: str = ""
    text: str = ""
    publication: str = ""
    publication_url: str = ""
    repository: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentRecord(Record):
    id: str
    division: str = ""
    source: str = ""
    format: str = ""
    text: str = ""
    kind: str = ""
    status: str = ""
    number: str = ""
    title: str
    short_title: str = ""
    abstract: str = ""
    side: str = ""
    place: str = ""
    classification: str = ""
    publication: str = ""
    publication_url: str = ""
    repository: str = ""
    written: DateRecord | None = None
    received: DateRecord | None = None
    released: DateRecord | None = None
    identifiers: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    answers: tuple[str, ...] = one_or_several()
    does_not_answer: tuple[str, ...] = one_or_several()
    parties: tuple[PartyRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    references: tuple[ReferenceRecord, ...] = ()
    proposals: tuple[ProposalRecord, ...] = ()
    witnesses: tuple[WitnessRecord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkRecord(Record):
    answer: str
    relation: str
    answered: str
    answer_words: str
    answered_words: str
    note: str = ""

    @property
    def document(self) -> str:
        """The id of the document that answers."""
        return self.answer.partition("/")[0]


@dataclass(frozen=True, kw_only=True)
class FolderRecord(Record):
    collection: CollectionRecord
    people: tuple[PersonRecord, ...] = ()
    organizations: tuple[OrganizationRecord, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    divisions: tuple[DivisionRecord, ...] = ()
    persons: tuple[EntryRecord, ...] = ()
    terms: tuple[EntryRecord, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
