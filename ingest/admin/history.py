"""The history of a document in the admin: its versions compared and restored, and deleted documents brought back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from documents.models import Document, Version
from editions.compare import Comparison, compare, unlike
from editions.errors import ReadError
from editions.model import Edition
from editions.readers.archive_text import parse_archive_text
from editions.writers.difference import write_difference, write_summary
from ingest.facts import ChangedFact, changed_facts
from ingest.history import State, deleted_documents, keep_deleted, keeping, state_of, versions_of
from ingest.restoring import NotRestored, record_in, restore, undelete

NOW = "now"
ON_A_PAGE = 20
REASONS = {"_publish": "Published", "_withdraw": "Made a draft again"}


@dataclass(frozen=True)
class Standing:
    """A state of a document as the page lists it. ``began`` says what brought it about."""

    name: str
    state: Version | State
    began: str

    @cached_property
    def edition(self) -> Edition | None:
        try:
            return parse_archive_text(self.state.text)
        except ReadError:
            return None

    @property
    def title(self) -> str:
        return "The document now" if self.name == NOW else f"Version {self.name}"


@dataclass(frozen=True)
class Step:
    """A state and how it differs from the one before it; the first has none before it."""

    standing: Standing
    before: Standing | None

    @property
    def summary(self) -> str:
        """The size of the change in words: the text, then the facts that differ."""
        if self.before is None:
            return "the first state that is kept"
        said = [fact.name for fact in facts_between(self.before, self.standing)]
        comparison = between(self.before, self.standing, size_only=True)
        if comparison is None:
            said.insert(0, "text that cannot be read")
        elif not comparison.is_same:
            said.insert(0, write_summary(comparison))
        return "; ".join(said) or "the source only"


def between(old: Standing, new: Standing, *, size_only: bool = False) -> Comparison | None:
    """Compares two texts word by word, or only what differs; none where one of them cannot be read."""
    if old.edition is None or new.edition is None:
        return None
    return compare(*unlike(old.edition, new.edition)) if size_only else compare(old.edition, new.edition)


def facts_between(old: Standing, new: Standing) -> list[ChangedFact]:
    return changed_facts(old.state.record, new.state.record)


class HistoryPages(admin.ModelAdmin):
    """What the admin of documents has of history: every change is kept, looked at, and taken back."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/history/compare/", view(self.compare_view), name="documents_document_compare"),
            path("<int:pk>/history/<int:number>/restore/", view(self.restore_view), name="documents_document_restore"),
            path("deleted/", view(self.deleted_view), name="documents_document_deleted"),
            path("deleted/<int:pk>/", view(self.bring_back_view), name="documents_document_bring_back"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Keeps what the document was before what the form changes."""
        document = self.get_object(request, unquote(object_id)) if request.method == "POST" and object_id else None
        if document is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        reason = next((words for button, words in REASONS.items() if button in request.POST), "Edited")
        with keeping(document, by=request.user, reason=reason):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def keep_deleted(self, request: HttpRequest, queryset: QuerySet[Document]) -> None:
        """Keeps documents that are about to be deleted."""
        keep_deleted(Document.objects.filter(pk__in=queryset.values("pk")), by=request.user)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The states of a document, the latest first, with who made each, why and how large the change was."""
        document = self._document(request, unquote(object_id))
        page, standings = _page_of_states(document, request)
        steps = [Step(new, old) for new, old in zip(standings, [*standings[1:], None], strict=True)]
        if page.has_next():
            steps.pop()  # only there to be compared with
        context = {
            "title": f"History of {document}",
            "steps": steps,
            "page": page,
            "may_restore": self.has_change_permission(request, document),
        }
        return self._page(request, "history_list", document, context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two states of a document word by word; the older one stands first, however they are asked for."""
        document = self._document(request, pk)
        asked = [request.GET.get(name, NOW) for name in ("old", "new")]
        asked.sort(key=lambda name: (name == NOW, int(name) if name.isdecimal() and name.isascii() else 0))
        old, new = (_standing(document, name) for name in asked)
        comparison = between(old, new)
        context = {
            "title": f"{old.title} and {new.title[:1].lower() + new.title[1:]}",
            "old": old,
            "new": new,
            "facts": facts_between(old, new),
            "summary": write_summary(comparison) if comparison else "",
            "difference": write_difference(comparison) if comparison else "",
            "may_restore": old.name != NOW and self.has_change_permission(request, document),
        }
        return self._page(request, "history_compare", document, context)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Makes the document what it was, when asked by the button of the page."""
        document = self._document(request, pk)
        if request.method != "POST" or not self.has_change_permission(request, document):
            raise PermissionDenied
        version = get_object_or_404(versions_of(document), number=number)
        try:
            lost = restore(version, by=request.user)
        except NotRestored as error:
            messages.error(request, f"Version {number} is not restored. {error}")
        else:
            self.log_change(request, document, f"Version {number} restored.")
            messages.success(request, f"“{version.title}” is again as it was in version {number}.")
            _warn(request, lost)
        return HttpResponseRedirect(reverse("admin:documents_document_history", args=[pk]))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The documents that were deleted, each with its text, to be brought back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(deleted_documents(), ON_A_PAGE).get_page(request.GET.get("page"))
        rows = [(version, self._may_bring_back(request, version)) for version in page]
        context = {"title": "Deleted documents", "rows": rows, "page": page}
        return self._page(request, "history_deleted", None, context)

    def bring_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = get_object_or_404(deleted_documents(), pk=pk)
        if request.method != "POST" or not self._may_bring_back(request, version):
            raise PermissionDenied
        try:
            document, lost = undelete(version, by=request.user)
        except NotRestored as error:
            messages.error(request, f"“{version.title}” is not brought back. {error}")
            return HttpResponseRedirect(reverse("admin:documents_document_deleted"))
        self.log_change(request, document, "Brought back after it was deleted.")
        address = reverse("admin:documents_document_change", args=[document.pk])
        status = "published" if document.is_published else "a draft"
        messages.success(request, format_html('<a href="{}">{}</a> is back, {} as before.', address, document, status))
        _warn(request, lost)
        return HttpResponseRedirect(reverse("admin:documents_document_deleted"))

    def _may_bring_back(self, request: HttpRequest, version: Version) -> bool:
        """Who may delete such a document may bring it back."""
        return self.has_delete_permission(request, Document(status=record_in(version).status or "published"))

    def _document(self, request: HttpRequest, key: object) -> Document:
        document = self.get_object(request, str(key))
        if document is None:
            raise Http404("There is no such document.")
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        return document

    def _page(
        self, request: HttpRequest, name: str, document: Document | None, context: dict[str, Any]
    ) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "document": document}
        return TemplateResponse(request, f"admin/documents/document/{name}.html", context)


def _page_of_states(document: Document, request: HttpRequest) -> tuple[Page, list[Standing]]:
    """The states of one page, the latest first, and one more to compare the last with."""
    ended = list(versions_of(document).values_list("number", "reason"))
    states = [NOW, *(str(number) for number, _ in ended)]
    began = [*(reason for _, reason in ended), "Created"]
    page = Paginator(states, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = slice(page.start_index() - 1, page.end_index() + 1)
    return page, [_standing(document, name, why) for name, why in zip(states[shown], began[shown], strict=True)]


def _standing(document: Document, name: str, began: str = "") -> Standing:
    """A state by its number, or as it is now."""
    if name == NOW:
        state = state_of(document.pk)
        assert state is not None, "the document was found"
        return Standing(NOW, state, began)
    if not (name.isdecimal() and name.isascii() and len(name) < 10):
        raise Http404("There is no such version.")
    return Standing(name, get_object_or_404(versions_of(document), number=int(name)), began)


def _warn(request: HttpRequest, lost: tuple[str, ...]) -> None:
    for sentence in lost:
        messages.warning(request, sentence)
