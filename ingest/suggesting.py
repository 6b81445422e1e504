"""Suggests links between the proposals of a collection, and remembers which of them editors rejected.

Suggestions are made when someone looks at them and the proposals, their words, or the order and sides of their
documents are other than when they were made last; so storing a document never waits for them. The method is that of
``editions.affinity``.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from documents.models import Collection, Document, Link, Passage, Proposal, SuggestedLink
from editions.affinity import Candidate, Dated, Proposed, suggest
from ingest.models import SuggestedCollection
from ingest.sync import sync_undecided

#: Raised whenever the method would find something else in the same texts.
METHOD = 1
#: How many earlier proposals are suggested for each.
MOST = 5

Pair = tuple[int, int]


@dataclass(frozen=True)
class Material:
    """What suggestions are made from: the documents that propose something, in their order, and the proposals."""

    documents: tuple[Dated, ...]
    proposals: tuple[Proposed, ...]

    @classmethod
    def of(cls, collection: Collection) -> Material:
        """Reads the proposals of a collection, drafts among them."""
        documents = in_order(Document.objects.filter(collection=collection, proposals__isnull=False).distinct())
        place = {document.pk: number for number, document in enumerate(documents)}
        texts = _passages(place)
        proposals = Proposal.objects.filter(document__in=place).select_related("first_passage", "last_passage")
        ordered = sorted(proposals, key=lambda one: (place[one.document_id], one.position, one.pk))
        return cls(
            tuple(Dated(document.pk, document.side) for document in documents),
            tuple(_proposed(one, texts[one.document_id]) for one in ordered),
        )

    @property
    def digest(self) -> str:
        said = [METHOD, MOST, [vars(one) for one in self.documents], [vars(one) for one in self.proposals]]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Documents in the order in which they were written, those of one day as the collection has them.

    One without a date stands where the collection has it, behind the one before it.
    """
    found, last = [], ""
    for document in sorted(documents, key=lambda one: (one.position, one.pk)):
        last = document.sort_date.isoformat() if document.sort_date else last
        found.append((last, document))
    return [document for _, document in sorted(found, key=lambda one: one[0])]


def text_of(proposal: Proposal, passages: Iterable[tuple[int, str]]) -> str:
    """The passages of a proposal, a line each, from those of its document by position."""
    first, last = proposal.first_passage.position, proposal.last_passage.position
    return "\n".join(text for position, text in passages if first <= position <= last)


def refresh(collection: Collection) -> bool:
    """Makes the suggestions anew where something has changed since; tells whether it did.

    Rejected suggestions stay, and take no place among the others.
    """
    with transaction.atomic():
        SuggestedCollection.objects.get_or_create(collection=collection)
        made = SuggestedCollection.objects.select_for_update().get(collection=collection)
        material = Material.of(collection)
        digest = material.digest
        if made.digest == digest:
            return False
        _store(collection, material)
        made.digest = digest
        made.save(update_fields=["digest"])
        return True


def undecided(collection: Collection) -> QuerySet[SuggestedLink]:
    """The suggestions that are neither rejected nor made a link."""
    links = Link.objects.filter(answer=OuterRef("later"), answered=OuterRef("earlier"))
    suggestions = SuggestedLink.objects.filter(later__document__collection=collection)
    return suggestions.filter(~Exists(links), status=SuggestedLink.Status.OPEN)


@dataclass(frozen=True)
class Waiting:
    """The proposals of a collection for which there are suggestions, by key in their order, and those that wait.

    One that answers an earlier proposal already, or for which everything is decided, does not wait.
    """

    order: tuple[int, ...]
    keys: frozenset[int]

    @classmethod
    def of(cls, collection: Collection) -> Waiting:
        rows = SuggestedLink.objects.filter(later__document__collection=collection).values_list("later", flat=True)
        waiting = undecided(collection).filter(later__links_out__isnull=True).values_list("later", flat=True)
        documents = in_order(Document.objects.filter(proposals__in=set(rows)).distinct())
        place = {document.pk: number for number, document in enumerate(documents)}
        proposals = Proposal.objects.filter(pk__in=set(rows)).values_list("pk", "document", "position")
        ordered = sorted(proposals, key=lambda one: (place[one[1]], one[2], one[0]))
        return cls(tuple(key for key, _, _ in ordered), frozenset(waiting))

    @property
    def left(self) -> int:
        return len(self.keys)

    @property
    def done(self) -> int:
        return len(self.order) - self.left

    def following(self, key: int | None) -> int | None:
        """The first proposal that waits after this one, or of all; none after the last."""
        start = self.order.index(key) + 1 if key in self.order else 0
        return next((one for one in self.order[start:] if one in self.keys), None)


def reject(suggestions: Iterable[SuggestedLink]) -> list[int]:
    """Rejects suggestions for good; returns the keys of those that were open."""
    keys = [one.pk for one in suggestions if one.status == SuggestedLink.Status.OPEN]
    SuggestedLink.objects.filter(pk__in=keys).update(status=SuggestedLink.Status.REJECTED)
    return keys


def reopen(keys: Iterable[int]) -> None:
    """Takes rejections back."""
    SuggestedLink.objects.filter(pk__in=list(keys)).update(status=SuggestedLink.Status.OPEN)


def _proposed(proposal: Proposal, passages: list[tuple[int, str]]) -> Proposed:
    around = text_of(proposal, passages)
    return Proposed(proposal.pk, proposal.document_id, proposal.words or around, around if proposal.words else "")


def _passages(documents: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The passages of some documents: place and text, in order."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Passage.objects.filter(document__in=list(documents)).order_by("document", "position")
    for document, position, text in rows.values_list("document", "position", "text"):
        found[document].append((position, text))
    return found


def _store(collection: Collection, material: Material) -> None:
    """Stores the best suggestions of each proposal; what is linked already is kept, and takes no place either."""
    stored = SuggestedLink.objects.filter(later__document__collection=collection)
    rejected = set(stored.filter(status=SuggestedLink.Status.REJECTED).values_list("later", "earlier"))
    linked = set(Link.objects.filter(answer__document__collection=collection).values_list("answer", "answered"))
    decided: dict[int, int] = defaultdict(int)
    for later, _ in rejected | linked:
        decided[later] += 1
    candidates = suggest(material.documents, material.proposals, MOST + max(decided.values(), default=0))
    wanted: dict[Pair, dict[str, Any]] = {}
    taken: dict[int, int] = defaultdict(int)
    for candidate in candidates:
        pair = candidate.later, candidate.earlier
        if pair in rejected or taken[candidate.later] == MOST:
            continue
        taken[candidate.later] += pair not in linked
        wanted[pair] = _row(candidate)
    open_ones = stored.filter(status=SuggestedLink.Status.OPEN)
    sync_undecided(open_ones, wanted, lambda row: (row.later_id, row.earlier_id))


def _row(candidate: Candidate) -> dict[str, Any]:
    return {
        "later_id": candidate.later,
        "earlier_id": candidate.earlier,
        "score": candidate.score,
        "rank": candidate.rank,
        "evidence": [list(pair) for pair in candidate.evidence],
    }
