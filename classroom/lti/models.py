"""Course systems, and who came from them. Everything else that is stored of students is in ``classroom.models``."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from classroom.lti.asking import is_safe
from classroom.models import Student


def safe_address(value: str) -> None:
    """Refuses addresses that are not encrypted."""
    if not is_safe(value):
        raise ValidationError("Write an address that begins with https://")


class Platform(models.Model):
    """A course system that an administrator registered."""

    name = models.CharField(max_length=100, help_text="What teachers call it, e.g. Moodle of the Lincoln School.")
    issuer = models.CharField(max_length=255, help_text="Also called platform ID, e.g. https://moodle.example.org")
    client_id = models.CharField("client ID", max_length=255)
    deployments = models.TextField("deployment IDs", help_text="One on a line.")
    login_address = models.CharField(
        "address for signing in",
        max_length=500,
        validators=[safe_address],
        help_text="Also called authentication request URL, or OIDC authorization URL.",
    )
    token_address = models.CharField(
        "address for tokens", max_length=500, validators=[safe_address], help_text="Also called access token URL."
    )
    keys_address = models.CharField(
        "address of its keys",
        max_length=500,
        validators=[safe_address],
        help_text="Also called public keyset or JWKS URL.",
    )

    class Meta:
        verbose_name = "course system"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["issuer", "client_id"], name="platform_is_registered_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def deployment_ids(self) -> set[str]:
        return {line.strip() for line in self.deployments.splitlines()} - {""}


class LinkedTeacher(models.Model):
    """A teacher who confirmed here who they are in a course system; of that only a keyed hash is stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="teachers")
    subject = models.CharField(max_length=64, editable=False)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["platform", "user"]
        constraints = [models.UniqueConstraint(fields=["platform", "subject"], name="teacher_is_linked_to_one_account")]

    def __str__(self) -> str:
        return f"{self.user}, {self.platform}"


class LaunchedStudent(models.Model):
    """A student who came from a course. ``subject`` is the number that the course system gives them.

    ``turn`` counts how often their return code was made anew, as that follows from who they are there.
    """

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="launched")
    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    line_item = models.CharField(max_length=1000, blank=True)
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["platform", "subject"], name="launched_subject")]

    def __str__(self) -> str:
        return str(self.student)
