"""What a document was before: earlier versions of it, and addresses and numbers that it had."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from documents.models.collection import Collection
from documents.models.document import Document


class Version(models.Model):
    """A document as it was, kept when it was changed or deleted.

    ``record`` is the document as a collection folder writes it, with its proposals and its links; ``text`` its archive
    text. ``document_key`` is the key that the document has or had: a deleted one comes back under it. ``made_at`` and
    ``by`` tell when it came to be so and by whom, ``reason`` what replaced it.
    """

    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="versions")
    document_key = models.PositiveBigIntegerField(db_index=True)
    collection = models.ForeignKey(Collection, null=True, on_delete=models.SET_NULL, related_name="+")
    slug = models.CharField("address", max_length=150)
    title = models.CharField(max_length=1000)
    number = models.PositiveIntegerField(help_text="1 for the first version of the document, then 2, and so on.")
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, help_text="Who made it, also when the account is gone.")
    kept_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True, help_text="What ended it, e.g. Edited, Imported, Deleted.")
    record = models.JSONField()
    text = models.TextField(blank=True)
    source = models.BinaryField(null=True, help_text="Empty while the document still has the same source.")
    source_name = models.CharField(max_length=255, blank=True)
    source_format = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["-kept_at", "-id"]
        indexes = [models.Index(fields=["slug"])]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class FormerAddress(models.Model):
    """An address that a document had: it leads to the document for good."""

    slug = models.SlugField("former address", max_length=150, unique=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return self.slug


class FormerNumber(models.Model):
    """A number that a document had in its collection: it leads to the document, unless another has that number now."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="former_numbers")
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "number"], name="former_number_leads_to_one_document"),
        ]

    def __str__(self) -> str:
        return self.number
