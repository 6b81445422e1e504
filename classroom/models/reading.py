"""A reading, which a teacher makes and any number of classes may be given."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from classroom.codes import new_ident
from classroom.content import LEVELS, Content, Level

#: May make readings and give them to classes.
TEACH = "classroom.teach"
LEVEL_CHOICES = [(str(level), name) for level, name in LEVELS.items()]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def seen_by_teachers(self) -> ReadingQuerySet:
        """What every teacher may look at and copy."""
        return self.filter(visibility__in=(Reading.Visibility.TEACHERS, Reading.Visibility.PUBLIC))

    def public(self) -> ReadingQuerySet:
        """What anybody may read."""
        return self.filter(visibility=Reading.Visibility.PUBLIC)


class Reading(models.Model):
    """A reading of one teacher; those that ship with the archive have no owner and are named in ``shipped``.

    ``items`` are the items of its ``content``. ``revision`` counts its changes, so that two windows open on one
    reading do not write over one another.
    """

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Only you"
        TEACHERS = "teachers", "Every teacher of this archive, to look at and copy"
        PUBLIC = "public", "Everybody"

    ident = models.CharField("address", max_length=20, unique=True, default=new_ident, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="readings"
    )
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True, help_text="What students should know before they begin.")
    level = models.CharField(max_length=20, choices=LEVEL_CHOICES, default=str(Level.ANYONE))
    items = models.JSONField(default=list, editable=False)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE)
    shipped = models.SlugField(max_length=60, null=True, blank=True, unique=True, editable=False)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="copies"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        permissions = [("teach", "Can make readings and give them to classes")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["private", "teachers", "public"]),
                name="reading_is_seen_by_its_owner_by_teachers_or_by_all",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="reading_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> Content:
        """The reading as a value; raises ``ContentError`` when what is stored is no reading."""
        found = {"title": self.title, "introduction": self.introduction, "level": self.level, "items": self.items}
        return Content.from_json(found)

    @content.setter
    def content(self, content: Content) -> None:
        self.title, self.introduction, self.level = content.title, content.introduction, str(content.level)
        self.items = [each.to_json() for each in content.items]

    @property
    def level_name(self) -> str:
        return Level(self.level).label

    def get_absolute_url(self) -> str:
        return reverse("reading", args=[self.ident])
