"""The admin of proposals and the links between them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.safestring import SafeString

from documents.models import Document, Link, Passage, Proposal
from editions.model import BODY_KINDS
from ingest.admin.attaching import LINKS, PROPOSALS, AttachingPages
from ingest.admin.choosing import NamedAutocompletes
from ingest.admin.choosing_document import chosen_document, documents_to_choose_from
from ingest.admin.seen import may_publish
from ingest.derive import derive

SHOWN = 80


class PassageChoice(forms.ModelChoiceField):
    def label_from_instance(self, passage: Any) -> str:
        text = passage.text if len(passage.text) <= SHOWN else f"{passage.text[:SHOWN]}…"
        return f"{passage.ident}: {passage.label} {text}"


class ProposalForm(forms.ModelForm):
    """A proposal on passages of its document."""

    first_passage = PassageChoice(Passage.objects.none(), help_text="Where the proposal begins.")
    last_passage = PassageChoice(Passage.objects.none(), help_text="Where it ends; often the same passage.")

    class Meta:
        model = Proposal
        fields = [
            "document",
            "ident",
            "position",
            "title",
            "topic",
            "summary",
            "first_passage",
            "last_passage",
            "words",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.document_id or self.data.get("document") or self.initial.get("document")
        passages = Passage.objects.filter(kind__in=[kind.value for kind in BODY_KINDS])
        passages = passages.filter(document=chosen) if str(chosen or "").isdecimal() else passages.none()
        if "document" in self.fields:  # it is chosen by now: a list of thousands would only be in the way
            self.fields["document"].widget = forms.HiddenInput()
        for name in ("first_passage", "last_passage"):
            self.fields[name].queryset = passages


class LinkForm(forms.ModelForm):
    """A link; one that readers would see is made by someone who may publish."""

    may_publish = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        later = answer.document if answer else cleaned.get("answering_document")
        answered = cleaned.get("answered")
        seen = later and answered and later.is_published and answered.document.is_published
        if seen and not self.may_publish:
            raise ValidationError(
                f"Readers would see this link: {later} and {answered.document} are both published. "
                "Ask someone who may publish to make it."
            )
        return cleaned


SHORT = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}


@admin.register(Proposal)
class ProposalAdmin(AttachingPages):
    attaching = PROPOSALS
    form = ProposalForm
    formfield_overrides = SHORT
    list_display = ["ident", "title", "document", "topic", "stands"]
    list_display_links = ["ident", "title"]
    list_filter = [
        "quotation",
        "document__collection",
        "topic",
        ("document", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["ident", "title", "summary", "words", "document__title", "document__short_title"]
    list_select_related = ["document", "topic", "first_passage", "last_passage"]
    add_form_template = "admin/documents/proposal/choose_document.html"

    @admin.display(description="stands in", ordering="quotation")
    def stands(self, proposal: Proposal) -> SafeString:
        idents = dict.fromkeys([proposal.first_passage.ident, proposal.last_passage.ident])
        return self.standing(proposal, "", " to ".join(idents), "attach")

    def documents_of(self, row: Proposal) -> list[Document]:
        return [row.document]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        chosen = str(initial.get("document") or "")
        document = Document.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None
        if document:
            initial.setdefault("position", document.proposals.count() + 1)
        return initial

    def get_readonly_fields(self, request: HttpRequest, obj: Proposal | None = None) -> list[str]:
        return ["document"] if obj else []

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        """Asks for the document first: the passages to choose from are those of the document."""
        document = chosen_document(request)
        if document and document.is_published and not may_publish(request):
            raise PermissionDenied
        context = {**(extra_context or {}), "chosen": document, **documents_to_choose_from(request)}
        return super().add_view(request, form_url, context)

    def save_model(self, request: HttpRequest, proposal: Proposal, form: ModelForm, change: bool) -> None:
        """Takes down anew what the passages say: the editor has just seen them."""
        proposal.passage_text = ""
        super().save_model(request, proposal, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _derive_both(request, {form.instance.document})

    def delete_model(self, request: HttpRequest, proposal: Proposal) -> None:
        self.delete_queryset(request, Proposal.objects.filter(pk=proposal.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        documents = {link.later_document for p in queryset for link in p.links_in.all()}
        documents |= {link.answered.document for p in queryset for link in p.links_out.all()}
        documents |= {proposal.document for proposal in queryset}
        queryset.delete()
        _derive_both(request, documents)


@admin.register(Link)
class LinkAdmin(NamedAutocompletes, AttachingPages):
    attaching = LINKS
    form = LinkForm
    formfield_overrides = SHORT
    list_display = ["later", "relation", "answered", "answer_place", "answered_place"]
    list_display_links = ["later", "relation"]
    list_filter = [
        "answer_quotation",
        "answered_quotation",
        "relation",
        "answered__document__collection",
        "answered__topic",
    ]
    search_fields = ["answer__title", "answered__title", "answer_words", "answered_words", "note"]
    autocomplete_fields = ["answer", "answered", "answering_document"]
    list_select_related = ["answer__document", "answering_document", "answered__document"]
    fieldsets = [
        ("What answers", {"fields": ["answer", "answering_document", "answer_words"]}),
        ("What it answers", {"fields": ["relation", "answered", "answered_words"]}),
        ("Why", {"fields": ["note"]}),
    ]

    @admin.display(description="later proposal or document", ordering="answer__ident")
    def later(self, link: Link) -> str:
        return str(link.answer or link.answering_document)

    @admin.display(description="words stand in")
    def answer_place(self, link: Link) -> SafeString:
        return self.standing(link, "answer", link.answer_ident, "attach-answer")

    @admin.display(description="words answered stand in")
    def answered_place(self, link: Link) -> SafeString:
        return self.standing(link, "answered", link.answered_ident, "attach-answered")

    def documents_of(self, row: Link) -> list[Document]:
        return [row.later_document, row.answered.document]

    def get_form(self, request: HttpRequest, obj: Link | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows whether whoever fills it in may publish."""
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"may_publish": may_publish(request)})

    def save_model(self, request: HttpRequest, link: Link, form: ModelForm, change: bool) -> None:
        """Looks anew for words that the editor changed, or quotes from something else now."""
        if {"answer", "answering_document", "answer_words"} & set(form.changed_data):
            link.answer_ident = ""
        if {"answered", "answered_words"} & set(form.changed_data):
            link.answered_ident = ""
        super().save_model(request, link, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        link = Link.objects.get(pk=form.instance.pk)
        _derive_both(request, {link.later_document, link.answered.document})

    def delete_model(self, request: HttpRequest, link: Link) -> None:
        self.delete_queryset(request, Link.objects.filter(pk=link.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        documents = {document for link in queryset for document in (link.later_document, link.answered.document)}
        queryset.delete()
        _derive_both(request, documents)


def _derive_both(request: HttpRequest, documents: set[Document]) -> None:
    """Derives documents whose proposals or links an editor changed, and says what no longer stands in them."""
    changed = Document.objects.filter(pk__in=[document.pk for document in documents])
    changed.update(edited_here=True)
    for document in changed:
        for lost in derive(document).lost:
            messages.warning(request, lost)
