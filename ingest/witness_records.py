"""What a collection folder says of the witnesses of a document: stored from it, and written for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.models import Document, Witness
from editions.errors import ReadError
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import FORMATS, read_source, source_lines
from editions.writers.archive_text import write_archive_text
from ingest.records import WitnessRecord
from ingest.store import Refuse, update
from ingest.witnesses import free_siglum

PLAIN_FIELDS = ("siglum", "title", "publication", "publication_url", "repository", "note")
DEFAULT_FORMAT = "text"

#: Reads the file that a record names under a key, "source" or "text"; refuses one that cannot be read.
ReadFile = Callable[[WitnessRecord, str], bytes]


def store_witnesses(
    document: Document, records: Sequence[WitnessRecord], read: ReadFile, refuse: Refuse
) -> tuple[bool, list[str]]:
    """Stores the witnesses of a document; says whether anything changed, and which of its others are not in the file.

    A witness is the same one when it is the same document of the archive, or has the same siglum. One that was offered
    gives way to another with its siglum.
    """
    changed = False
    kept = set()
    _refuse_twice(records, refuse)
    for position, record in enumerate(records, 1):
        witness, stored = _store(document, record, position, read, refuse)
        changed |= stored
        kept.add(witness.pk)
    others = document.witnesses.filter(status=Witness.Status.ACCEPTED).exclude(pk__in=kept)
    return changed, [witness.siglum for witness in others]


def _refuse_twice(records: Sequence[WitnessRecord], refuse: Refuse) -> None:
    sigla: set[str] = set()
    documents: set[str] = set()
    for record in records:
        if record.siglum.casefold() in sigla:
            message = f"the siglum “{record.siglum}” stands twice. Give each witness its own."
            raise refuse(record.line_of("siglum"), message)
        if record.document in documents:
            message = f"the document “{record.document}” is a witness twice. Keep one of the two."
            raise refuse(record.line_of("document"), message)
        sigla.add(record.siglum.casefold())
        documents |= {record.document} - {""}


def _store(
    document: Document, record: WitnessRecord, position: int, read: ReadFile, refuse: Refuse
) -> tuple[Witness, bool]:
    if record.status and record.status not in Witness.Status.values:
        message = f"“{record.status}” is no status: {', '.join(Witness.Status.values)}."
        raise refuse(record.line_of("status"), message)
    other = _other(document, record, refuse)
    witness = document.witnesses.filter(other=other).first() if other else None
    witness = witness or document.witnesses.filter(siglum=record.siglum).exclude(status=Witness.Status.OFFERED).first()
    witness = witness or Witness(document=document)
    for offered in document.witnesses.filter(siglum=record.siglum, status=Witness.Status.OFFERED).exclude(
        pk=witness.pk
    ):
        Witness.objects.filter(pk=offered.pk).update(siglum=free_siglum(document))
    source = read(record, "source") if record.source else b""
    witness.source = bytes(witness.source)
    values = {name: getattr(record, name) for name in PLAIN_FIELDS} | {
        "other": other,
        "status": record.status or Witness.Status.ACCEPTED.value,
        "source": source,
        "source_name": record.source.rsplit("/", 1)[-1],
        "source_format": (record.format or DEFAULT_FORMAT) if source else "",
        "text": "" if other else _text(record, source, read, refuse),
        "position": position,
    }
    return witness, update(witness, values, lambda message: refuse(record.line, message))


def _other(document: Document, record: WitnessRecord, refuse: Refuse) -> Document | None:
    """The document that a record names; refuses a record that names none and has no text, or both."""
    if bool(record.document) == bool(record.source or record.text):
        message = "a witness is either a document of the archive or has a text of its own: give “document”, or “source”"
        raise refuse(record.line, f"{message} and “text”.")
    if not record.document:
        return None
    other = Document.objects.filter(slug=record.document).first()
    if other is None:
        message = f"there is no document “{record.document}”. Import it first, or give the witness a text of its own."
        raise refuse(record.line_of("document"), message)
    if other.pk == document.pk:
        raise refuse(record.line_of("document"), "a document is no other witness of itself. Name another document.")
    return other


def _text(record: WitnessRecord, source: bytes, read: ReadFile, refuse: Refuse) -> str:
    """The archive text of a witness: its own, or the source restored."""
    format = record.format or DEFAULT_FORMAT
    if source and format not in FORMATS:
        raise refuse(record.line_of("format"), f"“{format}” is no format: {', '.join(FORMATS)}.")
    named = "text" if record.text else "source"
    try:
        if record.text:
            if source:
                source_lines(source, format)
            edition = parse_archive_text(read(record, "text").decode())
        else:
            edition = read_source(source, format).edition
    except ReadError as error:
        raise refuse(record.line_of(named), f"{getattr(record, named)}: {error}") from error
    except UnicodeDecodeError as error:
        message = f"“{record.text}”: byte {error.start} is not UTF-8. Save the file as UTF-8."
        raise refuse(record.line_of("text"), message) from error
    return write_archive_text(edition, front_matter=False)


@dataclass(frozen=True)
class WrittenWitness:
    """A witness as a folder has it: the record, and its files by their paths within the folder."""

    record: WitnessRecord
    files: dict[str, bytes]


def written_witnesses(document: Document) -> list[WrittenWitness]:
    """The witnesses of a document as a folder has them; offered ones are not written, for they are offered again."""
    witnesses = document.witnesses.exclude(status=Witness.Status.OFFERED).select_related("other", "document")
    return [_written(witness) for witness in witnesses.order_by("position", "pk")]


def _written(witness: Witness) -> WrittenWitness:
    folder = f"witnesses/{witness.document.slug}/{witness.siglum}"
    files: dict[str, bytes] = {}
    source = text = ""
    if witness.source:
        source = f"{folder}/{witness.source_name or 'source.txt'}"
        files[source] = bytes(witness.source)
    if not witness.other and _differs_from_source(witness):
        text = f"{folder}.md"
        files[text] = witness.text.encode()
    record = WitnessRecord(
        **{name: getattr(witness, name) for name in PLAIN_FIELDS},
        document=witness.other.slug if witness.other else "",
        source=source,
        format=witness.source_format if witness.source_format != DEFAULT_FORMAT else "",
        text=text,
        status=witness.status if witness.status != Witness.Status.ACCEPTED else "",
    )
    return WrittenWitness(record, files)


def _differs_from_source(witness: Witness) -> bool:
    if not witness.source:
        return True
    try:
        edition = read_source(bytes(witness.source), witness.source_format).edition
    except ReadError:
        return True
    return write_archive_text(edition, front_matter=False) != witness.text
