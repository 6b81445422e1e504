"""Where documents stand now that were found elsewhere before: by a former address, a number, a name elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from documents.models import Collection, Document, FormerAddress, FormerNumber


def addresses_now(slugs: Iterable[str]) -> dict[str, str]:
    """The addresses that public documents have now, by those they had."""
    former = FormerAddress.objects.filter(slug__in=list(slugs), document__in=Document.objects.published())
    return dict(former.values_list("slug", "document__slug"))


def with_number(collection: Collection, number: str) -> Document | None:
    """The public document that has this number in the collection, else the one that had it."""
    public = Document.objects.published().filter(collection=collection).only("slug")
    wanted = number.strip().rstrip(".")
    if not wanted or not wanted.isprintable():
        return None
    if found := public.filter(number__iexact=wanted).order_by("position", "slug").first():
        return found
    former = FormerNumber.objects.filter(collection=collection, number__iexact=wanted)
    return Document.objects.published().filter(pk__in=former.values("document")).only("slug").first()


def with_identifier(identifier: str) -> Document | Collection | None:
    """The public document with this name elsewhere ("frus1961-63v06/d41"), or the collection ("frus1961-63v06")."""
    public = Document.objects.published()
    if not identifier.isprintable():
        return None
    if found := public.filter(identifiers__value=identifier).only("slug").first():
        return found
    return Collection.objects.filter(slug=identifier, documents__in=public).first()
