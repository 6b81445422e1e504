"""The index follows the database: publication, edits and deletion, when their transaction commits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import SearchBackendError
from haystack.signals import BaseSignalProcessor

from documents.models import (
    Collection,
    Document,
    DocumentDate,
    Footnote,
    Letter,
    Organization,
    Participation,
    Passage,
    Person,
    Proposal,
    Topic,
)
from documents.signals import document_changed, is_in_bulk

logger = logging.getLogger(__name__)

#: Rows that belong to one document.
PARTS = (Passage, Footnote, Proposal, Participation, DocumentDate)
#: Rows that documents share, and how to find these documents.
SHARED = {
    Collection: "collection",
    Person: "participations__person",
    Organization: "participations__organization",
    Topic: "proposals__topic",
}


class PublicationSignalProcessor(BaseSignalProcessor):
    """Notes which documents a transaction touches, and brings the index up to date with them once it has committed.

    A document is done once for a transaction, with all its proposals and notes, however many of its rows changed.
    What is rolled back changes nothing: the index is made from what the database has, not from what was saved.
    """

    def setup(self) -> None:
        self._touched = _Touched()
        for model in (Document, Letter, *PARTS, *SHARED):
            post_save.connect(self._row_changed, sender=model)
            post_delete.connect(self._row_changed, sender=model)
        document_changed.connect(self._document_changed)

    def teardown(self) -> None:
        for model in (Document, Letter, *PARTS, *SHARED):
            post_save.disconnect(self._row_changed, sender=model)
            post_delete.disconnect(self._row_changed, sender=model)
        document_changed.disconnect(self._document_changed)

    def _row_changed(self, sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
        if isinstance(instance, Document):
            self._touch([instance.pk])
        elif isinstance(instance, PARTS):
            self._touch([instance.document_id])
        elif instance.pk is not None:
            sharing = Document.objects.published().filter(**{SHARED[sender]: instance.pk})
            self._touch(sharing.values_list("pk", flat=True).distinct())

    def _document_changed(self, document_id: int, **kwargs: object) -> None:
        self._touch([document_id])

    def _touch(self, ids: Iterable[int]) -> None:
        if is_in_bulk():
            return
        self._touched.ids.update(ids)
        # Each touch asks for a call, since a savepoint that is rolled back takes the calls asked for in it along.
        # The first call that comes does the work for all.
        transaction.on_commit(self._follow, robust=True)

    def _follow(self) -> None:
        ids = self._touched.take()
        if not ids:
            return
        try:
            connections[DEFAULT_ALIAS].get_backend().follow(f"document.{key}" for key in ids)
        except SearchBackendError as error:
            logger.error(
                "The search index is behind; the next change, or refresh_index, brings it up to date. %s", error
            )


class _Touched(threading.local):
    """The documents that this thread's transaction has touched."""

    def __init__(self) -> None:
        self.ids: set[int] = set()

    def take(self) -> set[int]:
        ids, self.ids = self.ids, set()
        return ids
