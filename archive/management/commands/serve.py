"""``manage.py serve``: everything that ``make run`` promises once Python and the packages are there."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from archive.preparation import prepare
from archive.server import Server, listen


class Command(BaseCommand):
    help = "Brings the archive up to date and serves it until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENVIRONMENT.host, help="the network address to serve on")
        parser.add_argument("--port", type=int, default=settings.ENVIRONMENT.port, help="the port to serve on")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        listener = listen(options["host"], options["port"])
        prepare(self._say)
        self.stdout.flush()  # what stands in the buffer would be said again by every fork
        Server(listener, settings.ENVIRONMENT.workers, self._announce).run()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _announce(self, address: str) -> None:
        self._say(f"{settings.SITE_NAME} is open at {address} (Ctrl-C closes it).")
