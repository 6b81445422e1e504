"""An import and an editor at the same moment: what the editor saved is kept."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from documents.models import Document
from ingest.folder import Report, import_folder
from tests.ingest.folders import copy_of_the_collection, replace_in

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_saves_while_a_folder_comes_in_is_kept(tmp_path: Path) -> None:
    folder = copy_of_the_collection(tmp_path)
    import_folder(folder)
    replace_in(folder / "collection.yaml", "display: 23 February 1962", "display: 24 February 1962")
    reports: list[Report] = []

    def bring_in() -> None:
        try:
            reports.append(import_folder(folder))
        finally:
            connection.close()

    importing = threading.Thread(target=bring_in)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(slug="nsam-129")
        document.edited_here, document.abstract = True, "What the editor wrote."
        document.save()
        importing.start()
        with connection.cursor() as cursor:
            waiting = 0
            while importing.is_alive() and not waiting:
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                cursor.execute(WAITING)
                waiting = cursor.fetchone()[0]
    importing.join(60)
    assert Document.objects.get(slug="nsam-129").abstract == "What the editor wrote."
    assert "nsam-129: edited in the archive, and kept. --overwrite replaces it." in reports[0].remarks
