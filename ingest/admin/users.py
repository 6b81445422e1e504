"""The admin of people's accounts: a name, a password and a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from ingest.roles import Role, give_role, role_of

NO_ROLE = ""
ROLES = [
    (Role.TEACHER.value, "Teacher: makes readings and gives them to classes; may not log in to editing"),
    (Role.EDITOR.value, "Editor: adds and revises drafts, and proposes changes to what is published"),
    (Role.PUBLISHER.value, "Publisher: also publishes, changes and withdraws documents, and deletes"),
    (Role.ADMINISTRATOR.value, "Administrator: also manages people's accounts"),
    (NO_ROLE, "None: may not log in to editing"),
]


class RoleMixin(forms.ModelForm):
    """Asks for a role instead of groups and flags."""

    role = forms.ChoiceField(choices=ROLES, required=False, widget=forms.RadioSelect, label="Role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            role = role_of(self.instance) if self.instance.pk else Role.EDITOR
            self.initial["role"] = role.value if role else NO_ROLE
            if self.instance.is_superuser:
                self.fields["role"].choices = [*ROLES[:-1], (NO_ROLE, "None needed: a superuser may do everything")]
        if "groups" in self.fields:
            self.fields["groups"].queryset = Group.objects.exclude(name__in=[role.value for role in Role])


class AccountAddForm(RoleMixin, UserCreationForm):
    pass


class AccountForm(RoleMixin, UserChangeForm):
    pass


class AccountAdmin(DjangoUserAdmin):
    """Accounts by role. Who is no superuser neither makes superusers nor touches their accounts.

    With a teacher go their classes; the names and answers of students are for the teacher alone.
    """

    form = AccountForm
    add_form = AccountAddForm
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password", "role", "is_active"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    further = ("Further rights", {"classes": ["collapse"], "fields": ["is_superuser", "groups", "user_permissions"]})
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2", "role"]})]
    readonly_fields = ["last_login", "date_joined"]

    @admin.display(description="role")
    def role(self, user: User) -> str:
        role = "Superuser" if user.is_superuser else role_of(user)
        return str(role).removesuffix("s") if role else "None"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        found = super().get_fieldsets(request, obj)
        return [*found, self.further] if obj and request.user.is_superuser else found

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with accounts is counted, and not named."""
        _, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        return [str(user) for user in objs], counts, perms_needed, protected

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Gives the role that was chosen; who has one that edits, or other rights, may log in to editing."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        chosen = form.cleaned_data.get("role")
        give_role(user, Role(chosen) if chosen else None)
        user.is_staff = user.is_superuser or user.groups.exclude(name=Role.TEACHER.value).exists()
        user.save(update_fields=["is_staff"])


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or request.user.is_superuser


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
