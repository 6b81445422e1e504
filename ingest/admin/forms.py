"""The form with which editors revise a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin import site
from django.core.exceptions import ValidationError

from documents.models import Document, Letter, Reply
from documents.naming import dated_name
from editions.errors import ReadError
from editions.model import walk
from editions.readers.archive_text import parse_archive_text
from ingest.admin.choosing import SeveralAutocomplete
from ingest.envelopes import envelopes
from ingest.prepare import revised
from ingest.quotations import would_lose
from ingest.rehearse import stamp


class DocumentForm(forms.ModelForm):
    """A document's own fields, its text, and, for correspondence, what it answers."""

    answers = forms.ModelMultipleChoiceField(
        Document.objects,
        required=False,
        widget=SeveralAutocomplete(Reply._meta.get_field("answered"), site),
        help_text="For letters, telegrams, notes and memoranda: the documents that this one answers. What the archive "
        "only guesses stands among the replies.",
        error_messages={"invalid_choice": "A document does not answer itself, nor one that is gone: take that out."},
    )

    class Meta:
        model = Document
        fields = "__all__"
        widgets = {"text": forms.Textarea(attrs={"rows": 30, "class": "archive-text", "spellcheck": "true"})}

    anyway = forms.BooleanField(
        required=False,
        label="Publish although quotations are lost",
        help_text="The archive asks before it publishes a text without words that a proposal or a link quotes.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "text" not in self.fields:
            return  # someone who may only look: Django shows the values and no form
        self.fields["text"].strip = False
        confirmed = Reply.objects.confirmed().filter(letter=self.instance.pk)
        self.initial.setdefault("answers", list(confirmed.values_list("answered", flat=True)))
        self.initial["seen"] = stamp(self.instance)
        self.fields["answers"].queryset = Document.objects.exclude(pk=self.instance.pk)

    def clean_text(self) -> str:
        """Refuses a text that breaks the notation, or that loses a passage on which a proposal stands."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        stored = Document.objects.filter(pk=self.instance.pk).first() or self.instance
        if not text.strip() and (stored.text or "_publish" in self.data):
            raise ValidationError(
                "A document has a text, and this one is empty. Write one; to be rid of the document, delete it."
            )
        try:
            changed = revised(stored, text)
        except ReadError as error:
            raise ValidationError(str(error)) from error
        idents = {block.id for block in walk(parse_archive_text(changed).blocks)}
        proposals = stored.proposals.select_related("first_passage", "last_passage")
        lost = [p.ident for p in proposals if not {p.first_passage.ident, p.last_passage.ident} <= idents]
        if lost:
            raise ValidationError(
                f"Proposals {', '.join(lost)} stand on passages that this text no longer has. "
                "Move these proposals to other passages, or delete them, first."
            )
        return changed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answers") and cleaned.get("kind") not in Letter.KINDS:
            self.add_error("answers", "Only letters, telegrams, notes and memoranda answer a document.")
        elif later := self._later(cleaned.get("answers") or ()):
            self.add_error(
                "answers",
                f"Later than this document, which cannot answer it: {'; '.join(later)}. Take that from the answers; "
                "if a date is wrong, correct and save that first.",
            )
        stored = Document.objects.select_for_update(of=["self"]).filter(pk=self.instance.pk).first()
        if stored and cleaned.get("seen") != stamp(stored):
            raise ValidationError(
                "Someone else has changed this document since you opened it, so nothing is saved. Copy what you "
                "wrote, open the document again and put it there."
            )
        self._ask_about_quotations(stored, cleaned)
        return cleaned

    def _later(self, answered: Iterable[Document]) -> list[str]:
        """The names of those among the answered documents that are later than this one, as their dates are stored."""
        named = {one.pk: dated_name(one) for one in answered}
        known = envelopes([self.instance.pk, *named]) if self.instance.pk and named else {}
        return [name for key, name in named.items() if known and not known[self.instance.pk].is_after(known[key])]

    def _ask_about_quotations(self, stored: Document | None, cleaned: dict[str, Any]) -> None:
        """Refuses, until told to go ahead, to show readers a text that lost quoted words."""
        public = stored and ("_publish" in self.data or (stored.is_published and "_withdraw" not in self.data))
        asked = stored and public and cleaned.get("text") and not cleaned.get("anyway")
        if asked and (lost := would_lose(stored, cleaned["text"])):
            self.add_error("anyway", [*lost, "Nothing is saved yet. Mend the text, or tick this to publish it so."])
