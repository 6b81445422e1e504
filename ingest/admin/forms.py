"""The forms with which editors add and revise documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents.models import Collection, Document, Letter
from editions.errors import ReadError
from editions.model import walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import read_source, recognise
from ingest.drafts import revised
from ingest.quotations import would_lose

LARGEST_UPLOAD = 5 * 1024 * 1024


class PasteForm(forms.Form):
    """A text to make a draft of: pasted, or uploaded as a file."""

    collection = forms.ModelChoiceField(Collection.objects, help_text="Where the document belongs.")
    pasted = forms.CharField(
        label="Paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "archive-text", "spellcheck": "false"}),
        help_text=(
            "The whole document as you copied it: title, dates, text, footnotes. Footnote numbers may be stuck to "
            "words. It is kept exactly as you paste it."
        ),
    )
    upload = forms.FileField(
        label="or choose a file",
        required=False,
        help_text="Plain text (.txt) or archive text (.md), UTF-8, at most 5 MB.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pasted, upload = cleaned.get("pasted"), cleaned.get("upload")
        if bool(pasted and pasted.strip()) == bool(upload):
            raise ValidationError("Paste a text or choose a file: one of the two.")
        if upload and upload.size > LARGEST_UPLOAD:
            raise ValidationError({"upload": "This file is larger than 5 MB. Split it into documents."})
        source = upload.read() if upload else pasted.replace("\r\n", "\n").encode()  # browsers send CRLF
        name = upload.name if upload else ""
        try:
            format = recognise(source, name) if upload else "text"
            read_source(source, format)
        except ReadError as error:
            raise ValidationError({"upload" if upload else "pasted": str(error)}) from error
        return {**cleaned, "source": source, "name": name, "format": format}


class DocumentForm(forms.ModelForm):
    """A document's own fields, its text, and, for correspondence, what it answers."""

    answers = forms.ModelChoiceField(
        Document.objects,
        required=False,
        help_text="For letters, telegrams, notes and memoranda: the document that this one answers.",
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
        letter = Letter.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        self.initial.setdefault("answers", letter.answers_id if letter else None)
        self.initial["seen"] = _stamp(self.instance)
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
        stored = Document.objects.filter(pk=self.instance.pk).first()
        if stored and cleaned.get("seen") != _stamp(stored):
            raise ValidationError(
                "Someone else has changed this document since you opened it, so nothing is saved. Copy what you "
                "wrote, open the document again and put it there."
            )
        self._ask_about_quotations(stored, cleaned)
        return cleaned

    def _ask_about_quotations(self, stored: Document | None, cleaned: dict[str, Any]) -> None:
        """Refuses, until told to go ahead, to show readers a text that lost quoted words."""
        public = stored and ("_publish" in self.data or (stored.is_published and "_withdraw" not in self.data))
        asked = stored and public and cleaned.get("text") and not cleaned.get("anyway")
        if asked and (lost := would_lose(stored, cleaned["text"])):
            self.add_error("anyway", [*lost, "Nothing is saved yet. Mend the text, or tick this to publish it so."])


def _stamp(document: Document) -> str:
    """Tells one state of a document from another."""
    return document.updated_at.isoformat() if document.updated_at else ""
