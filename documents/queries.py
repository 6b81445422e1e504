"""What a document page needs from the database, in twelve queries whatever the length of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import JSONObject, Lag, Lead, Lower

from documents import published
from documents.citing import CitedBy, first_citing, written
from documents.exchange import Exchange, by_date
from documents.models import (
    Correction,
    Document,
    DocumentDate,
    Footnote,
    Link,
    Participation,
    Passage,
    Proposal,
    Reference,
    Reply,
)
from documents.witnesses import OtherText, other_texts

#: What a link needs of its two ends to name and reach them.
ENDS = (
    "answering_document",
    "answer__document",
    "answer__first_passage",
    "answered__document",
    "answered__first_passage",
)


class Block(NamedTuple):
    """A passage as its page needs it: much faster to load than the model, and there may be hundreds."""

    pk: int
    ident: str
    kind: str
    number: int | None
    depth: int
    html: str


class Answering(NamedTuple):
    """How this document and another hang together as letters: the other one ``answers`` it, or is answered by it.

    ``words`` stand in ``ident`` of the letter that answers, or of the one ``in_answered``, and speak for a reply that
    nobody has confirmed. ``goes_on`` says that the other one is joined with further documents.
    """

    other: Document
    answers: bool
    is_guess: bool
    ident: str
    words: str
    in_answered: bool
    goes_on: bool


class Note(NamedTuple):
    """A footnote as its page needs it."""

    passage: int | None
    ident: str
    label: str
    kind: str
    html: str


@dataclass(frozen=True)
class Loaded:
    """A public document with all that its page shows; every document in it has its dates and participations."""

    document: Document
    blocks: list[Block]
    notes: list[Note]
    corrections: list[Correction]
    references: list[Reference]
    cited_by: CitedBy
    exchange: Exchange
    replies: list[Answering]
    previous: Document | None
    following: Document | None
    witnesses: list[OtherText]


def load(slug: str) -> Loaded:
    """Raises ``Document.DoesNotExist`` when there is no such document or the public may not see it."""
    document = _document(slug)
    proposals = list(published.proposals().filter(document=document))
    links = list(_links(document))
    near = list(_near(document))
    row = [other for other in near if other.collection_id == document.collection_id]
    _give_details([document, *near, *_ends(links)])
    replies = _replies(near)
    return Loaded(
        document=document,
        blocks=[Block(*row) for row in Passage.objects.filter(document=document).values_list(*Block._fields)],
        notes=[Note(*row) for row in Footnote.objects.filter(document=document).values_list(*Note._fields)],
        corrections=list(Correction.objects.filter(document=document)),
        references=list(_references(document)),
        cited_by=first_citing(document),
        exchange=_exchange(document, proposals, links, replies),
        replies=replies,
        previous=max((other for other in row if _place(other) < _place(document)), key=_place, default=None),
        following=min((other for other in row if _place(other) > _place(document)), key=_place, default=None),
        witnesses=other_texts(document),
    )


def _document(slug: str) -> Document:
    found = Document.objects.published().select_related("collection", "division__parent__parent")
    return found.defer("source", "text").get(slug=slug)


def _near(document: Document) -> QuerySet[Document]:
    """Its two neighbors in the collection, what it answers and the letters that answer it, each with its replies.

    ``answering`` is the reply with which the other one answers this document, ``answered`` the one the other way.
    """
    order = [F("position"), F("sort_date"), F("slug")]
    row = Document.objects.published().filter(collection=document.collection_id)
    placed = row.annotate(before=Window(Lag("pk"), order_by=order), after=Window(Lead("pk"), order_by=order))
    beside = placed.filter(Q(before=document.pk) | Q(after=document.pk)).order_by().values("pk")
    shown = Reply.objects.shown().order_by()
    answering = shown.filter(answered=document.pk).values("letter")
    answered = shown.filter(letter=document.pk).values("answered")
    every = beside.union(answering, answered)  # "or" would look at every document
    further = shown.filter(Q(letter=OuterRef("pk")) | Q(answered=OuterRef("pk")))
    return (
        Document.objects.published()
        .filter(pk__in=every)
        .annotate(
            answering_it=_reply(letter=OuterRef("pk"), answered=document.pk),
            answered_by_it=_reply(letter=document.pk, answered=OuterRef("pk")),
            goes_on=Exists(further.exclude(letter=document.pk).exclude(answered=document.pk)),
        )
        .defer(*published.LONG)
    )


def _reply(**ends: object) -> Subquery:
    """What a page says of the reply between two documents, if there is one, as a value within their row."""
    said = JSONObject(status="status", ident="ident", words="words", in_answered="in_answered")
    return Subquery(Reply.objects.shown().filter(**ends).order_by().values_list(said)[:1])


def _replies(near: Iterable[Document]) -> list[Answering]:
    """The replies of a document from those near it: what it answers first, then what answers it, each by date."""
    found = []
    for other in sorted(near, key=by_date):
        for answers, said in ((False, other.answered_by_it), (True, other.answering_it)):  # type: ignore[attr-defined]
            if said:
                is_guess = said["status"] == Reply.Status.GUESSED
                where = (said["ident"], said["words"], said["in_answered"])
                found.append(Answering(other, answers, is_guess, *where, other.goes_on))  # type: ignore[attr-defined]
    return sorted(found, key=lambda each: each.answers)


def _place(document: Document) -> tuple[int, date, str]:
    """Sorts the documents of one collection as ``_near`` does."""
    return (document.position, document.sort_date or date.max, document.slug)


def _links(document: Document) -> QuerySet[Link]:
    touching = published.with_an_end_in(Proposal.objects.filter(document=document), [document.pk])
    long = [f"{end}__{name}" for end in ENDS if end.endswith("document") for name in published.LONG]
    html = [f"{end}__{name}" for end in ENDS if end.endswith("passage") for name in ("html", "text")]
    return published.links().filter(touching).select_related(*ENDS).defer(*long, *html)


def _ends(links: Iterable[Link]) -> list[Document]:
    return [end for link in links for end in (link.later_document, link.answered.document)]


def _references(document: Document) -> QuerySet[Reference]:
    """What it points at, each with the address and the title of the ``volume`` where a whole one is cited."""
    volumes = published.collections().filter(slug=Lower(OuterRef("target")))
    found = Reference.objects.filter(document=document).exclude(target="").select_related("resolved")
    dates = DocumentDate.objects.filter(document=OuterRef("resolved"), event=DocumentDate.Event.WRITTEN).order_by()
    named = found.annotate(
        volume=Subquery(volumes.values_list(JSONObject(slug="slug", title="title"))[:1]),
        resolved_written=Subquery(dates.values(shown=written())[:1]),
    )
    return named.defer(*(f"resolved__{name}" for name in published.LONG))


def _give_details(documents: list[Document]) -> None:
    """Gives every document its dates and its participations, in two queries. One row may be here as many objects."""
    parties = Participation.objects.select_related("person", "organization")
    prefetch_related_objects(documents, "dates", Prefetch("participations", parties))


def _exchange(document: Document, proposals: list[Proposal], links: list[Link], replies: list[Answering]) -> Exchange:
    """The exchange as far as this document has a part in it: enough to say where its own proposals stand.

    A guess is no answer here: a proposal is unanswered, or new, only by what an editor vouches for.
    """
    confirmed = [each for each in replies if not each.is_guess]
    documents = {other.pk: other for other in [document, *(each.other for each in confirmed), *_ends(links)]}
    inside = {proposal.pk: proposal for link in links for proposal in (link.answer, link.answered) if proposal}
    inside |= {proposal.pk: proposal for proposal in proposals}
    pairs = [(e.other.pk, document.pk) if e.answers else (document.pk, e.other.pk) for e in confirmed]
    return Exchange(documents.values(), inside.values(), links, pairs)
