"""Imports collection folders: all of a folder or nothing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from documents.models import Collection, Document, Link
from editions.errors import ReadError
from ingest.addresses import renamed, store_formerly
from ingest.collection_file import FILE_NAME, plain, read_collection_file
from ingest.derive import PassageInUse, derive, derive_all, related_to
from ingest.errors import ImportRefused
from ingest.history import State, keep, sign, state_of
from ingest.letters import said_in, store_letter
from ingest.offers import offer_witnesses, said_of
from ingest.proposals import store_link, store_proposal
from ingest.records import (
    DivisionRecord,
    DocumentRecord,
    FolderRecord,
    OrganizationRecord,
    PersonRecord,
    ProposalRecord,
    TopicRecord,
    WitnessRecord,
)
from ingest.rejected import store_rejected
from ingest.replying import guess_around
from ingest.store import Refuse, store_agent, store_collection, store_document, store_topic
from ingest.structure import division_of, store_division_of, store_structure
from ingest.witness_records import store_witnesses


@dataclass
class Report:
    """What an import did: documents by outcome, and what an editor should look at."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    other_changes: int = 0
    remarks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = [
            f"{len(names)} {outcome}"
            for outcome, names in (("created", self.created), ("updated", self.updated), ("unchanged", self.unchanged))
            if names
        ]
        return f"Documents: {', '.join(counts) or 'none'}."


@dataclass(frozen=True)
class _Folder:
    path: Path
    record: FolderRecord

    @property
    def file(self) -> Path:
        return self.path / FILE_NAME

    def refuse(self, line: int, message: str) -> ImportRefused:
        return ImportRefused(self.file, line, message)

    def bytes_of(self, record: DocumentRecord | WitnessRecord, name: str) -> bytes:
        """Reads a file that the record names; it must lie within the folder."""
        named = getattr(record, name)
        path = (self.path / named).resolve()
        if not path.is_relative_to(self.path.resolve()):
            raise self.refuse(record.line_of(name), f"“{named}” lies outside the folder. Put the file inside it.")
        try:
            return path.read_bytes()
        except OSError as error:
            raise self.refuse(record.line_of(name), f"“{named}” cannot be read ({error.strerror}).") from error

    def text_of(self, record: DocumentRecord) -> str | None:
        if not record.text:
            return None
        try:
            return self.bytes_of(record, "text").decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"“{record.text}”: byte {error.start} is not UTF-8. Save the file as UTF-8."
            raise self.refuse(record.line_of("text"), message) from error

    def files_of_witnesses(self, record: DocumentRecord) -> list[bytes]:
        return [
            self.bytes_of(witness, name)
            for witness in record.witnesses
            for name in ("source", "text")
            if getattr(witness, name)
        ]


def folders_in(path: Path) -> list[Path]:
    """Returns the collection folders at or below a path, in order; raises ``ImportRefused`` when there are none."""
    if (path / FILE_NAME).is_file():
        return [path]
    if not path.is_dir():
        raise ImportRefused(path, 0, "there is no such folder.")
    found = sorted(file.parent for file in path.rglob(FILE_NAME))
    if not found:
        raise ImportRefused(path, 0, f"no {FILE_NAME} in this folder or below it. See docs/collection-folder.md.")
    return found


@transaction.atomic
def import_folder(path: Path, *, overwrite: bool = False, by_name: str = "") -> Report:
    """Imports every collection folder at or below a path in one transaction; again changes nothing.

    What a document was before is kept as a version, and ``by_name`` says who imports. What the file has not changed
    since it was imported last stays as the archive has it now. What an editor changed in the archive stays too, and is
    said, unless ``overwrite`` is given. Raises ``ImportRefused`` with file and line, and then nothing at all is
    imported.
    """
    folders = [_Folder(folder, read_collection_file(folder / FILE_NAME)) for folder in folders_in(path)]
    run = _Run(overwrite, by_name)
    for folder in folders:
        run.store_texts(folder)
    for folder in folders:
        run.store_apparatus(folder)
    run.derive_all()
    return run.report()


def _digest(*parts: object) -> str:
    """A digest of what is imported: the same for the same entries and files, wherever they stand in the file."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part if isinstance(part, bytes) else repr(plain(part)).encode())
    return found.hexdigest()


class _Run:
    """One import: the ``documents`` that are stored, what they were ``before``, and the ``outcome`` of each entry."""

    def __init__(self, overwrite: bool, by_name: str) -> None:
        self.overwrite = overwrite
        self.by_name = by_name
        self.before: dict[str, State] = {}
        self.documents: dict[str, Document] = {}
        self.outcome: dict[str, str] = {}
        self.changes = 0
        self.remarks: list[str] = []
        self.refusals: dict[str, tuple[Refuse, int]] = {}

    def store_texts(self, folder: _Folder) -> None:
        """Stores everything that stands by itself: people, organizations, topics, documents with their passages."""
        collection = self.store_frame(folder)
        for position, item in enumerate(folder.record.documents, 1):
            if item.id in self.outcome:
                raise folder.refuse(item.line_of("id"), f"the document “{item.id}” stands twice. Give each its own id.")
            source = folder.bytes_of(item, "source") if item.source else b""
            text = folder.text_of(item)
            links = tuple(link for link in folder.record.links if link.document == item.id)
            witnesses = folder.files_of_witnesses(item)
            digest = _digest(collection.slug, str(position), item, links, source, (text or "").encode(), *witnesses)
            old = renamed(item, folder.refuse)
            if old is not None and not self.overwrite and (old.import_digest == digest or old.edited_here):
                self.outcome[item.id] = "unchanged"
                if old.import_digest != digest:
                    self.remarks.append(f"{item.id}: edited in the archive, and kept. --overwrite replaces it.")
                continue
            if before := state_of(old.pk if old else None):
                self.before[item.id] = before
            document, changed = store_document(item, collection, position, source, text, folder.refuse, document=old)
            changed |= store_formerly(document, item, folder.refuse)
            changed |= store_division_of(document, division_of(item, collection, folder.refuse))
            Document.objects.filter(pk=document.pk).update(import_digest=digest)
            self.documents[item.id] = document
            self.refusals[item.id] = folder.refuse, item.line
            self.outcome[item.id] = "created" if old is None else "updated" if changed else "unchanged"
            self.derive(item.id, keep_used=True)
        named = [item.id for item in folder.record.documents]
        for extra in collection.documents.exclude(slug__in=named):
            self.remarks.append(f"{extra.slug}: is not in {folder.file}, and kept.")

    def store_frame(self, folder: _Folder) -> Collection:
        """Stores the collection itself, people, organizations and topics, where the file has changed them."""
        record, refuse = folder.record, folder.refuse
        _refuse_twice(record.people, "person", refuse)
        _refuse_twice(record.organizations, "organization", refuse)
        _refuse_twice(record.topics, "topic", refuse)
        structure = (record.divisions, record.persons, record.terms)
        digest = _digest(record.collection, record.people, record.organizations, record.topics, *structure)
        collection = Collection.objects.filter(slug=record.collection.slug).first()
        if collection is not None and collection.import_digest == digest and not self.overwrite:
            return collection
        collection, changed = store_collection(record.collection, refuse)
        self.changes += changed
        for agent in (*record.people, *record.organizations):
            self.changes += store_agent(agent, refuse)
        for position, topic in enumerate(record.topics, 1):
            self.changes += store_topic(topic, position, refuse)
        _refuse_twice(record.divisions, "division", refuse)
        self.changes += store_structure(collection, record, refuse)
        Collection.objects.filter(pk=collection.pk).update(import_digest=digest)
        return collection

    def store_apparatus(self, folder: _Folder) -> None:
        """Stores what joins documents: answers, proposals, links. What the file does not name is kept, and said."""
        for item in folder.record.documents:
            if document := self.documents.get(item.id):
                changed = store_letter(document, said_in(item, document, folder.refuse))
                changed |= self.store_proposals(folder, item, document)
                changed |= self.store_witnesses(folder, item, document)
                self.note_change(item.id, changed)
        stored = self.store_links(folder)
        self.store_rejected(folder)
        for item in folder.record.documents:
            links = Link.objects.filter(Q(answer__document__slug=item.id) | Q(answering_document__slug=item.id))
            if item.id in self.documents:
                for extra in links.exclude(pk__in=stored):
                    self.remarks.append(f"{item.id}: the link “{extra}” is not in {folder.file}, and kept.")

    def store_proposals(self, folder: _Folder, item: DocumentRecord, document: Document) -> bool:
        _refuse_twice(item.proposals, "proposal", folder.refuse)
        changed = False
        for position, proposal in enumerate(item.proposals, 1):
            changed |= store_proposal(document, proposal, position, folder.refuse)
        for extra in document.proposals.exclude(ident__in=[proposal.id for proposal in item.proposals]):
            self.remarks.append(f"{item.id}: proposal {extra} is not in {folder.file}, and kept.")
        return changed

    def store_witnesses(self, folder: _Folder, item: DocumentRecord, document: Document) -> bool:
        changed, others = store_witnesses(document, item.witnesses, folder.bytes_of, folder.refuse)
        self.remarks += [f"{item.id}: the witness {siglum} is not in {folder.file}, and kept." for siglum in others]
        return changed

    def store_rejected(self, folder: _Folder) -> None:
        """Stores what proposals do not answer, once all of them are there."""
        for item in folder.record.documents:
            if document := self.documents.get(item.id):
                found = [store_rejected(document, proposal, folder.refuse) for proposal in item.proposals]
                self.note_change(item.id, any(found))

    def store_links(self, folder: _Folder) -> set[int]:
        """Stores the links of the documents that are stored, and those of documents of other folders."""
        stored: set[int] = set()
        for record in folder.record.links:
            if record.document in self.documents or record.document not in self.outcome:
                link, changed = store_link(record, folder.refuse)
                if link.pk in stored:
                    raise folder.refuse(record.line, "this link stands twice. Keep one of the two.")
                stored.add(link.pk)
                self.changes += changed
                self.note_change(record.document, changed)
        return stored

    def derive_all(self) -> None:
        for ident, document in self.documents.items():
            self.derive(ident)
            if before := self.before.get(ident):
                keep(before, by_name=self.by_name, reason="Imported again")
            else:
                sign(document.pk, None, self.by_name)
        changed = [document for ident, document in self.documents.items() if self.outcome[ident] != "unchanged"]
        derive_all(related_to(changed))
        guess_around(document.pk for document in changed)
        self.remarks += said_of(offer_witnesses(document.pk for document in changed))

    def derive(self, ident: str, *, keep_used: bool = False) -> None:
        """Derives a document; while ``keep_used``, its proposals are still to come: nothing is said of lost words."""
        refuse, line = self.refusals[ident]
        try:
            derivation = derive(self.documents[ident], keep_used=keep_used)
        except (PassageInUse, ReadError) as error:
            raise refuse(line, f"{ident}: {error}") from error
        self.note_change(ident, derivation.changed)
        if not keep_used:
            self.remarks += [f"{ident}: {lost}" for lost in derivation.lost]

    def note_change(self, ident: str, changed: bool) -> None:
        if changed and self.outcome.get(ident) == "unchanged":
            self.outcome[ident] = "updated"

    def report(self) -> Report:
        def those(outcome: str) -> list[str]:
            return [ident for ident, found in self.outcome.items() if found == outcome]

        return Report(those("created"), those("updated"), those("unchanged"), self.changes, self.remarks)


def _refuse_twice(
    records: Sequence[PersonRecord | OrganizationRecord | TopicRecord | DivisionRecord | ProposalRecord],
    kind: str,
    refuse: Refuse,
) -> None:
    seen: set[str] = set()
    for record in records:
        if record.id.casefold() in seen:
            raise refuse(record.line_of("id"), f"the {kind} “{record.id}” stands twice. Give each its own id.")
        seen.add(record.id.casefold())
