"""Imports collection folders: all of a folder or nothing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from documents.models import Document
from editions.errors import ReadError
from ingest.collection_file import FILE_NAME, read_collection_file
from ingest.derive import PassageInUse, derive, derive_related
from ingest.errors import ImportRefused
from ingest.proposals import store_link, store_proposal
from ingest.records import DocumentRecord, FolderRecord
from ingest.store import Refuse, store_agent, store_collection, store_document, store_letter, store_topic


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

    def bytes_of(self, record: DocumentRecord, name: str) -> bytes:
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
def import_folder(path: Path, *, overwrite: bool = False) -> Report:
    """Imports every collection folder at or below a path in one transaction; again changes nothing.

    ``overwrite`` replaces texts that an editor changed in the archive. Raises ``ImportRefused`` with file and line, and
    then nothing at all is imported.
    """
    folders = [_Folder(folder, read_collection_file(folder / FILE_NAME)) for folder in folders_in(path)]
    run = _Run(overwrite)
    for folder in folders:
        run.store_texts(folder)
    for folder in folders:
        run.store_apparatus(folder)
    run.derive_all()
    return run.report()


class _Run:
    def __init__(self, overwrite: bool) -> None:
        self.overwrite = overwrite
        self.documents: dict[str, Document] = {}
        self.outcome: dict[str, str] = {}
        self.changes: Counter[str] = Counter()
        self.remarks: list[str] = []
        self.refusals: dict[str, tuple[Refuse, int]] = {}

    def store_texts(self, folder: _Folder) -> None:
        """Stores everything that stands by itself: people, organizations, topics, documents with their passages."""
        record, refuse = folder.record, folder.refuse
        collection, changed = store_collection(record.collection, refuse)
        self.changes["collections"] += changed
        for agent in (*record.people, *record.organizations):
            self.changes["agents"] += store_agent(agent, refuse)
        for position, topic in enumerate(record.topics, 1):
            self.changes["topics"] += store_topic(topic, position, refuse)
        for position, item in enumerate(record.documents, 1):
            if item.id in self.documents:
                raise refuse(item.line_of("id"), f"the document “{item.id}” stands twice. Give each its own id.")
            new = not Document.objects.filter(slug=item.id).exists()
            source = folder.bytes_of(item, "source") if item.source else b""
            document, changed, kept = store_document(
                item, collection, position, source, folder.text_of(item), refuse, overwrite=self.overwrite
            )
            if kept:
                self.remarks.append(
                    f"{item.id}: the text was edited in the archive and is kept. --overwrite replaces it."
                )
            self.documents[item.id] = document
            self.refusals[item.id] = refuse, item.line
            self.outcome[item.id] = "created" if new else "updated" if changed else "unchanged"
            self.derive(item.id)

    def store_apparatus(self, folder: _Folder) -> None:
        """Stores what joins documents: answers, proposals, links. What the file does not name is kept, and said."""
        for item in folder.record.documents:
            document = self.documents[item.id]
            changed = store_letter(document, item, folder.refuse)
            for position, proposal in enumerate(item.proposals, 1):
                changed |= store_proposal(document, proposal, position, folder.refuse)
            self.note_change(item.id, changed)
            named = [proposal.id for proposal in item.proposals]
            for extra in document.proposals.exclude(ident__in=named):
                self.remarks.append(f"{item.id}: proposal {extra} is not in {folder.file} and is kept.")
        for link in folder.record.links:
            changed = store_link(link, folder.refuse)
            self.changes["links"] += changed
            self.note_change(link.answer.partition("/")[0], changed)

    def derive_all(self) -> None:
        for ident, document in self.documents.items():
            self.derive(ident, report=True)
            if self.outcome[ident] != "unchanged":
                derive_related(document)

    def derive(self, ident: str, *, report: bool = False) -> None:
        refuse, line = self.refusals[ident]
        try:
            derivation = derive(self.documents[ident])
        except (PassageInUse, ReadError) as error:
            raise refuse(line, f"{ident}: {error}") from error
        self.note_change(ident, derivation.changed)
        if report:
            self.remarks += [f"{ident}: {lost}" for lost in derivation.lost]

    def note_change(self, ident: str, changed: bool) -> None:
        if changed and self.outcome.get(ident) == "unchanged":
            self.outcome[ident] = "updated"

    def report(self) -> Report:
        def those(outcome: str) -> Iterator[str]:
            return (ident for ident, found in self.outcome.items() if found == outcome)

        return Report(
            [*those("created")], [*those("updated")], [*those("unchanged")], sum(self.changes.values()), self.remarks
        )
