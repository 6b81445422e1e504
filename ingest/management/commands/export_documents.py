"""``manage.py export_documents PATH``: writes every collection as a folder that can be imported again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.errors import ImportRefused
from ingest.export import export_collections


class Command(BaseCommand):
    help = (
        "Writes every collection, drafts included, as a folder below PATH: sources byte for byte, and collection.yaml."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="where the folders go; a folder there must be empty")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folders = export_collections(options["path"])
        except (ImportRefused, OSError) as error:
            raise CommandError(str(error)) from error
        for folder in folders:
            self.stdout.write(str(folder))
        if not folders:
            self.stdout.write("The archive is empty: nothing was written.")
