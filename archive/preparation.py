"""What has to be so before the archive may answer: tables, first documents, index, static files."""

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from archive import static_files
from archive.errors import FolderUnusable
from classroom.keeping import purge

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Brings everything up to date, and tells what takes its time. Doing it again changes nothing."""
    _check_folder(settings.DATA_DIR)
    connection.ensure_connection()
    migrate(say)
    _import_first_documents(say)
    _refresh_index(say)
    _purge_classrooms(say)
    if static_files.gather():
        say("Static files gathered.")
    connections.close_all()


def _check_folder(folder: Path) -> None:
    """Refuses a data folder that cannot be written to."""
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(folder, error) from error


def migrate(say: Say) -> None:
    """Brings the tables of the database up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
        say("Database tables brought up to date.")


def _import_first_documents(say: Say) -> None:
    """Loads the collections and readings that come with the project, into an archive that has no document.

    Later starts leave readings alone: what an administrator deleted does not come back by itself.
    """
    if not apps.get_model("documents", "Document").objects.exists():
        say("The archive is empty: importing the collection that comes with it.")
        call_command("import_documents", settings.BASE_DIR / "fixtures", no_index=True)
        call_command("load_readings")


def _refresh_index(say: Say) -> None:
    """Brings the search index up to date; the archive can be read without it while the engine does not answer."""
    try:
        call_command("refresh_index")
    except CommandError as error:
        say(f"{error}\nThe archive opens without its search. When the engine answers again, run refresh_index.")


def _purge_classrooms(say: Say) -> None:
    """Deletes the classes whose time is over."""
    if count := purge():
        say(f"Time is over for {count} {'class' if count == 1 else 'classes'}: deleted, with all about their students.")
