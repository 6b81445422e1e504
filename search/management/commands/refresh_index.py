"""``python manage.py refresh_index``: brings the search index to agree with the database."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from haystack.exceptions import SearchBackendError

from search.refreshing import refresh


class Command(BaseCommand):
    help = "Brings the search index up to date with the database. Takes a moment when nothing changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Make the whole index anew.")

    def handle(self, *args: object, rebuild: bool = False, **options: object) -> None:
        try:
            self.stdout.write(str(refresh(rebuild)))
        except SearchBackendError as error:
            raise CommandError(str(error)) from error
