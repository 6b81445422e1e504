"""People and organizations, and the part they have in documents under the name the document gives them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from documents.models.document import Document


class Agent(models.Model):
    """What people and organizations have in common (the word is RiC's and PREMIS's)."""

    slug = models.SlugField("address", max_length=100, unique=True)
    name = models.CharField(max_length=200, help_text="The name in its usual order, e.g. John F. Kennedy.")
    sort_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="The name as an index has it, e.g. Kennedy, John F. Left empty: as the name.",
    )
    description = models.TextField(blank=True, help_text="Who this was at the time, in one line.")
    authority_url = models.URLField(
        "authority record",
        blank=True,
        help_text="A lasting address elsewhere, such as VIAF, Wikidata or the Library of Congress.",
    )

    class Meta:
        abstract = True
        ordering = ["sort_name", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = self.sort_name or self.name
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Person(Agent):
    born = models.CharField(max_length=20, blank=True, help_text="A year is enough.")
    died = models.CharField(max_length=20, blank=True, help_text="A year is enough.")

    class Meta(Agent.Meta):
        verbose_name_plural = "people"

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])


class Organization(Agent):
    abbreviation = models.CharField(max_length=30, blank=True)

    def get_absolute_url(self) -> str:
        return reverse("organization", args=[self.slug])


class Participation(models.Model):
    """A person or organization has a role in a document, under the name used there.

    While nobody has identified the name there is neither; then only the name is known.

    ``places`` is derived: for a name that the text mentions, where, as ``{"ident": "fn3", "words": "...sentence..."}``.
    """

    class Role(models.TextChoices):
        FROM = "from", "From"
        TO = "to", "To"
        COPY = "copy", "Copy to"
        MENTIONED = "mentioned", "Mentioned"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=10, choices=Role.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="participations")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    name = models.CharField("name in the document", max_length=300, help_text="Exactly as the document has it.")
    position = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ["document", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "role", "person", "organization", "name"],
                nulls_distinct=False,
                name="participation_is_listed_once",
                violation_error_message="This person or organization is listed already with this role and name.",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) | models.Q(organization__isnull=True),
                name="participation_is_not_of_two",
                violation_error_message="Choose a person or an organization, not both.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["from", "to", "copy", "mentioned"]),
                name="participation_role_is_known",
                violation_error_message="A role is one of: from, to, copy, mentioned.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"

    @property
    def agent(self) -> Person | Organization | None:
        """Who this is, once the name is identified."""
        return self.person or self.organization
