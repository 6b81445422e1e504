"""``manage.py derive_documents``: makes anew all that pages and index read, from the texts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import Document
from editions.errors import ReadError
from ingest.derive import PassageInUse, derive


class Command(BaseCommand):
    help = "Makes passages, notes and all else that is derived from texts anew; needed only after an update says so."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = refused = 0
        for document in Document.objects.order_by("pk").iterator(chunk_size=100):
            try:
                derivation = derive(document)
            except (ReadError, PassageInUse) as error:
                refused += 1
                self.stderr.write(f"{document.slug}: {error}")
                continue
            changed += derivation.changed
            for lost in derivation.lost:
                self.stdout.write(f"{document.slug}: {lost}")
        self.stdout.write(f"Documents: {changed} changed, {Document.objects.count() - changed - refused} unchanged.")
        if refused:
            raise CommandError(f"{refused} documents could not be derived: open each in the admin and mend its text.")
