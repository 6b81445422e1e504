"""How a volume is made up: its divisions, and its own lists of persons and of terms."""

from __future__ import annotations

from django.db import models

from documents.models.agents import Person
from documents.models.collection import Collection


class Division(models.Model):
    """A part of a collection that holds documents, in reading order: a compilation, a chapter (TEI ``<div>``)."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="divisions")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    ident = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, help_text="compilation, chapter, subchapter, section")
    title = models.CharField(max_length=1000)
    position = models.PositiveIntegerField(help_text="Its place among all divisions of the collection.")
    depth = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "ident"], name="division_address_is_unique_in_its_collection"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """The id that the division has on the page of its collection."""
        return f"division-{self.ident}"


class ListEntry(models.Model):
    """An entry of a volume's list of persons or of terms: texts of the volume point at it by ``ident`` ("p_KJF2")."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        TERM = "term", "Term"

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ident = models.CharField(max_length=60)
    name = models.CharField(max_length=300, help_text="As the list has it, e.g. Kennedy, John F.")
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")

    class Meta:
        ordering = ["collection", "kind", "position"]
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(fields=["collection", "ident"], name="list_entry_is_unique_in_its_collection"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "term"]), name="list_entry_is_a_person_or_a_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.description}" if self.description else self.name
