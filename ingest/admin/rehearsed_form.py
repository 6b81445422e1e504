"""The form with which an editor corrects what was understood of a text: its facts, and the text itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from documents.models import Document, DocumentDate, Participation
from editions.dates import DateError, read_date
from editions.errors import ReadError
from editions.readers.archive_text import parse_archive_text
from ingest.models import RehearsedDocument
from ingest.prepare import revised
from ingest.records import DateRecord, DocumentRecord, PartyRecord
from ingest.rehearse import correct_facts, facts, keep, make_version_of
from ingest.said import party

CHANGED_ELSEWHERE = (
    "Someone else has changed this text since you opened it, so nothing is saved. Copy what you wrote, open it again "
    "and put it there."
)
#: Facts that stand in the form as they are.
PLAIN = ("title", "short_title", "kind", "number", "place", "repository")
ROLES = {"senders": "from", "recipients": "to"}


def _plain_field(name: str, label: str, **more: Any) -> forms.CharField:
    field = Document._meta.get_field(name)
    return forms.CharField(label=label, max_length=field.max_length, help_text=field.help_text, **more)


class RehearsedForm(forms.Form):
    """What is known of a rehearsed text, with its archive text."""

    text = forms.CharField(
        label="Archive text",
        strip=False,
        widget=forms.Textarea(attrs={"class": "archive-text", "spellcheck": "true"}),
    )
    title = _plain_field("title", "Title")
    short_title = _plain_field("short_title", "Short title", required=False)
    kind = forms.ChoiceField(choices=Document.Kind.choices)
    number = _plain_field("number", "Number", required=False)
    senders = forms.CharField(
        label="From",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Names as the document has them, one on each line.",
    )
    recipients = forms.CharField(label="To", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    place = _plain_field("place", "Place", required=False)
    repository = _plain_field("repository", "Repository", required=False)
    slug = forms.CharField(
        label="Address",
        max_length=150,
        help_text=Document._meta.get_field("slug").help_text,
    )
    version_of = forms.CharField(
        label="A new version of",
        required=False,
        widget=forms.TextInput(attrs={"list": "candidates", "autocomplete": "off"}),
        help_text="The address of a document that is in the archive already. Left empty: a new document.",
    )
    anyway = forms.BooleanField(label="Publish although quotations are lost", required=False)

    def __init__(self, item: RehearsedDocument, data: Any = None) -> None:
        record = facts(item)
        super().__init__(data, initial=_initial(item, record))
        self.item, self.record = item, record
        self.fields["version_of"].disabled = not item.source
        for event, label in DocumentDate.Event.choices:
            self.fields[event] = forms.CharField(
                label=label, max_length=100, required=False, help_text="e.g. 7 March 1962; March 1962; circa 1962."
            )
            self.fields[f"{event}_reason"] = forms.CharField(label="How you know", max_length=1000, required=False)

    def dates(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The field of each date, with the one that says how a supplied date is known."""
        return [(self[event], self[f"{event}_reason"]) for event in DocumentDate.Event.values]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            parse_archive_text(text)
            return revised(self.item.document, text) if self.item.document else text
        except ReadError as error:
            raise ValidationError(str(error)) from error

    def clean_slug(self) -> str:
        address = str(self.cleaned_data["slug"]).strip()
        field = Document._meta.get_field("slug")
        try:
            validate_slug(address)
        except ValidationError as error:
            raise ValidationError(field.error_messages["invalid"]) from error
        if Document.objects.filter(slug=address).exclude(pk=self.item.document_id).exists():
            raise ValidationError(field.error_messages["unique"])
        return address

    def clean_version_of(self) -> Document | None:
        address = str(self.cleaned_data["version_of"]).strip()
        if not address:
            return None
        document = Document.objects.filter(slug=address).first()
        if document is None:
            raise ValidationError(f"There is no document with the address “{address}”. Choose one from the list.")
        return document

    def clean_senders(self) -> tuple[str, ...]:
        return _names(self.cleaned_data["senders"])

    def clean_recipients(self) -> tuple[str, ...]:
        return _names(self.cleaned_data["recipients"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.data.get("seen") != self.item.updated_at.isoformat():
            raise ValidationError(CHANGED_ELSEWHERE)
        for event in DocumentDate.Event.values:
            cleaned[event] = self._date(cleaned, event)
        return cleaned

    def _date(self, cleaned: dict[str, Any], event: str) -> DateRecord | None:
        display, reason = cleaned.get(event, ""), cleaned.get(f"{event}_reason", "")
        if not display:
            return None
        try:
            value = read_date(display)
        except DateError as error:
            self.add_error(event, str(error))
            return None
        if value.supplied and not reason:
            self.add_error(f"{event}_reason", "A date in square brackets is supplied by an editor: say how you know.")
        if not value.supplied:
            return DateRecord(display=value.display, reason=reason)
        return DateRecord(display=value.display, supplied="yes", reason=reason)

    def store(self) -> bool:
        """Keeps what the editor wrote; returns whether the text was made a version of another document than before.

        Its facts are worked out anew then, and those in the form do not count.
        """
        cleaned, item = self.cleaned_data, self.item
        item.text = cleaned["text"]
        target = cleaned["version_of"]
        if target != item.document:
            make_version_of(item, target)
            return True
        record = replace(
            self.record,
            id=cleaned["slug"],
            parties=self._parties(),
            **{name: cleaned[name] for name in (*PLAIN, *DocumentDate.Event.values)},
        )
        correct_facts(item, record)
        keep(item)
        return False

    def _parties(self) -> tuple[PartyRecord, ...]:
        known = {(one.role, one.name): one for one in self.record.parties}
        named = [(role, name) for field, role in ROLES.items() for name in self.cleaned_data[field]]
        others = [one for one in self.record.parties if one.role not in ROLES.values()]
        return (*(_identified(known.get(one)) or party(*one) for one in named), *others)


def _identified(one: PartyRecord | None) -> PartyRecord | None:
    return one if one and (one.person or one.organization) else None


def _names(lines: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in lines.splitlines() if name.strip()))
    room = Participation._meta.get_field("name").max_length
    if any(len(name) > room for name in names):
        raise ValidationError(f"A name has at most {room} characters.")
    return names


def _initial(item: RehearsedDocument, record: DocumentRecord) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(record, name) for name in PLAIN}
    values |= {"text": item.text, "slug": record.id, "version_of": item.document.slug if item.document else ""}
    for field, role in ROLES.items():
        values[field] = "\n".join(one.name for one in record.parties if one.role == role)
    for event in DocumentDate.Event.values:
        if date := getattr(record, event):
            values[event] = f"[{date.display}]" if date.supplied else date.display
            values[f"{event}_reason"] = date.reason
    return values
