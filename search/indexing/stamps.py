"""A short stamp for all that is indexed of a document, worked out by the database, to see whether the index agrees."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Expression, F, Model, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from documents.models import (
    Document,
    DocumentDate,
    Footnote,
    Organization,
    Participation,
    Passage,
    Person,
    Proposal,
)
from documents.published import is_public
from search.indexing.loaded import public_agents

#: What the index takes from the rows that belong to a document.
_INDEXED: dict[type[Model], tuple[str, ...]] = {
    Passage: ("position", "kind", "text"),
    Footnote: ("id", "position", "kind", "text"),
    Proposal: (
        "id",
        "position",
        "ident",
        "title",
        "summary",
        "words",
        "topic__slug",
        "topic__name",
        "first_passage__position",
        "last_passage__position",
    ),
    Participation: (
        "role",
        "position",
        "name",
        "person__slug",
        "person__name",
        "organization__slug",
        "organization__name",
    ),
    DocumentDate: ("event", "earliest", "latest"),
}
_OF_THE_DOCUMENT = (
    "kind",
    "title",
    "short_title",
    "position",
    "slug",
    "sort_date",
    "collection__slug",
    "collection__title",
    "collection__position",
)


def stamps(units: Iterable[str] | None = None) -> dict[str, str]:
    """The stamps of what the public may see: of all units, or of these."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for unit in units or ():
        kind, _, key = unit.partition(".")
        wanted[kind].append(int(key))
    found: dict[str, str] = {}
    if units is None or wanted["document"]:
        found |= _of_documents(None if units is None else wanted["document"])
    for model in (Person, Organization):
        name = str(model._meta.model_name)
        if units is None or wanted[name]:
            found |= _of_agents(model, name, None if units is None else wanted[name])
    return found


def _of_agents(model: type[Person | Organization], name: str, keys: list[int] | None) -> dict[str, str]:
    agents = public_agents(model)
    called = Participation.objects.filter(is_public("document"), **{f"{name}__isnull": False})
    if keys is not None:
        agents, called = agents.filter(pk__in=keys), called.filter(**{f"{name}__in": keys})
    names = StringAgg("name", delimiter=Value("\x1f"), order_by="name", distinct=True, output_field=TextField())
    known_as = dict(called.order_by(name).values(name).annotate(of=MD5(names)).values_list(name, "of"))
    rows = agents.annotate(of=MD5(_joined(("slug", "name", "sort_name", "description")))).order_by("pk")
    return {f"{name}.{key}": _short(f"{stamp} {known_as.get(key, '')}") for key, stamp in rows.values_list("pk", "of")}


def _of_documents(ids: list[int] | None) -> dict[str, str]:
    published = Document.objects.published()
    if ids is not None:
        published = published.filter(pk__in=ids)
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for key, stamp in published.annotate(of=MD5(_joined(_OF_THE_DOCUMENT))).order_by("pk").values_list("pk", "of"):
        parts[key].append(stamp)
    for model, fields in _INDEXED.items():
        for key, stamp in _by_document(model, fields, published):
            parts[key].append(f"{model.__name__} {stamp}")
    return {f"document.{key}": _short(" ".join(of)) for key, of in parts.items()}


def _by_document(model: type[Model], fields: tuple[str, ...], published: QuerySet[Document]) -> QuerySet[Model]:
    rows = StringAgg(MD5(_joined(fields)), delimiter=Value(" "), order_by="id", output_field=TextField())
    within = model._default_manager.filter(document__in=published.values("pk")).order_by("document_id")
    return within.values("document_id").annotate(of=MD5(rows)).values_list("document_id", "of")


def _short(stamps: str) -> str:
    return hashlib.sha256(stamps.encode()).hexdigest()[:16]


def _joined(fields: tuple[str, ...]) -> Expression:
    """The fields as one text, with a mark between them that no text holds."""
    mark = Value("\x1f")
    texts: list[Expression] = []
    for field in fields:
        texts += (Coalesce(Cast(F(field), TextField()), Value("\x1e"), output_field=TextField()), mark)
    return Concat(*texts, output_field=CharField())
