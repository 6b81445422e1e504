"""What proposals, links and references quote of a text: where it stands, and how it stands there now."""

from __future__ import annotations

from django.db import models, transaction

from documents.models import Document, Link
from editions.readers.archive_text import parse_archive_text
from editions.writers.html import Annotation
from ingest.places import Places
from ingest.references import Targets


def would_lose(document: Document, text: str) -> tuple[str, ...]:
    """Says which words quoted by proposals, links and references this text no longer has and the stored one does.

    Nothing is stored. Raises ``ReadError`` when a text breaks the notation.
    """
    with transaction.atomic():
        before = annotations(document, Places.of(parse_archive_text(document.text)))[1]
        after = annotations(document, Places.of(parse_archive_text(text)))[1]
        transaction.set_rollback(True)
    return tuple(lost for lost in after if lost not in before)


def annotations(document: Document, places: Places) -> tuple[list[Annotation], list[str]]:
    """Returns what to mark in the text of a document, and a sentence for each quotation that it has lost."""
    marks: list[Annotation] = []
    lost: list[str] = []
    proposals = list(document.proposals.select_related("first_passage", "last_passage"))
    spans = {p.pk: places.between(p.first_passage.ident, p.last_passage.ident) for p in proposals}
    for proposal in proposals:
        if proposal.words:
            if found := places.find(proposal.words, spans[proposal.pk]):
                marks.append(Annotation(*found, "proposal-words", proposal.anchor))
            else:
                lost.append(f"The words of proposal {proposal.ident} no longer stand in its passage.")
    for link, side in _links(document):
        proposal = link.answer if side == "answer" else link.answered
        within = spans.get(proposal.pk) if proposal else None
        words = link.answer_words if side == "answer" else link.answered_words
        found = places.find(words, within)
        if found:
            marks.append(Annotation(*found, "quoted", f"{link.anchor}-{side}"))
        else:
            lost.append(f"The words quoted by “{link}” no longer stand in {document}.")
        _place_link(link, side, found[0] if found else "")
    return [*marks, *_references(document, places, lost)], lost


def _links(document: Document) -> list[tuple[Link, str]]:
    """The links that quote this document, each with the side on which it does.

    The text of a published document is marked for links with other published documents only.
    """
    links = Link.objects.select_related("answer__document", "answering_document", "answered__document")
    outgoing = links.filter(models.Q(answer__document=document) | models.Q(answering_document=document))
    incoming = links.filter(answered__document=document)
    sides = [*((link, "answer") for link in outgoing), *((link, "answered") for link in incoming)]
    if not document.is_published:
        return sides
    return [
        (link, side) for link, side in sides if link.later_document.is_published and link.answered.document.is_published
    ]


def _place_link(link: Link, side: str, ident: str) -> None:
    field = f"{side}_ident"
    if getattr(link, field) != ident:
        setattr(link, field, ident)
        Link.objects.filter(pk=link.pk).update(**{field: ident})


def _references(document: Document, places: Places, lost: list[str]) -> list[Annotation]:
    marks = []
    references = list(document.references.filter(in_text=False))
    targets = Targets(reference.target for reference in references)
    for reference in references:
        target = targets.document(reference.target)
        if reference.resolved_id != (target.pk if target else None):
            reference.resolved = target
            reference.save(update_fields=["resolved"])
        found = places.find(reference.words, [reference.ident])
        if found is None:
            lost.append(f"The words “{reference.words}” of a reference no longer stand in {reference.ident}.")
        elif target:
            marks.append(Annotation(*found, "reference", href=target.get_absolute_url(), title=target.name))
        else:
            title = f"Not yet in the archive: {reference.title or reference.target}"
            marks.append(Annotation(*found, "reference wanted", title=title))
    return marks
