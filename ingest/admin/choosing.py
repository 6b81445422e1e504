"""Fields in which an editor finds a row of many by typing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest


class SaysWhatToDo(AutocompleteMixin):
    """Says while it is empty what to do; Django leaves it without a word."""

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[Script("js/naming.js", type="module")])

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-placeholder": "Type to find one"}


class NamedAutocomplete(SaysWhatToDo, AutocompleteSelect):
    """A field for one row."""


class SeveralAutocomplete(SaysWhatToDo, AutocompleteSelectMultiple):
    """A field for any number of rows, each of which has its own button to take it away."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Without the sign that takes all of them away: it stands in their list and is no item of it."""
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


class NamedAutocompletes(admin.options.BaseModelAdmin):
    """An admin, or a table of rows in one, that uses such fields for its ``autocomplete_fields``."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = NamedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """A field without the buttons that lead away from the form: only the one that adds stays."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_change_related"):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field
