"""``manage.py inspect PATH``: shows what is understood of a source, without touching the database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editions.errors import ReadError
from editions.readers.reading import Reading
from editions.readers.sources import SUFFIXES, describe, read_source, recognise
from editions.readers.tei.document import read_tei_document
from editions.readers.tei.volume import Volume, scan_volume
from editions.references.context import context_of
from editions.writers.report import write_line, write_report
from editions.writers.standoff import write_standoff
from ingest.finding import VOLUME


class Command(BaseCommand):
    help = "Shows what is understood of a text, a volume, or of each file in a folder. The database is not touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=f"a file ({', '.join(SUFFIXES)}) or a folder of them")
        parser.add_argument("--json", action="store_true", help="one line of standoff JSON for each document")
        parser.add_argument("--document", metavar="ID", help="of a volume, this document alone, at length")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for path in _files(options["path"]):
            try:
                for shown in _account(path, options["json"], options["document"] or ""):
                    self.stdout.write(shown)
            except (ReadError, OSError) as error:
                refused += 1
                self.stderr.write(f"{path}: {error}")
        if refused:
            raise CommandError(f"{refused} of the files could not be read.")


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    else:
        raise CommandError(f"{path}: there is no such file or folder.")


def _account(path: Path, as_json: bool, only: str) -> Iterator[str]:
    source = path.read_bytes()
    format = recognise(source, path.name)
    if format == "tei" and VOLUME.search(source):
        yield from _volume(path, source, as_json, only)
        return
    reading = read_source(source, format)
    yield _json(reading, path.stem) if as_json else write_report(reading, str(path), describe(source, format))


def _volume(path: Path, source: bytes, as_json: bool, only: str) -> Iterator[str]:
    volume = scan_volume(source)
    if only and only not in {piece.ident for piece in volume.documents}:
        raise ReadError(f"this volume has no document {only}.")
    if not as_json and not only:
        yield _about(path, volume)
    for piece in volume.documents:
        if only in ("", piece.ident):
            slice = source[piece.start : piece.end]
            reading = read_tei_document(slice, volume=volume.ident, first_line=piece.line)
            if as_json:
                yield _json(reading, f"{volume.ident}-{piece.ident}")
            else:
                about = f"{volume.ident}, document {piece.ident}"
                yield write_report(reading, about, "TEI") if only else write_line(reading, piece.ident)


def _about(path: Path, volume: Volume) -> str:
    """Returns what a volume says of itself, and what of it is in no document."""
    counts = (
        f"documents: {len(volume.documents)}, divisions: {len(volume.divisions)}, persons: {len(volume.persons)}, "
        f"terms: {len(volume.terms)}"
    )
    remarks = [f"  line {remark.line}: {remark.message}" for remark in volume.remarks]
    return "\n".join([str(path), "=" * len(str(path)), f"{volume.ident}: {volume.title}", counts, *remarks, ""])


def _json(reading: Reading, ident: str) -> str:
    context = context_of(ident, reading.edition.metadata)
    return json.dumps(write_standoff(reading.edition, ident, context), ensure_ascii=False)
