"""The admin of witnesses: what is offered is accepted or rejected, others are added, and all are compared."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.models import Collation, Document, Witness
from editions.collation.table import ACCIDENTALS, Section
from ingest.admin.choosing import NamedAutocompletes
from ingest.admin.seen import SeenByReaders, may_publish
from ingest.admin.witness_form import WitnessForm
from ingest.witnesses import NotDecided, collate_witnesses, decide

DECISIONS = {"accept": Witness.Status.ACCEPTED, "reject": Witness.Status.REJECTED}
#: What there is to decide, by the status of a witness.
OPEN = {Witness.Status.OFFERED: tuple(DECISIONS), Witness.Status.REJECTED: ("accept",)}
SAID = {"accept": "accepted: it is compared with the document", "reject": "rejected, and is not offered again"}


@admin.register(Witness)
class WitnessAdmin(NamedAutocompletes, SeenByReaders):
    form = WitnessForm
    change_form_template = "admin/documents/witness/change_form.html"
    list_display = ["name", "document", "standing", "differences", "decision"]
    list_filter = ["status", "document__collection"]
    list_select_related = ["document", "other"]
    search_fields = ["siglum", "title", "document__title", "document__short_title", "document__slug"]
    autocomplete_fields = ["document", "other"]
    ordering = [Case(When(status=Witness.Status.OFFERED, then=0), default=1), "-likeness", "document", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Witness]:
        return with_counts(super().get_queryset(request).defer("source", "text"))

    def get_fieldsets(self, request: HttpRequest, obj: Witness | None = None) -> Any:
        """Of what, whose text, and what is known of it; a text of its own can be corrected once it is there."""
        text = ["other", "pasted", "file"] if obj is None or not obj.other_id else ["other"]
        if not self.has_change_permission(request, obj) and obj is not None:
            text = ["other"]
        own = ["text"] if obj is not None and not obj.other_id else []
        return [
            (None, {"fields": ["document", "siglum", "title"]}),
            ("Its text", {"fields": [*text, *own]}),
            (
                "Where it comes from",
                {"fields": ["publication", "publication_url", "repository", "note", "position"]},
            ),
        ]

    @admin.display(description="witness", ordering="title")
    def name(self, witness: Witness) -> str:
        return f"{witness.siglum}: {witness.title}"

    @admin.display(description="status", ordering="status")
    def standing(self, witness: Witness) -> str:
        return standing(witness)

    @admin.display(description="differences")
    def differences(self, witness: Witness) -> SafeString:
        return compared(witness)

    @admin.display(description="decide")
    def decision(self, witness: Witness) -> SafeString:
        return buttons(witness, by_publisher=witness.by_publisher)  # type: ignore[attr-defined]

    def documents_of(self, row: Witness) -> list[Document]:
        return [row.document, *([row.other] if row.other else [])]

    def is_seen(self, row: Witness) -> bool:
        """An offered witness is seen by nobody, whatever its documents are."""
        return row.status == Witness.Status.ACCEPTED and super().is_seen(row)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decide_view)
        own = [path(f"<int:pk>/{word}/", view, {"word": word}, name=f"documents_witness_{word}") for word in DECISIONS]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Witnesses"})

    def decide_view(self, request: HttpRequest, pk: int, word: str) -> HttpResponse:
        """Accepts or rejects an offered witness, and goes back to the list, or to the document it was decided on."""
        witness = get_object_or_404(self.get_queryset(request), pk=pk)
        may = self.has_change_permission(request, witness) and may_decide(witness, by_publisher=may_publish(request))
        if request.method != "POST" or not may:
            raise PermissionDenied
        try:
            decide(witness, DECISIONS[word])
        except NotDecided as error:
            messages.error(request, str(error))
        else:
            self.log_change(request, witness, f"{word.capitalize()}ed.")
            messages.success(request, f"“{witness}” is {SAID[word]}.")
        if request.POST.get("from") == "document":
            return HttpResponseRedirect(reverse("admin:documents_document_change", args=[witness.document_id]))
        return HttpResponseRedirect(reverse("admin:documents_witness_changelist"))

    def save_model(self, request: HttpRequest, witness: Witness, form: ModelForm, change: bool) -> None:
        """One that readers would see now waits as an offered one, when whoever adds or changes it may not publish."""
        shown = witness.status == Witness.Status.ACCEPTED
        if shown and not may_decide(witness, by_publisher=may_publish(request)):
            witness.status = Witness.Status.OFFERED
        super().save_model(request, witness, form, change)
        Document.objects.filter(pk=witness.document_id).update(edited_here=True)
        for document in {witness.document_id, form.initial.get("document") or witness.document_id}:
            collate_witnesses(Document.objects.get(pk=document))
        if witness.status == Witness.Status.OFFERED:
            messages.info(request, "Readers see it once someone who may publish accepts it.")


def may_decide(witness: Witness, *, by_publisher: bool) -> bool:
    """Whether someone may accept or reject a witness: who may publish, if readers would see it."""
    published = witness.document.is_published and (witness.other is None or witness.other.is_published)
    return by_publisher or not published


def buttons(witness: Witness, *, by_publisher: bool, where: str = "list") -> SafeString:
    """Buttons that accept or reject an offered witness, by the form around them; none for who may not. One that was
    rejected can be accepted still."""
    words = OPEN.get(Witness.Status(witness.status), ())
    if not may_decide(witness, by_publisher=by_publisher):
        waits = witness.status == Witness.Status.OFFERED
        return SafeString("waits for someone who may publish" if waits else "")
    made = SafeString()
    for word in words:
        address = reverse(f"admin:documents_witness_{word}", args=[witness.pk])
        made += format_html(
            '<button type="submit" class="button" name="from" value="{}" formaction="{}" formmethod="post" '
            'formnovalidate>{}<span class="visually-hidden">: {}</span></button> ',
            where,
            address,
            word.capitalize(),
            witness,
        )
    return made


def standing(witness: Witness) -> str:
    """What has been decided of a witness; of an offered one, how much of it is the text of the document."""
    said = str(witness.get_status_display())
    offered = witness.status == Witness.Status.OFFERED and witness.likeness is not None
    return f"{said}: {witness.likeness:.0%} of the words in common" if offered else said


def with_counts(witnesses: QuerySet[Witness]) -> QuerySet[Witness]:
    """The witnesses, each with the ``counts`` of its collation with the text of its document, or none."""
    collated = Collation.objects.filter(witness=OuterRef("pk"), base=None)
    return witnesses.annotate(counts=Subquery(collated.values("counts")[:1]))


def compared(witness: Witness) -> SafeString:
    """How many differences there are between the text of the document and a witness, with a link to where both stand.

    Differences of spelling, punctuation and case are those of writing. The witness is one of those ``with_counts``.
    """
    if witness.counts is None:  # type: ignore[attr-defined]
        return SafeString()
    counts = witness.counts.get(Section.TEXT.value, {})  # type: ignore[attr-defined]
    accidentals = sum(counts.get(sort, 0) for sort in ACCIDENTALS)
    words = sum(counts.values()) - accidentals
    counted = [f"{words} of wording" if words else "", f"{accidentals} of writing" if accidentals else ""]
    said = ", ".join(filter(None, counted)) or "none"
    address = reverse("witness", args=[witness.document.slug, witness.siglum])
    return format_html('<a href="{}">{}<span class="visually-hidden">: compare {}</span></a>', address, said, witness)


def rows_for(document: Document, request: HttpRequest) -> list[dict[str, Any]]:
    """The witnesses of a document as its own admin page lists them; rejected ones come last."""
    order = Case(When(status=Witness.Status.REJECTED, then=1), default=0)
    witnesses = with_counts(document.witnesses.select_related("document", "other").defer("source", "text"))
    may_change = request.user.has_perm("documents.change_witness")
    return [
        {
            "witness": witness,
            "standing": standing(witness),
            "differences": compared(witness),
            "buttons": buttons(witness, by_publisher=may_publish(request), where="document") if may_change else "",
        }
        for witness in witnesses.order_by(order, "position", "pk")
    ]
