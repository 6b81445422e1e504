"""What the archive keeps of a document of a volume, as the values of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from documents.models import Document
from editions.dates import HistoricalDate
from editions.model import Edition, Metadata, Remark
from editions.provenance import repository_of
from editions.readers.tei.document import DocumentReading, Party
from editions.readers.tei.titles import day_in
from ingest.referring import Referring, context_with, designations_of
from ingest.rows import Rows
from ingest.volumes.frame import Frame
from ingest.volumes.names import bare

UNTITLED = "Untitled document"
SUPPLIED = "Supplied by the editors of the volume."
YEAR = "The year is that of the chapter in which the document stands."


@dataclass(frozen=True)
class Job:
    """One document to store. ``known`` is its key when the archive has it already; ``line`` where it begins, ``year``
    that of its chapter, where that is a month or a day."""

    ident: str
    slug: str
    division: str
    position: int
    line: int
    source: bytes
    digest: str
    known: int | None = None
    year: str = ""


@dataclass(frozen=True)
class Facts:
    """``columns`` of the document itself, and the rows that belong to it by their keys."""

    job: Job
    edition: Edition
    remarks: tuple[Remark, ...]
    columns: dict[str, Any]
    dates: Rows
    identifiers: Rows
    parties: Rows

    @property
    def written(self) -> date | None:
        """The first of the days on which it may have been written."""
        return self.dates["written"]["earliest"] if "written" in self.dates else None

    @cached_property
    def designations(self) -> frozenset[str]:
        """What others may call the document."""
        return designations_of(self.edition, self.columns["kind"], self.columns["title"], self.written)

    @cached_property
    def referring(self) -> Referring:
        """What the text refers to."""
        context = context_with(self.identifiers, self.columns["number"], self.columns["publication"], self.written)
        return Referring.of(self.edition, context, {self.job.slug, *self.identifiers, *self.designations})


def facts_of(job: Job, frame: Frame, reading: DocumentReading, text: str, status: str) -> Facts:
    """Gathers the facts of a document that was read; what is too long for its column stands in the text only."""
    metadata = reading.edition.metadata
    known_kind = metadata.kind in Document.Kind.values
    columns = {
        "collection_id": frame.collection,
        "division_id": frame.divisions.get(job.division),
        "slug": job.slug,
        "kind": metadata.kind if known_kind else Document.Kind.OTHER.value,
        "number": metadata.number[:30],
        "title": metadata.title[:1000] or UNTITLED,
        "place": metadata.place[:200],
        "publication": f"{frame.publication}, Document {metadata.number or job.ident}",
        "publication_url": frame.url(job.ident),
        "repository": repository_of(metadata.source)[:500],
        "position": job.position,
        "status": status,
        "source": job.source,
        "source_name": f"{frame.ident}.xml#{job.ident}"[:255],
        "source_format": "tei",
        "text": text,
        "import_digest": job.digest,
    }
    identifier = f"{frame.ident}/{job.ident}"[:200]
    return Facts(
        job=job,
        edition=reading.edition,
        remarks=reading.remarks,
        columns=columns,
        dates=_dates(metadata) | _day(metadata, job.year),
        identifiers={identifier: {"value": identifier}},
        parties=_parties(frame, reading.parties),
    )


def address(volume: str, document: str) -> str:
    """The address of a document of a volume: "frus1961-63v06-d41"."""
    return slugify(f"{volume}-{document}")[:150]


def _dates(metadata: Metadata) -> Rows:
    events = {event: getattr(metadata, event) for event in ("written", "received", "released")}
    return {event: _date(event, value, SUPPLIED if value.supplied else "") for event, value in events.items() if value}


def _day(metadata: Metadata, year: str) -> Rows:
    """When it was written, of a document that says the day only."""
    day = None if metadata.written else day_in(metadata.title, year)
    return {"written": _date("written", day, YEAR)} if day else {}


def _date(event: str, value: HistoricalDate, reason: str) -> dict[str, Any]:
    return {
        "event": event,
        "display": value.display[:100],
        "earliest": value.earliest,
        "latest": value.latest,
        "supplied": value.supplied,
        "reason": reason,
    }


def _parties(frame: Frame, parties: tuple[Party, ...]) -> Rows:
    """Who wrote and who received it; a name of which nothing more is known stands by itself."""
    found: Rows = {}
    for party in parties:
        person = frame.people.get(party.target)
        organization = None if person else frame.organizations.get(bare(party.name))
        name = party.name[:300]
        found[party.role, person, organization, name] = {
            "role": party.role,
            "name": name,
            "person_id": person,
            "organization_id": organization,
            "position": len(found),
        }
    return found
