"""The form with which editors add and revise a witness: another document, or a text pasted or uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents.models import Document, Witness
from editions.errors import ReadError
from editions.readers.archive_text import parse_archive_text
from editions.readers.sources import FORMATS, LARGEST_SOURCE, SUFFIXES, read_source, recognise
from editions.writers.archive_text import write_archive_text
from ingest.witnesses import free_siglum

CHOOSE_ONE = "A witness is one of these: another document of the archive, a text that you paste, or a file. Give one."
MEGABYTE = 2**20


class WitnessForm(forms.ModelForm):
    """A witness; ``text`` can be corrected once there is one, and pasting or uploading again replaces it."""

    pasted = forms.CharField(
        label="or paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "archive-text", "spellcheck": "false"}),
        help_text="The whole text as you copied it. It is kept exactly as you paste it.",
    )
    file = forms.FileField(label="or choose a file", required=False)

    class Meta:
        model = Witness
        fields = [
            "document",
            "siglum",
            "title",
            "other",
            "text",
            "publication",
            "publication_url",
            "repository",
            "note",
            "position",
        ]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 20, "class": "archive-text", "spellcheck": "true"}),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in ("publication", "note")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "other" not in self.fields:
            return  # someone who may only look: Django shows the values and no form
        titles = ", ".join(format.title for format in FORMATS.values())
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)
        self.fields["file"].help_text = f"{titles[:1].upper()}{titles[1:]}; at most {LARGEST_SOURCE // MEGABYTE} MB."
        self.fields["other"].label = "Document of the archive"
        self.fields["other"].help_text = "When this text is a document of its own in the archive."
        if "text" in self.fields:
            self.fields["text"].strip = False
            self.fields["text"].help_text = "Made from what you pasted or uploaded. All marks: docs/archive-text.md."
        if chosen := Document.objects.filter(pk=self.initial.get("document") or None).first():
            self.initial.setdefault("siglum", free_siglum(chosen))
            self.initial.setdefault("position", chosen.witnesses.count() + 1)

    def clean_siglum(self) -> str:
        siglum, document = str(self.cleaned_data["siglum"]), self.cleaned_data.get("document")
        others = Witness.objects.filter(document=document, siglum__iexact=siglum).exclude(pk=self.instance.pk)
        if document and others.exists():
            raise ValidationError("Another witness of this document has this siglum.")
        return siglum

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            return write_archive_text(parse_archive_text(text), front_matter=False) if text.strip() else ""
        except ReadError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Takes one of the three sources, and makes the text from what is pasted or uploaded."""
        cleaned = super().clean() or {}
        pasted, file = str(cleaned.get("pasted") or ""), cleaned.get("file")
        given = [bool(cleaned.get("other")), bool(pasted.strip()), bool(file)]
        kept = bool(self.instance.text) and not any(given)
        if "other" in cleaned and sum(given) != 1 and not kept:
            raise ValidationError(CHOOSE_ONE)
        if "text" in cleaned and kept and not cleaned["text"].strip():
            self.add_error("text", "The text is empty. Write one; to be rid of the witness, delete it.")
        if file:
            self._read(file.read(), file.name or "", "file")
        elif pasted.strip():
            self._read(pasted.replace("\r\n", "\n").encode(), "", "pasted")
        return cleaned

    def _read(self, source: bytes, name: str, field: str) -> None:
        try:
            format = recognise(source, name)
            edition = read_source(source, format).edition
        except ReadError as error:
            self.add_error(field, str(error))
            return
        self.instance.source, self.instance.source_name, self.instance.source_format = source, name[:255], format
        self.cleaned_data["text"] = write_archive_text(edition, front_matter=False)

    def _post_clean(self) -> None:
        super()._post_clean()
        if "text" in self.cleaned_data:
            self.instance.text = "" if self.cleaned_data.get("other") else self.cleaned_data["text"]
        if self.cleaned_data.get("other"):
            self.instance.source, self.instance.source_name, self.instance.source_format = b"", "", ""
