"""Correspondence: a document of some kinds is a letter as well, and a letter can answer a document."""

from __future__ import annotations

from documents.models import Document, Letter


def store_letter(document: Document, answers: Document | None) -> bool:
    """Makes correspondence a letter that answers a document or none, and anything else no letter.

    Returns whether anything changed.
    """
    letter = Letter.objects.filter(pk=document.pk).first()
    if document.kind not in Letter.KINDS:
        if letter:
            letter.delete(keep_parents=True)
        return letter is not None
    if letter is not None and letter.answers_id == (answers.pk if answers else None):
        return False
    if letter is None:
        letter = Letter(document_ptr=document)
        letter.__dict__.update({name: value for name, value in vars(document).items() if name != "_state"})
    letter.answers = answers
    letter.save_base(raw=True)
    return True
