"""The index follows the database: publication, edits and deletion, when their transaction commits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
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
from search.indexing import pending
from search.indexing.preparing import agent_units

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
    """Notes within each transaction what it changes, and has the index follow once it has committed.

    A note is kept or rolled back with the change it tells of, so nothing is lost when a process dies. The index is made
    from what the database has, not from what was saved, and written once for a transaction. People and organizations
    are followed with their documents; one that a document no longer names is noted by itself.
    """

    def setup(self) -> None:
        self._mine = _Notes()
        for model in (Document, Letter, *PARTS, *SHARED):
            post_save.connect(self._row_changed, sender=model)
            post_delete.connect(self._row_changed, sender=model)
        for model in PARTS:
            pre_save.connect(self._part_changes, sender=model)
        document_changed.connect(self._document_changed)

    def teardown(self) -> None:
        for model in (Document, Letter, *PARTS, *SHARED):
            post_save.disconnect(self._row_changed, sender=model)
            post_delete.disconnect(self._row_changed, sender=model)
        for model in PARTS:
            pre_save.disconnect(self._part_changes, sender=model)
        document_changed.disconnect(self._document_changed)

    def _row_changed(self, sender: type[models.Model], instance: Any, **kwargs: object) -> None:
        if is_in_bulk() or instance.pk is None:
            return
        if isinstance(instance, Document):
            self._note([f"document.{instance.pk}"])
        elif isinstance(instance, PARTS):
            self._note(_units_of_part(instance))
        else:
            self._note(_units_that_share(sender, instance.pk))

    def _part_changes(self, sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
        """Notes what a part belongs to before it is saved, which may be another document or person than after."""
        if instance.pk is None or is_in_bulk():
            return
        old = sender._default_manager.filter(pk=instance.pk).first()
        if old and (units := _units_of_part(old) - _units_of_part(instance)):
            self._note(units)

    def _document_changed(self, document_id: int, **kwargs: object) -> None:
        if not is_in_bulk():
            self._note([f"document.{document_id}"])

    def _note(self, units: Iterable[str]) -> None:
        self._mine.keys += pending.note(connections[DEFAULT_ALIAS].backend.index_name(), units)
        # Each note asks for a call, since a savepoint that is rolled back takes the calls asked for in it along.
        # The first call that comes does the work for all.
        transaction.on_commit(self._follow, robust=True)

    def _follow(self) -> None:
        notes = self._mine.take()
        if not notes:
            return
        try:
            connections[DEFAULT_ALIAS].get_backend().catch_up(notes)
        except SearchBackendError as error:
            logger.error(
                "The search index is behind; the next change, or refresh_index, brings it up to date. %s", error
            )


def _units_of_part(part: Any) -> set[str]:
    """The document that a row belongs to, and whom the row names."""
    units = {f"document.{part.document_id}"}
    return units | agent_units(part.person_id, part.organization_id) if isinstance(part, Participation) else units


def _units_that_share(model: type[models.Model], key: int) -> set[str]:
    """The public documents that share a row; the person or organization that it is."""
    sharing = Document.objects.published().filter(**{SHARED[model]: key}).values_list("pk", flat=True).distinct()
    units = {f"document.{document}" for document in sharing.order_by()}
    return units | {f"{model._meta.model_name}.{key}"} if model in (Person, Organization) else units


class _Notes(threading.local):
    """The notes of what this thread's transaction has changed."""

    def __init__(self) -> None:
        self.keys: list[int] = []

    def take(self) -> list[int]:
        keys, self.keys = self.keys, []
        return keys
