"""Brings documents, with their proposals and notes, from the database to the index, a few queries for many of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model, Prefetch, QuerySet
from haystack.indexes import SearchIndex
from haystack.utils.loading import UnifiedIndex

from documents.models import Document, Footnote, Participation, Passage, Proposal
from search.stamps import stamps

BATCH = 100


def prepared(ids: Iterable[int], unified: UnifiedIndex) -> Iterator[dict[str, object]]:
    """What the index should hold for those of these documents that are published.

    The stamps are read first: should a document change meanwhile, its stamp is too old, never too new.
    """
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        stamp = stamps(batch)
        for document in complete(Document.objects.published().filter(pk__in=batch)):
            document.stamp = stamp.get(document.pk, "")
            for obj in (document, *document.proposals.all(), *document.footnotes.all()):
                yield _index_of(obj, unified).full_prepare(obj)


def complete(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The documents with all that the indexes read of them."""
    participations = Participation.objects.select_related("person", "organization")
    proposals = Proposal.objects.select_related("topic", "first_passage", "last_passage").defer(
        "first_passage__html", "last_passage__html"
    )
    return (
        documents.select_related("collection")
        .defer("source", "text", "reading_text")
        .prefetch_related(
            Prefetch("passages", Passage.objects.defer("html")),
            Prefetch("footnotes", Footnote.objects.defer("html")),
            Prefetch("proposals", proposals),
            Prefetch("participations", participations),
            "dates",
        )
    )


def _index_of(obj: Model, unified: UnifiedIndex) -> SearchIndex:
    return unified.get_index(type(obj))
