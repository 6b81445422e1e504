"""The form in which a teacher says to which class a reading goes, when, and how it is marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from classroom.marks import MarkError, read_scale
from classroom.models import Assignment

FORMAT = "%Y-%m-%dT%H:%M"
#: No class is due later than so long from now: the day on which it is deleted has to be one of the calendar.
LATEST = timedelta(days=100 * 365)


class Moment(forms.DateTimeInput):
    """A field for a day and a time, in UTC; ``times.js`` turns it into the reader's own time and back."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"data-moment": ""}, format=FORMAT)

    def format_value(self, value: object) -> str | None:
        if isinstance(value, str):
            try:
                value = parse_datetime(value) or ""
            except ValueError:
                value = ""
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = value.astimezone(UTC)
        return super().format_value(value)


class ClassForm(forms.ModelForm):
    """A class: its name, its dates, and the marks."""

    class Meta:
        model = Assignment
        fields = ["class_name", "opens_at", "due_at", "takes_late_work", "scale"]
        field_classes = {"opens_at": forms.DateTimeField, "due_at": forms.DateTimeField}
        widgets = {"opens_at": Moment, "due_at": Moment}
        labels = {"class_name": "Class", "opens_at": "Opens", "due_at": "Due", "scale": "Marks"}
        help_texts = {
            "opens_at": "Left empty: at once.",
            "due_at": "Left empty: there is no hurry.",
            "takes_late_work": "Students may still answer and hand in after it was due.",
            "scale": "Leave empty for no marks; a number such as 20 for points up to it; or the marks that there are, "
            "separated by commas, e.g. A, B, C, D. Each answer can have a mark, and the work as a whole.",
        }

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, label_suffix="", **values)
        self.fields["opens_at"].required = False
        self.fields["opens_at"].show_hidden_initial = False
        self.fields["class_name"].widget.attrs["autocomplete"] = "off"
        if self.instance.pk is None:
            self.initial["opens_at"] = None

    def clean_opens_at(self) -> datetime:
        return self.cleaned_data["opens_at"] or timezone.now()

    def clean_due_at(self) -> datetime | None:
        due: datetime | None = self.cleaned_data["due_at"]
        if due and due > timezone.now() + LATEST:
            raise forms.ValidationError("It is due too late: choose an earlier day, or leave it empty.")
        return due

    def clean_scale(self) -> str:
        typed = ", ".join(filter(None, (part.strip() for part in self.cleaned_data["scale"].split(","))))
        try:
            read_scale(typed)
        except MarkError as error:
            raise forms.ValidationError(str(error)) from error
        return typed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, due = given.get("opens_at"), given.get("due_at")
        if opens and due and due <= opens:
            self.add_error("due_at", "It is due before it opens: choose a later time, or leave it empty.")
        return given
