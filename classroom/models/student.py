"""Everything that is stored of a student, but for the course that they may come from (``classroom/lti/models.py``).

``classroom/privacy`` shows this list to all: keep the two alike.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from classroom.models.assignment import Assignment


class Student(models.Model):
    """Somebody who joined a class under a name of their choice; there is no account, no e-mail and no password.

    ``return_code`` is a keyed hash of the code with which they come back. ``read`` are the idents of the items that
    they have read.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="students")
    name = models.CharField(max_length=60)
    return_code = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    read = models.JSONField(default=list)
    submitted_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    mark = models.CharField(max_length=30, blank=True)
    commented_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "assignment", Lower("name"), name="names_differ_in_a_class", violation_error_message="Name is taken."
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="student_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What a student answered to one question, and what the teacher says to it.

    ``value`` is ``{"text": …}``, ``{"chosen": [0, 2]}`` or ``{"places": ["item#p3"]}``, by the form of the question.
    ``sequence`` is the time of the change on the student's device, in milliseconds: an older one never writes over a
    newer one.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=12)
    value = models.JSONField()
    sequence = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)
    comment = models.TextField(blank=True)
    mark = models.CharField(max_length=30, blank=True)
    commented_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["student", "item"]
        constraints = [models.UniqueConstraint(fields=["student", "item"], name="question_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.student}, {self.item}"


class KeptHighlights(models.Manager["Highlight"]):
    """Those that the student did not delete."""

    def get_queryset(self) -> models.QuerySet[Highlight]:
        return super().get_queryset().filter(is_deleted=False)


class Highlight(models.Model):
    """Words that a student marked in the reading, with a note if they wrote one; only they and their teacher see it.

    ``passage`` is the id that the passage has in its document; ``start`` and ``end`` count characters of its text. A
    note on a whole item has no passage and no words. ``ident`` is given by the device, so that sending it twice stores
    it once. Of one that was deleted nothing stays but that it was, so that what another device sends late does not
    bring it back.
    """

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="highlights")
    ident = models.CharField(max_length=36)
    item = models.CharField(max_length=12)
    document = models.CharField(max_length=150, blank=True)
    passage = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    sequence = models.BigIntegerField(default=0)
    is_deleted = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = KeptHighlights()
    with_deleted = models.Manager["Highlight"]()

    class Meta:
        ordering = ["student", "item", "passage", "start"]
        constraints = [
            models.UniqueConstraint(fields=["student", "ident"], name="highlight_is_stored_once"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")) | models.Q(passage=""), name="highlight_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
