"""What search engines may list: every public page, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from documents import citing
from documents.exchange import by_date
from documents.models import (
    Collation,
    Collection,
    Division,
    Document,
    Link,
    ListEntry,
    Organization,
    Person,
    Proposal,
    Reply,
    Topic,
)
from documents.published import proposals, replies
from documents.witnesses import address_of, collations

#: As many addresses stand in one file; an archive with more of them has several, and a list of these.
MOST = 2000


class _Site:
    """The site at the address that its owner set."""

    def __init__(self, domain: str) -> None:
        self.domain = domain


class PublicSitemap(Sitemap):  # type: ignore[type-arg]
    """Addresses begin with the one the owner set, else with the one that was asked."""

    limit = MOST

    def get_urls(
        self, page: int | str = 1, site: RequestSite | _Site | None = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        if settings.SITE_URL:
            parts = urlsplit(settings.SITE_URL)
            site, protocol = _Site(parts.netloc), parts.scheme
        return super().get_urls(page=page, site=site, protocol=protocol)  # type: ignore[arg-type]


class FixedPages(PublicSitemap):
    """The pages that every archive has."""

    def items(self) -> Sequence[str]:
        return ["home", "documents", "collections", "people", "topics", "search", "how_to_search", "wanted", "about"]

    def location(self, item: str) -> str:
        return reverse(item)


class Documents(PublicSitemap):
    def items(self) -> QuerySet[Document]:
        return Document.objects.published().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item: Document) -> datetime:
        return item.updated_at


class CitedBy(PublicSitemap):
    """What cites a document, where more documents do than its own page names."""

    def items(self) -> QuerySet[Document]:
        return citing.cited_by_many().order_by("pk").only("slug")

    def location(self, item: Document) -> str:
        return reverse("cited_by", args=[item.slug])


class Collections(PublicSitemap):
    def items(self) -> QuerySet[Collection]:
        return _with(Collection.objects.all(), "documents__in")


class Divisions(PublicSitemap):
    """The compilations and chapters of volumes, down to those that hold documents themselves."""

    def items(self) -> list[tuple[str, str]]:
        listed = Division.objects.order_by("collection", "position").values_list(
            "pk", "parent", "collection__slug", "ident"
        )
        rows = {key: (parent, (slug, ident)) for key, parent, slug, ident in listed}
        found: set[int] = set()
        for key in Document.objects.published().order_by().values_list("division", flat=True).distinct():
            while key is not None and key not in found:
                found.add(key)
                key = rows[key][0]
        return [named for key, (_, named) in rows.items() if key in found]

    def location(self, item: tuple[str, str]) -> str:
        return reverse("division", args=item)


class Lists(PublicSitemap):
    """The lists of persons and of terms that volumes have."""

    def items(self) -> list[tuple[str, str]]:
        public = Document.objects.published().values("collection")
        kinds = ListEntry.objects.filter(collection__in=public).order_by("collection__slug", "kind")
        return list(kinds.values_list("collection__slug", "kind").distinct())

    def location(self, item: tuple[str, str]) -> str:
        return reverse(f"{item[1]}s", args=[item[0]])


class Exchanges(PublicSitemap):
    """The negotiation table of each collection that has a public proposal."""

    def items(self) -> QuerySet[Collection]:
        return _with(Collection.objects.all(), "documents__proposals__document__in")

    def location(self, item: Collection) -> str:
        return reverse("exchange", args=[item.slug])


class Proposals(PublicSitemap):
    def items(self) -> QuerySet[Proposal]:
        return proposals().order_by("pk")


class Pairs(PublicSitemap):
    """Two documents side by side, where one answers the other; the earlier on the left."""

    def items(self) -> list[tuple[str, str]]:
        keys = set(replies().values_list("letter", "answered"))
        proposing = dict(Proposal.objects.order_by().values_list("pk", "document"))
        ends = Link.objects.order_by().values_list("answer", "answering_document", "answered")
        keys |= {
            (proposing[answer] if answer else document, proposing[answered]) for answer, document, answered in ends
        }
        public = Document.objects.published().only("slug", "sort_date", "position")
        found = public.in_bulk({key for pair in keys for key in pair})
        both = [(one, other) for one, other in keys if one != other and one in found and other in found]
        pairs = [sorted((found[one], found[other]), key=by_date) for one, other in both]
        return sorted({(earlier.slug, later.slug) for earlier, later in pairs})

    def location(self, item: tuple[str, str]) -> str:
        return reverse("beside", args=item)


class Witnesses(PublicSitemap):
    """Two witnesses of a document compared, where both are public."""

    def items(self) -> QuerySet[Collation]:
        found = collations().select_related("document", "base", "witness").order_by("pk")
        return found.only("document__slug", "base__siglum", "witness__siglum")

    def location(self, item: Collation) -> str:
        return address_of(item.document.slug, item.base, item.witness)


class Threads(PublicSitemap):
    """Exchanges of letters, each at the document that it begins with."""

    def items(self) -> QuerySet[Document]:
        shown = Reply.objects.shown()
        begins = Exists(shown.filter(answered=OuterRef("pk"))) & ~Exists(shown.filter(letter=OuterRef("pk")))
        return Document.objects.published().filter(begins).order_by("pk").only("slug")

    def location(self, item: Document) -> str:
        return reverse("thread", args=[item.slug])


class People(PublicSitemap):
    def items(self) -> QuerySet[Person]:
        return _with(Person.objects.all(), "participations__document__in")


class Organizations(PublicSitemap):
    def items(self) -> QuerySet[Organization]:
        return _with(Organization.objects.all(), "participations__document__in")


class Topics(PublicSitemap):
    def items(self) -> QuerySet[Topic]:
        return _with(Topic.objects.all(), "proposals__document__in")


def _with(rows: QuerySet[Any, Model], path: str) -> QuerySet[Any]:
    """The rows that a public document stands behind, each once."""
    return rows.filter(pk__in=rows.filter(Q(**{path: Document.objects.published()})).values("pk")).order_by("pk")


SITEMAPS: dict[str, type[PublicSitemap]] = {
    "pages": FixedPages,
    "documents": Documents,
    "cited-by": CitedBy,
    "collections": Collections,
    "divisions": Divisions,
    "lists": Lists,
    "exchanges": Exchanges,
    "proposals": Proposals,
    "pairs": Pairs,
    "witnesses": Witnesses,
    "threads": Threads,
    "people": People,
    "organizations": Organizations,
    "topics": Topics,
}
