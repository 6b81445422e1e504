"""Imports volumes: reads what is in each, works out what is new, and shares the documents among processes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from documents.models import Collection, Document
from editions.errors import ReadError
from editions.model import Remark
from editions.readers.tei.titles import year_of
from editions.readers.tei.volume import DocumentSlice, Volume, scan_volume
from ingest.errors import shown
from ingest.models import ImportedFile, ImportRun, Outcome
from ingest.volumes.documents import KEPT, Batch, Done, digest
from ingest.volumes.facts import Job, address
from ingest.volumes.frame import collection_slug, explanations, publication, store_frame

BATCH = 40
LONGEST_IDENT = 60
#: What a document names of the lists of its volume.
NAMED = re.compile(rb"[\"']#([^\"'\s]+)")


@dataclass(frozen=True)
class Scanned:
    """A volume that was looked through: its file, what the file was then, and where its documents stand."""

    path: Path
    checksum: str
    size: int
    volume: Volume
    idents: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The address of the collection that the volume becomes."""
        return collection_slug(self.volume)

    @property
    def slugs(self) -> list[str]:
        """The addresses of its documents, in their order."""
        return [address(self.volume.ident, ident) for ident in self.idents]


@dataclass
class Progress:
    """How far the import of a volume is; ``outcomes`` counts its documents."""

    name: str
    total: int
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return sum(self.outcomes.values())

    def count(self, outcome: str, times: int = 1) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + times


@dataclass(frozen=True)
class Unchanged:
    """A volume of which the archive has everything already: its file, its address, and how many documents it holds."""

    path: Path
    checksum: str
    size: int
    slug: str
    documents: int


def scan(path: Path, *, anew: bool = False) -> Scanned | Unchanged:
    """Looks through a volume, unless it is in the archive as it is; ``anew`` does so in any case.

    Raises ``ReadError`` when it is not whole, ``OSError`` when it cannot be read.
    """
    source = path.read_bytes()
    checksum = hashlib.sha256(source).hexdigest()
    if not anew and (held := _held(checksum)):
        return Unchanged(path, checksum, len(source), *held)
    volume = scan_volume(source)
    _check(volume)
    return Scanned(path, checksum, len(source), volume, tuple(_idents(volume)))


def _check(volume: Volume) -> None:
    """Raises ``ReadError`` for a volume that has no name, or names that are too long to be kept."""
    if not collection_slug(volume):
        raise ReadError(
            "this volume has no name of its own. Give it one in its header, such as "
            '<idno type="frus">frus1961-63v06</idno>.'
        )
    entries = (*volume.persons, *volume.terms, *volume.divisions, *volume.documents)
    for ident in (volume.ident, *(entry.ident for entry in entries)):
        if len(ident) > LONGEST_IDENT:
            raise ReadError(
                f"the identifier “{ident[:LONGEST_IDENT]}…” has more than {LONGEST_IDENT} characters. Shorten it, and "
                "what points at it."
            )


def _held(checksum: str) -> tuple[str, int] | None:
    """The address of the collection that a file is, and how many documents it has.

    None unless the file was imported whole and last, and none of its documents is gone.
    """
    collection = Collection.objects.filter(import_digest=digest(checksum)).first()
    last = ImportedFile.objects.filter(checksum=checksum, refused=0).order_by("-pk").first()
    if collection is None or last is None:
        return None
    held = collection.documents.filter(source_format="tei").exclude(import_digest="").count()
    return (collection.slug, held) if held and held == last.created + last.updated + last.unchanged else None


def arriving(volumes: Iterable[Scanned]) -> dict[str, str]:
    """The identifiers of all documents of some volumes, with their addresses."""
    return {
        f"{scanned.volume.ident}/{ident}": address(scanned.volume.ident, ident)
        for scanned in volumes
        for ident in scanned.idents
    }


class VolumeImport:
    """The import of one volume within a run. ``batches`` are what processes store; ``take`` counts what they did."""

    def __init__(self, scanned: Scanned, run: ImportRun, status: str, overwrite: bool) -> None:
        self.scanned, self.status, self.overwrite = scanned, status, overwrite
        self.remarks = [_said(remark) for remark in scanned.volume.remarks]
        self.progress = Progress(shown(Path(scanned.path.name)), len(scanned.volume.documents))
        self.file = ImportedFile.objects.create(
            run=run, name=shown(scanned.path), checksum=scanned.checksum, size=scanned.size
        )

    def batches(self) -> Iterator[Batch]:
        """Yields the documents that are new or changed since the last import, the frame of the volume stored first."""
        try:
            source = self.scanned.path.read_bytes()
        except OSError as error:
            self._refuse("", 0, f"this file cannot be read any more ({error.strerror}).")
            return
        if hashlib.sha256(source).hexdigest() != self.scanned.checksum:
            self._refuse("", 0, "this file was changed while the import ran. Import it again.")
            return
        volume = self.scanned.volume
        collection = Collection.objects.filter(slug=collection_slug(volume)).first()
        jobs = list(self._jobs(collection, source))
        frame = store_frame(volume, source)
        for start in range(0, len(jobs), BATCH):
            yield Batch(frame, self.file.pk, tuple(jobs[start : start + BATCH]))

    def _jobs(self, collection: Collection | None, source: bytes) -> Iterator[Job]:
        slugs, key = self.scanned.slugs, collection.pk if collection else None
        there = {row.slug: row for row in Document.objects.filter(slug__in=slugs).only(*_KNOWN)}
        explained = explanations(self.scanned.volume)
        for document, ident, slug in zip(self.scanned.volume.documents, self.scanned.idents, slugs, strict=True):
            old = there.get(slug)
            job = _job(document, ident, slug, self.scanned.volume, explained, source, old)
            if old is not None and old.collection_id != key:
                self._refuse(slug, job.line, "another collection has a document with this address.")
            elif old is not None and old.edited_here and not self.overwrite:
                self.progress.count(Outcome.UNCHANGED.value)
                if old.import_digest != job.digest:
                    self.remarks.append(f"{slug}: {KEPT}")
            elif old is not None and old.import_digest == job.digest and not self.overwrite:
                self.progress.count(Outcome.UNCHANGED.value)
            else:
                yield job
        self._say_what_is_gone(key, slugs)

    def _refuse(self, slug: str, line: int, message: str) -> None:
        """Writes down that a document is refused, or for no address the volume as a whole."""
        self.file.documents.create(slug=slug, outcome=Outcome.REFUSED.value, line=line, message=message)
        self.progress.count(Outcome.REFUSED.value)

    def _say_what_is_gone(self, collection: int | None, slugs: Iterable[str]) -> None:
        extra = Document.objects.filter(collection=collection, source_format="tei").exclude(slug__in=list(slugs))
        for slug in extra.values_list("slug", flat=True):
            self.remarks.append(f"{slug}: is no longer in the volume, and kept.")

    def take(self, done: Done) -> None:
        """Counts what became of a batch, and writes it down."""
        for outcome in done.outcomes.values():
            self.progress.count(outcome)
        self.remarks += done.remarks
        self.record()

    def finish(self) -> None:
        """Notes that all of the volume is stored, so that the same file needs no look next time."""
        outcomes = self.progress.outcomes
        if self.progress.done == self.progress.total and Outcome.REFUSED.value not in outcomes:
            slug = collection_slug(self.scanned.volume)
            Collection.objects.filter(slug=slug).update(import_digest=digest(self.scanned.checksum))
        self.record()

    def record(self) -> None:
        """Writes the counts and remarks into the record of the run."""
        for outcome in Outcome.values:
            setattr(self.file, outcome, self.progress.outcomes.get(outcome, 0))
        self.file.remarks = "\n".join(self.remarks)
        self.file.save()


_KNOWN = ("slug", "collection", "import_digest", "edited_here")


def _job(
    document: DocumentSlice,
    ident: str,
    slug: str,
    volume: Volume,
    explained: Mapping[str, str],
    source: bytes,
    old: Document | None,
) -> Job:
    found = source[document.start : document.end]
    named = sorted({name.decode() for name in NAMED.findall(found)} & explained.keys())
    said = [(name, explained[name]) for name in named]
    year = next((year_of(division.title) for division in volume.divisions if division.ident == document.division), "")
    made_of = digest(found, document.division, document.position, publication(volume), ident, said, year)
    return Job(
        ident=ident,
        slug=slug,
        division=document.division,
        position=document.position + 1,
        line=document.line,
        source=found,
        digest=made_of,
        known=old.pk if old else None,
        year=year,
    )


def _idents(volume: Volume) -> Iterator[str]:
    """A name for each document within its volume; where two would have one address, the second gets a number."""
    taken: set[str] = set()
    for document in volume.documents:
        ident, number = document.ident, 1
        while address(volume.ident, ident) in taken:
            number += 1
            ident = f"{document.ident}-{number}"
        taken.add(address(volume.ident, ident))
        yield ident


def _said(remark: Remark) -> str:
    return f"line {remark.line}: {remark.message}" if remark.line else remark.message
