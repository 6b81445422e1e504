"""The documents of a search, whatever kinds of results it has, and when each appeared in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from haystack.models import SearchResult

from documents.models import Document, Version
from search.finding import find_all
from search.page.asked import Asked
from search.query import Query

#: So many results are enough to begin with.
FIRST = 200


@dataclass(frozen=True)
class Appeared:
    """A document by its key: since when the public may see it, and when it was changed last."""

    key: int
    at: datetime
    updated: datetime


def all_documents(asked: Asked, query: Query) -> list[int]:
    """The keys of the documents that a search finds, in its order, each once.

    A proposal or a note stands for its document; people and organizations stand for none.
    """
    return _documents(find_all(asked, query))


def documents_by_and_by(asked: Asked, query: Query) -> Iterator[list[int]]:
    """The same keys: the first of them at once, and the others when they are asked for."""
    results = find_all(asked, query, FIRST)
    first = _documents(results)
    yield first
    if len(results) == FIRST:
        seen = set(first)
        yield [key for key in all_documents(asked, query) if key not in seen]


def _documents(results: Iterable[SearchResult]) -> list[int]:
    return list(dict.fromkeys(int(result.document) for result in results if result.document))


def newest(keys: Sequence[int], limit: int) -> list[Appeared]:
    """Those of these documents that appeared last, the last one first. What is not public is left out.

    A document that was a draft appeared when its last draft became a former version.
    """
    drafts = Version.objects.filter(document_key=OuterRef("pk"), record__document__status=Document.Status.DRAFT)
    published = Subquery(drafts.order_by("-number").values("kept_at")[:1])
    found = Document.objects.published().filter(pk__in=keys).annotate(at=Coalesce(published, F("created_at")))
    rows = found.order_by("-at", "-pk").values_list("pk", "at", "updated_at")[:limit]
    return [Appeared(key, at, max(at, updated)) for key, at, updated in rows]
