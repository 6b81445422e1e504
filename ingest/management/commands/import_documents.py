"""``manage.py import_documents PATH``: loads collection folders."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.errors import ImportRefused
from ingest.folder import import_folder


class Command(BaseCommand):
    help = "Imports a collection folder, or every collection folder below a path. Importing again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder with a collection.yaml, or a folder of such folders")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace texts that an editor changed in the archive"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_folder(options["path"], overwrite=options["overwrite"])
        except ImportRefused as error:
            raise CommandError(f"{error}\nNothing was imported.") from error
        for remark in report.remarks:
            self.stdout.write(remark)
        self.stdout.write(str(report))
