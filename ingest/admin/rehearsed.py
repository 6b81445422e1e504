"""The admin of one rehearsed text: beside its source, against what is live, corrected, published or kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from documents.models import Document, Organization, Person
from editions.writers.difference import write_difference, write_summary
from ingest.admin.previewing import previewed
from ingest.admin.rehearsals import RehearsalPermissions, State, store
from ingest.admin.rehearsed_form import RehearsedForm
from ingest.models import RehearsedDocument
from ingest.prepare import NotStored
from ingest.preview import Preview, SourceView
from ingest.rehearse import (
    STALE,
    LosesQuotations,
    changes,
    difference,
    drop,
    facts,
    go_on_from_now,
    is_stale,
    remarks,
)
from ingest.roles import PUBLISH
from ingest.said import agent_of

#: How many documents are offered while an editor says of which one a text is a new version.
OFFERED = 12


@admin.register(RehearsedDocument)
class RehearsedDocumentAdmin(RehearsalPermissions, admin.ModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview), name="ingest_rehearseddocument_preview"),
            path("<int:pk>/candidates/", view(self.candidates), name="ingest_rehearseddocument_candidates"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:ingest_rehearsal_changelist"))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:ingest_rehearsal_add"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        item = _item(object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if request.method != "POST":
            return self.page(request, item, RehearsedForm(item) if item.record else None)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        with transaction.atomic():
            RehearsedDocument.objects.select_for_update().get(pk=item.pk)  # the second of two editors waits here
            item = _item(object_id)
            return self.settled_already(request, item) or self.act(request, item)

    def settled_already(self, request: HttpRequest, item: RehearsedDocument) -> HttpResponse | None:
        """Drops a text when that was asked for; sends back to a text that is settled."""
        if "_drop" in request.POST and item.state in (State.WAITING, State.REFUSED):
            drop(item)
            messages.success(request, f"“{item}” is dropped: nothing of it is stored as a document.")
            return HttpResponseRedirect(_next(item))
        if item.state != State.WAITING:
            messages.warning(request, f"This text is settled already: {item.get_state_display().lower()}.")
            return HttpResponseRedirect(item.get_absolute_url())
        return None

    def act(self, request: HttpRequest, item: RehearsedDocument) -> HttpResponse:
        """Does what the button says: shows the text, keeps what was written, or stores the document."""
        pressed = request.POST.keys()
        if "_publish" in pressed and not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        form = RehearsedForm(item, request.POST)
        if "_preview" in pressed or not form.is_valid():
            return self.page(request, item, form, saved="_preview" not in pressed)
        if form.store():
            messages.info(request, "The text is read anew as what you said it is. Look over its facts, then go on.")
            return HttpResponseRedirect(item.get_absolute_url())
        if "_go_on" in pressed:
            go_on_from_now(item)
        if pressed & {"_publish", "_draft"}:
            return self.store(request, item, form)
        finds = "" if request.user.has_perm(PUBLISH) else " Who may publish finds it under Rehearsals."
        messages.success(request, f"“{item}” is saved here. Readers do not see it before it is published.{finds}")
        return HttpResponseRedirect(item.get_absolute_url())

    def store(self, request: HttpRequest, item: RehearsedDocument, form: RehearsedForm) -> HttpResponse:
        publish = "_publish" in request.POST
        status = Document.Status.PUBLISHED if publish else Document.Status.DRAFT
        try:
            document = store(self, request, item, status, anyway=bool(form.cleaned_data["anyway"]))
        except LosesQuotations as error:
            form.add_error(
                "anyway", [*error.lost, "Nothing is stored yet. Mend the text, or tick this to publish it so."]
            )
        except NotStored as error:
            form.add_error(None, str(error))
        else:
            word = "published" if publish else "kept as a draft; readers do not see it"
            messages.success(request, f"“{document}” is {word}.")
            return HttpResponseRedirect(_next(item))
        item.refresh_from_db()
        return self.page(request, item, form)

    def page(
        self, request: HttpRequest, item: RehearsedDocument, form: RehearsedForm | None, *, saved: bool = True
    ) -> HttpResponse:
        text = form["text"].value() if form else item.text
        waiting = item.state == State.WAITING
        found = difference(item) if waiting else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(item),
            "item": item,
            "form": form,
            "record": facts(item) if item.record else None,
            "preview": Preview.of(str(text or "")),
            "source": _source(item),
            "changes": changes(item) if waiting else None,
            **_identified(item),
            "summary": write_summary(found) if found else "",
            "difference": write_difference(found) if found and not found.is_same else "",
            "stale": STALE if waiting and is_stale(item) else "",
            "offered": _offered(item, ""),
            "siblings": item.rehearsal.documents.count(),
            "editable": waiting and self.has_change_permission(request, item),
            "may_publish": request.user.has_perm(PUBLISH),
        }
        return TemplateResponse(request, "admin/ingest/rehearsed.html", context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answers with the posted text as readers would see it; nothing is stored and no source is read."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        return previewed(request)

    def candidates(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answers with documents of which the text may be a new version, by what an editor types."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = _offered(_item(str(pk)), request.GET.get("q", "").strip())
        return JsonResponse({"documents": [{"address": one.slug, "name": one.name} for one in found]})


def _item(key: str) -> RehearsedDocument:
    items = RehearsedDocument.objects.select_related("document", "rehearsal__collection")
    return get_object_or_404(items, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)


def _source(item: RehearsedDocument) -> SourceView:
    """The source with its remarks; of a file in no known format there is nothing to show."""
    shown = bytes(item.source) if item.source_format else b""
    view = SourceView.of(shown, item.source_format, remarks(item))
    return view if item.source_format or item.document else replace(view, error="This source cannot be shown.")


def _identified(item: RehearsedDocument) -> dict[str, list[tuple[str, Person | Organization | None]]]:
    """Senders and recipients as the text names them, each with who that is, where the archive knows."""
    parties = facts(item).parties if item.record else ()
    return {
        field: [(one.name, agent_of(one)) for one in parties if one.role == role]
        for field, role in (("senders", "from"), ("recipients", "to"))
    }


def _next(item: RehearsedDocument) -> str:
    """Where to go on when a text is settled: to the list of the texts, or to the page of the only one."""
    return item.rehearsal.get_absolute_url()


def _offered(item: RehearsedDocument, words: str) -> QuerySet[Document]:
    """Documents of the collection with these words in title, number or address; without words, those most alike."""
    documents = item.rehearsal.collection.documents.only("slug", "title", "short_title")
    if words:
        fields = ("title", "short_title", "number", "slug")
        where = Q(*((f"{field}__icontains", words) for field in fields), _connector=Q.OR)
        return documents.filter(where)[:OFFERED]
    record = facts(item) if item.record else None
    if record is None:
        return documents.none()
    where = Q(title__iexact=record.title)
    if record.number:
        where |= Q(number=record.number)
    if record.written:
        where |= Q(dates__event="written", dates__display=record.written.display)
    return documents.filter(where).distinct()[:OFFERED]
