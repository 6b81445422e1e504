"""The admin of replies: what the archive guesses that letters answer, with what speaks for it, to confirm or reject."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.models import Document, Reply
from documents.naming import dated_name
from documents.published import LONG
from ingest.admin.seen import SeenByReaders
from ingest.deciding import decide, leave_open

#: What a button does, by the word in its address: its label, what was done, and to which state, if to any.
DECISIONS = {
    "confirm": ("Confirm", "confirmed", Reply.Status.CONFIRMED),
    "reject": ("Reject", "rejected, and will not be guessed again", Reply.Status.REJECTED),
    "leave-open": ("Leave open", "left open again", None),
}
#: What there is to decide, by the state of a reply.
OPEN = {
    Reply.Status.GUESSED: ("confirm", "reject"),
    Reply.Status.CONFIRMED: ("leave-open",),
    Reply.Status.REJECTED: ("leave-open",),
}


@admin.register(Reply)
class ReplyAdmin(SeenByReaders):
    list_display = ["letter_name", "answered_name", "evidence", "state"]
    list_display_links = None
    list_filter = ["status", "basis", "letter__collection"]
    list_per_page = 50
    search_fields = ["letter__slug", "answered__slug", "letter__title", "answered__title", "words", "sentence"]
    list_select_related = ["letter", "answered"]
    ordering = [
        Case(When(status=Reply.Status.GUESSED, then=Value(0)), default=Value(1)).asc(),
        "letter__sort_date",
        "pk",
    ]
    actions = ["confirm_chosen", "reject_chosen"]

    def documents_of(self, row: Reply) -> list[Document]:
        return [row.letter, row.answered]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """What a letter answers is said on the letter itself."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A reply that is no reply is rejected: deleted, it would be guessed again. It goes with its letter only."""
        return obj is not None

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise PermissionDenied

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reply]:
        long = [f"{end}__{name}" for end in ("letter", "answered") for name in LONG]
        dated = super().get_queryset(request).prefetch_related("letter__dates", "answered__dates")
        return dated.select_related("letter", "answered").defer(*long)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{word}/", view(self.decide_view), {"word": word}, name=f"documents_reply_{word}")
            for word in DECISIONS
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "What letters answer"})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Everything about a reply stands in the list."""
        return HttpResponseRedirect(f"{reverse('admin:documents_reply_changelist')}?id__exact={object_id}")

    @admin.display(description="letter", ordering="letter__sort_date")
    def letter_name(self, reply: Reply) -> SafeString:
        return _named(reply.letter)

    @admin.display(description="answers", ordering="answered__sort_date")
    def answered_name(self, reply: Reply) -> SafeString:
        return _named(reply.answered)

    @admin.display(description="what speaks for it")
    def evidence(self, reply: Reply) -> SafeString:
        """The sentence with its words marked, and where it can be read."""
        if not reply.words:
            return format_html("{}", reply.get_basis_display())
        place = reply.answered if reply.in_answered else reply.letter
        before, words, after = (reply.sentence or reply.words).partition(reply.words)
        sentence = format_html("{}<mark>{}</mark>{}", before, words, after) if words else format_html("{}", before)
        if not place.is_published:
            return format_html("{} ({} of {})", sentence, reply.ident, place)
        there = '{}<div><a href="{}">Read it there<span class="visually-hidden">: {}</span></a></div>'
        return format_html(there, sentence, f"{place.get_absolute_url()}#{reply.ident}", place)

    @admin.display(description="decision", ordering="status")
    def state(self, reply: Reply) -> SafeString:
        said = reply.get_status_display()
        if self.is_seen(reply) and not reply.by_publisher:  # type: ignore[attr-defined]
            return format_html("{}", said)
        buttons = format_html_join(" ", "{}", [(self._button(word, reply),) for word in _open_to(reply)])
        return format_html("{} {}", said, buttons)

    def _button(self, word: str, reply: Reply) -> SafeString:
        """A button of the list, which sends the form around the list to its own address."""
        return format_html(
            '<button type="submit" class="button" formaction="{}" formmethod="post">{}'
            '<span class="visually-hidden">: {}</span></button>',
            reverse(f"admin:documents_reply_{word}", args=[reply.pk]),
            DECISIONS[word][0],
            reply,
        )

    def decide_view(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Does what a button says, unless another editor was faster: then it says what was decided."""
        with transaction.atomic():
            reply = get_object_or_404(self.get_queryset(request).select_for_update(of=["self"]), pk=pk)
            if request.method != "POST" or not self.has_change_permission(request, reply):
                raise PermissionDenied
            if word not in _open_to(reply):
                said = f"“{reply}” is {reply.get_status_display().lower()} already, and stays so. Look again."
                messages.warning(request, said)
            else:
                self._decide(request, reply, word)
                messages.success(request, f"“{reply}” is {DECISIONS[word][1]}.")
        return HttpResponseRedirect(reverse("admin:documents_reply_changelist"))

    def _decide(self, request: HttpRequest, reply: Reply, word: str) -> None:
        status = DECISIONS[word][2]
        if status is None:
            leave_open(reply, by=request.user)
        else:
            decide(reply, status, by=request.user)
        self.log_change(request, reply, DECISIONS[word][1].capitalize())

    @admin.action(description="Confirm the chosen replies", permissions=["change"])
    def confirm_chosen(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        self._decide_chosen(request, queryset, "confirm")

    @admin.action(description="Reject the chosen replies", permissions=["change"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        self._decide_chosen(request, queryset, "reject")

    def _decide_chosen(self, request: HttpRequest, queryset: QuerySet[Reply], word: str) -> None:
        allowed = [reply for reply in queryset if self.has_change_permission(request, reply)]
        for reply in allowed:
            self._decide(request, reply, word)
        left = len(queryset) - len(allowed)
        if allowed:
            messages.success(request, f"{len(allowed)} repl{'y' if len(allowed) == 1 else 'ies'} {DECISIONS[word][1]}.")
        if left:
            messages.warning(request, f"{left} stay as they are: readers see them. Ask someone who may publish.")


def guesses_of(document: Document) -> SafeString:
    """What is guessed of a document, for its own page in the admin, with the way to the list where it is decided."""
    rows = Reply.objects.filter(status=Reply.Status.GUESSED).select_related("letter", "answered").order_by("pk")
    said = [
        *(("Probably answers", one.answered, one.words) for one in rows.filter(letter=document.pk)),
        *(("Probably answered by", one.letter, one.words) for one in rows.filter(answered=document.pk)),
    ]
    if not said:
        return SafeString("Nothing is guessed of it.")
    lines = format_html_join("", "<li>{} {} (from “{}”)</li>", said)
    address = f"{reverse('admin:documents_reply_changelist')}?q={document.slug}"
    return format_html('<ul>{}</ul><a href="{}">Confirm or reject</a>', lines, address)


def _open_to(reply: Reply) -> tuple[str, ...]:
    """What an editor may do with a reply here: one that was never a guess is changed on its letter."""
    if reply.status == Reply.Status.CONFIRMED and reply.basis == Reply.Basis.EDITOR:
        return ()
    return OPEN[Reply.Status(reply.status)]


def _named(document: Document) -> SafeString:
    address = reverse("admin:documents_document_change", args=[document.pk])
    draft = "" if document.is_published else " (draft)"
    return format_html('<a href="{}">{}</a>{}', address, dated_name(document), draft)
