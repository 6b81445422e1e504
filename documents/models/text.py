"""What is derived from a document's text on store: passages, footnotes, corrections, references. Never edited here."""

from __future__ import annotations

from django.db import models

from documents.models.document import Document
from documents.models.wording import DESIGNATION, FIRST_PASSAGES, Bare


class Quotation(models.TextChoices):
    """How words that were quoted stand in the text now. Derived on store; never mended without an editor."""

    EXACT = "exact", "Exact"  # where the quotation says
    MOVED = "moved", "Moved"  # the same words stand in another place only
    LOST = "lost", "Lost"  # nowhere in the text


class Passage(models.Model):
    """A block of text with an address of its own: ``/documents/<slug>/#<ident>``.

    ``text`` is the reading text without the printed label; ``html`` is what the page shows, safe as it is.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    ident = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField(null=True, help_text="For body passages: the number shown in the margin.")
    depth = models.PositiveSmallIntegerField(default=0, help_text="1 for what continues an item or fills a heading.")
    text = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["document", "position"]
        indexes = [
            models.Index(
                Bare("text"),
                name="passage_designation",
                condition=models.Q(position__lte=FIRST_PASSAGES, text__regex=DESIGNATION),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "ident"], name="passage_address_is_unique_in_its_document"),
            models.UniqueConstraint(
                fields=["document", "position"],
                name="passage_has_its_own_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.slug}#{self.ident}"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.ident}"


class Footnote(models.Model):
    """A note, and where its marker stands: ``offset`` characters into the text of ``passage``."""

    class Kind(models.TextChoices):
        SOURCE = "source", "Source note"
        EDITORIAL = "editorial", "Editor's note"
        AUTHORIAL = "authorial", "Author's note"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="footnotes")
    passage = models.ForeignKey(
        Passage,
        null=True,
        on_delete=models.SET_NULL,
        related_name="footnotes",
        help_text="Empty when nothing calls it.",
    )
    offset = models.PositiveIntegerField(default=0)
    ident = models.CharField(max_length=60)
    label = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.EDITORIAL)
    position = models.PositiveIntegerField()
    text = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "ident"], name="note_address_is_unique_in_its_document"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["source", "editorial", "authorial"]),
                name="note_is_a_source_note_an_editors_or_an_authors",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.slug}#{self.ident}"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.ident}"


class Correction(models.Model):
    """A slip of the printed text that an editor put right. Written in the archive text, listed here."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="corrections")
    ident = models.CharField(max_length=60, help_text="The passage or note it stands in.")
    position = models.PositiveIntegerField()
    printed = models.TextField()
    corrected = models.TextField(blank=True)
    reason = models.TextField()

    class Meta:
        ordering = ["document", "position"]

    def __str__(self) -> str:
        return f"{self.printed} → {self.corrected}"


class Reference(models.Model):
    """Words of a document or note that point at another document, by its canonical identifier.

    ``resolved`` is that document once the archive has it; until then the reference is wanted. What is marked in the
    text and what is found in its words is derived; what an editor lists comes before both, and without a target it
    says that the words point nowhere.
    """

    class Origin(models.TextChoices):
        LISTED = "listed", "Listed by an editor"
        MARKED = "marked", "Marked in the text"
        FOUND = "found", "Found in the words"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="references")
    ident = models.CharField("stands in", max_length=60, help_text="The passage or note, e.g. p3 or fn2.")
    words = models.CharField(max_length=500, help_text="The words of the document that point there, exactly.")
    target = models.CharField(
        max_length=200,
        blank=True,
        db_index=True,
        help_text="The identifier of the document meant, e.g. frus1961-63v06/d35, or of a note of it, e.g. "
        "frus1961-63v06/d35#fn2. Empty: these words point nowhere, whatever they look like.",
    )
    title = models.CharField(max_length=300, blank=True, help_text="What is meant, in plain words, while it is wanted.")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.LISTED, editable=False)
    sentence = models.TextField(blank=True, editable=False, help_text="The sentence that points there.")
    quotation = models.CharField(
        max_length=10, choices=Quotation.choices, default=Quotation.EXACT, editable=False, db_index=True
    )
    resolved = models.ForeignKey(
        Document, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="cited_by"
    )

    class Meta:
        ordering = ["document", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ident", "words", "target"],
                condition=models.Q(origin="listed"),
                name="reference_is_listed_once",
                violation_error_message="This reference is listed already.",
            ),
            models.UniqueConstraint(
                fields=["document", "ident", "words", "target"],
                condition=~models.Q(origin="listed"),
                name="reference_is_derived_once",
            ),
            models.CheckConstraint(
                condition=models.Q(origin__in=["listed", "marked", "found"]),
                name="reference_is_listed_marked_or_found",
            ),
            models.CheckConstraint(
                condition=~models.Q(target="") | models.Q(origin="listed"),
                name="only_an_editor_says_that_words_point_nowhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.target or 'nowhere'}"


class Designation(models.Model):
    """What a document may be called in the words of others, read from its own title and first words.

    ``value`` is a canonical identifier ("nsam-129", "telegram-1940-1962-02-21"); several documents may have one.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="designations")
    value = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ["document", "value"]
        constraints = [
            models.UniqueConstraint(fields=["document", "value"], name="designation_is_listed_once"),
        ]

    def __str__(self) -> str:
        return self.value
