"""Keeps what a document was: its text and source, its facts, its proposals and links, before it changes or goes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from documents.models import Document, Link, Reply, Version
from ingest.addresses import note_address
from ingest.collection_file import plain
from ingest.derive import derive_related
from ingest.export import facts_of, link_record, proposals_of
from ingest.witness_history import kept_witnesses

DELETED = "Deleted"
BROUGHT_BACK = "Deleted, then brought back"
LONGEST_NAME = 150

#: Documents whose changes are being kept: what is done within is one change.
_kept: ContextVar[frozenset[int]] = ContextVar("kept", default=frozenset())


@dataclass(frozen=True)
class State:
    """A document as it is stored: ``record`` as in ``Version``, and whose work it is."""

    key: int
    slug: str
    title: str
    number: str
    collection: int
    record: dict[str, Any]
    text: str
    source: bytes
    source_name: str
    source_format: str
    made_at: datetime.datetime
    by: int | None
    by_name: str

    def differs(self, other: State) -> bool:
        """Whether text, source, facts, status or proposals differ; links and place in the collection do not count."""
        return (self.record["document"], self.text, self.source) != (other.record["document"], other.text, other.source)


def state_of(key: int | None) -> State | None:
    """The state in which a document is stored, by its key; none for one that is not stored yet."""
    document = Document.objects.filter(pk=key).select_related("collection", "division").first()
    if document is None:
        return None
    last = Version.objects.filter(document_key=document.pk).order_by("-number").first()
    return State(
        key=document.pk,
        slug=document.slug,
        title=document.title,
        number=document.number,
        collection=document.collection_id,
        record=snapshot(document),
        text=document.text,
        source=bytes(document.source),
        source_name=document.source_name,
        source_format=document.source_format,
        made_at=last.kept_at if last else document.created_at,
        by=document.changed_by_id,
        by_name=document.changed_by_name,
    )


def snapshot(document: Document) -> dict[str, Any]:
    """All that the archive knows of a document besides its text and source, as plain values.

    ``document`` and ``links`` are written as a collection folder writes them; ``kept`` is what no folder has.
    """
    proposals = proposals_of(document)
    touching = (
        models.Q(answer__document=document)
        | models.Q(answering_document=document)
        | models.Q(answered__document=document)
    )
    links = Link.objects.filter(touching).select_related("answer__document", "answering_document", "answered__document")
    links = list(links.order_by("pk"))
    return {
        "document": plain(replace(facts_of(document), proposals=proposals)),
        "links": [plain(link_record(link)) for link in links],
        "kept": {
            "collection": document.collection.slug,
            "division": document.division.ident if document.division else "",
            "position": document.position,
            "edited_here": document.edited_here,
            "import_digest": document.import_digest,
            "numbers": [
                [row.collection.slug, row.number] for row in document.former_numbers.select_related("collection")
            ],
            "passage_texts": dict(document.proposals.exclude(passage_text="").values_list("ident", "passage_text")),
            "answered_by": _letters_to(document, Reply.Status.CONFIRMED),
            "not_answered_by": _letters_to(document, Reply.Status.REJECTED),
            "witnesses": kept_witnesses(document),
            "places": [[link.answer_ident, link.answered_ident] for link in links],
        },
    }


def _letters_to(document: Document, status: Reply.Status) -> list[str]:
    """The addresses of the letters of which an editor says that they answer a document, or that they do not."""
    rows = document.answering.filter(status=status).order_by("letter__slug")
    return list(rows.values_list("letter__slug", flat=True))


@contextmanager
def keeping(
    document: Document, *, by: AbstractBaseUser | None = None, by_name: str = "", reason: str = "Edited"
) -> Iterator[None]:
    """Keeps the stored state of a document as a version if what is done within changes it, in one transaction.

    ``by`` and ``by_name`` say who changes it, ``reason`` why. A new document is signed, and so is one that changed.
    Within itself it does nothing more: what is done is one change.
    """
    kept = _kept.get()
    if document.pk in kept:
        yield
        return
    with transaction.atomic():
        before = state_of(document.pk)
        token = _kept.set(kept | ({document.pk} if document.pk else set()))
        try:
            yield
        finally:
            _kept.reset(token)
        if before is not None:
            keep(before, by=by, by_name=by_name, reason=reason)
        elif document.pk:
            sign(document.pk, by, by_name)


def keep(
    before: State, *, by: AbstractBaseUser | None = None, by_name: str = "", reason: str = "Edited"
) -> Version | None:
    """Keeps a state if the document differs from it now, notes a former address or number, and signs the document."""
    after = state_of(before.key)
    if after is None or not before.differs(after):
        return None
    document = Document.objects.only("slug", "number", "collection").get(pk=before.key)
    if note_address(document, before.slug, before.number):
        derive_related(document)  # what cites it by the address that it had leads to it again
    same_source = (before.source, before.source_format) == (after.source, after.source_format)
    version = _store(before, reason, document=document, source=None if same_source else before.source)
    sign(before.key, by, by_name)
    return version


def sign(key: int, by: AbstractBaseUser | None, by_name: str = "") -> None:
    """Says on a document who changed it last."""
    name = by_name or (by.get_username() if by else "")
    Document.objects.filter(pk=key).update(changed_by=by.pk if by else None, changed_by_name=name[:LONGEST_NAME])


def versions_of(document: Document) -> models.QuerySet[Version]:
    """What a document was, the latest version first."""
    return Version.objects.filter(document_key=document.pk).select_related("by").order_by("-number")


def deleted_documents() -> models.QuerySet[Version]:
    """The last version of each document that is deleted, the latest first."""
    gone = Version.objects.filter(document=None)
    last = gone.order_by("document_key", "-number").distinct("document_key").values("pk")
    return Version.objects.filter(pk__in=last).select_related("by", "collection").order_by("-kept_at", "-pk")


@transaction.atomic
def keep_deleted(
    documents: Iterable[Document], *, by: AbstractBaseUser | None = None, by_name: str = ""
) -> list[Version]:
    """Keeps documents that are about to be deleted, each with its source; who deletes them is in the reason."""
    name = by_name or (by.get_username() if by else "")
    reason = f"{DELETED} by {name}" if name else DELETED
    states = [state for document in documents if (state := state_of(document.pk))]
    return [_store(state, reason, document=None, source=state.source) for state in states]


def _store(state: State, reason: str, *, document: Document | None, source: bytes | None) -> Version:
    last = Version.objects.filter(document_key=state.key).aggregate(models.Max("number"))["number__max"] or 0
    return Version.objects.create(
        document=document,
        document_key=state.key,
        collection_id=state.collection,
        slug=state.slug,
        title=state.title,
        number=last + 1,
        made_at=state.made_at,
        by_id=state.by,
        by_name=state.by_name,
        reason=reason[:300],
        record=state.record,
        text=state.text,
        source=source,
        source_name=state.source_name,
        source_format=state.source_format,
    )
