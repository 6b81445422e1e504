"""Who may do what: teachers give readings to classes; editors draft, publishers publish, administrators also manage
people's accounts. Whoever edits may teach.

A role is a group of Django's, with permissions of Django's. After every migration each role has at least what is
written here; what an administrator gives it besides is left alone. A superuser may do everything.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS

if TYPE_CHECKING:  # this module is loaded before there are models
    from django.contrib.auth.models import User

PUBLISH = "documents.publish_document"

#: What is entered and revised day by day; deleting a document that is published takes more than this.
REVISED = (
    "documents.document",
    "documents.documentdate",
    "documents.participation",
    "documents.reference",
    "documents.identifier",
    "documents.proposal",
    "documents.link",
    "documents.witness",
    "ingest.rehearsal",
    "ingest.rehearseddocument",
)
#: What many documents share: editors add to it and correct it, publishers may delete it.
SHARED = ("documents.topic", "documents.person", "documents.organization")
#: What the archive suggests, and editors decide on.
DECIDED = ("documents.suggestedlink", "documents.reply")
SEEN = (
    "documents.collection",
    "documents.version",
    "ingest.importrun",
    "ingest.importedfile",
    "ingest.importeddocument",
)
ACCOUNTS = ("auth.user", "auth.group")
#: How teachers get in, and how long classes are kept.
ADMITTING = ("classroom.invitation", "classroom.policy")
#: Made by teachers; an administrator may take one back from everybody's eyes, or delete it.
READINGS = ("classroom.reading",)
TEACH = "classroom.teach"
#: The rooms whose permissions roles are made of.
ROOMS = ("documents", "ingest", "auth", "classroom")


class Role(StrEnum):
    """A role, by the name of its group."""

    TEACHER = "Teachers"
    EDITOR = "Editors"
    PUBLISHER = "Publishers"
    ADMINISTRATOR = "Administrators"


def _all(models: tuple[str, ...], *actions: str) -> frozenset[str]:
    """Permissions as Django writes them: "documents.change_document"."""
    parts = (name.split(".") for name in models)
    return frozenset(f"{app}.{action}_{model}" for app, model in parts for action in actions)


EDITS = _all(REVISED, "view", "add", "change", "delete") | _all(SHARED, "view", "add", "change") | _all(SEEN, "view")
EDITS |= _all(DECIDED, "view", "change") | {TEACH}
PUBLISHES = EDITS | _all((*SHARED, "documents.collection"), "view", "add", "change", "delete") | {PUBLISH}
PERMISSIONS = {
    Role.TEACHER: frozenset({TEACH}),
    Role.EDITOR: EDITS,
    Role.PUBLISHER: PUBLISHES,
    Role.ADMINISTRATOR: PUBLISHES
    | _all((*ACCOUNTS, *ADMITTING), "view", "add", "change", "delete")
    | _all(READINGS, "view", "change", "delete"),
}


def make_roles(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Makes the groups, and gives each the permissions that its role has and it lacks. Again changes nothing."""
    for room in ROOMS:
        create_permissions(apps.get_app_config(room), verbosity=0, using=using)
    permissions = apps.get_model("auth", "Permission").objects.using(using).filter(content_type__app_label__in=ROOMS)
    rows = permissions.values_list("content_type__app_label", "codename", "pk")
    known = {f"{room}.{codename}": key for room, codename, key in rows}
    for role, names in PERMISSIONS.items():
        group, _made = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=role.value)
        has = set(group.permissions.values_list("pk", flat=True))
        group.permissions.add(*(known[name] for name in sorted(names) if known[name] not in has))


def role_of(user: User) -> Role | None:
    """The role of a user, the greatest of several; none when the user has none."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role.value in names), None)


def give_role(user: User, role: Role | None) -> None:
    """Gives a user one role, or none, in place of the one before; groups that are no roles stay."""
    groups = apps.get_model("auth", "Group").objects
    user.groups.remove(*groups.filter(name__in=[one.value for one in Role]))
    if role is not None:
        user.groups.add(groups.get(name=role.value))
