"""What the archive remembers of work on its texts: imports, texts rehearsed before they are stored, suggestions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from documents.models import Collection, Document


class Outcome(models.TextChoices):
    CREATED = "created", "Created"
    UPDATED = "updated", "Updated"
    UNCHANGED = "unchanged", "Unchanged"
    REFUSED = "refused", "Refused"


class ImportRun(models.Model):
    """One run of an import: who, when, from where, and what came of it."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped before its end"

    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    origin = models.TextField(help_text="The files and folders that were named, one on each line.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"Import of {self.started_at:%-d %B %Y, %H:%M}"


class ImportedFile(models.Model):
    """A file or folder that a run read: its SHA-256 checksum, and how many documents of it came out how."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    name = models.TextField()
    checksum = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    remarks = models.TextField(blank=True, help_text="What an editor should know, one remark on each line.")

    class Meta:
        ordering = ["run", "id"]

    def __str__(self) -> str:
        return self.name


class ImportedDocument(models.Model):
    """What became of one document in a run; those that were unchanged are only counted."""

    file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    slug = models.CharField("address", max_length=150)
    checksum = models.CharField("SHA-256", max_length=64, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    line = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True, help_text="Why it was refused, or what to look at.")

    class Meta:
        ordering = ["file", "id"]

    def __str__(self) -> str:
        return f"{self.slug}: {self.get_outcome_display()}"


class Rehearsal(models.Model):
    """Texts that an editor brought in together and looks at before any of them is stored as a document."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"Rehearsal of {self.started_at:%-d %B %Y, %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("admin:ingest_rehearsal_change", args=[self.pk])


class RehearsedDocument(models.Model):
    """One text of a rehearsal: its source, what was understood of it, and the document that it would change.

    ``record`` is what is known of it, as a collection folder writes a document; ``text`` its archive text, which the
    editor may correct. ``base`` tells in which state the document was when the rehearsal began.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        PUBLISHED = "published", "Published"
        DRAFTED = "drafted", "Kept as a draft"
        DROPPED = "dropped", "Dropped"
        REFUSED = "refused", "Refused"

    rehearsal = models.ForeignKey(Rehearsal, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=255, blank=True, help_text="The name of the file; empty for a pasted text.")
    source = models.BinaryField(default=bytes)
    source_format = models.CharField(max_length=30, blank=True)
    checksum = models.CharField("SHA-256", max_length=64, blank=True)
    record = models.JSONField(default=dict)
    remarks = models.JSONField(default=list, help_text="What its reader was not sure of: line, message, confidence.")
    text = models.TextField("archive text", blank=True)
    changes = models.JSONField(
        default=dict, help_text="What storing it would change in the document: how many passages, and which facts."
    )
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="rehearsals")
    base = models.CharField(max_length=40, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    line = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True, help_text="Why it was refused.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["rehearsal", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "position"], name="rehearsed_document_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return str(self.record.get("title") or self.name or "Pasted text")

    def get_absolute_url(self) -> str:
        return reverse("admin:ingest_rehearseddocument_change", args=[self.pk])


class SuggestedCollection(models.Model):
    """What the suggested links of a collection were last made from: ``digest`` tells whether they still hold."""

    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"Suggestions for {self.collection}"
