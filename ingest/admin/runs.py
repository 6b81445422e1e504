"""The admin of import runs: to look at, never to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from ingest.models import ImportedDocument, ImportRun, Outcome

#: How many documents of each outcome a page shows; refused ones are shown all.
SHOWN = 200
COUNTED = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.REFUSED)


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    list_display = ["started", "brought_by", "state", "created", "updated", "unchanged", "refused"]
    list_filter = ["state"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("documents.view_document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        counts = {f"{outcome}_count": Sum(f"files__{outcome}", default=0) for outcome in COUNTED}
        return super().get_queryset(request).annotate(**counts)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Import runs, the latest first"})

    @admin.display(description="started", ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return f"{run.started_at:%-d %B %Y, %H:%M}"

    @admin.display(description="by", ordering="by_name")
    def brought_by(self, run: ImportRun) -> str:
        return run.by_name or "someone"

    @admin.display(description="created", ordering="created_count")
    def created(self, run: Any) -> int:
        return run.created_count

    @admin.display(description="updated", ordering="updated_count")
    def updated(self, run: Any) -> int:
        return run.updated_count

    @admin.display(description="unchanged", ordering="unchanged_count")
    def unchanged(self, run: Any) -> int:
        return run.unchanged_count

    @admin.display(description="refused", ordering="refused_count")
    def refused(self, run: Any) -> int:
        return run.refused_count

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What a run read and what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(self.get_queryset(request), pk=object_id if object_id.isdecimal() else 0)
        documents = ImportedDocument.objects.filter(file__run=run).select_related("document", "file")
        groups = []
        for outcome in (Outcome.REFUSED, Outcome.CREATED, Outcome.UPDATED):
            those = documents.filter(outcome=outcome)
            count = those.count()
            groups.append((outcome.label, count, those if outcome == Outcome.REFUSED else those[:SHOWN]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(run),
            "run": run,
            "files": run.files.all(),
            "groups": groups,
            "most": SHOWN,
        }
        return TemplateResponse(request, "admin/ingest/run.html", context)
