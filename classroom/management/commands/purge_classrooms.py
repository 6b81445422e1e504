"""Deletes the classes whose time is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from classroom.keeping import purge


class Command(BaseCommand):
    help = "Deletes the classes whose time is over, with everything that is stored of their students."

    def handle(self, *args: Any, **options: Any) -> None:
        count = purge()
        self.stdout.write(f"{count} {'class' if count == 1 else 'classes'} deleted.")
