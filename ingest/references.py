"""References by canonical identifier: which published document one means, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import slugify

from documents import published
from documents.models import Document, FormerAddress, Identifier

WEB = re.compile(r"https?://\S+")


class Targets:
    """Finds what identifiers mean, asking the database once for all that are known to be needed.

    ``arriving`` are identifiers of documents that are about to be published, with their addresses (slugs):
    references to them are links already.
    """

    def __init__(self, identifiers: Iterable[str] = (), arriving: dict[str, str] | None = None) -> None:
        self._slugs: dict[str, str | None] = dict(arriving or {})
        self._documents: dict[str, Document | None] = {}
        self._collections: dict[str, str] = {}
        self.load(identifiers)

    def load(self, identifiers: Iterable[str]) -> None:
        """Looks up identifiers that have not been looked up yet, in four queries at most."""
        wanted = {document_of(name) for name in identifiers} - self._documents.keys()
        wanted = {name for name in wanted if not WEB.fullmatch(name)}
        if not wanted:
            return
        self._documents |= dict.fromkeys(wanted)
        public = Document.objects.published().filter(slug__in=wanted).only("slug", "title", "short_title", "status")
        self._documents |= {document.slug: document for document in public}
        named = Identifier.objects.filter(value__in=wanted, document__status=Document.Status.PUBLISHED)
        for row in named.select_related("document").only(
            "value", "document__slug", "document__title", "document__short_title", "document__status"
        ):
            self._documents[row.value] = row.document
        self._load_former([name for name in wanted if self._documents[name] is None])
        self._load_collections([name for name in wanted if self._documents[name] is None and "/" not in name])

    def _load_former(self, slugs: list[str]) -> None:
        """Looks up addresses that documents had before."""
        if not slugs:
            return
        rows = FormerAddress.objects.filter(slug__in=slugs, document__status=Document.Status.PUBLISHED)
        self._documents |= {row.slug: row.document for row in rows.select_related("document")}

    def _load_collections(self, names: list[str]) -> None:
        """Looks up whole volumes ("frus1961-63v06"), which are collections here."""
        if not names:
            return
        slugs = {name: slugify(name) for name in names}
        public = set(published.collections().filter(slug__in=slugs.values()).values_list("slug", flat=True))
        self._collections |= {name: slug for name, slug in slugs.items() if slug in public}

    def document(self, target: str) -> Document | None:
        """The published document that an identifier, or the address of a document, names."""
        name = document_of(target)
        if name not in self._documents:
            self.load([name])
        return self._documents.get(name)

    def address(self, target: str) -> str | None:
        """Where a reference leads: to a document or a note of it, to a whole volume, or out to the web; None while it
        is wanted."""
        if WEB.fullmatch(target):
            return target
        slug = self._slugs.get(document_of(target))
        if slug is None:
            document = self.document(target)
            slug = document.slug if document else None
        if slug is None:
            collection = self._collections.get(document_of(target))
            return reverse("collection", args=[collection]) if collection else None
        _, mark, fragment = target.partition("#")
        return reverse("document", args=[slug]) + mark + fragment


def document_of(target: str) -> str:
    """Returns the identifier of the document within that of one of its notes ("frus1961-63v06/d35#fn2")."""
    return target if WEB.fullmatch(target) else target.partition("#")[0]
