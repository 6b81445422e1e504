"""What the admin of a document lists below it: dates, identifiers, people and organizations, references."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, Textarea
from django.http import HttpRequest

from documents.models import DocumentDate, Identifier, Participation, Reference
from ingest.admin.choosing import NamedAutocompletes
from ingest.admin.reference_form import ListedReferenceForm

SHORT = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 50})}}


class LabelledRows(BaseInlineFormSet):
    """Rows whose boxes for deleting say so to those who listen."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            name = "Delete" if index is None else f"Delete {form.instance}"
            form.fields["DELETE"].widget.attrs["aria-label"] = name


class LabelledInline(NamedAutocompletes, admin.TabularInline):
    """A table whose fields say their names to those who listen; Django names the columns only."""

    formset = LabelledRows
    template = "admin/documents/document/_rows.html"

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or db_field.verbose_name).capitalize()
        return field


class DateInline(LabelledInline):
    model = DocumentDate
    formfield_overrides = SHORT
    verbose_name = "date"
    fields = ["event", "display", "supplied", "reason"]
    extra = 0


class IdentifierInline(LabelledInline):
    model = Identifier
    extra = 0


class ParticipationInline(LabelledInline):
    model = Participation
    fields = ["role", "person", "organization", "name", "position"]
    autocomplete_fields = ["person", "organization"]
    extra = 0
    verbose_name = "person or organization"
    verbose_name_plural = "People and organizations"


class ReferenceInline(LabelledInline):
    model = Reference
    form = ListedReferenceForm
    fk_name = "document"
    verbose_name = "reference"
    fields = ["ident", "words", "target", "title"]
    extra = 0
    verbose_name_plural = "References listed by hand"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        """Those that editors list and that lead somewhere; all others are on the page of references."""
        return super().get_queryset(request).filter(origin=Reference.Origin.LISTED).exclude(target="")
