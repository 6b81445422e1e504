"""Attaches quotations to the places where their words stand now, when an editor says so."""

from __future__ import annotations

from django.db import transaction

from documents.models import Document, Link, Passage, Proposal, Quotation
from editions.readers.archive_text import parse_archive_text
from ingest.derive import derive, derive_related
from ingest.places import Places
from ingest.quotations import look_for, run_with


class NotAttached(Exception):
    """A quotation stays where it is; the message says why and what to do."""


def new_place(row: Proposal | Link, side: str = "") -> list[str]:
    """The ids of the passages or note in which moved words stand now; none where they are exact or lost."""
    field = f"{side}_quotation" if side else "quotation"
    if getattr(row, field) != Quotation.MOVED:
        return []
    places = Places.of(parse_archive_text(document_of(row, side).text))
    if isinstance(row, Proposal) and not row.words:
        return run_with(row.passage_text, places) or []
    _, at = look_for(getattr(row, f"{side}_words" if side else "words"), places, [])
    return [at[0]] if at else []


def document_of(row: Proposal | Link, side: str = "") -> Document:
    """The document that a proposal, or a side of a link, quotes."""
    if isinstance(row, Proposal):
        return row.document
    return row.later_document if side == "answer" else row.answered.document


@transaction.atomic
def attach_proposal(proposal: Proposal) -> list[str]:
    """Moves a proposal to the passages in which its words stand now, and returns their ids; raises ``NotAttached``."""
    idents = new_place(proposal)
    if not idents:
        raise NotAttached(f"The words of {proposal} have not moved, so it stays where it is.")
    passages = {passage.ident: passage for passage in Passage.objects.filter(document=proposal.document)}
    if not passages.keys() >= set(idents):
        raise NotAttached(f"The words of {proposal} stand in the note {idents[0]} now, and a proposal needs a passage.")
    proposal.first_passage, proposal.last_passage = passages[idents[0]], passages[idents[-1]]
    confirm_proposal(proposal)
    return idents


@transaction.atomic
def confirm_proposal(proposal: Proposal) -> None:
    """Says that a proposal stands on its passages as they are now."""
    proposal.passage_text = ""  # taken down anew when the document is derived
    proposal.save(update_fields=["first_passage", "last_passage", "passage_text"])
    derive(proposal.document)
    derive_related(proposal.document)


@transaction.atomic
def attach_link(link: Link, side: str) -> list[str]:
    """Attaches the words of one side to where they stand now, and returns its id; raises ``NotAttached``."""
    idents = new_place(link, side)
    document, proposal = document_of(link, side), link.answer if side == "answer" else link.answered
    if not idents:
        raise NotAttached(f"The words quoted by “{link}” have not moved, so they stay where they are.")
    if proposal is not None:
        raise NotAttached(
            f"The words quoted by “{link}” stand in {idents[0]} now, outside the passages of {proposal}. Attach that "
            "proposal to its new place, or choose its passages anew."
        )
    Link.objects.filter(pk=link.pk).update(**{f"{side}_ident": idents[0]})
    derive(document)
    return idents
