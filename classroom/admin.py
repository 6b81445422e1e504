"""The administration of the classroom: invitations, the policy, and readings. Nothing of students is shown in it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from classroom.invitations import give_secret, state_of
from classroom.keeping import move_purge_days
from classroom.models import Invitation, Policy, Reading
from interchange.addresses import absolute


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Adding one shows its link, once; nothing of it changes afterwards."""

    list_display = ["__str__", "state", "made_by", "made_at", "expires_at"]
    fields = ["name"]
    search_fields = ["name"]

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        return state_of(invitation).capitalize()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).select_related("made_by", "used_by")

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        return ["name", "state", "made_by", "made_at", "expires_at", "used_by", "used_at"] if obj else ["name"]

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Invitation, form: ModelForm, change: bool) -> None:
        obj.made_by = request.user
        obj.link = absolute(request, reverse("accept_invitation", args=[give_secret(obj)]))
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None) -> HttpResponse:
        """The one page that ever shows the link."""
        context = {**self.admin_site.each_context(request), "title": "The invitation is made", "invitation": obj}
        return TemplateResponse(request, "admin/classroom/invitation/made.html", context)


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):
    """One row, always there: its list is its form."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        Policy.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:classroom_policy_change", args=[1]))

    def save_model(self, request: HttpRequest, obj: Policy, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "days_kept" in form.changed_data:
            move_purge_days()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        return False


@admin.register(Reading)
class ReadingAdmin(admin.ModelAdmin):
    """Whose a reading is, and who sees it; what stands in it is for its teacher to change."""

    list_display = ["title", "owner", "visibility", "level", "updated_at"]
    list_filter = ["visibility", "level"]
    search_fields = ["title", "owner__username"]
    list_select_related = ["owner"]
    fields = ["title", "owner", "visibility", "level", "introduction", "shipped", "created_at", "updated_at"]
    readonly_fields = ["title", "level", "introduction", "shipped", "created_at", "updated_at"]
    autocomplete_fields = ["owner"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
