"""``manage.py derive_documents``: makes anew all that pages and index read, from the texts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import Document
from editions.errors import ReadError
from ingest.derive import PassageInUse, derive_stored
from ingest.offers import offer_witnesses, said_of
from ingest.replying import all_letters, guess_replies


class Command(BaseCommand):
    help = "Makes passages, notes and all else that is derived from texts anew; needed only after an update says so."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = unchanged = refused = 0
        for key, slug in list(Document.objects.order_by("pk").values_list("pk", "slug")):
            try:
                derivation = derive_stored(key)
            except (ReadError, PassageInUse) as error:
                refused += 1
                self.stderr.write(f"{slug}: {error}")
                continue
            if derivation is None:
                continue  # deleted meanwhile
            changed, unchanged = changed + derivation.changed, unchanged + (not derivation.changed)
            for lost in derivation.lost:
                self.stdout.write(f"{slug}: {lost}")
        guess_replies(all_letters())
        for remark in said_of(offer_witnesses(Document.objects.values_list("pk", flat=True))):
            self.stdout.write(remark)
        self.stdout.write(f"Documents: {changed} changed, {unchanged} unchanged.")
        if refused:
            raise CommandError(f"{refused} documents could not be derived: open each in the admin and mend its text.")
