"""The documents of a search, whatever kinds of results it has, and when each appeared in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from documents.models import Document, Version
from search.asked import Asked
from search.finding import find_all
from search.query import Query


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
    found = (result.document for result in find_all(asked, query))
    return list(dict.fromkeys(int(key) for key in found if key))


def newest(keys: Sequence[int], limit: int) -> list[Appeared]:
    """Those of these documents that appeared last, the last one first. What is not public is left out.

    A document that was a draft appeared when its last draft became a former version.
    """
    drafts = Version.objects.filter(document_key=OuterRef("pk"), record__document__status=Document.Status.DRAFT)
    published = Subquery(drafts.order_by("-number").values("kept_at")[:1])
    found = Document.objects.published().filter(pk__in=keys).annotate(at=Coalesce(published, F("created_at")))
    rows = found.order_by("-at", "-pk").values_list("pk", "at", "updated_at")[:limit]
    return [Appeared(key, at, max(at, updated)) for key, at, updated in rows]
