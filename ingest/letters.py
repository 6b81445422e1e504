"""Correspondence: a document of some kinds is a letter as well, and a letter can answer other documents."""

from __future__ import annotations

from dataclasses import dataclass

from documents.models import Document, Letter, Reply
from ingest.records import DocumentRecord
from ingest.store import Refuse


@dataclass(frozen=True)
class Said:
    """What an editor says a letter answers, and what it does not answer whatever its words seem to say."""

    answers: tuple[Document, ...] = ()
    does_not_answer: tuple[Document, ...] = ()


def store_letter(document: Document, said: Said | None = None) -> bool:
    """Makes correspondence a letter with the replies that an editor says, and anything else no letter.

    Without ``said`` the replies stay as they are. With it, those that were confirmed and are not said any more go; what
    was rejected once stays rejected until someone says that it is an answer. Returns whether anything changed.
    """
    letter = Letter.objects.filter(pk=document.pk).first()
    if document.kind not in Letter.KINDS:
        if letter:
            letter.delete(keep_parents=True)
        return letter is not None
    made = letter is None
    if letter is None:
        letter = Letter(document_ptr=document)
        letter.__dict__.update({name: value for name, value in vars(document).items() if name != "_state"})
        letter.save_base(raw=True)
    return (_store_replies(letter, said) if said else False) or made


def _store_replies(letter: Letter, said: Said) -> bool:
    wanted = dict.fromkeys((document.pk for document in said.does_not_answer), Reply.Status.REJECTED)
    wanted |= dict.fromkeys((document.pk for document in said.answers), Reply.Status.CONFIRMED)
    rows = {row.answered_id: row for row in letter.replies.all()}
    gone = [row.pk for row in rows.values() if row.status == Reply.Status.CONFIRMED and row.answered_id not in wanted]
    letter.replies.filter(pk__in=gone).delete()
    changed = bool(gone)
    for key, status in wanted.items():
        if key not in rows or rows[key].status != status:
            Reply.objects.update_or_create(letter=letter, answered_id=key, defaults={"status": status})
            changed = True
    return changed


def said_in(record: DocumentRecord, document: Document, refuse: Refuse) -> Said:
    """Finds the documents that a record says it answers, and does not answer; refuses those that are not there."""
    return Said(
        _named(record, "answers", document, refuse),
        _named(record, "does_not_answer", document, refuse),
    )


def _named(record: DocumentRecord, name: str, document: Document, refuse: Refuse) -> tuple[Document, ...]:
    slugs: tuple[str, ...] = getattr(record, name)
    line = record.line_of(name)
    if slugs and document.kind not in Letter.KINDS:
        raise refuse(line, f"a {document.get_kind_display().lower()} does not answer a document.")
    if document.slug in slugs:
        raise refuse(line, "a letter does not answer itself. Name the document that it answers.")
    if name == "answers" and (both := set(slugs) & set(record.does_not_answer)):
        raise refuse(line, f"“{min(both)}” is answered and is not answered. Keep one of the two.")
    found = Document.objects.only("slug", "title").in_bulk(set(slugs), field_name="slug")
    for slug in slugs:
        if slug not in found:
            raise refuse(line, f"there is no document “{slug}”.")
    return tuple(found[slug] for slug in dict.fromkeys(slugs))


def answered_by(letter: Document, status: Reply.Status) -> tuple[str, ...]:
    """The addresses of the documents that a letter answers, as far as its replies have a status."""
    rows = Reply.objects.filter(letter=letter.pk, status=status).order_by("answered__slug")
    return tuple(rows.values_list("answered__slug", flat=True))
