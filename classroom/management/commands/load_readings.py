"""``manage.py load_readings [PATH ...]``: loads the readings that come with the archive, or others that are files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from classroom.shipped import ReadingRefused, load


class Command(BaseCommand):
    help = "Loads readings from files, for everybody to read. Loading the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            type=Path,
            nargs="*",
            help="files with a reading each, or folders of these; fixtures/readings if none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["paths"] or [settings.BASE_DIR / "fixtures" / "readings"])
        except ReadingRefused as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        for remark in loaded.left_out:
            self.stdout.write(remark)
        self.stdout.write(str(loaded))
