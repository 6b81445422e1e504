"""What became of each proposal of an exchange, and what it answers.

Nothing here reads the database: it reasons over documents, proposals and links that are already loaded and
already public (``documents.published`` does both).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from documents.models import Collection, Document, Link, Proposal, Quotation, Topic

#: What a relation is called when it is said of the earlier proposal: "accepted by ...".
DONE = {
    Link.Relation.ACCEPTS: "accepted",
    Link.Relation.RECASTS: "recast",
    Link.Relation.TAKES_UP: "taken up",
    Link.Relation.EXTENDS: "extended",
    Link.Relation.DEFERS: "deferred",
    Link.Relation.DECLINES: "declined",
    Link.Relation.CARRIES_OUT: "carried out",
}
NEW = "new"
UNANSWERED = "unanswered"

#: What the exchange can be narrowed to, beside topics: each relation, and the two states without one.
STATES = {str(relation): done.capitalize() for relation, done in DONE.items()} | {
    NEW: "New",
    UNANSWERED: "No explicit answer",
}


#: What readers are told of words that no longer stand where they were quoted.
CHANGED = {
    Quotation.MOVED: "The text has changed since these words were quoted; they stand in another place now.",
    Quotation.LOST: "The text has changed since these words were quoted; it no longer has them.",
}


def changed(quotation: str) -> str:
    """What to say of quoted words, in a sentence; empty while they stand where they were quoted."""
    return CHANGED.get(Quotation(quotation), "")


def by_date(document: Document) -> tuple[date, int, str]:
    """Sorts documents by date; those without one come last, in the order of their collection."""
    return (document.sort_date or date.max, document.position, document.slug)


def done(link: Link) -> str:
    """Says of the earlier proposal what the link does with it: "accepted"."""
    return DONE[Link.Relation(link.relation)]


def answer_address(link: Link) -> str:
    """Where the quoted words of the answer stand; once the text has changed, the proposal or document that had them."""
    document = link.later_document.get_absolute_url()
    if link.answer_quotation == Quotation.EXACT:
        return f"{document}#{link.anchor}-answer"
    return f"{document}#{link.answer.anchor}" if link.answer else document


def answered_address(link: Link) -> str:
    """Where the quoted words that are answered stand; once the text has changed, the proposal that had them."""
    if link.answered_quotation == Quotation.EXACT:
        return f"{link.answered.document.get_absolute_url()}#{link.anchor}-answered"
    return proposal_address(link.answered)


def proposal_address(proposal: Proposal) -> str:
    """Where the proposal stands in its document."""
    return f"{proposal.document.get_absolute_url()}#{proposal.anchor}"


@dataclass(frozen=True)
class Standing:
    """Where one proposal stands: what became of it, and what it answers itself.

    ``whole`` are the links that its document makes as a whole, ``answered`` and ``answers`` those of the proposal.
    """

    proposal: Proposal
    answered: tuple[Link, ...] = ()
    answers: tuple[Link, ...] = ()
    whole: tuple[Link, ...] = ()
    is_unanswered: bool = False
    is_new: bool = False

    @cached_property
    def states(self) -> frozenset[str]:
        """The keys of ``STATES`` that this proposal is found under, as the one answered or the one that answers."""
        found = {str(link.relation) for link in (*self.answered, *self.answers)}
        found |= {NEW} if self.is_new else set()
        found |= {UNANSWERED} if self.is_unanswered else set()
        return frozenset(found)

    @property
    def outcome(self) -> str:
        """What became of it, in words: "accepted by H2; recast by H3"."""
        if self.is_unanswered:
            return "no explicit answer"
        return "; ".join(f"{done(link)} by {source_name(link)}" for link in self.answered)

    @property
    def spoken(self) -> str:
        """The proposal with its standing, as one would say it: "K1 Joint weather satellites (accepted by H2)"."""
        said = f" ({self.summary})" if self.summary else ""
        return f"{self.proposal.ident} {self.proposal.title}{said}"

    @property
    def summary(self) -> str:
        """The whole standing in words, for a reader who does not see the figure."""
        acts = "; ".join(f"{link.get_relation_display()} {link.answered.ident}" for link in self.answers)
        return "; ".join(part for part in ("new" if self.is_new else "", acts, self.outcome) if part)


def source_name(link: Link) -> str:
    """The one that answers, in short: the id of a proposal, or the name of a document."""
    return link.answer.ident if link.answer else link.later_document.name


class Exchange:
    """The public documents, proposals and links of one collection, in order of date.

    ``answers`` are pairs of document keys: the first answers the second. Links answer too. With a ``collection``, the
    documents of others are here only for the links that join them to its own, so that nothing else is known of them.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        proposals: Iterable[Proposal],
        links: Iterable[Link],
        answers: Iterable[tuple[int, int]] = (),
        collection: Collection | None = None,
    ) -> None:
        self.collection = collection
        self.documents = tuple(sorted(documents, key=by_date))
        order = {document.pk: place for place, document in enumerate(self.documents)}
        self.proposals = tuple(sorted(proposals, key=lambda each: (order[each.document_id], each.position, each.pk)))
        places = {proposal.pk: place for place, proposal in enumerate(self.proposals)}
        self.links = tuple(sorted(links, key=lambda link: (places[link.answered_id], link.pk)))
        self.answers = frozenset(answers) | {
            (link.later_document.pk, link.answered.document_id)
            for link in self.links
            if link.later_document.pk != link.answered.document_id
        }

    def is_own(self, document: Document) -> bool:
        """Whether a document belongs to the collection itself."""
        return self.collection is None or document.collection_id == self.collection.pk

    def name_of(self, document: Document) -> str:
        """The name of a document, of one elsewhere with its collection."""
        return document.name if self.is_own(document) else f"{document.name} (in {document.collection})"

    @cached_property
    def own(self) -> tuple[Proposal, ...]:
        """The proposals of the collection itself."""
        return tuple(proposal for proposal in self.proposals if self.is_own(proposal.document))

    @cached_property
    def own_documents(self) -> tuple[Document, ...]:
        """The documents of the collection itself."""
        return tuple(document for document in self.documents if self.is_own(document))

    @property
    def sides(self) -> dict[str, str]:
        """What the sides are called, by their values; the last is that of documents without one."""
        first = self.collection.first_side if self.collection else ""
        second = self.collection.second_side if self.collection else ""
        return {"first": first or "First side", "second": second or "Second side", "none": "Neither side"}

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """The standing of each proposal, by its key."""
        answered, answers, whole = defaultdict(list), defaultdict(list), defaultdict(list)
        for link in self.links:
            answered[link.answered_id].append(link)
            if link.answer_id is None:
                whole[link.answering_document_id].append(link)
            else:
                answers[link.answer_id].append(link)
        replies = {later for later, _ in self.answers}
        replied = {earlier for _, earlier in self.answers}
        return {
            proposal.pk: Standing(
                proposal,
                answered=tuple(answered[proposal.pk]),
                answers=tuple(answers[proposal.pk]),
                whole=tuple(whole[proposal.document_id]),
                is_unanswered=self.is_own(proposal.document)
                and not answered[proposal.pk]
                and proposal.document_id in replied,
                is_new=self.is_own(proposal.document)
                and not answers[proposal.pk]
                and proposal.document_id in replies
                and not _carries_out(whole[proposal.document_id]),
            )
            for proposal in self.proposals
        }

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of its proposals, in the order of the negotiation table."""
        found = {proposal.topic.pk: proposal.topic for proposal in self.proposals if proposal.topic}
        return tuple(sorted(found.values(), key=lambda topic: (topic.position, topic.name)))

    @cached_property
    def states(self) -> dict[str, str]:
        """Those of ``STATES`` that occur here."""
        found = {state for standing in self.standings.values() for state in standing.states}
        found |= {str(link.relation) for link in self.links}
        return {state: label for state, label in STATES.items() if state in found}


def _carries_out(whole: list[Link]) -> bool:
    """A document that carries out a request has its proposals from there: none of them is new."""
    return any(link.relation == Link.Relation.CARRIES_OUT for link in whole)
