"""The admin of suggested links: one proposal at a time, with what it may answer, to be linked, rejected or skipped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from documents.models import Collection, Link, Proposal, SuggestedLink
from ingest.admin.seen import may_publish
from ingest.admin.suggested import RELATIONS, shown
from ingest.models import SuggestedCollection
from ingest.suggesting import Waiting, refresh, reject, reopen, undecided

QUEUE = "admin:documents_suggestedlink_queue"
#: Where a session remembers the decision that can be taken back.
LAST = "last_suggestion"
NOT_YOURS = "Both documents are published: someone who may publish makes links between them."
FIELDS = ("relation", "answer_words", "answered_words", "note")


@admin.register(SuggestedLink)
class SuggestedLinkAdmin(admin.ModelAdmin):
    """Suggestions are derived, so nobody adds or edits them; who may change them decides on them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SuggestedLink | None = None) -> bool:
        """A suggestion goes with its proposals only."""
        return obj is not None

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise PermissionDenied

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [path("collection/<int:pk>/", view(self.queue_view), name="documents_suggestedlink_queue")]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The collections that propose something, with how much was left to decide in each when it was opened last."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        collections = Collection.objects.filter(documents__proposals__isnull=False).distinct()
        made = set(SuggestedCollection.objects.values_list("collection", flat=True))
        rows = [(one, Waiting.of(one) if one.pk in made else None) for one in collections]
        return self._page(request, "change_list", {"title": "Suggested links", "rows": rows})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A suggestion is looked at where it is decided on."""
        one = get_object_or_404(SuggestedLink.objects.select_related("later__document"), pk=object_id)
        return HttpResponseRedirect(_address(one.later.document.collection_id, proposal=one.later_id))

    def queue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows the proposal asked for, or the next that waits; takes decisions on it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        collection = get_object_or_404(Collection, pk=pk)
        if request.method == "POST":
            return self._decide(request, collection)
        return self._show(request, collection, {})

    def _show(self, request: HttpRequest, collection: Collection, bound: dict[int, forms.BaseForm]) -> HttpResponse:
        waiting = _waiting(collection)
        asked, after = (_key(request.GET, name) for name in ("proposal", "after"))
        if bound:
            asked = SuggestedLink.objects.get(pk=next(iter(bound))).later_id
        key = asked if asked in waiting.order else waiting.following(after)
        context = {
            "title": "Suggested links",
            "collection": collection,
            "waiting": waiting,
            "passed_over": key is None and after is not None and waiting.left > 0,
            "last": _last(request, collection),
            "relations": RELATIONS,
            "documents": collection.documents.filter(proposals__isnull=False).distinct().count(),
        }
        if key is not None:
            context |= self._proposal(request, collection, key, bound)
        return self._page(request, "queue", context)

    def _proposal(
        self, request: HttpRequest, collection: Collection, key: int, bound: dict[int, forms.BaseForm]
    ) -> dict[str, Any]:
        """What the page shows of one proposal."""
        later = Proposal.objects.select_related("document", "first_passage", "last_passage").get(pk=key)
        fields = ("earlier__document", "earlier__first_passage", "earlier__last_passage")
        suggestions = list(undecided(collection).filter(later=later).select_related(*fields).order_by("rank"))
        words, choices = shown(later, suggestions, self._link_admin.get_form(request), bound)
        may_link = self.has_change_permission(request) and self._link_admin.has_add_permission(request)
        seen = [later.document.is_published and one.suggestion.earlier.document.is_published for one in choices]
        refused = ["" if may_publish(request) or not both else NOT_YOURS for both in seen]
        return {
            "later": words,
            "choices": [replace(one, refused=why) for one, why in zip(choices, refused, strict=True)],
            "may_decide": self.has_change_permission(request),
            "may_link": may_link,
            "links": later.links_out.select_related("answered__document", "answer__document"),
        }

    def _decide(self, request: HttpRequest, collection: Collection) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        decision = request.POST.get("decision", "")
        if decision == "undo":
            return self._undo(request, collection)
        ones = SuggestedLink.objects.filter(later__document__collection=collection)
        if decision == "none":
            later = get_object_or_404(Proposal, pk=_key(request.POST, "proposal"), document__collection=collection)
            chosen = list(undecided(collection).filter(later=later))
            return self._rejected(request, collection, later, chosen)
        one = get_object_or_404(ones.select_related("later", "earlier"), pk=_key(request.POST, "suggestion"))
        if decision == "reject":
            return self._rejected(request, collection, one.later, [one])
        with transaction.atomic():
            Proposal.objects.select_for_update(no_key=True).get(pk=one.later_id)  # whoever is second is told
            return self._link(request, collection, one)

    def _rejected(
        self, request: HttpRequest, collection: Collection, later: Proposal, chosen: list[SuggestedLink]
    ) -> HttpResponse:
        keys = reject(chosen)
        named = chosen[0].earlier.ident if len(chosen) == 1 else f"{len(chosen)} candidates"
        _remember(request, collection, later, f"rejected {named} for {later.ident}", rejected=keys)
        left = undecided(collection).filter(later=later).exists()
        return _on(collection, later, stay=left)

    def _link(self, request: HttpRequest, collection: Collection, one: SuggestedLink) -> HttpResponse:
        """Makes a link as the admin of links makes one: with its form, its permissions, and all that follows."""
        links = self._link_admin
        if not links.has_add_permission(request):
            raise PermissionDenied
        values = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in FIELDS}
        form = links.get_form(request)({**values, "answer": one.later_id, "answered": one.earlier_id})
        if not form.is_valid():
            messages.error(request, f"{one.later.ident} and {one.earlier.ident} are not linked yet: see below.")
            return self._show(request, collection, {one.pk: form})
        link = links.save_form(request, form, change=False)
        links.save_model(request, link, form, change=False)
        links.save_related(request, form, [], change=False)
        links.log_addition(request, link, "Made of a suggestion.")
        _remember(request, collection, one.later, f"linked: {_said(link)}", link=link.pk)
        others = undecided(collection).filter(later=one.later).exists()
        more = format_html(' <a href="{}">What else {} may answer</a>', _here(collection, one.later), one.later.ident)
        messages.success(request, format_html("Linked: {}.{}", _said(link), more if others else ""))
        return _on(collection, one.later, stay=False)

    def _undo(self, request: HttpRequest, collection: Collection) -> HttpResponse:
        """Takes the last decision of this session back, and shows its proposal again."""
        last = _last(request, collection)
        request.session.pop(LAST, None)
        if last is None:
            messages.warning(request, "There is no decision to take back.")
            return HttpResponseRedirect(_address(collection.pk))
        link = Link.objects.filter(pk=last["link"]).first() if last["link"] else None
        if link and not self._link_admin.has_delete_permission(request, link):
            raise PermissionDenied
        if link:
            self._link_admin.log_deletions(request, [link])
            self._link_admin.delete_model(request, link)
        reopen(last["rejected"])
        messages.success(request, f"Taken back: {last['said']}.")
        return HttpResponseRedirect(_address(collection.pk, proposal=last["proposal"]))

    @property
    def _link_admin(self) -> Any:
        return self.admin_site.get_model_admin(Link)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/documents/suggestedlink/{name}.html", whole)


def _waiting(collection: Collection) -> Waiting:
    """What waits in a collection, once its suggestions are up to date."""
    refresh(collection)
    return Waiting.of(collection)


def _key(values: QueryDict, name: str) -> int | None:
    written = values.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _address(collection: int, **asked: int) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse(QUEUE, args=[collection]) + (f"?{query}" if query else "")


def _here(collection: Collection, later: Proposal) -> str:
    return _address(collection.pk, proposal=later.pk)


def _on(collection: Collection, later: Proposal, *, stay: bool) -> HttpResponse:
    """Goes on: with the same proposal, or with the one after it."""
    return HttpResponseRedirect(_here(collection, later) if stay else _address(collection.pk, after=later.pk))


def _said(link: Link) -> str:
    return f"{link.answer.ident} {link.get_relation_display()} {link.answered.ident}" if link.answer else str(link)


def _remember(
    request: HttpRequest, collection: Collection, later: Proposal, said: str, **what: int | list[int]
) -> None:
    made = {"collection": collection.pk, "proposal": later.pk, "said": said, "link": None, "rejected": []}
    request.session[LAST] = {**made, **what}


def _last(request: HttpRequest, collection: Collection) -> dict[str, Any] | None:
    """The last decision of this session, if it was made in this collection."""
    last = request.session.get(LAST)
    return last if last and last["collection"] == collection.pk else None
