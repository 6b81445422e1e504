"""``manage.py import_documents PATH ...``: loads collection folders, volumes in TEI and single documents."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from documents.models import Document
from editions.readers.sources import SUFFIXES
from ingest.errors import ImportRefused
from ingest.loading import Options, load
from ingest.runs import AnotherImport, login_name
from ingest.volumes.loading import Progress
from ingest.workers import WorkerLost

REMARKS_SHOWN = 40
FINISH = "What was stored stays: import again, and the rest follows."
#: What a shell expects of a command that Ctrl-C stopped.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Imports collection folders, volumes in TEI and files with one document. Importing again changes nothing, and "
        "finishes an import that was interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            type=Path,
            nargs="+",
            help=f"files ({', '.join(SUFFIXES)}), collection folders, or folders of these",
        )
        parser.add_argument("--collection", default="", help="the address of the collection for single documents")
        parser.add_argument("--draft", action="store_true", help="new documents become drafts, not public")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace texts that an editor changed in the archive"
        )
        parser.add_argument(
            "--processes", type=_count, default=os.cpu_count() or 1, help="how many processes share the documents"
        )
        parser.add_argument("--no-index", action="store_true", help="leave the search index for refresh_index")

    def handle(self, *args: Any, **options: Any) -> None:
        status = Document.Status.DRAFT if options["draft"] else Document.Status.PUBLISHED
        chosen = Options(
            collection=options["collection"],
            status=status.value,
            overwrite=options["overwrite"],
            processes=options["processes"],
            by_name=login_name(),
        )
        try:
            summary = load(options["paths"], chosen, self._show)
        except (ImportRefused, AnotherImport) as error:
            raise CommandError(f"{error}\nNothing was imported.") from error
        except (WorkerLost, OperationalError) as error:
            said = str(error).strip()
            raise CommandError(f"{said if said.endswith(('.', '?')) else said + '.'} {FINISH}") from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Stopped. {FINISH}", returncode=INTERRUPTED) from error
        self._tell(summary.remarks)
        self.stdout.write(str(summary))
        if summary.in_bulk and not options["no_index"]:
            call_command("refresh_index", stdout=self.stdout, verbosity=options["verbosity"])
        if summary.refusals:
            nothing = "" if summary.outcomes.keys() - {"refused"} else "\nNothing was imported."
            raise CommandError("\n".join(summary.refusals) + nothing)

    def _show(self, progress: Progress) -> None:
        """Shows how far a volume is: on a terminal as it goes, elsewhere when it is done."""
        line = f"{progress.name}: {progress.done:,} of {progress.total:,} documents"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="\n" if progress.done == progress.total else "")
            self.stdout.flush()
        elif progress.done == progress.total:
            self.stdout.write(line)

    def _tell(self, remarks: list[str]) -> None:
        for remark in remarks[:REMARKS_SHOWN]:
            self.stdout.write(remark)
        if len(remarks) > REMARKS_SHOWN:
            self.stdout.write(f"And {len(remarks) - REMARKS_SHOWN:,} more remarks: see Import runs in the admin.")


def _count(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 64:
        raise ArgumentTypeError("a number from 1 to 64")
    return int(value)
