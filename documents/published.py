"""What the public may see of proposals, links and participations, each with what its page needs, in one query.

A proposal is public when its document is; a link when both of its documents are.
"""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from documents.exchange import Exchange
from documents.models import Collection, Document, Link, Participation, Passage, Proposal, Reply

#: The long columns of a document, which no list needs.
LONG = ("source", "text", "reading_text")


def is_public(path: str) -> Q:
    """Holds for rows whose document, at the end of this path, the public may see; joins are faster than a list."""
    return Q(**{f"{path}__status": Document.Status.PUBLISHED})


def documents() -> QuerySet[Document]:
    """Public documents as lists show them: with their dates and with those who wrote and received them."""
    parties = Participation.objects.filter(role__in=[Participation.Role.FROM, Participation.Role.TO])
    return (
        bare_documents()
        .select_related("collection")
        .prefetch_related(
            "dates", Prefetch("participations", parties.select_related("person", "organization"), to_attr="parties")
        )
    )


def bare_documents() -> QuerySet[Document]:
    return Document.objects.published().defer(*LONG)


def collections() -> QuerySet[Collection]:
    """Collections of which the public may see a document."""
    return Collection.objects.filter(Exists(Document.objects.published().filter(collection=OuterRef("pk"))))


def proposals() -> QuerySet[Proposal]:
    return (
        Proposal.objects.filter(is_public("document"))
        .select_related("document", "document__collection", "topic", "first_passage", "last_passage")
        .defer(*(f"document__{name}" for name in LONG), "first_passage__html", "last_passage__html")
    )


def links() -> QuerySet[Link]:
    answering = is_public("answer__document") | is_public("answering_document")
    return Link.objects.filter(answering, is_public("answered__document"))


def replies() -> QuerySet[Reply]:
    """What an editor vouches for; guesses (``Reply.objects.shown()``) stand on documents and in threads only."""
    return Reply.objects.confirmed().shown().order_by()


def with_an_end_in(own: QuerySet[Proposal], keys: Several[int]) -> Q:
    """Holds for links that begin or end in these proposals, or answer as one of these documents.

    The database looks for them in the links alone: a condition on what is joined to them may cost it every pair of rows
    there is, while it has not counted what it holds.
    """
    proposals = own.order_by().values("pk")
    return Q(answered__in=proposals) | Q(answer__in=proposals) | Q(answering_document__in=keys)


def participations() -> QuerySet[Participation]:
    return (
        Participation.objects.filter(is_public("document"))
        .select_related("document", "person", "organization")
        .prefetch_related("document__dates")
        .defer(*(f"document__{name}" for name in LONG))
    )


def passages(proposal: Proposal) -> QuerySet[Passage]:
    """The passages that a proposal spans."""
    span = (proposal.first_passage.position, proposal.last_passage.position)
    return Passage.objects.filter(document=proposal.document_id, position__range=span)


def exchange(collection: Collection) -> Exchange:
    """The whole exchange of one collection, in five queries whatever its size.

    Documents that propose nothing, answer nothing and are not answered have no part in it. Of other collections it
    has what a link joins to this one.
    """
    proposing = Exists(Proposal.objects.filter(document=OuterRef("pk")))
    touching = Q(letter=OuterRef("pk")) | Q(answered=OuterRef("pk"))
    answering = Exists(Reply.objects.confirmed().filter(touching))
    linked = Exists(Link.objects.filter(answering_document=OuterRef("pk")))
    listed = bare_documents().select_related("collection")
    by_key = {each.pk: each for each in listed.filter(proposing | answering | linked, collection=collection)}
    found = _touching(by_key)
    inside = _proposals_of(by_key, found)
    near = {proposal.document_id for proposal in inside.values()} | {link.answering_document_id for link in found}
    by_key |= listed.in_bulk([key for key in near if key is not None and key not in by_key])
    return _joined(by_key, inside, found, collection)


def _touching(keys: Several[int]) -> list[Link]:
    """The links that begin or end in these documents; ``_join`` leaves out those with an end that is not public."""
    return list(Link.objects.filter(with_an_end_in(Proposal.objects.filter(document__in=keys), keys)))


def _proposals_of(keys: Several[int], found: Iterable[Link]) -> dict[int, Proposal]:
    """The proposals of these documents and those that the links join to them, by their keys."""
    ends = {link.answered_id for link in found} | {link.answer_id for link in found}
    return {proposal.pk: proposal for proposal in proposals().filter(Q(document__in=keys) | Q(pk__in=ends))}


def between(found: Iterable[Document]) -> Exchange:
    """The exchange among these documents: their proposals, and the links that stay among them."""
    by_key = {document.pk: document for document in found}
    inside = {proposal.pk: proposal for proposal in proposals().filter(document__in=by_key)}
    return _joined(by_key, inside, Link.objects.filter(answered__in=inside))


def around(keys: Several[int]) -> Exchange:
    """These documents with every proposal and document that theirs answer or are answered by."""
    found = _touching(keys)
    inside = _proposals_of(keys, found)
    near = {proposal.document_id for proposal in inside.values()} | {link.answering_document_id for link in found}
    touching = Q(letter__in=keys) | Q(answered__in=keys)
    near |= {key for pair in replies().filter(touching).values_list("letter", "answered") for key in pair}
    listed = bare_documents().select_related("collection").prefetch_related("dates")
    by_key = listed.in_bulk([key for key in {*keys, *near} if key is not None])
    return _joined(by_key, inside, found)


def _joined(
    by_key: dict[int, Document],
    inside: dict[int, Proposal],
    found: Iterable[Link],
    collection: Collection | None = None,
) -> Exchange:
    for proposal in inside.values():
        proposal.document = by_key[proposal.document_id]
    joined = [link for link in found if _join(link, inside, by_key)]
    answers = replies().filter(letter__in=by_key, answered__in=by_key).values_list("letter", "answered")
    return Exchange(by_key.values(), inside.values(), joined, answers, collection)


def _join(link: Link, inside: dict[int, Proposal], by_key: dict[int, Document]) -> bool:
    """Gives a link the objects that are loaded already; False when one end is not among them."""
    if link.answered_id not in inside:
        return False
    if link.answer_id is not None and link.answer_id in inside:
        link.answer = inside[link.answer_id]
    elif link.answering_document_id is not None and link.answering_document_id in by_key:
        link.answering_document = by_key[link.answering_document_id]
    else:
        return False
    link.answered = inside[link.answered_id]
    return True
