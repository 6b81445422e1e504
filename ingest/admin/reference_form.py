"""The form with which editors list a reference, or correct one that the archive found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents.models import Document, Reference
from editions.errors import ReadError
from ingest.listing import NotListed, known_target, places_of, standing_words
from ingest.places import Places

SHOWN = 80


class ReferenceForm(forms.ModelForm):
    """A reference of a document that is chosen; of one that is derived, the words stay as they are."""

    ident = forms.ChoiceField(label="Stands in", help_text="The passage or note that points somewhere.")
    nowhere = forms.BooleanField(
        label="These words point nowhere",
        required=False,
        help_text="Whatever they look like: the archive marks nothing over them.",
    )

    class Meta:
        model = Reference
        fields = ["document", "ident", "words", "target", "title"]
        widgets = {
            "document": forms.HiddenInput(),
            "words": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "title": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = Places({})
        if "nowhere" in self.fields:
            self.initial.setdefault("nowhere", bool(self.instance.pk and not self.instance.target))
        if "target" in self.fields:
            self.fields["target"].help_text = (
                "The identifier of the document meant, e.g. frus1961-63v06/d35, or of a note of it, e.g. "
                "frus1961-63v06/d35#fn2; or the address of its page."
            )
        if "ident" in self.fields and (document := self._document()):
            try:
                self.places = places_of(document)
            except ReadError:
                return  # the text cannot be read: there is nowhere to stand, and the field says so
            self.fields["ident"].choices = [(ident, _shown(ident, text)) for ident, text in self.places.texts.items()]

    def _document(self) -> Document | None:
        chosen = str(self.instance.document_id or self.data.get("document") or self.initial.get("document") or "")
        return Document.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None

    def full_clean(self) -> None:
        """Looks at the reference as one that is listed, which it becomes once it is saved."""
        origin, self.instance.origin = self.instance.origin, Reference.Origin.LISTED.value
        super().full_clean()
        if not self.is_bound or self.errors:
            self.instance.origin = origin

    def clean_target(self) -> str:
        return _target(written) if (written := str(self.cleaned_data["target"])) else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"ident", "words"} <= cleaned.keys():
            try:
                cleaned["words"] = standing_words(cleaned["words"], cleaned["ident"], self.places)
            except NotListed as error:
                self.add_error("words", str(error))
        if "target" in cleaned and bool(cleaned["target"]) == bool(cleaned.get("nowhere")):
            self.add_error("target", "Say which document these words mean, or that they point nowhere: one of the two.")
        return _titled_anew(self, cleaned)


class ListedReferenceForm(forms.ModelForm):
    """A reference among the facts of its document, whose text may be changed at the same time."""

    class Meta:
        model = Reference
        fields = ["ident", "words", "target", "title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "target" in self.fields:
            self.fields["target"].required = True

    def clean_target(self) -> str:
        target = str(self.cleaned_data["target"])
        return _target(target) if "target" in self.changed_data else target

    def clean(self) -> dict[str, Any]:
        return _titled_anew(self, super().clean() or {})


def _titled_anew(form: forms.ModelForm, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Without the title of a target that is no longer meant, unless that was changed too."""
    if form.instance.pk and "target" in form.changed_data and "title" not in form.changed_data:
        return {**cleaned, "title": ""}
    return cleaned


def _target(written: str) -> str:
    try:
        return known_target(written.strip())
    except NotListed as error:
        raise ValidationError(str(error)) from error


def _shown(ident: str, text: str) -> str:
    words = " ".join(text.split())
    return f"{ident}: {words}" if len(words) <= SHOWN else f"{ident}: {words[:SHOWN]}…"
