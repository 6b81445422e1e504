"""``manage.py inspect PATH``: shows what is understood of a source, without touching the database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editions.errors import ReadError
from editions.readers.sources import SUFFIXES, Reading, read_source, recognise
from editions.writers.report import write_report
from editions.writers.standoff import write_standoff


class Command(BaseCommand):
    help = "Shows what is understood of a text, or of each text in a folder. The database is not touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help=f"a file ({', '.join(SUFFIXES)}) or a folder of them")
        parser.add_argument("--json", action="store_true", help="one line of standoff JSON for each document")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for path in _files(options["path"]):
            try:
                source = path.read_bytes()
                reading = read_source(source, recognise(source, path.name))
            except (ReadError, OSError) as error:
                refused += 1
                self.stderr.write(f"{path}: {error}")
                continue
            self.stdout.write(_shown(path, reading, options["json"]))
        if refused:
            raise CommandError(f"{refused} of the files could not be read.")


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    else:
        raise CommandError(f"{path}: there is no such file or folder.")


def _shown(path: Path, reading: Reading, as_json: bool) -> str:
    if as_json:
        return json.dumps(write_standoff(reading.edition, path.stem), ensure_ascii=False)
    return write_report(reading, str(path))
