"""How people get in: invitations for teachers, wrong codes counted, and what the administrator decides."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Invitation(models.Model):
    """Lets somebody make an account as a teacher, once. Only a hash of its secret is stored."""

    secret = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField("for", max_length=150, blank=True, help_text="Whom you invite, for your own memory.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(editable=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name or f"Invitation {self.pk}"


class Attempt(models.Model):
    """A code that was wrong, from an address of the network of which only a keyed hash is kept, for an hour.

    ``kind`` says what was tried: to join, or to return.
    """

    address = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, default="join")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="attempt_address"),
            models.Index(fields=["kind", "at"], name="attempt_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"


class Policy(models.Model):
    """What the administrator decides for all classes. There is one row.

    ``purged_on`` is the day on which the classes whose time was over were last deleted.
    """

    days_kept = models.PositiveIntegerField(
        "days that classes are kept",
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="So many days after it was due, or given when it has no due date, a class is deleted with everything "
        "about its students.",
    )
    contact = models.CharField(
        max_length=200, blank=True, help_text="Whom students and parents may ask, shown on the privacy page."
    )
    purged_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "policy"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_policy")]

    def __str__(self) -> str:
        return "Policy of the classroom"
