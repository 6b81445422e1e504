"""What proposals, links and references quote of a text: where it stands, and how it stands there now.

A quotation is exact where its words stand in the place recorded, moved where they stand in another place of the
document only, and lost where they stand nowhere. Nothing is attached to another place without an editor: the recorded
place stays until one moves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models, transaction

from documents.models import Document, Link, Proposal, Quotation, Reference
from editions.readers.archive_text import parse_archive_text
from editions.references.sentences import sentence_around
from editions.writers.html import Annotation, reference_mark
from ingest.places import Places
from ingest.references import Targets

#: The id of a place, and where in its text words begin and end.
Found = tuple[str, int, int]


@dataclass
class Quotations:
    """The marks of a text, and where in it the references stand that an editor lists; a sentence for each quotation of
    words that is not exact, and one for each proposal on whole passages that say something else now: readers lose
    nothing of these, but an editor should look."""

    marks: list[Annotation] = field(default_factory=list)
    listed: list[Found] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)


def would_lose(document: Document, text: str) -> tuple[str, ...]:
    """Says which words quoted by proposals, links and references stand elsewhere or nowhere in this text, and do not in
    the stored one. Nothing is stored. Raises ``ReadError`` when a text breaks the notation.
    """
    with transaction.atomic():
        before = quotations(document, Places.of(parse_archive_text(document.text))).words
        after = quotations(document, Places.of(parse_archive_text(text))).words
        transaction.set_rollback(True)
    return tuple(said for said in after if said not in before)


def quotations(document: Document, places: Places) -> Quotations:
    """Looks for everything that is quoted of a document, and records how it stands: exact, moved or lost."""
    found = Quotations()
    proposals = list(document.proposals.select_related("first_passage", "last_passage"))
    spans = {p.pk: places.between(p.first_passage.ident, p.last_passage.ident) for p in proposals}
    for proposal in proposals:
        if proposal.words:
            _words(proposal, spans[proposal.pk], places, found)
        _passages(proposal, spans[proposal.pk], places, found)
    for link, side in _links(document):
        proposal = link.answer if side == "answer" else link.answered
        _link(link, side, spans.get(proposal.pk) if proposal else None, places, found)
    _references(document, places, found)
    return found


def look_for(words: str, places: Places, within: Iterable[str] | None) -> tuple[Quotation, Found | None]:
    """Tells how words stand in some places or, for None, in all; and where they stand now."""
    if found := places.find(words, within):
        return Quotation.EXACT, found
    elsewhere = places.find(words)
    return (Quotation.MOVED, elsewhere) if elsewhere else (Quotation.LOST, None)


def run_with(text: str, places: Places) -> list[str] | None:
    """The ids of passages in a row that say together what a text says, white space apart."""
    wanted = _flat(text)
    texts = [(ident, _flat(words)) for ident, words in places.texts.items()]
    for start, (_, first) in enumerate(texts):
        said, run = "", []
        for ident, words in texts[start:] if first and wanted.startswith(first) else ():
            said, run = f"{said} {words}".strip(), [*run, ident]
            if said == wanted:
                return run
            if not wanted.startswith(said):
                break
    return None


def _flat(text: str) -> str:
    return " ".join(text.split())


def _words(proposal: Proposal, span: list[str], places: Places, found: Quotations) -> None:
    """The words of a proposal that is only part of a passage."""
    state, at = look_for(proposal.words, places, span)
    if at and state is Quotation.EXACT:
        found.marks.append(Annotation(*at, "proposal-words", proposal.anchor))
    elif at:
        found.words.append(f"The words of proposal {proposal.ident} have moved: they stand in {at[0]} now.")
    else:
        found.words.append(f"The words of proposal {proposal.ident} no longer stand in its passage.")
    _record(proposal, quotation=state)


def _passages(proposal: Proposal, span: list[str], places: Places, found: Quotations) -> None:
    """What the passages of a proposal said when they were chosen, taken down when they are first looked at."""
    text = "\n".join(places.texts[ident] for ident in span)
    if not proposal.passage_text:
        _record(proposal, passage_text=text)
    if proposal.words:
        return
    state, run = Quotation.EXACT, None
    if _flat(proposal.passage_text) != _flat(text):
        run = run_with(proposal.passage_text, places)
        state = Quotation.MOVED if run else Quotation.LOST
    if run:
        found.passages.append(f"What proposal {proposal.ident} stands on has moved: it is {_named(run)} now.")
    elif state is Quotation.LOST:
        found.passages.append(
            f"The passages of proposal {proposal.ident} have other words than when they were chosen. Look whether it "
            "still stands there, and confirm it."
        )
    _record(proposal, quotation=state)


def _named(run: list[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}"


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


def _link(link: Link, side: str, span: list[str] | None, places: Places, found: Quotations) -> None:
    """One side of a link: exact within the passages of its proposal, or in the place recorded of a whole document.

    Words that are looked for the first time are placed.
    """
    words, recorded = getattr(link, f"{side}_words"), getattr(link, f"{side}_ident")
    if recorded and (span is None or recorded in span) and places.find(words, [recorded]):
        within: list[str] | None = [recorded]
    else:
        within = [recorded] if recorded and span is None else span
    state, at = look_for(words, places, within)
    if at and state is Quotation.EXACT:
        found.marks.append(Annotation(*at, "quoted", f"{link.anchor}-{side}"))
        _record(link, **{f"{side}_ident": at[0]})
    elif at:
        found.words.append(
            f"The words quoted by “{link}” have moved: they stand in {at[0]} of {_document(link, side)} now."
        )
    else:
        found.words.append(f"The words quoted by “{link}” no longer stand in {_document(link, side)}.")
    _record(link, **{f"{side}_quotation": state})


def _document(link: Link, side: str) -> Document:
    return link.later_document if side == "answer" else link.answered.document


def _references(document: Document, places: Places, found: Quotations) -> None:
    references = list(document.references.filter(origin=Reference.Origin.LISTED))
    targets = Targets(reference.target for reference in references)
    for reference in references:
        target = targets.document(reference.target)
        if reference.resolved_id != (target.pk if target else None):
            reference.resolved = target
            reference.save(update_fields=["resolved"])
        state, at = look_for(reference.words, places, [reference.ident])
        _record(reference, quotation=state, sentence=sentence_around(places.texts[at[0]], *at[1:]) if at else "")
        if at is None:
            found.words.append(f"The words “{reference.words}” of a reference no longer stand in {reference.ident}.")
        elif state is Quotation.MOVED:
            found.words.append(f"The words “{reference.words}” of a reference have moved: they stand in {at[0]} now.")
        else:
            found.listed.append(at)
            href, name = targets.address(reference.target), target.name if target else ""
            found.marks.append(reference_mark(*at, reference.target, href, reference.title, name))


def _record(row: models.Model, **values: str) -> None:
    """Stores values of a row that differ, and nothing else of it."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
