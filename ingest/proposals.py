"""Stores proposals and the links between them; quotations are checked against the text they are from."""

from __future__ import annotations

import re

from documents.models import Document, Link, Passage, Proposal, Topic
from ingest.records import LinkRecord, ProposalRecord
from ingest.store import Refuse, update

SPAN = re.compile(r"(?P<first>[\w-]+?)(?:-(?P<last>p\d+))?")


def store_proposal(document: Document, record: ProposalRecord, position: int, refuse: Refuse) -> bool:
    """Stores a proposal on passages that the document has; refuses words that do not stand there."""
    match = SPAN.fullmatch(record.passages)
    first, last = (match["first"], match["last"] or match["first"]) if match else ("", "")
    passages = {ident: Passage.objects.filter(document=document, ident=ident).first() for ident in (first, last)}
    if not (passages[first] and passages[last]):
        raise refuse(
            record.line_of("passages"), f"{document.slug} has no passage “{record.passages}”. Write p3 or p3-p5."
        )
    topic = Topic.objects.filter(slug=record.topic).first() if record.topic else None
    if record.topic and topic is None:
        raise refuse(record.line_of("topic"), f"there is no topic “{record.topic}”.")
    if record.words and record.words not in passages[first].text:
        raise refuse(record.line_of("words"), f"“{record.words}” does not stand in passage {first} of {document.slug}.")
    proposal = Proposal.objects.filter(document=document, ident=record.id).first() or Proposal(
        document=document, ident=record.id
    )
    values = {
        "position": position,
        "title": record.title,
        "topic": topic,
        "summary": record.summary,
        "first_passage": passages[first],
        "last_passage": passages[last],
        "words": record.words,
    }
    return update(proposal, values, lambda message: refuse(record.line, message))


def store_link(record: LinkRecord, refuse: Refuse) -> bool:
    """Stores a link between proposals; refuses quotations that do not stand in the passages of their proposals."""
    answered = _proposal(record.answered)
    if answered is None:
        raise refuse(record.line_of("answered"), f"there is no proposal “{record.answered}”. Write document/id.")
    answer = _proposal(record.answer)
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
    return update(link, values, lambda message: refuse(record.line, message))


def _proposal(key: str) -> Proposal | None:
    slug, _, ident = key.rpartition("/")
    return Proposal.objects.filter(document__slug=slug, ident=ident).select_related("document").first()


def _check_quotation(words: str, where: Proposal | Document | None, refuse: Refuse, line: int) -> None:
    if where is not None and not where.has_words(words):
        raise refuse(line, f"the words “{words}” do not stand in {where}. Copy them exactly, from one passage.")
