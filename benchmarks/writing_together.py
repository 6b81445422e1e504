"""``python -m benchmarks.writing_together``: eight processes write and read one archive for two minutes.

Ends with an error when a change was not found in time, when a process met an error, or when ``check_index`` finds
anything to repair. ``SEARCH_ENGINE`` chooses the engine; ``--volumes PATH`` imports volumes first, for a large index.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from archive.database import embedded


def main() -> None:
    """Measures on a data folder made for it."""
    options = _options()
    data = Path(tempfile.mkdtemp(prefix="archive-together-"))
    os.environ |= {"ARCHIVE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    django.setup()
    try:
        sys.exit(_measure(options))
    finally:
        if settings.EMBEDDED_DATABASE:
            embedded.stop(settings.EMBEDDED_DATABASE)
        shutil.rmtree(data, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--volumes", type=Path)
    return parser.parse_args()


def _measure(options: argparse.Namespace) -> str | int:
    call_command("migrate", verbosity=0)
    if options.volumes:
        call_command("import_documents", options.volumes)
    writing = import_module("tests.search.writing")  # it names models, which cannot be loaded before Django is set up
    writing.prepare(options.writers)
    call_command("refresh_index")
    works = [partial(writing.write, number, options.seconds) for number in range(options.writers)]
    works += [partial(writing.look, options.seconds)] * options.readers
    began = time.monotonic()
    ended = writing.together(works, options.seconds + 120)
    print(f"{len(works)} processes, {time.monotonic() - began:.0f} s, ended with {ended}")  # noqa: T201
    call_command("check_index", dry_run=True)
    return "A process failed." if any(ended) or None in ended else 0


if __name__ == "__main__":
    main()
