"""References by canonical identifier: which published document one means, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from documents import published
from documents.models import Designation, Document, Footnote, FormerAddress, Identifier

WEB = re.compile(r"https?://\S+")
#: What a reference says of a note: its address in the document, or else the number that is printed.
NOTE = re.compile(r"fn(?P<label>.+)")


class Targets:
    """Finds what identifiers mean, asking the database once for all that are known to be needed.

    An identifier means the published document that has it, or the one with that address, now or formerly, or else the
    only one that is called so. ``arriving`` are identifiers of documents that are about to be published, with their
    addresses (slugs): references to them are links already.
    """

    def __init__(self, identifiers: Iterable[str] = (), arriving: Mapping[str, str] | None = None) -> None:
        self._slugs: dict[str, str | None] = dict(arriving or {})
        self._documents: dict[str, Document | None] = {}
        self._collections: dict[str, str] = {}
        self._notes: dict[tuple[int, str], str] = {}
        self.load(identifiers)

    def load(self, identifiers: Iterable[str]) -> None:
        """Looks up identifiers that have not been looked up yet, in six queries at most."""
        asked = {name for name in identifiers if name and not WEB.fullmatch(name)}
        wanted = {document_of(name) for name in asked} - self._documents.keys()
        if wanted:
            self._documents |= dict.fromkeys(wanted)
            self._load_present(wanted)
            self._load_former(self._missing(wanted))
            self._load_designated(self._missing(wanted))
            self._load_collections([name for name in self._missing(wanted) if "/" not in name])
        self._load_notes(asked)

    def _missing(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._documents[name] is None]

    def _load_present(self, names: Iterable[str]) -> None:
        """Looks up addresses, and the identifiers that editors or volumes give."""
        public = Document.objects.published().filter(slug__in=names).order_by()
        public = public.only("slug", "title", "short_title", "status")
        self._documents |= {document.slug: document for document in public}
        named = Identifier.objects.filter(value__in=names, document__status=Document.Status.PUBLISHED)
        for row in named.select_related("document").only("value", *_SHOWN).order_by():
            self._documents[row.value] = row.document

    def _load_former(self, slugs: list[str]) -> None:
        """Looks up addresses that documents had before."""
        if not slugs:
            return
        rows = FormerAddress.objects.filter(slug__in=slugs, document__status=Document.Status.PUBLISHED)
        self._documents |= {row.slug: row.document for row in rows.select_related("document").only("slug", *_SHOWN)}

    def _load_designated(self, names: list[str]) -> None:
        """Looks up what documents are called; what several are called means none of them."""
        if not names:
            return
        rows = Designation.objects.filter(value__in=names, document__status=Document.Status.PUBLISHED)
        found: dict[str, list[Document]] = {}
        for row in rows.select_related("document").only("value", *_SHOWN).order_by():
            found.setdefault(row.value, []).append(row.document)
        self._documents |= {name: documents[0] for name, documents in found.items() if len(documents) == 1}

    def _load_collections(self, names: list[str]) -> None:
        """Looks up whole volumes ("frus1961-63v06"), which are collections here."""
        if not names:
            return
        slugs = {name: slugify(name) for name in names}
        public = set(published.collections().filter(slug__in=slugs.values()).values_list("slug", flat=True))
        self._collections |= {name: slug for name, slug in slugs.items() if slug in public}

    def _load_notes(self, targets: Iterable[str]) -> None:
        """Looks up notes that are meant by the number that is printed, where that is not their address."""
        asked: dict[tuple[int, str], str] = {}
        for target in targets:
            document, fragment = self._documents.get(document_of(target)), fragment_of(target)
            if document and (note := NOTE.fullmatch(fragment)) and (document.pk, fragment) not in self._notes:
                asked[document.pk, fragment] = note["label"]
        if not asked:
            return
        self._notes |= {(key, fragment): fragment for key, fragment in asked}
        named = Q(ident__in={fragment for _, fragment in asked}) | Q(label__in=set(asked.values()))
        rows = Footnote.objects.filter(named, document__in={key for key, _ in asked}).order_by("document", "-position")
        found = list(rows.values_list("document", "ident", "label"))
        there = {(key, ident) for key, ident, _ in found}
        printed = {(key, label): ident for key, ident, label in found}
        for (key, fragment), label in asked.items():
            if (key, fragment) not in there and (key, label) in printed:
                self._notes[key, fragment] = printed[key, label]

    def document(self, target: str) -> Document | None:
        """The published document that an identifier, or the address of a document, names."""
        name = document_of(target)
        if name not in self._documents:
            self.load([target])
        return self._documents.get(name)

    def address(self, target: str) -> str | None:
        """Where a reference leads: to a document or a note of it, to a whole volume, or out to the web; None while it
        is wanted."""
        if WEB.fullmatch(target):
            return target
        document = self.document(target)
        slug = document.slug if document else self._slugs.get(document_of(target))
        if slug is None:
            collection = self._collections.get(document_of(target))
            return reverse("collection", args=[collection]) if collection else None
        fragment = fragment_of(target)
        if document:
            fragment = self._notes.get((document.pk, fragment), fragment)
        return reverse("document", args=[slug]) + (f"#{fragment}" if fragment else "")


_SHOWN = ("document__slug", "document__title", "document__short_title", "document__status")


def document_of(target: str) -> str:
    """Returns the identifier of the document within that of one of its notes ("frus1961-63v06/d35#fn2")."""
    return target if WEB.fullmatch(target) else target.partition("#")[0]


def fragment_of(target: str) -> str:
    """Returns the address of the note or passage within its document, "fn2", or nothing."""
    return "" if WEB.fullmatch(target) else target.partition("#")[2]
