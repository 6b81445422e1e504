"""What an editor does while rehearsing texts, through real requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.models import Collection
from ingest.models import RehearsedDocument

LETTER = """Letter From Dr. Ada Example to Chairman Khrushchev

Geneva, May 3, 1962

Dear Mr. Chairman:

I write about the moon.1 It is far.2

Let us meet soon and speak about it in peace.3

Sincerely,

ADA EXAMPLE

1. See Item 60.

2. About 384,000 kilometers.

3. They never met."""

EDITING = ("add_document", "change_document", "view_document", "delete_document")


def account(name: str, *permissions: str) -> Client:
    """A browser in which someone with these permissions is logged in."""
    user = User.objects.create_user(name, password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def editor(name: str = "edith") -> Client:
    """Someone who may write drafts and not publish."""
    return account(name, *EDITING)


def publisher(name: str = "paula") -> Client:
    return account(name, *EDITING, "publish_document")


def bring(client: Client, collection: Collection, pasted: str = "", files: Mapping[str, bytes] | None = None) -> str:
    """Pastes a text, or uploads files by name; returns the page that comes."""
    uploads = [SimpleUploadedFile(name, content) for name, content in (files or {}).items()]
    values: dict[str, Any] = {"collection": collection.pk, "pasted": pasted, "files": uploads}
    answer = client.post(reverse("admin:ingest_rehearsal_add"), values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def last_item() -> RehearsedDocument:
    return RehearsedDocument.objects.latest("pk")


def values_of(client: Client, item: RehearsedDocument) -> dict[str, Any]:
    """What a browser would send back of the page of a text, unchanged."""
    form = client.get(item.get_absolute_url()).context["form"]
    values = {field.html_name: field.value() or "" for field in form if field.html_name != "anyway"}
    item.refresh_from_db()
    return {**values, "seen": item.updated_at.isoformat()}


def press(client: Client, item: RehearsedDocument, button: str, **changes: Any) -> str:
    """Presses a button of the page of a text, and returns the page that comes."""
    values = {**values_of(client, item), button: "1", **changes}
    answer = client.post(item.get_absolute_url(), values, follow=True)
    assert answer.status_code == 200
    item.refresh_from_db()
    return answer.content.decode()
