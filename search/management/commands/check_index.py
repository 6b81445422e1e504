"""``python manage.py check_index``: compares the search index with the database entry by entry, and repairs it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import SearchBackendError

from search.engines.backend import Backend
from search.indexing.checking import check, repair


class Command(BaseCommand):
    help = "Compares the search index with the database entry by entry, tells what differs, and repairs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only tell; end with 1 when something differs.")

    def handle(self, *args: object, dry_run: bool = False, **options: object) -> None:
        index: Backend = connections[DEFAULT_ALIAS].get_backend()
        try:
            if not index.exists():
                raise CommandError("There is no search index yet: run refresh_index, or start the archive.")
            found = check(index)
            self.stdout.write(str(found))
            if found:
                return
            if dry_run:
                raise CommandError("Nothing was repaired.")
            repair(index, found)
            left = check(index)
        except SearchBackendError as error:
            raise CommandError(str(error)) from error
        if not left:
            raise CommandError(f"This is still wrong:\n{left}\nMake the index anew: refresh_index --rebuild.")
        self.stdout.write("Repaired.")
