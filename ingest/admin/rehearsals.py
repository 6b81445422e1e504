"""The admin of rehearsals: bring texts in, look over what would come of them, publish all, some or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from documents.models import Collection, Document
from ingest.admin.bringing import BringForm
from ingest.models import Rehearsal, RehearsedDocument
from ingest.prepare import NotStored
from ingest.records import DocumentRecord
from ingest.rehearse import Changes, changes, drop, facts, rehearse, settle
from ingest.roles import PUBLISH

State = RehearsedDocument.State
#: What is said of chosen texts that cannot be stored: of one, of many.
TO_MEND = (
    "{} of the chosen texts was refused: mend its file and bring it in again.",
    "{} of the chosen texts were refused: mend their files and bring them in again.",
)


class RehearsalPermissions:
    """Whoever may add documents rehearses them; whoever may see documents may look on.

    Rehearsals are kept, and go with their collection.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("documents.view_document") or self.has_add_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.add_document")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("documents.delete_collection")


@dataclass(frozen=True)
class Line:
    """One text in the list of a rehearsal, with what storing it would change."""

    item: RehearsedDocument
    record: DocumentRecord | None
    changes: Changes | None

    @classmethod
    def of(cls, item: RehearsedDocument) -> Line:
        record = facts(item) if item.record else None
        return cls(item, record, changes(item) if item.state == State.WAITING else None)

    def names(self, role: str) -> str:
        return "; ".join(one.name for one in self.record.parties if one.role == role) if self.record else ""

    @property
    def senders(self) -> str:
        return self.names("from")

    @property
    def recipients(self) -> str:
        return self.names("to")

    @property
    def is_chosen(self) -> bool:
        """Whether the text is among those that change something, and so is ticked from the start."""
        return self.item.state == State.WAITING and not (self.changes and self.changes.nothing)

    @property
    def kind(self) -> str:
        return Document.Kind(self.record.kind).label if self.record and self.record.kind else ""


class Whose(admin.SimpleListFilter):
    title = "who brought them"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "I did")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rehearsal]) -> QuerySet[Rehearsal]:
        return queryset.filter(by=request.user) if self.value() == "mine" else queryset


@admin.register(Rehearsal)
class RehearsalAdmin(RehearsalPermissions, admin.ModelAdmin):
    list_display = ["started", "texts", "collection", "brought_by", "still_waiting"]
    list_filter = [Whose, "collection"]
    list_select_related = ["collection"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rehearsal]:
        waiting = RehearsedDocument.objects.filter(rehearsal=OuterRef("pk"), state=State.WAITING)
        return Rehearsal.objects.annotate(
            is_open=Exists(waiting),
            text_count=Count("documents"),
            waiting_count=Count("documents", filter=Q(documents__state=State.WAITING)),
        )

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["-is_open", "-started_at", "-id"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Rehearsals, those that wait first"})

    @admin.display(description="brought in", ordering="started_at")
    def started(self, rehearsal: Rehearsal) -> str:
        return f"{rehearsal.started_at:%-d %B %Y, %H:%M}"

    @admin.display(description="by", ordering="by_name")
    def brought_by(self, rehearsal: Rehearsal) -> str:
        return rehearsal.by_name or "someone"

    @admin.display(description="texts", ordering="text_count")
    def texts(self, rehearsal: Rehearsal) -> str:
        first = rehearsal.documents.defer("source", "text").first()
        if rehearsal.text_count == 1:  # type: ignore[attr-defined]
            return str(first)
        return f"{rehearsal.text_count} texts"  # type: ignore[attr-defined]

    @admin.display(description="waiting", ordering="waiting_count")
    def still_waiting(self, rehearsal: Rehearsal) -> str:
        return str(rehearsal.waiting_count or "settled")  # type: ignore[attr-defined]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Reads what an editor brings, and goes on to the page of the text, or to the list of the texts."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        asked = request.GET.get("identifier", "").strip()
        form = BringForm(
            request.POST if posted else None, request.FILES if posted else None, user=request.user, identifier=asked
        )
        if posted and form.is_valid():
            rehearsal = rehearse(form.brought(), form.target(), request.user)
            return HttpResponseRedirect(rehearsal.get_absolute_url())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Add documents",
            "form": form,
            "nowhere": "collection" in form.fields and not Collection.objects.exists(),
        }
        return TemplateResponse(request, "admin/ingest/bring.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The list of the texts; a single text has a page instead."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rehearsal = get_object_or_404(Rehearsal, pk=object_id if object_id.isdecimal() else 0)
        if request.method == "POST":
            return self.settle_chosen(request, rehearsal)
        items = list(rehearsal.documents.select_related("document", "rehearsal").defer("source", "text"))
        if len(items) == 1:
            return HttpResponseRedirect(items[0].get_absolute_url())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{len(items)} texts for {rehearsal.collection}",
            "rehearsal": rehearsal,
            "lines": [Line.of(item) for item in items],
            "waiting": sum(item.state == State.WAITING for item in items),
            "refused": sum(item.state == State.REFUSED for item in items),
            "may_publish": request.user.has_perm(PUBLISH),
            "may_store": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/ingest/rehearsal.html", context)

    def settle_chosen(self, request: HttpRequest, rehearsal: Rehearsal) -> HttpResponse:
        """Publishes, keeps or drops the chosen texts, each by itself: one that cannot be stored stops no other."""
        publish = "_publish" in request.POST
        if not self.has_change_permission(request) or (publish and not request.user.has_perm(PUBLISH)):
            raise PermissionDenied
        chosen = [key for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 18]
        items = rehearsal.documents.filter(pk__in=chosen, state__in=[State.WAITING, State.REFUSED])
        if not items:
            messages.warning(request, "Nothing is chosen. Tick the texts that you mean.")
        elif "_drop" in request.POST:
            _each(request, items, drop, "dropped", "dropped")
        elif publish or "_draft" in request.POST:
            status = Document.Status.PUBLISHED if publish else Document.Status.DRAFT
            readable = items.filter(state=State.WAITING)
            words = ("published", "published") if publish else ("kept as a draft", "kept as drafts")
            refused = items.filter(state=State.REFUSED).count()
            _each(request, readable, lambda item: store(self, request, item, status), *words)
            if refused:
                messages.warning(request, TO_MEND[refused > 1].format(refused))
        return HttpResponseRedirect(reverse("admin:ingest_rehearsal_change", args=[rehearsal.pk]))


def store(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    item: RehearsedDocument,
    status: str,
    *,
    anyway: bool = False,
) -> Document:
    """Stores a text, writes it down in the log of the admin, and says which quotations were lost; as ``settle``."""
    stored = settle(item, status, request.user, anyway=anyway)
    model_admin.log_change(request, stored.document, f"{stored.outcome.label} from a rehearsal.")
    for lost in stored.lost:
        messages.warning(request, lost)
    return stored.document


def _each(
    request: HttpRequest,
    items: Iterable[RehearsedDocument],
    act: Callable[[RehearsedDocument], object],
    of_one: str,
    of_many: str,
) -> None:
    """Does the same with each text, and says with how many it was done and why not with the others."""
    done = 0
    with transaction.atomic():  # each has a savepoint of its own; what follows, such as the index, is done once for all
        for item in items:
            try:
                act(item)
            except NotStored as error:
                messages.error(request, f"“{item}” stays as it is: {error}")
            else:
                done += 1
    if done:
        messages.success(request, f"{done} texts {of_many}." if done > 1 else f"1 text {of_one}.")
