"""The witnesses of a document, and how their texts differ (TEI Guidelines P5, chapter 13)."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from documents.models.document import Document


class WitnessQuerySet(models.QuerySet["Witness"]):
    def shown(self) -> WitnessQuerySet:
        """What readers see: accepted witnesses of public documents, that are no drafts themselves."""
        accepted = self.filter(status=Witness.Status.ACCEPTED, document__status=Document.Status.PUBLISHED)
        return accepted.filter(models.Q(other=None) | models.Q(other__status=Document.Status.PUBLISHED))


class Witness(models.Model):
    """Another text of a document: another document of the archive (``other``), or a text of its own.

    The reading text of the document is a witness too, and has no row: ``Document.publication`` says what it follows.
    """

    class Status(models.TextChoices):
        OFFERED = "offered", "Offered"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="witnesses")
    siglum = models.CharField(
        max_length=10,
        validators=[RegexValidator(r"^[A-Za-z0-9]+\Z", "A siglum is made of letters and digits.")],
        help_text="The letters that stand for it, e.g. FRUS or B.",
    )
    title = models.CharField(max_length=300, help_text="What readers call it, e.g. The text as published in 1996.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACCEPTED)
    other = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="witness_of",
        help_text="The document of the archive whose text this is. Leave empty to paste or upload a text.",
    )
    publication = models.TextField(
        blank=True, help_text="The printed or online edition that it follows, as a citation gives it."
    )
    publication_url = models.URLField("address of that edition", blank=True)
    repository = models.CharField(max_length=500, blank=True, help_text="The archive, series and box of the original.")
    note = models.TextField(blank=True, help_text="How it came about, and what it is worth.")
    source = models.BinaryField(editable=False, default=bytes)
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_format = models.CharField(max_length=30, blank=True, editable=False)
    text = models.TextField("archive text", blank=True, help_text="Empty when it is another document of the archive.")
    position = models.PositiveIntegerField(default=0)
    likeness = models.FloatField(
        null=True, editable=False, help_text="Of an offered one: the share of words in common, from 0 to 1."
    )

    objects = WitnessQuerySet.as_manager()

    class Meta:
        ordering = ["document", "position", "id"]
        verbose_name_plural = "witnesses"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "siglum"],
                name="siglum_is_unique_in_its_document",
                violation_error_message="Another witness of this document has this siglum.",
            ),
            models.UniqueConstraint(
                fields=["document", "other"],
                name="document_is_a_witness_once",
                violation_error_message="This document is a witness of that one already.",
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("document")),
                name="document_is_no_witness_of_itself",
                violation_error_message="A document is no other witness of itself.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["offered", "accepted", "rejected"]),
                name="witness_is_offered_accepted_or_rejected",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Collation(models.Model):
    """How two witnesses of a document differ, word by word; computed when either text is stored, never on request.

    ``base`` is empty for the reading text of the document. ``table`` is what ``editions.collation`` writes down,
    ``counts`` how many differences of each sort it holds, ``digest`` that of both texts and of the method.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="collations")
    base = models.ForeignKey(Witness, null=True, on_delete=models.CASCADE, related_name="+")
    witness = models.ForeignKey(Witness, on_delete=models.CASCADE, related_name="collations")
    table: models.JSONField[Any, Any] = models.JSONField(default=list)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["document", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "base", "witness"], nulls_distinct=False, name="two_witnesses_are_collated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base or self.document} and {self.witness}"
