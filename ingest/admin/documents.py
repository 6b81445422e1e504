"""The admin of documents: compare with the source, correct, publish, withdraw, or propose a change to what is live."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from documents.models import Document, Reference, Reply
from editions.errors import ReadError
from ingest.admin.choosing import NamedAutocompletes
from ingest.admin.forms import DocumentForm
from ingest.admin.history import HistoryPages
from ingest.admin.inlines import SHORT, DateInline, IdentifierInline, ParticipationInline, ReferenceInline
from ingest.admin.previewing import previewed
from ingest.admin.replies import guesses_of
from ingest.admin.witnesses import rows_for
from ingest.derive import PassageInUse, derive, derive_all, derive_related, related_to
from ingest.history import keeping
from ingest.letters import Said, store_letter
from ingest.offers import offer_witnesses
from ingest.preview import Preview, SourceView, remarks_on
from ingest.rehearse import propose_change
from ingest.roles import PUBLISH

#: What a publisher presses.
BUTTONS = {"_publish", "_withdraw"}


@admin.register(Document)
class DocumentAdmin(NamedAutocompletes, HistoryPages):
    form = DocumentForm
    change_form_template = "admin/documents/document/change_form.html"
    list_display = ["name", "number", "status", "kind", "written", "collection"]
    list_filter = ["status", "collection", "kind"]
    search_fields = ["title", "short_title", "number", "slug", "reading_text"]
    date_hierarchy = "sort_date"
    list_select_related = ["collection"]
    formfield_overrides = SHORT
    actions = ["publish", "withdraw"]
    inlines = [DateInline, ParticipationInline, ReferenceInline, IdentifierInline]
    readonly_fields = ["status_now", "answers_now", "guesses"]
    fieldsets = [
        (None, {"fields": ["status_now", "seen"]}),
        (
            "What it is",
            {"fields": ["collection", "kind", "number", "title", "short_title", "abstract", "answers", "guesses"]},
        ),
        (
            "Where it comes from",
            {"fields": ["place", "classification", "publication", "publication_url", "repository"]},
        ),
        ("Address and order", {"fields": ["slug", "position", "side"]}),
    ]

    def get_fieldsets(
        self, request: HttpRequest, obj: Document | None = None
    ) -> list[tuple[str | None, dict[str, Any]]]:
        """Those who may only look see no fields that ask something."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        asked = {"seen": [], "answers": ["answers_now"]}
        return [
            (title, {"fields": [shown for name in part["fields"] for shown in asked.get(name, [name])]})
            for title, part in self.fieldsets
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The text belongs to the form, and stands beside its source instead of among the facts."""
        if "fields" in kwargs and self.has_change_permission(request, obj):
            kwargs["fields"] = [*kwargs["fields"], "text"]
        return super().get_form(request, obj, change, **kwargs)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Who chooses a document in a form looks for its title or number; the list is searched by texts too."""
        return self.search_fields[:-1] if "field_name" in request.GET else self.search_fields

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Says what is wrong above the text, not below it where Django would."""
        context |= {"wrong": context.get("errors"), "errors": None}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="answers")
    def answers_now(self, document: Document) -> str:
        confirmed = Reply.objects.confirmed().filter(letter=document.pk).select_related("answered")
        return "; ".join(str(reply.answered) for reply in confirmed)

    @admin.display(description="guessed")
    def guesses(self, document: Document) -> str:
        return guesses_of(document)

    @admin.display(description="written", ordering="sort_date")
    def written(self, document: Document) -> str:
        return next((str(date) for date in document.dates.all() if date.event == "written"), "undated")

    @admin.display(description="status")
    def status_now(self, document: Document) -> str:
        if document.is_published:
            return format_html('Published: <a href="{}">see it in the reading room</a>', document.get_absolute_url())
        return "Draft: readers do not see it."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).prefetch_related("dates").defer("source", "text", "reading_text")

    def get_view_on_site_url(self, obj: Document | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_published else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """What readers see is changed by those who may publish; others propose a change."""
        return super().has_change_permission(request, obj) and self._not_live_or_publisher(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._not_live_or_publisher(request, obj)

    def _not_live_or_publisher(self, request: HttpRequest, document: Document | None) -> bool:
        return document is None or not document.is_published or self.has_publish_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview), name="documents_document_preview"),
            path("<int:pk>/propose/", view(self.propose), name="documents_document_propose"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Documents"})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Documents are added by rehearsing a text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:ingest_rehearsal_add"))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if BUTTONS & request.POST.keys() and not self.has_publish_permission(request):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        document, context = self.get_object(request, object_id), {}
        if document:
            source = SourceView.of(bytes(document.source), document.source_format, remarks_on(document))
            text = request.POST.get("text", document.text)
            context = {
                "preview": Preview.of(text),
                "source": source,
                "may_publish": self.has_publish_permission(request),
                "may_propose": document.is_published and self.has_add_permission(request),
                "witnesses": rows_for(document, request),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answers with the text of a form as it would look; nothing is stored."""
        document = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST" or not self.has_change_permission(request, document):
            raise PermissionDenied
        return previewed(request)

    def propose(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Opens a rehearsal of a document as it is, so that a change to it can be written and published later."""
        document = get_object_or_404(Document, pk=pk)
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(propose_change(document, request.user).get_absolute_url())

    def save_model(self, request: HttpRequest, document: Document, form: ModelForm, change: bool) -> None:
        if "_publish" in request.POST:
            document.status = Document.Status.PUBLISHED
        elif "_withdraw" in request.POST:
            document.status = Document.Status.DRAFT
        super().save_model(request, document, form, change)
        store_letter(document, Said(answers=tuple(form.cleaned_data.get("answers") or ())))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if BUTTONS & request.POST.keys() or form.has_changed() or any(formset.has_changed() for formset in formsets):
            Document.objects.filter(pk=form.instance.pk).update(edited_here=True)
        derivation = derive(form.instance)
        derive_related(form.instance)
        offer_witnesses([form.instance.pk])
        for lost in derivation.lost:
            messages.warning(request, lost)

    def response_change(self, request: HttpRequest, document: Document) -> HttpResponse:
        if BUTTONS & request.POST.keys():
            word = "published" if document.is_published else "a draft again; readers no longer see it"
        else:
            seen = "readers see it as it is now" if document.is_published else "it is a draft; readers do not see it"
            word = f"saved: {seen}"
        self.message_user(request, f"“{document}” is {word}.")
        return HttpResponseRedirect(request.path)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Says what goes with a document in one line, not passage by passage; what is derived goes in any case."""
        _, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        forbidden.discard(Reference._meta.verbose_name)
        if not all(self._not_live_or_publisher(request, document) for document in objs):
            forbidden.add("published document")
        lines = [
            f"{document}: its text and notes, {document.proposals.count()} proposals and the links of these"
            for document in objs
        ]
        return lines, counts, forbidden, protected

    def delete_model(self, request: HttpRequest, document: Document) -> None:
        self.delete_queryset(request, Document.objects.filter(pk=document.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """Deletes documents; references to them become wanted ones, marks of their links go."""
        related = related_to(queryset)
        self.keep_deleted(request, queryset)
        Document.objects.filter(pk__in=queryset.values("pk")).delete()
        derive_all(related)

    @admin.action(description="Publish the chosen documents", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        self._give_status(request, queryset, Document.Status.PUBLISHED, "published")

    @admin.action(description="Make drafts of the chosen documents", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        self._give_status(request, queryset, Document.Status.DRAFT, "made drafts")

    def _give_status(self, request: HttpRequest, queryset: QuerySet[Document], status: str, word: str) -> None:
        done = 0
        for document in Document.objects.filter(pk__in=queryset.values("pk")).exclude(status=status):
            document.status, document.edited_here = status, True
            try:
                with keeping(document, by=request.user, reason=word.capitalize()):
                    document.save()
                    derive(document)
                    derive_related(document)
                    offer_witnesses([document.pk])
            except (ReadError, PassageInUse) as error:
                messages.error(request, f"{document} stays as it was: {error}")
            else:
                done += 1
        self.message_user(request, f"{done} document{'s' * (done != 1)} {word}.")
