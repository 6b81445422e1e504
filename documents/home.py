"""What the front page shows: an exchange in full, the other collections on their shelves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from documents import published
from documents.exchange import Exchange
from documents.exchange_map import ExchangeMap, draw
from documents.models import Collection, Document, DocumentDate, Link, Proposal, Quotation, Reply
from documents.naming import interval
from documents.selection import select
from documents.shelves import Shelf, Volume, shelves, shelves_of

#: More documents than this are better found in the list of all.
CARDS = 12
#: More proposals than this make a map that belongs on a page of its own.
DRAWN = 60


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
    """``collection`` is the one shown in full, if one is short enough or is an exchange; ``shelves`` are the others."""

    collection: Collection | None
    shelves: list[Shelf]
    documents: list[tuple[Document, int]]
    document_count: int
    collection_count: int
    moments: list[Moment]
    exchange: Exchange | None
    map: ExchangeMap | None
    example: Link | None


def front_page() -> FrontPage:
    """Everything on it is public. Documents come with the number of their proposals; a new archive has none."""
    volumes = sorted(
        (volume for shelf in shelves() for volume in shelf.volumes),
        key=lambda volume: (volume.collection.position, volume.collection.title),
    )
    count = sum(volume.document_count for volume in volumes)
    in_full = _shown_in_full(volumes)
    if in_full is None:
        return FrontPage(None, shelves_of(volumes), [], count, len(volumes), [], None, None, None)
    first, whole = in_full.collection, published.exchange(in_full.collection)
    documents = _cards(in_full, whole)
    proposed = Counter(proposal.document_id for proposal in whole.proposals)
    between = Reply.objects.shown().filter(letter__in=documents, answered__in=documents)
    # One that an editor vouches for is shown before a guess, and the latest before others: the last one stays.
    replies = {reply.letter_id: reply for reply in between.order_by("-status", "answered__sort_date")}
    return FrontPage(
        collection=first,
        shelves=shelves_of(volume for volume in volumes if volume is not in_full),
        documents=[(document, proposed[document.pk]) for document in documents],
        document_count=count,
        collection_count=len(volumes),
        moments=_moments(documents, replies),
        exchange=whole,
        map=draw(first, select(whole)) if len(whole.own) <= DRAWN else None,
        example=_example(whole),
    )


def _shown_in_full(volumes: list[Volume]) -> Volume | None:
    """The first collection that is an exchange, else the first if it is short."""
    proposing = set(
        Proposal.objects.filter(document__in=Document.objects.published())
        .order_by()
        .values_list("document__collection", flat=True)
        .distinct()
    )
    exchanges = (volume for volume in volumes if volume.collection.pk in proposing)
    short = (volume for volume in volumes[:1] if volume.document_count <= CARDS)
    return next(exchanges, None) or next(short, None)


def _cards(shown: Volume, whole: Exchange) -> list[Document]:
    """The documents of a short collection, of a long one those that have a part in its exchange."""
    listed = published.bare_documents().filter(collection=shown.collection).prefetch_related("dates")
    if shown.document_count > CARDS:
        listed = listed.filter(pk__in=[document.pk for document in whole.documents])
    return list(listed.order_by("sort_date", "position", "slug")[:CARDS])


def _example(exchange: Exchange) -> Link | None:
    """A proposal and its answer that show what the archive is about: across the sides, in the fewest words."""
    across = [
        link
        for link in exchange.links
        if link.answer
        and link.later_document.side != link.answered.document.side
        and {link.answer_quotation, link.answered_quotation} == {Quotation.EXACT}
    ]
    return min(across, key=lambda link: len(link.answered_words) + len(link.answer_words), default=None)


def _moments(documents: list[Document], replies: dict[int, Reply]) -> list[Moment]:
    """What happened, day by day; ``replies`` are what the documents answer, by their keys."""
    by_key = {document.pk: document for document in documents}
    dated = [(date, document) for document in documents for date in document.dates.all()]
    dated.sort(key=lambda pair: (pair[0].earliest, pair[1].position))
    since = [""] + [_days(first, second) for (first, _), (second, _) in pairwise(dated)]
    return [
        _moment(date, document, replies.get(document.pk), by_key, gap)
        for (date, document), gap in zip(dated, since[: len(dated)], strict=True)
    ]


def _moment(
    date: DocumentDate, document: Document, reply: Reply | None, by_key: dict[int, Document], since: str
) -> Moment:
    if date.event != DocumentDate.Event.WRITTEN or reply is None:
        return Moment(date, document, date.get_event_display(), since=since)
    words = "Probably written in answer" if reply.is_guess else "Written in answer"
    answers = by_key[reply.answered_id]
    return Moment(date, document, words, answers, interval(answers, document), since)


def _days(first: DocumentDate, second: DocumentDate) -> str:
    days = (second.earliest - first.earliest).days
    return f"{days} day{'' if days == 1 else 's'}" if days else ""
