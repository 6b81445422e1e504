"""``python manage.py refresh_index``: brings the search index to agree with the database."""

import gc
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from haystack.exceptions import SearchBackendError

from search.indexing.building import Progress
from search.indexing.refreshing import refresh

#: How often, in seconds, to say how far a build is where that is kept, as in a log.
OFTEN = 10


#: So many more objects than before are made until Python looks for those that nobody needs.
GARBAGE = 50_000


class Command(BaseCommand):
    help = (
        "Brings the search index up to date with the database. Takes a moment when nothing changed, and goes on "
        "where it was stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="Make the whole index anew; the old one answers until then."
        )

    def handle(self, *args: object, rebuild: bool = False, **options: object) -> None:
        # An index is made of millions of small objects: looking among them for garbage takes a third of the time.
        gc.set_threshold(GARBAGE)
        self._said = time.monotonic()
        try:
            done = refresh(rebuild, self._show, self._wait)
        except SearchBackendError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(done))

    def _wait(self) -> None:
        self.stdout.write("Another process is building the search index: waiting for it.")
        self.stdout.flush()

    def _show(self, progress: Progress) -> None:
        """Shows how far the build is: on a terminal as it goes, elsewhere now and then."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{progress}", ending="\n" if progress.done == progress.total else "")
        elif time.monotonic() - self._said > OFTEN:
            self.stdout.write(str(progress))
            self._said = time.monotonic()
        self.stdout.flush()
