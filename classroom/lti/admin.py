"""Course systems in the admin, for superusers and whoever was given the permissions; not there unless LTI is on."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from classroom.lti.models import LinkedTeacher, Platform


class WhereItIsOn(admin.ModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return settings.LTI and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return settings.LTI and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return settings.LTI and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return settings.LTI and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return settings.LTI and super().has_delete_permission(request, obj)


@admin.register(Platform)
class PlatformAdmin(WhereItIsOn):
    list_display = ["name", "issuer", "client_id"]


@admin.register(LinkedTeacher)
class LinkedTeacherAdmin(WhereItIsOn):
    """Made by teachers themselves; deleting one ends it."""

    list_display = ["user", "platform", "linked_at"]
    list_select_related = ["user", "platform"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
