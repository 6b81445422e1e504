"""The documents of a volume: each is read, and many are stored in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DataError, IntegrityError, transaction

from documents.models import Document
from editions.errors import ReadError
from editions.identify import anonymous, carry_over
from editions.readers.archive_text import parse_archive_text
from editions.readers.tei.document import read_tei_document
from editions.writers.archive_text import write_archive_text
from ingest.derive import PassageInUse, derive
from ingest.history import keeping
from ingest.letters import store_letter
from ingest.models import ImportedDocument, Outcome
from ingest.references import Targets
from ingest.sync import sync
from ingest.volumes.bulk import create_documents
from ingest.volumes.facts import Facts, Job, facts_of
from ingest.volumes.frame import Frame

#: Part of every digest: a reader that understands more than before has another, and reads everything again.
READER = "2"
#: What the database raises for a document that does not fit in; anything else stops the import.
UNFIT = (DataError, IntegrityError)
KEPT = "edited in the archive, and kept. --overwrite replaces it."
GONE = "It was deleted in the archive while the import ran. Import the volume again to have it back."


@dataclass(frozen=True)
class Batch:
    """Documents of one volume that are stored together, for a file of an import run."""

    frame: Frame
    file: int
    jobs: tuple[Job, ...]


@dataclass
class Done:
    """What became of a batch: the outcome of each document by its address, and what an editor should look at."""

    file: int
    outcomes: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Storing:
    """Stores batches. ``arriving`` are the identifiers of all documents of the run, with their addresses.

    ``by`` is the key of the user who imports, ``by_name`` the name to keep; ``status`` that of new documents, and
    ``overwrite`` says that texts which editors changed are replaced.
    """

    arriving: Mapping[str, str]
    status: str
    overwrite: bool = False
    by: int | None = None
    by_name: str = ""

    def __call__(self, batch: Batch) -> Done:
        """Stores a batch in one transaction: every document of it whole, or refused and said why."""
        done = Done(batch.file)
        with transaction.atomic():
            records = [*self._created(batch), *self._updated(batch, done)]
            ImportedDocument.objects.bulk_create(
                record for record in records if record.outcome != Outcome.UNCHANGED.value
            )
        done.outcomes = {record.slug: record.outcome for record in records}
        return done

    def _created(self, batch: Batch) -> list[ImportedDocument]:
        records, ready = [], []
        for job in batch.jobs:
            if job.known is not None:
                continue
            try:
                ready.append(self._read(batch.frame, job))
            except ReadError as error:
                records.append(_refused(batch, job, error.message, error.line))
        try:
            with transaction.atomic():
                return records + self._create(batch, ready)
        except UNFIT:
            return records + [record for facts in ready for record in self._create_alone(batch, facts)]

    def _create_alone(self, batch: Batch, facts: Facts) -> list[ImportedDocument]:
        """Stores one document of a batch that could not be stored as a whole."""
        try:
            with transaction.atomic():
                return self._create(batch, [facts])
        except UNFIT as error:
            return [_refused(batch, facts.job, _unfit(error))]

    def _create(self, batch: Batch, ready: Sequence[Facts]) -> list[ImportedDocument]:
        targets = Targets(arriving=self.arriving)
        targets.load(target for facts in ready for target in facts.referring.targets())
        documents = create_documents(ready, batch.frame, targets, self.by, self.by_name)
        return [
            _stored(batch, facts, document, Outcome.CREATED) for facts, document in zip(ready, documents, strict=True)
        ]

    def _updated(self, batch: Batch, done: Done) -> list[ImportedDocument]:
        records = []
        for job in batch.jobs:
            if job.known is None:
                continue
            try:
                with transaction.atomic():
                    records.append(self._update(batch, job, done))
            except ReadError as error:
                records.append(_refused(batch, job, error.message, error.line))
            except PassageInUse as error:
                records.append(_refused(batch, job, str(error)))
            except Document.DoesNotExist:
                records.append(_refused(batch, job, GONE))
            except UNFIT as error:
                records.append(_refused(batch, job, _unfit(error)))
        return records

    def _update(self, batch: Batch, job: Job, done: Done) -> ImportedDocument:
        """Changes a document in place: blocks that survived keep their addresses, and it stays published or a draft.

        What an editor has changed since the volume was looked through is kept.
        """
        document = Document.objects.select_for_update().get(pk=job.known)
        if document.edited_here and not self.overwrite:
            done.remarks.append(f"{job.slug}: {KEPT}")
            return ImportedDocument(file_id=batch.file, slug=job.slug, outcome=Outcome.UNCHANGED.value)
        facts = self._read(batch.frame, job, document)
        user = get_user_model().objects.filter(pk=self.by).first()
        with keeping(document, by=user, by_name=self.by_name, reason=f"Imported from {batch.frame.ident}"):
            kept = {"status": document.status, "edited_here": False, "import_digest": document.import_digest}
            changed = _give(document, facts.columns | kept)
            changed |= sync(document.dates.all(), _of(document, facts.dates), lambda row: row.event)
            changed |= sync(document.identifiers.all(), _of(document, facts.identifiers), lambda row: row.value)
            changed |= sync(
                document.participations.filter(role__in=["from", "to"]),
                _of(document, facts.parties),
                lambda row: (row.role, row.person_id, row.organization_id, row.name),
            )
            changed |= store_letter(document)
            derivation = derive(document)
        Document.objects.filter(pk=document.pk).update(import_digest=job.digest)
        outcome = Outcome.UPDATED if changed or derivation.changed else Outcome.UNCHANGED
        done.remarks += [f"{job.slug}: {lost}" for lost in derivation.lost]
        return _stored(batch, facts, document, outcome, derivation.lost)

    def _read(self, frame: Frame, job: Job, document: Document | None = None) -> Facts:
        reading = read_tei_document(job.source, volume=frame.ident, first_line=job.line)
        if document is not None and document.text:
            edition = carry_over(parse_archive_text(document.text), anonymous(reading.edition))
            reading = replace(reading, edition=edition)
        text = write_archive_text(reading.edition, front_matter=False)
        return facts_of(job, frame, reading, text, self.status)


def digest(*parts: object) -> str:
    """A digest of all that decides how a document is stored; the same as long as the volume and its reader are."""
    found = hashlib.sha256(READER.encode())
    for part in parts:
        found.update(part if isinstance(part, bytes) else repr(part).encode())
    return found.hexdigest()


def _give(document: Document, values: dict[str, Any]) -> bool:
    document.source = bytes(document.source)
    if all(getattr(document, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(document, name, value)
    document.save()
    return True


def _of(document: Document, rows: dict[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {key: {"document": document, **values} for key, values in rows.items()}


def _stored(
    batch: Batch, facts: Facts, document: Document, outcome: Outcome, lost: Sequence[str] = ()
) -> ImportedDocument:
    said = [f"line {remark.line}: {remark.message}" for remark in facts.remarks]
    return ImportedDocument(
        file_id=batch.file,
        document=document,
        slug=document.slug,
        checksum=hashlib.sha256(facts.job.source).hexdigest(),
        outcome=outcome.value,
        line=facts.job.line,
        message="\n".join([*said, *lost]),
    )


def _unfit(error: Exception) -> str:
    """Says why the database does not take a document, in one line."""
    said = getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or str(error)
    detail = getattr(getattr(error.__cause__, "diag", None), "message_detail", None)
    return f"The database refuses it: {' '.join(filter(None, (said, detail)))}"


def _refused(batch: Batch, job: Job, message: str, line: int = 0) -> ImportedDocument:
    return ImportedDocument(
        file_id=batch.file,
        slug=job.slug,
        checksum=hashlib.sha256(job.source).hexdigest(),
        outcome=Outcome.REFUSED.value,
        line=line or job.line,
        message=message,
    )
