"""What readers see is changed by those who may publish; this holds the admins of proposals and links to it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Value
from django.http import HttpRequest

from documents.models import Document
from ingest.roles import PUBLISH


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm(PUBLISH)


class SeenByReaders(admin.ModelAdmin):
    """An admin of rows that readers see once every document they belong to is published."""

    def documents_of(self, row: Any) -> list[Document]:
        """The documents that a row belongs to, and that changing it may change."""
        raise NotImplementedError

    def is_seen(self, row: Any) -> bool:
        return all(document.is_published for document in self.documents_of(row))

    def may_touch(self, request: HttpRequest, row: Any) -> bool:
        return row is None or may_publish(request) or not self.is_seen(row)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.may_touch(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows, each with ``by_publisher``: whether it is looked at by someone who may publish."""
        return super().get_queryset(request).annotate(by_publisher=Value(may_publish(request)))
