"""The admin of references: all that texts cite, corrected where the archive is wrong, added where it found nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents import published, wanted
from documents.models import Collection, Document, Quotation, Reference
from documents.naming import dated_name
from editions.references.identifiers import describe
from ingest.admin.choosing_document import chosen_document, documents_to_choose_from
from ingest.admin.reference_form import ReferenceForm
from ingest.admin.seen import SeenByReaders, may_publish
from ingest.listing import list_by_hand, take_off_the_list, words_over

ON_A_PAGE = 50
LISTED = Reference.Origin.LISTED
#: The volume that a reference means as a whole, where it is a collection here.
VOLUME = Collection.objects.filter(slug=Lower(OuterRef("target")))
CORRECT = (
    "The archive found this reference in the text. If it is wrong, say which document the words mean, or that they "
    "point nowhere: what you say comes before what is found."
)


class Leads(admin.SimpleListFilter):
    """Where references lead."""

    title = "where they lead"
    parameter_name = "leads"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("here", "to what is in the archive"), ("wanted", "to what is wanted"), ("nowhere", "nowhere")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reference]) -> QuerySet[Reference]:
        here = Q(resolved__isnull=False) | Q(target__startswith="http") | Q(Exists(VOLUME))
        match self.value():
            case "here":
                return queryset.filter(here)
            case "wanted":
                return queryset.exclude(target="").exclude(here)
            case "nowhere":
                return queryset.filter(target="")
        return queryset


@admin.register(Reference)
class ReferenceAdmin(SeenByReaders):
    form = ReferenceForm
    list_display = ["words", "document_name", "place", "leads_to", "origin"]
    list_filter = [Leads, "origin", "quotation", "document__collection"]
    search_fields = ["words", "target", "title", "document__title", "document__short_title", "document__slug"]
    list_select_related = ["document", "resolved"]
    ordering = ["-document_id", "id"]
    actions = ["point_nowhere"]
    add_form_template = "admin/documents/reference/choose_document.html"
    change_list_template = "admin/documents/reference/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        long = (f"{end}__{name}" for end in ("document", "resolved") for name in published.LONG)
        dated = super().get_queryset(request).prefetch_related("document__dates", "resolved__dates")
        return dated.select_related("document", "resolved").defer(*long)

    def documents_of(self, row: Reference) -> list[Document]:
        return [row.document]

    @admin.display(description="document", ordering="document__sort_date")
    def document_name(self, reference: Reference) -> SafeString:
        address = reverse("admin:documents_document_change", args=[reference.document_id])
        return format_html('<a href="{}">{}</a>', address, _numbered(reference.document))

    @admin.display(description="stands in", ordering="quotation")
    def place(self, reference: Reference) -> str:
        if reference.quotation == Quotation.EXACT:
            return reference.ident
        return f"{reference.ident}: {reference.get_quotation_display().lower()}, look at its words"

    @admin.display(description="leads to", ordering="target")
    def leads_to(self, reference: Reference) -> SafeString | str:
        if not reference.target:
            return "nowhere"
        if other := reference.resolved:
            return format_html('<a href="{}">{}</a>', other.get_absolute_url(), _numbered(other))
        return reference.title or describe(reference.target)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """What is derived comes back when it is deleted, so that rows are deleted one by one, where that says so."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Reference | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.origin == LISTED)

    def get_readonly_fields(self, request: HttpRequest, obj: Reference | None = None) -> list[str]:
        if obj is None:
            return []
        return ["document_name", "origin", "sentence", *(["ident", "words"] if obj.origin != LISTED else [])]

    def get_fieldsets(
        self, request: HttpRequest, obj: Reference | None = None
    ) -> list[tuple[str | None, dict[str, Any]]]:
        asked = ["target", *(["nowhere"] if self.has_change_permission(request, obj) else []), "title"]
        if obj is None:
            return [(None, {"fields": ["document", "ident", "words", *asked]})]
        says = CORRECT if obj.origin != LISTED else ""
        return [
            (None, {"fields": ["document_name", "ident", "words", "sentence", "origin"]}),
            ("What it means", {"fields": asked, "description": says}),
        ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.wanted_view)
        return [path("wanted/", view, name="documents_reference_wanted"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "References"})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        """Asks for the document first: the places to choose from are those of the document."""
        chosen = chosen_document(request)
        if chosen and chosen.is_published and not may_publish(request):
            raise PermissionDenied
        context = {**(extra_context or {}), "chosen": chosen, **documents_to_choose_from(request)}
        return super().add_view(request, form_url, context)

    def save_model(self, request: HttpRequest, reference: Reference, form: ModelForm, change: bool) -> None:
        """Lists the reference, in place of what was marked or found over its words."""
        if "words" not in form.fields:
            reference.words = words_over(Reference.objects.get(pk=reference.pk))
        self._say(request, list_by_hand(reference, request.user))

    def delete_model(self, request: HttpRequest, reference: Reference) -> None:
        self._say(request, take_off_the_list(reference, request.user))

    @admin.action(description="Say that the chosen words point nowhere", permissions=["change"])
    def point_nowhere(self, request: HttpRequest, queryset: QuerySet[Reference]) -> None:
        done, left = 0, 0
        for key in list(queryset.exclude(target="").values_list("pk", flat=True)):
            with transaction.atomic():
                reference = Reference.objects.select_related("document").filter(pk=key).first()
                if reference is None:
                    continue  # it stood over the same words as another one
                if not self.has_change_permission(request, reference):
                    left += 1
                    continue
                if reference.origin != LISTED:
                    reference.words = words_over(reference)
                reference.target = reference.title = ""
                self._say(request, list_by_hand(reference, request.user))
                self.log_change(request, reference, "These words point nowhere.")
                done += 1
        if left:
            messages.error(request, f"{left} stay as they are: readers see them, and who may publish changes them.")
        self.message_user(request, f"{done} reference{'s point' if done != 1 else ' points'} nowhere now.")

    def wanted_view(self, request: HttpRequest) -> HttpResponse:
        """Lists what published documents cite and the archive does not have, the most cited first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(wanted.wanted(), ON_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Wanted documents",
            "page": page,
            "rows": wanted.with_citing(list(page.object_list)),
            "may_add": request.user.has_perm("documents.add_document"),
        }
        return TemplateResponse(request, "admin/documents/reference/wanted.html", context)

    def _say(self, request: HttpRequest, lost: tuple[str, ...]) -> None:
        for one in lost:
            messages.warning(request, one)


def _numbered(document: Document) -> str:
    """A document by its number and date, which tell apart what a volume calls alike."""
    return f"{document.number}. {dated_name(document)}" if document.number else dated_name(document)
