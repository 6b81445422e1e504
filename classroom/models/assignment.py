"""A reading that was given to a class."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from classroom.codes import new_ident
from classroom.content import Content, Question, item_from_json
from classroom.models.reading import Reading


class Assignment(models.Model):
    """A reading given to a class, as it was then: ``frozen`` does not change when the reading does.

    What it shows of the archive is live all the same. With it goes everything that is stored of its students.
    """

    ident = models.CharField("address", max_length=20, unique=True, default=new_ident, editable=False)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    reading = models.ForeignKey(
        Reading, null=True, editable=False, on_delete=models.SET_NULL, related_name="assignments"
    )
    revision = models.PositiveIntegerField(editable=False, help_text="That of the reading when it was frozen.")
    frozen = models.JSONField(editable=False)
    former = models.JSONField(
        default=list, editable=False, help_text="Questions that were in it before, whose answers are kept."
    )
    class_name = models.CharField("class", max_length=100, help_text="What you call the class, e.g. History 10b.")
    opens_at = models.DateTimeField("opens", default=timezone.now)
    due_at = models.DateTimeField("due", null=True, blank=True)
    takes_late_work = models.BooleanField(
        "takes late work", default=True, help_text="Students may still answer and submit after it was due."
    )
    scale = models.CharField(
        "marks",
        max_length=200,
        blank=True,
        help_text="Leave empty for no marks; a number such as 20 for points up to it; "
        "or the marks that there are, separated by commas, e.g. A, B, C, D.",
    )
    code = models.CharField("join code", max_length=12, unique=True, null=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    purge_on = models.DateField(
        editable=False, db_index=True, help_text="The day on which everything about its students is deleted."
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(class_name=""), name="class_has_a_name")]

    def __str__(self) -> str:
        return f"{self.class_name}: {self.frozen.get('title', '')}"

    @property
    def content(self) -> Content:
        return Content.from_json(self.frozen)

    @property
    def former_questions(self) -> list[Question]:
        """Questions that a newer version of the reading has no more."""
        return [item_from_json(each, "A former question") for each in self.former]  # type: ignore[misc]

    @property
    def has_opened(self) -> bool:
        return self.opens_at <= timezone.now()

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def takes_answers(self) -> bool:
        """Whether students may answer now."""
        return self.has_opened and (self.takes_late_work or not self.is_overdue)

    @property
    def takes_students(self) -> bool:
        """Whether the join code is good now."""
        return bool(self.code) and (self.code_expires_at is None or self.code_expires_at > timezone.now())

    def get_absolute_url(self) -> str:
        return reverse("desk", args=[self.ident])
