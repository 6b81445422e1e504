"""The witnesses of a document, and how any two of them differ, as the public may see them.

What a collation holds is worked out when texts are stored. A document page needs its counts only: the table may be
large, and is loaded for its own page alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from documents import published
from documents.collation_page import CollationPage
from documents.collation_rows import ORDER, Selection, counted
from documents.models import Collation, Document, Witness
from documents.variants import Side
from editions.collation.table import Section, Table

#: The long columns of a witness, which no page needs.
LONG = ("source", "text")


@dataclass(frozen=True)
class OtherText:
    """Another text of a document, as the page of that document names it.

    ``of`` is the document whose witness the text is; for a document that is a witness itself it is the other one, and
    so is ``document``. ``address`` is where both are compared, empty when they are not.
    """

    witness: Witness
    of: Document
    is_of_other: bool
    counts: Mapping[str, Mapping[str, int]]
    address: str

    @property
    def document(self) -> Document | None:
        return self.of if self.is_of_other else self.witness.other

    @property
    def title(self) -> str:
        return self.of.name if self.is_of_other else self.witness.title

    @property
    def publication(self) -> str:
        if self.is_of_other:
            return self.of.publication
        return self.witness.publication or (self.witness.other.publication if self.witness.other else "")

    @property
    def differences(self) -> str:
        """How the texts differ, in words: "2 omissions, 1 in spelling; 3 differences in the notes".

        Empty when they do not; what editions set around a text is left out.
        """
        text, notes = (self.counts.get(section, {}) for section in (Section.TEXT, Section.NOTE))
        sorts = ", ".join(counted(sort, text[sort]) for sort in ORDER if sort in text)
        apart = sum(notes.values())
        in_notes = f"{apart:,} difference{'s' * (apart != 1)} in the notes" if apart else ""
        return "; ".join(part for part in (sorts, in_notes) if part)


def other_texts(document: Document) -> list[OtherText]:
    """The other texts of a public document: its witnesses, then the documents whose witness it is; in one query."""
    collated = Collation.objects.filter(document=OuterRef("document"), witness=OuterRef("pk"), base=None).order_by()
    found = (
        Witness.objects.shown()
        .filter(Q(document=document) | Q(other=document))
        .annotate(counts=Subquery(collated.values("counts")[:1]))
        .select_related("document", "other")
        .defer(*LONG, *(f"{end}__{name}" for end in ("document", "other") for name in published.LONG))
        .order_by("position", "pk")
    )
    return sorted((_other_text(each, document) for each in found), key=lambda each: each.is_of_other)


def _other_text(witness: Witness, document: Document) -> OtherText:
    counts = witness.counts  # type: ignore[attr-defined]
    address = address_of(witness.document.slug, None, witness) if counts is not None else ""
    return OtherText(witness, witness.document, witness.document_id != document.pk, counts or {}, address)


def collations() -> QuerySet[Collation]:
    """The collations whose two texts the public may see."""
    shown = Witness.objects.shown()
    return Collation.objects.filter(witness__in=shown).filter(Q(base=None) | Q(base__in=shown))


def find(among: QuerySet[Collation], slug: str, base: str, siglum: str) -> Collation:
    """The collation of two witnesses of a document by their sigla, ``base`` empty for its reading text.

    Raises ``Collation.DoesNotExist``.
    """
    ends = ("document", "base__other", "witness__other")
    long = [f"{end}__{name}" for end in ends for name in published.LONG]
    long += [f"{end}__{name}" for end in ("base", "witness") for name in LONG]
    sides = Q(base=None) if not base else Q(base__siglum=base)
    found = among.select_related("document__collection", "base__other", "witness__other").defer(*long)
    return found.get(sides, document__slug=slug, witness__siglum=siglum)


@dataclass(frozen=True)
class Choice:
    """Two witnesses of a document that can be compared."""

    base: Witness | None
    witness: Witness
    address: str
    is_chosen: bool


def choices(among: QuerySet[Collation], chosen: Collation) -> list[Choice]:
    """Every two witnesses of the document of a collation that can be compared, in one query."""
    found = among.filter(document=chosen.document_id).order_by(
        F("base__position").asc(nulls_first=True), "base", "witness__position", "witness"
    )
    found = found.select_related("base", "witness").only("base__siglum", "witness__siglum", "witness__title")
    return [
        Choice(each.base, each.witness, address_of(chosen.document.slug, each.base, each.witness), each == chosen)
        for each in found
    ]


def address_of(slug: str, base: Witness | None, witness: Witness) -> str:
    """The address of the page that compares two witnesses; without ``base`` the reading text and a witness."""
    return reverse("witness", args=[slug, *([base.siglum] if base else []), witness.siglum])


def page_of(found: Collation, selection: Selection) -> CollationPage:
    """The page of a collation that ``find`` gave."""
    sides = Side(found.document, found.base), Side(found.document, found.witness)
    address = address_of(found.document.slug, found.base, found.witness)
    return CollationPage(Table.from_json(found.table), *sides, selection, address)


def hidden_because(collation: Collation) -> list[str]:
    """Why the public does not see a collation, in sentences; none when it does."""
    found = [] if collation.document.is_published else ["The document is a draft."]
    for each in (collation.base, collation.witness):
        if each and each.status != Witness.Status.ACCEPTED:
            found.append(f"{each.siglum} is {each.get_status_display().lower()}.")
        if each and each.other and not each.other.is_published:
            found.append(f"{each.siglum} is a draft.")
    return found
