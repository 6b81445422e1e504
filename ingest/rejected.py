"""The suggested links that editors rejected, as a collection folder carries them: what a proposal does not answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from documents.models import Document, SuggestedLink
from ingest.proposals import proposal_with
from ingest.records import ProposalRecord
from ingest.store import Refuse


def with_rejected(document: Document, proposals: Iterable[ProposalRecord]) -> tuple[ProposalRecord, ...]:
    """The records of a document's proposals with what each does not answer, in the order of the addresses."""
    rejected: dict[str, list[str]] = defaultdict(list)
    rows = SuggestedLink.objects.filter(later__document=document, status=SuggestedLink.Status.REJECTED)
    for row in rows.select_related("later", "earlier__document"):
        rejected[row.later.ident].append(row.earlier.key)
    return tuple(replace(one, does_not_answer=tuple(sorted(rejected[one.id]))) for one in proposals)


def store_rejected(document: Document, record: ProposalRecord, refuse: Refuse) -> bool:
    """Stores what a stored proposal does not answer, so that it is not suggested; tells whether anything changed."""
    changed = False
    for key in record.does_not_answer:
        earlier = proposal_with(key)
        if earlier is None:
            raise refuse(record.line_of("does_not_answer"), f"there is no proposal “{key}”. Write document/id.")
        rejected = {"status": SuggestedLink.Status.REJECTED}
        pair = {"later": document.proposals.get(ident=record.id), "earlier": earlier}
        if not SuggestedLink.objects.filter(**pair, **rejected).exists():
            SuggestedLink.objects.update_or_create(
                **pair, defaults=rejected, create_defaults={**rejected, "score": 0, "rank": 0}
            )
            changed = True
    return changed
