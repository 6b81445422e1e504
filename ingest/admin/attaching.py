"""Buttons in the lists of proposals and links that attach moved words to their new place, or confirm changed ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.models import Document, Link, Proposal, Quotation
from ingest.admin.seen import SeenByReaders
from ingest.attaching import NotAttached, attach_link, attach_proposal, confirm_proposal, document_of, new_place

#: Attaches a row, and says what was done.
Attach = Callable[[Any], str]


def _attached_proposal(proposal: Proposal) -> str:
    return f"{proposal} stands on {', '.join(attach_proposal(proposal))} now."


def _confirmed(proposal: Proposal) -> str:
    confirm_proposal(proposal)
    return f"{proposal} stands on its passages as they are now."


def _attached_answer(link: Link) -> str:
    return f"The words quoted by “{link}” are attached to {attach_link(link, 'answer')[0]}."


def _attached_answered(link: Link) -> str:
    return f"The words quoted by “{link}” are attached to {attach_link(link, 'answered')[0]}."


class AttachingPages(SeenByReaders):
    """An admin whose rows have buttons; each is a small form of its own that the list sends."""

    attaching: dict[str, Attach] = {}

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"documents_{self.opts.model_name}"
        own = [
            path(f"<int:pk>/{word}/", view(self.attach_view), {"word": word}, name=f"{name}_{word}")
            for word in self.attaching
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def attach_view(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST" or not self.has_change_permission(request, row):
            raise PermissionDenied
        try:
            said = self.attaching[word](row)
        except NotAttached as error:
            messages.error(request, str(error))
        else:
            Document.objects.filter(pk__in=[one.pk for one in self.documents_of(row)]).update(edited_here=True)
            self.log_change(request, row, said)
            messages.success(request, said)
        return HttpResponseRedirect(reverse(f"admin:documents_{self.opts.model_name}_changelist"))

    def button(self, word: str, row: models.Model, label: str) -> SafeString:
        """A button of the list, which sends the form around the list to its own address; none for who may not."""
        if self.is_seen(row) and not row.by_publisher:  # type: ignore[attr-defined]
            return SafeString()
        address = reverse(f"admin:documents_{self.opts.model_name}_{word}", args=[row.pk])
        return format_html(
            '<button type="submit" class="button" formaction="{}" formmethod="post">{}'
            '<span class="visually-hidden">: {}</span></button>',
            address,
            label,
            row,
        )

    def standing(self, row: Proposal | Link, side: str, where: Any, word: str) -> SafeString:
        """How a quotation stands: where, or that it moved or is lost, with what an editor can do about it."""
        state = getattr(row, f"{side}_quotation" if side else "quotation")
        address = reverse("admin:documents_document_change", args=[document_of(row, side).pk])
        if state == Quotation.EXACT:
            return format_html('<a href="{}">{}</a>', address, where or "not looked for yet")
        if state == Quotation.MOVED:
            idents = ", ".join(new_place(row, side))
            said = format_html('moved from {} to <a href="{}">{}</a> ', where or "elsewhere", address, idents)
            return said + self.button(word, row, "Attach there")
        said = format_html('<a href="{}">lost</a>: no longer in the text', address)
        if isinstance(row, Proposal) and not row.words:
            said = format_html('<a href="{}">{}</a> has other words now ', address, where)
            return said + self.button("confirm", row, "Confirm")
        return said


PROPOSALS: dict[str, Attach] = {"attach": _attached_proposal, "confirm": _confirmed}
LINKS: dict[str, Attach] = {"attach-answer": _attached_answer, "attach-answered": _attached_answered}
