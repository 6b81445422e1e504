"""What the front page shows: the first exchange in full, the other collections as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Q, QuerySet

from documents import published
from documents.exchange import Exchange, select
from documents.exchange_map import ExchangeMap, draw
from documents.models import Collection, Document, DocumentDate, Letter, Link
from documents.naming import interval

#: More documents than this are better found in the list of all.
CARDS = 12


@dataclass(frozen=True)
class Moment:
    """Something that happened to a document on a day, and how long it was since the moment before."""

    date: DocumentDate
    document: Document
    words: str
    answers: Document | None = None
    interval: str = ""
    since: str = ""


@dataclass(frozen=True)
class FrontPage:
    collection: Collection | None
    others: list[Collection]
    documents: list[tuple[Document, int]]
    document_count: int
    moments: list[Moment]
    exchange: Exchange | None
    map: ExchangeMap | None
    example: Link | None


def front_page() -> FrontPage:
    """Everything on it is public. Documents come with the number of their proposals; a new archive has none."""
    collections = list(_collections())
    if not collections:
        return FrontPage(None, [], [], 0, [], None, None, None)
    first = collections[0]
    documents = list(published.documents().filter(collection=first).order_by("sort_date", "position", "slug")[:CARDS])
    whole = published.exchange(first)
    proposed = Counter(proposal.document_id for proposal in whole.proposals)
    answered = dict(Letter.objects.published().filter(pk__in=documents).values_list("pk", "answers"))
    return FrontPage(
        collection=first,
        others=collections[1:],
        documents=[(document, proposed[document.pk]) for document in documents],
        document_count=sum(each.document_count for each in collections),
        moments=_moments(documents, answered),
        exchange=whole,
        map=draw(first, select(whole)),
        example=_example(whole),
    )


def _example(exchange: Exchange) -> Link | None:
    """A proposal and its answer that show what the archive is about: across the sides, in the fewest words."""
    across = [
        link for link in exchange.links if link.answer and link.later_document.side != link.answered.document.side
    ]
    return min(across, key=lambda link: len(link.answered_words) + len(link.answer_words), default=None)


def _collections() -> QuerySet[Collection]:
    public = Q(documents__status=Document.Status.PUBLISHED)
    return (
        Collection.objects.filter(public)
        .annotate(document_count=Count("documents", filter=public))
        .order_by("position", "title")
    )


def _moments(documents: list[Document], answered: dict[int, int | None]) -> list[Moment]:
    """What happened, day by day."""
    by_key = {document.pk: document for document in documents}
    dated = [(date, document) for document in documents for date in document.dates.all()]
    dated.sort(key=lambda pair: (pair[0].earliest, pair[1].position))
    since = [""] + [_days(first, second) for (first, _), (second, _) in pairwise(dated)]
    return [
        _moment(date, document, by_key.get(answered.get(document.pk) or 0), gap)
        for (date, document), gap in zip(dated, since, strict=True)
    ]


def _moment(date: DocumentDate, document: Document, answers: Document | None, since: str) -> Moment:
    if date.event != DocumentDate.Event.WRITTEN or answers is None:
        return Moment(date, document, date.get_event_display(), since=since)
    return Moment(date, document, "Written in answer", answers, interval(answers, document), since)


def _days(first: DocumentDate, second: DocumentDate) -> str:
    days = (second.earliest - first.earliest).days
    return f"{days} day{'' if days == 1 else 's'}" if days else ""
