"""Proposals, their topics, and the links that say what became of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from documents.models.document import Document
from documents.models.text import Passage, Quotation

MISQUOTED = "These words do not stand in {}. Copy them exactly, from one passage."


class Topic(models.Model):
    slug = models.SlugField("address", max_length=100, unique=True)
    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True, help_text="What proposals on this topic are about, in one sentence.")
    position = models.PositiveIntegerField(default=0, help_text="The order of rows in the negotiation table.")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class Proposal(models.Model):
    """Something that a document proposes: a span of its passages, or words within the first of them."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposals")
    ident = models.CharField(
        "id",
        max_length=20,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9-]*\Z", "An id is made of letters, digits and hyphens.")],
        help_text="Short and lasting, e.g. K1. Part of the proposal's address.",
    )
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(
        max_length=200, help_text="What is proposed, in a few words, e.g. Joint weather satellites."
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    summary = models.TextField(blank=True, help_text="The proposal in one or two plain sentences of your own.")
    first_passage = models.ForeignKey(Passage, on_delete=models.RESTRICT, related_name="+")
    last_passage = models.ForeignKey(Passage, on_delete=models.RESTRICT, related_name="+")
    words = models.TextField(
        blank=True,
        help_text="When the proposal is only part of its first passage: those words, exactly. Otherwise leave empty.",
    )
    passage_text = models.TextField(
        blank=True, editable=False, help_text="What its passages said when an editor last chose them."
    )
    quotation = models.CharField(
        max_length=10, choices=Quotation.choices, default=Quotation.EXACT, editable=False, db_index=True
    )

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                models.F("document"),
                Lower("ident"),
                name="proposal_id_is_unique_in_its_document",
                violation_error_message="Another proposal of this document has this id.",
            ),
            models.CheckConstraint(
                condition=~models.Q(ident="") & ~models.Q(title=""),
                name="proposal_has_an_id_and_a_title",
                violation_error_message="A proposal needs an id and a title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ident} {self.title}"

    @property
    def key(self) -> str:
        """Names the proposal in the whole archive: ``<document address>/<id>``."""
        return f"{self.document.slug}/{self.ident}"

    @property
    def anchor(self) -> str:
        """The id that the words of the proposal have on the page of its document."""
        return f"proposal-{self.ident.lower()}"

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.document.slug, self.ident.lower()])

    def has_words(self, words: str) -> bool:
        """Tells whether words stand, as they are, in one of the proposal's passages."""
        passages = self.document.passages.filter(
            position__gte=self.first_passage.position, position__lte=self.last_passage.position
        )
        return any(words in text for text in passages.values_list("text", flat=True))

    def clean(self) -> None:
        if not (self.first_passage_id and self.last_passage_id):
            return
        passages = [self.first_passage, self.last_passage]
        if any(passage.document_id != self.document_id for passage in passages):
            raise ValidationError("A proposal lies within its own document: choose passages of that document.")
        if self.first_passage.position > self.last_passage.position:
            raise ValidationError("The first passage of a proposal stands before its last.")
        if self.words and self.words not in self.first_passage.text:
            raise ValidationError({"words": f"These words do not stand in passage {self.first_passage.ident}."})


class Link(models.Model):
    """A later proposal (or a document as a whole) does something with an earlier proposal.

    Read it as: ``answer`` (or ``answering_document``) ``relation`` ``answered``. The quoted words stand in one passage
    each; ``answer_ident`` and ``answered_ident`` say in which, and are derived when the words are placed first.
    """

    class Relation(models.TextChoices):
        ACCEPTS = "accepts", "accepts"
        RECASTS = "recasts", "recasts"
        TAKES_UP = "takes-up", "takes up"
        EXTENDS = "extends", "extends"
        DEFERS = "defers", "defers"
        DECLINES = "declines", "declines"
        CARRIES_OUT = "carries-out", "carries out"

    answer = models.ForeignKey(
        Proposal,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="links_out",
        help_text="The later proposal. Leave empty when a whole document answers.",
    )
    answering_document = models.ForeignKey(
        Document,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="links_out",
        help_text="The document that answers as a whole. Leave empty when one proposal of it answers.",
    )
    relation = models.CharField(max_length=20, choices=Relation.choices)
    answered = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="links_in", help_text="The earlier proposal."
    )
    answer_words = models.TextField("words of the answer", help_text="Exactly as they stand in the later document.")
    answered_words = models.TextField("words answered", help_text="Exactly as they stand in the earlier document.")
    answer_ident = models.CharField(max_length=60, blank=True, editable=False)
    answered_ident = models.CharField(max_length=60, blank=True, editable=False)
    answer_quotation = models.CharField(
        max_length=10, choices=Quotation.choices, default=Quotation.EXACT, editable=False, db_index=True
    )
    answered_quotation = models.CharField(
        max_length=10, choices=Quotation.choices, default=Quotation.EXACT, editable=False, db_index=True
    )
    note = models.TextField(blank=True, help_text="Where you had to judge: why you read it so.")

    class Meta:
        ordering = ["answered", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) ^ models.Q(answering_document__isnull=True),
                name="link_starts_from_a_proposal_or_a_document",
                violation_error_message="A link starts from a proposal or a whole document: choose one of the two.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True) | ~models.Q(answer=models.F("answered")),
                name="link_joins_two_different_proposals",
                violation_error_message="A proposal cannot answer itself.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=["accepts", "recasts", "takes-up", "extends", "defers", "declines", "carries-out"]
                ),
                name="link_relation_is_known",
                violation_error_message="A relation is one of: accepts, recasts, takes up, extends, defers, declines, "
                "carries out.",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer_words="") & ~models.Q(answered_words=""),
                name="link_quotes_both_sides",
                violation_error_message="A link quotes both sides: the words of the answer and the words answered.",
            ),
            models.UniqueConstraint(
                fields=["answer", "answered"],
                name="two_proposals_are_linked_once",
                violation_error_message="These two proposals are linked already.",
            ),
            models.UniqueConstraint(
                fields=["answering_document", "answered"],
                name="document_and_proposal_are_linked_once",
                violation_error_message="This document and this proposal are linked already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer or self.answering_document} {self.get_relation_display()} {self.answered}"

    @property
    def later_document(self) -> Document:
        """The document that answers."""
        document = self.answering_document or (self.answer and self.answer.document)
        assert document is not None, "the database holds a link to one of the two"
        return document

    @property
    def answer_place(self) -> str:
        """The passage in which the words of the answer stand, empty where they have moved or are lost."""
        return self.answer_ident if self.answer_quotation == Quotation.EXACT else ""

    @property
    def anchor(self) -> str:
        """The id of the quoted words on both pages, followed there by ``-answer`` or ``-answered``."""
        start = self.answer.ident.lower() if self.answer else self.later_document.slug
        return f"link-{start}-{self.answered.ident.lower()}"

    def clean(self) -> None:
        """Refuses words that do not stand where the link says, and an answer written before what it answers."""
        self._refuse_backwards()
        errors = {}
        where = self.answer or self.answering_document
        if where is not None and not where.has_words(self.answer_words):
            errors["answer_words"] = MISQUOTED.format(where)
        if self.answered_id and not self.answered.has_words(self.answered_words):
            errors["answered_words"] = MISQUOTED.format(self.answered)
        if errors:
            raise ValidationError(errors)

    def _refuse_backwards(self) -> None:
        if not self.answered_id or not (self.answer_id or self.answering_document_id):
            return
        later, earlier = self.later_document.written, self.answered.document.written
        if later and earlier and later.latest < earlier.earliest:
            raise ValidationError(
                f"{self.later_document} ({later}) was written before {self.answered.document} ({earlier}): "
                "an answer cannot come before what it answers. Exchange the two sides."
            )
