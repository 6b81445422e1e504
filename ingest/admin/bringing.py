"""The form with which editors bring texts in: pasted, or as files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify

from documents.models import Collection, Identifier
from editions.readers.sources import FORMATS, LARGEST_SOURCE, SUFFIXES
from ingest.models import Rehearsal
from ingest.rehearse import Brought

MOST_FILES = 300
MEGABYTE = 2**20
MOST_BYTES = 100 * MEGABYTE
CHOOSE_ONE = "Paste a text or choose files: one of the two."


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """One file or many."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [one for one in data or [] if one]


class BringForm(forms.Form):
    """Texts to rehearse, and the collection that they belong to."""

    collection = forms.ModelChoiceField(Collection.objects, help_text="Where the documents belong.")
    new_collection = forms.CharField(
        label="Title of the collection",
        max_length=100,
        help_text="Documents belong to a collection, and this archive has none yet. What brings yours together?",
    )
    pasted = forms.CharField(
        label="Paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "archive-text", "spellcheck": "false"}),
        help_text=(
            "The whole document as you copied it: title, dates, text, footnotes. Footnote numbers may be stuck to "
            "words. It is kept exactly as you paste it."
        ),
    )
    files = ManyFiles(label="or choose files, one or many", required=False)
    identifier = forms.CharField(
        label="Cited as",
        required=False,
        max_length=200,
        help_text="Other documents cite it by this identifier: once it is published, they lead to it.",
    )

    def __init__(self, data: Any = None, files: Any = None, *, user: Any, identifier: str = "") -> None:
        super().__init__(data, files, initial={"identifier": identifier})
        self.user = user
        if not identifier and not (data or {}).get("identifier"):
            del self.fields["identifier"]
        if Collection.objects.exists() or not user.has_perm("documents.add_collection"):
            del self.fields["new_collection"]
            self.initial["collection"] = _last_used(user)
        else:
            del self.fields["collection"]
        titles = ", ".join(f"{format.title} ({' '.join(format.suffixes)})" for format in FORMATS.values())
        self.fields["files"].widget.attrs["accept"] = ",".join(SUFFIXES)
        self.fields["files"].help_text = (
            f"You can drop them here. {titles[:1].upper()}{titles[1:]}; each at most {LARGEST_SOURCE // MEGABYTE} MB, "
            f"together at most {MOST_FILES} files and {MOST_BYTES // MEGABYTE} MB."
        )

    def clean_new_collection(self) -> str:
        title = str(self.cleaned_data["new_collection"])
        if not slugify(title):
            raise ValidationError("A title has letters or digits: its web address is made of them.")
        return title

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        whole = sum(one.size or 0 for one in files)
        if len(files) > MOST_FILES or whole > MOST_BYTES:
            raise ValidationError(
                f"These are {len(files)} files with {whole / MEGABYTE:.0f} MB; at most {MOST_FILES} files with "
                f"{MOST_BYTES // MEGABYTE} MB come in at once. Bring them in parts, or have whoever looks after the "
                "archive load them with import_documents."
            )
        return files

    def clean_identifier(self) -> str:
        identifier = str(self.cleaned_data["identifier"])
        if taken := Identifier.objects.filter(value=identifier).select_related("document").first():
            raise ValidationError(
                f"“{taken.document}” has this identifier already. Leave it empty for another document."
            )
        return identifier

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("identifier") and len(cleaned.get("files") or ()) > 1:
            self.add_error("identifier", "One document is cited so, and these are several. Bring it alone.")
        if "pasted" in cleaned and "files" in cleaned and bool(cleaned["pasted"].strip()) == bool(cleaned["files"]):
            raise ValidationError(CHOOSE_ONE)
        return cleaned

    def brought(self) -> list[Brought]:
        """The texts, byte for byte, apart from line ends of pasted ones, which browsers send as CRLF."""
        identifier = self.cleaned_data.get("identifier", "")
        if files := self.cleaned_data["files"]:
            return [Brought(one.read(), one.name or "", identifier) for one in files]
        return [Brought(self.cleaned_data["pasted"].replace("\r\n", "\n").encode(), identifier=identifier)]

    def target(self) -> Collection:
        """The collection that was chosen, or a new one with the title that was given."""
        if title := self.cleaned_data.get("new_collection"):
            return Collection.objects.create(title=title, slug=slugify(title))
        collection: Collection = self.cleaned_data["collection"]
        return collection


def _last_used(user: Any) -> Collection | None:
    """The collection into which this editor brought texts last, or else the first there is."""
    last = Rehearsal.objects.filter(by=user).select_related("collection").first()
    return last.collection if last else Collection.objects.first()
