"""Imports whatever lies at some paths: collection folders, volumes, single documents. One run, recorded as it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection

from documents.models import Document
from documents.signals import in_bulk
from editions.errors import ReadError
from ingest.errors import ImportRefused, shown
from ingest.files import collection_named, import_file, source_of
from ingest.finding import find
from ingest.folder import import_folder
from ingest.models import ImportedDocument, ImportedFile, ImportRun, Outcome
from ingest.offers import offer_witnesses, said_of
from ingest.replying import guess_around
from ingest.runs import join_run, recorded_run
from ingest.volumes.documents import Storing
from ingest.volumes.linking import link_arrivals
from ingest.volumes.loading import Progress, Scanned, Unchanged, VolumeImport, arriving, scan
from ingest.workers import shared

Say = Callable[[Progress], None]


@dataclass(frozen=True)
class Options:
    """How to import. ``collection`` is the address of the one to which single documents belong."""

    collection: str = ""
    status: str = Document.Status.PUBLISHED.value
    overwrite: bool = False
    processes: int = 1
    by_name: str = ""


@dataclass
class Summary:
    """What an import did: documents by outcome, what could not be taken, and what an editor should look at.

    ``in_bulk`` says that the search index was left alone, and has to be compared with what is stored.
    """

    outcomes: dict[str, int] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    in_bulk: bool = False

    def count(self, outcome: str, times: int = 1) -> None:
        if times:
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + times

    def __str__(self) -> str:
        counts = [f"{self.outcomes[outcome]:,} {outcome}" for outcome in Outcome.values if outcome in self.outcomes]
        return f"Documents: {', '.join(counts) or 'none'}."


def load(paths: Sequence[Path], options: Options, say: Say) -> Summary:
    """Imports all that lies at some paths as one recorded run, and returns what became of it.

    Collection folders are imported whole or not at all; a volume only when its XML is whole, then document by document,
    each of them whole or refused. What is refused does not keep the others out. Importing the same again changes
    nothing, and finishes what was interrupted. ``say`` hears how far each volume is. Raises ``ImportRefused`` when
    there is nothing at a path, ``AnotherImport`` while another import runs, ``WorkerLost`` when a process ends before
    its time.
    """
    found = find(paths)
    with recorded_run([shown(path) for path in paths], by_name=options.by_name) as run:
        loading = _Loading(run, options, say)
        for folder in found.folders:
            loading.folder(folder)
        loading.volumes(found.volumes)
        for file in found.files:
            loading.file(file)
    return loading.summary


class _Loading:
    def __init__(self, run: ImportRun, options: Options, say: Say) -> None:
        self.run, self.options, self.say = run, options, say
        self.summary = Summary()
        self.stored: set[int] = set()

    def folder(self, path: Path) -> None:
        """Imports the collection folders at or below a path, in one transaction."""
        try:
            report = import_folder(path, overwrite=self.options.overwrite, by_name=self.options.by_name)
        except ImportRefused as error:
            self.refuse(path, error)
            return
        row = ImportedFile.objects.create(run=self.run, name=shown(path), remarks="\n".join(report.remarks))
        for outcome, slugs in (
            (Outcome.CREATED, report.created),
            (Outcome.UPDATED, report.updated),
            (Outcome.UNCHANGED, report.unchanged),
        ):
            setattr(row, outcome.value, len(slugs))
            self.summary.count(outcome.value, len(slugs))
            if outcome is not Outcome.UNCHANGED:
                _list(row, Document.objects.filter(slug__in=slugs).order_by("pk"), outcome)
        row.save()
        self.summary.remarks += report.remarks

    def volumes(self, paths: Iterable[Path]) -> None:
        """Imports volumes, their documents shared among processes; then joins what they refer to."""
        looked_at = self.once_each(one for path in paths if (one := self.scan(path)))
        for unchanged in looked_at:
            if isinstance(unchanged, Unchanged):
                self.pass_over(unchanged)
        if scanned := [one for one in looked_at if isinstance(one, Scanned)]:
            self.store(scanned)

    def once_each(self, looked_at: Iterable[Scanned | Unchanged]) -> list[Scanned | Unchanged]:
        """The volumes without those that come twice: of two files that differ, the second is refused."""
        taken: dict[str, Scanned | Unchanged] = {}
        for one in looked_at:
            first = taken.setdefault(one.slug, one)
            if first is not one and first.checksum == one.checksum:
                self.summary.remarks.append(
                    f"{shown(one.path)}: is the same file as {shown(first.path)}, and passed over."
                )
            elif first is not one:
                message = (
                    f"this is the volume {one.slug} again, and differs from {shown(first.path)}. Import one of the two."
                )
                self.refuse(one.path, ImportRefused(one.path, 0, message))
        return list(taken.values())

    def store(self, scanned: list[Scanned]) -> None:
        """Stores what is new or changed in volumes."""
        options = self.options
        coming = arriving(scanned) if options.status == Document.Status.PUBLISHED else {}
        imports = [VolumeImport(one, self.run, options.status, options.overwrite) for one in scanned]
        by_file = {one.file.pk: one for one in imports}
        work = Storing(coming, options.status, options.overwrite, by_name=options.by_name)
        batches = (batch for one in imports for batch in one.batches())
        self.summary.in_bulk = True
        try:
            with in_bulk():
                for done in shared(work, batches, options.processes, begin=join_run):
                    by_file[done.file].take(done)
                    self.say(by_file[done.file].progress)
        finally:
            for one in imports:
                self.collect(one)
        _count_rows()
        made = ImportedDocument.objects.filter(file__run=self.run, outcome=Outcome.CREATED.value)
        with in_bulk():
            link_arrivals(coming, list(made.exclude(document=None).values_list("document", flat=True)))
        stored = Document.objects.filter(collection__slug__in=[one.slug for one in scanned]).order_by()
        guess_around(stored.values_list("pk", flat=True))
        self.summary.remarks += said_of(offer_witnesses(stored.values_list("pk", flat=True)))
        for one in imports:
            one.finish()

    def pass_over(self, volume: Unchanged) -> None:
        """Writes down that a volume is in the archive as it is; the index may lack it, if it was stopped after that."""
        self.summary.in_bulk = True
        ImportedFile.objects.create(
            run=self.run,
            name=str(volume.path),
            checksum=volume.checksum,
            size=volume.size,
            unchanged=volume.documents,
        )
        self.summary.count(Outcome.UNCHANGED.value, volume.documents)

    def scan(self, path: Path) -> Scanned | Unchanged | None:
        try:
            return scan(path, anew=self.options.overwrite)
        except ReadError as error:
            self.refuse(path, ImportRefused(path, error.line, error.message))
        except OSError as error:
            self.refuse(path, ImportRefused(path, 0, f"this file cannot be read ({error.strerror})."))
        return None

    def collect(self, one: VolumeImport) -> None:
        """Takes over what the import of a volume has to say."""
        one.record()
        for outcome, times in one.progress.outcomes.items():
            self.summary.count(outcome, times)
        self.summary.remarks += [f"{shown(one.scanned.path)}: {remark}" for remark in one.remarks]
        for row in one.file.documents.filter(outcome=Outcome.REFUSED.value):
            message = f"{row.slug} is refused: {row.message}" if row.slug else row.message
            self.summary.refusals.append(str(ImportRefused(one.scanned.path, row.line, message)))

    def file(self, path: Path) -> None:
        """Imports a file that holds one document."""
        options = self.options
        try:
            source = source_of(path)
            collection = collection_named(options.collection, path)
            imported = import_file(
                path, source, collection, options.status, options.overwrite, options.by_name, self.stored
            )
        except ImportRefused as error:
            self.refuse(path, error)
            return
        self.stored.add(imported.document.pk)
        row = self.file_row(path)
        setattr(row, imported.outcome.value, 1)
        row.remarks = "\n".join(imported.remarks)
        row.save()
        self.summary.count(imported.outcome.value)
        self.summary.remarks += [f"{imported.document.slug}: {remark}" for remark in imported.remarks]
        if imported.outcome is not Outcome.UNCHANGED:
            _list(row, [imported.document], imported.outcome)

    def refuse(self, path: Path, error: ImportRefused) -> None:
        """Writes down that nothing of a file or folder is imported, and why."""
        row = self.file_row(path)
        row.refused = 1
        row.remarks = error.message
        row.save()
        row.documents.create(slug="", outcome=Outcome.REFUSED.value, line=error.line, message=error.message)
        self.summary.count(Outcome.REFUSED.value)
        self.summary.refusals.append(str(error))

    def file_row(self, path: Path) -> ImportedFile:
        checksum, size = "", 0
        with suppress(OSError), path.open("rb") as file:
            checksum, size = hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
        return ImportedFile(run=self.run, name=shown(path), checksum=checksum, size=size)


def _list(row: ImportedFile, documents: Iterable[Document], outcome: Outcome) -> None:
    """Lists the documents of a file that were created or updated."""
    ImportedDocument.objects.bulk_create(
        ImportedDocument(
            file=row,
            document=document,
            slug=document.slug,
            checksum=hashlib.sha256(document.source).hexdigest(),
            outcome=outcome.value,
        )
        for document in documents
    )


def _count_rows() -> None:
    """Has the database count what it holds now. Until it does so by itself, a page may take it half a minute."""
    tables = [model._meta.db_table for model in apps.get_app_config("documents").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
