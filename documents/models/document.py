"""A document, its dates and its names elsewhere; a letter, which answers and is answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from documents.models.collection import Collection
from documents.models.wording import Fingerprint, Numbers
from editions.dates import DateError, HistoricalDate, read_date


class DocumentQuerySet(models.QuerySet["Document"]):
    def published(self) -> DocumentQuerySet:
        """The documents that the public may see. Every public page, feed, index and count starts here."""
        return self.filter(status=Document.Status.PUBLISHED)


class Document(models.Model):
    """One document: what an editor knows of it, the source byte for byte, and the text made from it.

    ``text`` is the document in archive text, from which passages and notes are derived on store;
    ``source`` is what was pasted or uploaded and never changes.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", "Letter"
        MEMORANDUM = "memorandum", "Memorandum"
        TELEGRAM = "telegram", "Telegram"
        REPORT = "report", "Report"
        MINUTES = "minutes", "Minutes"
        CONVERSATION = "conversation", "Memorandum of conversation"
        NOTE = "note", "Note"
        SPEECH = "speech", "Speech or statement"
        TREATY = "treaty", "Agreement or treaty"
        EDITORIAL_NOTE = "editorial-note", "Editorial note"
        OTHER = "other", "Document"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    class Side(models.TextChoices):
        NONE = "", "None"
        FIRST = "first", "First"
        SECOND = "second", "Second"

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="documents")
    division = models.ForeignKey(
        "documents.Division",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="documents",
        help_text="The chapter of the volume that it stands in.",
    )
    slug = models.SlugField(
        "address",
        max_length=150,
        unique=True,
        error_messages={
            "invalid": "Use letters, digits and hyphens only, e.g. kennedy-1962-03-07.",
            "unique": "Another document has this address. Choose a different one.",
        },
        help_text="The last part of the web address, e.g. kennedy-1962-03-07. Lasting: readers cite it.",
    )
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.OTHER)
    number = models.CharField(
        max_length=30, blank=True, help_text="The number it has in its printed edition, e.g. 388."
    )
    title = models.CharField(max_length=1000, help_text="The title as the printed edition gives it.")
    short_title = models.CharField(
        max_length=120,
        blank=True,
        help_text="What readers call it, e.g. Kennedy to Khrushchev, 7 March 1962. Used in headings, links and lists.",
    )
    abstract = models.TextField(blank=True, help_text="What it says, in one or two plain sentences.")
    side = models.CharField(
        max_length=10,
        blank=True,
        choices=Side.choices,
        default=Side.NONE,
        help_text="Which side of the exchange it comes from; sets its color and its place in the exchange map.",
    )
    place = models.CharField(max_length=200, blank=True, help_text="Where it was written, as the document has it.")
    classification = models.CharField(
        max_length=200, blank=True, help_text="e.g. Secret; or No classification marking."
    )
    publication = models.TextField(
        blank=True, help_text="The printed or online edition that this text follows, as a citation gives it."
    )
    publication_url = models.URLField("address of that edition", blank=True)
    repository = models.CharField(max_length=500, blank=True, help_text="The archive, series and box of the original.")
    position = models.PositiveIntegerField(default=0, help_text="Its place within the collection.")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    source = models.BinaryField(editable=False, default=bytes)
    source_name = models.CharField(max_length=255, blank=True, editable=False)
    source_format = models.CharField(max_length=30, blank=True, editable=False)
    text = models.TextField(
        "archive text",
        blank=True,
        help_text="The page readers see is made from this. A note is called by [^1] and stands at the end after [^1]:, "
        "a page begins with {page 888}, a slip is put right by {~~printed~>corrected~~}{>>why<<}. "
        "All marks: docs/archive-text.md.",
    )
    edited_here = models.BooleanField(
        default=False, editable=False, help_text="An editor changed it here: an import does not write over it."
    )
    import_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of what was imported last, to tell what is new."
    )
    reading_text = models.TextField(blank=True, editable=False)
    sort_date = models.DateField(null=True, blank=True, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    changed_by_name = models.CharField(max_length=150, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "position", "sort_date", "slug"]
        permissions = [("publish_document", "Can publish and withdraw documents")]
        indexes = [
            models.Index(fields=["number", "collection"], name="document_number"),
            models.Index(Fingerprint("title"), name="document_title"),
            models.Index(Fingerprint("short_title"), name="document_short_title", condition=~models.Q(short_title="")),
            GinIndex(Numbers("title", "short_title"), name="document_title_numbers"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "published"]),
                name="document_is_draft_or_published",
                violation_error_message="A document is either a draft or published.",
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=["", "first", "second"]),
                name="document_side_is_first_second_or_none",
                violation_error_message="A document comes from the first side, the second side or none.",
            ),
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="document_has_a_title",
                violation_error_message="A document needs a title.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the reading room calls the document."""
        return self.short_title or self.title

    @property
    def written(self) -> DocumentDate | None:
        """When it was written, as far as anyone knows."""
        return next((date for date in self.dates.all() if date.event == DocumentDate.Event.WRITTEN), None)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def has_words(self, words: str) -> bool:
        """Tells whether words stand, as they are, in one of the document's passages."""
        return any(words in text for text in self.passages.values_list("text", flat=True))

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.slug])


class Letter(Document):
    """A document that one party sent to another, and so one that can answer another."""

    KINDS = frozenset({Document.Kind.LETTER, Document.Kind.TELEGRAM, Document.Kind.NOTE, Document.Kind.MEMORANDUM})

    objects = DocumentQuerySet.as_manager()


class DocumentDate(models.Model):
    """When something happened to a document: as displayed, and as two days to sort and filter by."""

    class Event(models.TextChoices):
        WRITTEN = "written", "Written"
        RECEIVED = "received", "Received"
        RELEASED = "released", "Released"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="dates")
    event = models.CharField(max_length=10, choices=Event.choices, default=Event.WRITTEN)
    display = models.CharField(
        max_length=100,
        help_text="e.g. 7 March 1962; March 1962; 21-23 February 1962; circa 1962. Shown as you write it.",
    )
    earliest = models.DateField(editable=False)
    latest = models.DateField(editable=False)
    supplied = models.BooleanField(
        "supplied by an editor",
        default=False,
        help_text="The document does not say so itself. Shown in square brackets.",
    )
    reason = models.TextField(blank=True, help_text="For a supplied date: how you know.")

    class Meta:
        ordering = ["document", "earliest"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "event"],
                name="document_has_one_date_of_each_kind",
                violation_error_message="A document has one date of each kind: written, received, released.",
            ),
            models.CheckConstraint(
                condition=models.Q(earliest__lte=models.F("latest")),
                name="date_begins_before_it_ends",
                violation_error_message="A date cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=models.Q(supplied=False) | ~models.Q(reason=""),
                name="supplied_date_says_why",
                violation_error_message="A date that an editor supplies needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.display}]" if self.supplied else self.display

    @property
    def value(self) -> HistoricalDate:
        return HistoricalDate(self.display, self.earliest, self.latest, self.supplied)

    def clean(self) -> None:
        """Works out the sortable days from the display text; refuses one that is not a date.

        Square brackets around the display text say that the date is supplied.
        """
        try:
            value = read_date(self.display)
        except DateError as error:
            raise ValidationError({"display": str(error)}) from error
        self.display, self.earliest, self.latest = value.display, value.earliest, value.latest
        self.supplied = self.supplied or value.supplied


class Identifier(models.Model):
    """A name by which other documents cite this one ("frus1961-63v25/d388")."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="identifiers")
    value = models.CharField(
        max_length=200,
        unique=True,
        help_text="e.g. frus1961-63v25/d388. References to it become links to this document.",
    )

    class Meta:
        ordering = ["document", "value"]

    def __str__(self) -> str:
        return self.value
