"""Which letter answers which document, and how anyone knows."""

from __future__ import annotations

from django.db import models

from documents.models.document import Document, Letter


class ReplyQuerySet(models.QuerySet["Reply"]):
    def confirmed(self) -> ReplyQuerySet:
        """What an editor vouches for, whoever may see it."""
        return self.filter(status=Reply.Status.CONFIRMED)

    def shown(self) -> ReplyQuerySet:
        """What readers see: what an editor confirmed and what is guessed, between two public documents."""
        public = {"letter__status": Document.Status.PUBLISHED, "answered__status": Document.Status.PUBLISHED}
        return self.filter(status__in=[Reply.Status.CONFIRMED, Reply.Status.GUESSED], **public)


class Reply(models.Model):
    """A letter answers a document. A guess is derived, and marked as one until an editor confirms or rejects it.

    ``ident``, ``words`` and ``sentence`` say what speaks for a guess, and where it stands in the letter, or with
    ``in_answered`` in the document that is answered, where a note says which letter is the reply.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        GUESSED = "guessed", "Guessed"
        REJECTED = "rejected", "Rejected"

    class Basis(models.TextChoices):
        EDITOR = "editor", "An editor says so"
        REFERENCE = "reference", "It refers to it"
        WORDS = "words", "It speaks of a message of that day"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="replies")
    answered = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="answering")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CONFIRMED)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.EDITOR, editable=False)
    ident = models.CharField(max_length=60, blank=True, editable=False)
    words = models.CharField(max_length=500, blank=True, editable=False)
    sentence = models.TextField(blank=True, editable=False)
    in_answered = models.BooleanField(default=False, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "id"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "answered"],
                name="letter_answers_a_document_once",
                violation_error_message="This letter answers that document already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(letter=models.F("answered")),
                name="letter_does_not_answer_itself",
                violation_error_message="A letter cannot answer itself.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["confirmed", "guessed", "rejected"]),
                name="reply_is_confirmed_guessed_or_rejected",
            ),
        ]

    @property
    def is_guess(self) -> bool:
        return self.status == self.Status.GUESSED

    def __str__(self) -> str:
        return f"{self.letter} answers {self.answered}"
