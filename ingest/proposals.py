"""Stores proposals and the links between them; quotations are checked against the text they are from."""

from __future__ import annotations

from documents.models import Document, Link, Passage, Proposal, Topic
from ingest.records import LinkRecord, ProposalRecord
from ingest.store import Refuse, update

SIDES = ("answer", "answered")


def store_proposal(document: Document, record: ProposalRecord, position: int, refuse: Refuse) -> bool:
    """Stores a proposal on passages that the document has; refuses words that do not stand there."""
    first, last = span_of(document, record.passages)
    if first is None or last is None:
        raise refuse(
            record.line_of("passages"), f"{document.slug} has no passage “{record.passages}”. Write p3 or p3-p5."
        )
    topic = Topic.objects.filter(slug=record.topic).first() if record.topic else None
    if record.topic and topic is None:
        raise refuse(record.line_of("topic"), f"there is no topic “{record.topic}”.")
    if record.words and record.words not in first.text:
        message = f"“{record.words}” does not stand in passage {first.ident} of {document.slug}."
        raise refuse(record.line_of("words"), message)
    proposal = Proposal.objects.filter(document=document, ident=record.id).first() or Proposal(
        document=document, ident=record.id
    )
    values = {
        "position": position,
        "title": record.title,
        "topic": topic,
        "summary": record.summary,
        "first_passage": first,
        "last_passage": last,
        "words": record.words,
    }
    if (proposal.first_passage_id, proposal.last_passage_id) != (first.pk, last.pk):
        values["passage_text"] = ""  # its passages are chosen anew: what they say is taken down when it is derived
    return update(proposal, values, lambda message: refuse(record.line, message))


def span_of(document: Document, written: str) -> tuple[Passage | None, Passage | None]:
    """Finds the passages that "p3" or "p3-p5" names; ids may have hyphens of their own."""
    passages = {passage.ident: passage for passage in document.passages.all()}
    if written in passages:
        return passages[written], passages[written]
    parts = written.split("-")
    for cut in range(1, len(parts)):
        first, last = "-".join(parts[:cut]), "-".join(parts[cut:])
        if first in passages and last in passages:
            return passages[first], passages[last]
    return None, None


def store_link(record: LinkRecord, refuse: Refuse) -> tuple[Link, bool]:
    """Stores a link between proposals; refuses quotations that do not stand in the passages of their proposals.

    Returns the link, and whether anything changed.
    """
    answered = proposal_with(record.answered)
    if answered is None:
        raise refuse(record.line_of("answered"), f"there is no proposal “{record.answered}”. Write document/id.")
    answer = proposal_with(record.answer)
    document = None if answer else Document.objects.filter(slug=record.answer).first()
    if answer is None and document is None:
        raise refuse(record.line_of("answer"), f"there is no proposal or document “{record.answer}”.")
    if record.relation not in Link.Relation.values:
        raise refuse(
            record.line_of("relation"), f"“{record.relation}” is no relation: {', '.join(Link.Relation.values)}."
        )
    _check_quotation(record.answer_words, answer or document, refuse, record.line_of("answer_words"))
    _check_quotation(record.answered_words, answered, refuse, record.line_of("answered_words"))
    link = Link.objects.filter(answer=answer, answering_document=document, answered=answered).first() or Link(
        answer=answer, answering_document=document, answered=answered
    )
    values = {name: getattr(record, name) for name in ("relation", "answer_words", "answered_words", "note")}
    values |= {f"{side}_ident": "" for side in SIDES if getattr(link, f"{side}_words") != values[f"{side}_words"]}
    return link, update(link, values, lambda message: refuse(record.line, message))


def proposal_with(key: str) -> Proposal | None:
    slug, _, ident = key.rpartition("/")
    return Proposal.objects.filter(document__slug=slug, ident=ident).select_related("document").first()


def _check_quotation(words: str, where: Proposal | Document | None, refuse: Refuse, line: int) -> None:
    if where is not None and not where.has_words(words):
        raise refuse(line, f"the words “{words}” do not stand in {where}. Copy them exactly, from one passage.")
