"""What editors decide of replies: that a guess is right, that it is wrong, or that it is a guess again."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from documents.models import Document, Reply
from ingest.history import keeping
from ingest.replying import guess_around

REASONS = {Reply.Status.CONFIRMED: "Reply confirmed", Reply.Status.REJECTED: "Reply rejected"}
LEFT_OPEN = "Reply left open again"


def decide(reply: Reply, status: Reply.Status, *, by: AbstractBaseUser | None = None) -> None:
    """Confirms or rejects a reply; the letter is kept as it was, and an import does not write over it from now on."""
    with keeping(_letter(reply), by=by, reason=REASONS[status]):
        Reply.objects.update_or_create(  # what spoke for it may be gone since it was shown
            letter_id=reply.letter_id, answered_id=reply.answered_id, defaults={"status": status}
        )
        _is_edited(reply)


@transaction.atomic
def leave_open(reply: Reply, *, by: AbstractBaseUser | None = None) -> None:
    """Takes a decision back: what speaks for the reply makes it a guess again, and without anything it is gone."""
    with keeping(_letter(reply), by=by, reason=LEFT_OPEN):
        Reply.objects.filter(pk=reply.pk).delete()
        _is_edited(reply)
    guess_around([reply.letter_id])


def _letter(reply: Reply) -> Document:
    return Document.objects.get(pk=reply.letter_id)


def _is_edited(reply: Reply) -> None:
    Document.objects.filter(pk=reply.letter_id).update(edited_here=True)
