"""What a document page needs from the database, in ten queries whatever the length of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet, Window, prefetch_related_objects
from django.db.models.functions import Lag, Lead
from django.utils.text import slugify

from documents import published
from documents.exchange import Exchange
from documents.models import (
    Collection,
    Correction,
    Document,
    Footnote,
    Letter,
    Link,
    Participation,
    Passage,
    Proposal,
    Reference,
)

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
    volumes: dict[str, Collection]
    exchange: Exchange
    answers: Document | None
    replies: list[Document]
    previous: Document | None
    following: Document | None


def load(slug: str) -> Loaded:
    """Raises ``Document.DoesNotExist`` when there is no such document or the public may not see it."""
    document = _document(slug)
    proposals = list(published.proposals().filter(document=document))
    links = list(_links(document))
    near = list(_near(document))
    answers = _answered_by(document)
    row = [other for other in near if other.collection_id == document.collection_id]
    replies = [other for other in near if _answers(other) == document.pk]
    others = [*near, *([answers] if answers else []), *_ends(links)]
    _give_details([document, *others])
    references = list(_references(document))
    return Loaded(
        document=document,
        blocks=[Block(*row) for row in Passage.objects.filter(document=document).values_list(*Block._fields)],
        notes=[Note(*row) for row in Footnote.objects.filter(document=document).values_list(*Note._fields)],
        corrections=list(Correction.objects.filter(document=document)),
        references=references,
        volumes=_volumes(references),
        exchange=_exchange(document, proposals, links, answers, replies),
        answers=answers,
        replies=replies,
        previous=max((other for other in row if _place(other) < _place(document)), key=_place, default=None),
        following=min((other for other in row if _place(other) > _place(document)), key=_place, default=None),
    )


def _document(slug: str) -> Document:
    found = Document.objects.published().select_related(
        "collection", "division__parent__parent", "letter", "letter__answers"
    )
    return found.defer("source", "text", *(f"letter__answers__{name}" for name in published.LONG)).get(slug=slug)


def _answered_by(document: Document) -> Document | None:
    """The document that this letter answers, if the public may see it."""
    letter = getattr(document, "letter", None)
    answers = letter.answers if letter else None
    return answers if answers and answers.is_published else None


def _answers(document: Document) -> int | None:
    letter = getattr(document, "letter", None)
    return letter.answers_id if letter else None


def _near(document: Document) -> QuerySet[Document]:
    """Its two neighbors in the collection, and the letters that answer it."""
    order = [F("position"), F("sort_date"), F("slug")]
    row = Document.objects.published().filter(collection=document.collection_id)
    placed = row.annotate(before=Window(Lag("pk"), order_by=order), after=Window(Lead("pk"), order_by=order))
    beside = placed.filter(Q(before=document.pk) | Q(after=document.pk)).order_by().values("pk")
    answering = Letter.objects.filter(answers=document.pk).order_by().values("pk")
    near = Document.objects.published().filter(pk__in=beside.union(answering))  # "or" would look at every document
    return near.select_related("letter").defer(*published.LONG)


def _place(document: Document) -> tuple[int, date, str]:
    """Sorts the documents of one collection as ``_near`` does."""
    return (document.position, document.sort_date or date.max, document.slug)


def _links(document: Document) -> QuerySet[Link]:
    touching = Q(answered__document=document) | Q(answer__document=document) | Q(answering_document=document)
    long = [f"{end}__{name}" for end in ENDS if end.endswith("document") for name in published.LONG]
    html = [f"{end}__{name}" for end in ENDS if end.endswith("passage") for name in ("html", "text")]
    return published.links().filter(touching).select_related(*ENDS).defer(*long, *html)


def _ends(links: Iterable[Link]) -> list[Document]:
    return [end for link in links for end in (link.later_document, link.answered.document)]


def _references(document: Document) -> QuerySet[Reference]:
    found = Reference.objects.filter(document=document).select_related("resolved")
    return found.defer(*(f"resolved__{name}" for name in published.LONG))


def _volumes(references: Iterable[Reference]) -> dict[str, Collection]:
    """The volumes that are cited as a whole, by the identifiers in the references."""
    slugs = {each.target: slugify(each.target) for each in references if not each.resolved and "/" not in each.target}
    found = {each.slug: each for each in published.collections().filter(slug__in=slugs.values())} if slugs else {}
    return {target: found[slug] for target, slug in slugs.items() if slug in found}


def _give_details(documents: list[Document]) -> None:
    """Gives every document its dates and its participations, in two queries. One row may be here as many objects."""
    parties = Participation.objects.select_related("person", "organization")
    prefetch_related_objects(documents, "dates", Prefetch("participations", parties))


def _exchange(
    document: Document, proposals: list[Proposal], links: list[Link], answers: Document | None, replies: list[Document]
) -> Exchange:
    """The exchange as far as this document has a part in it: enough to say where its own proposals stand."""
    documents = {other.pk: other for other in [document, *replies, *_ends(links), *([answers] if answers else [])]}
    inside = {proposal.pk: proposal for link in links for proposal in (link.answer, link.answered) if proposal}
    inside |= {proposal.pk: proposal for proposal in proposals}
    pairs = [(reply.pk, document.pk) for reply in replies]
    pairs += [(document.pk, answers.pk)] if answers else []
    return Exchange(documents.values(), inside.values(), links, pairs)
