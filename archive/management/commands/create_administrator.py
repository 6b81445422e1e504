"""``make admin``: an administrator, who may do everything and gives others their roles."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from archive.errors import SetupError
from archive.preparation import migrate


class Command(BaseCommand):
    help = "Creates an administrator, asking for a name and a password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not sys.stdin.isatty():
            raise SetupError("An administrator is created at a terminal, where the password can be typed unseen.")
        migrate(self.stdout.write)
        self.stdout.write("An administrator may do everything, and gives others their roles in the archive at /admin/.")
        call_command("createsuperuser", email="", verbosity=0)
        self.stdout.write("Done. Log in at /admin/ while the archive is running.")
