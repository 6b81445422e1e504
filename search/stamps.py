"""A short stamp for all that is indexed of a document, worked out by the database, to see whether the index agrees."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Expression, F, Model, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from documents.models import Document, DocumentDate, Footnote, Participation, Passage, Proposal

#: What the index takes from the rows that belong to a document.
_INDEXED: dict[type[Model], tuple[str, ...]] = {
    Passage: ("position", "kind", "text"),
    Footnote: ("id", "position", "text"),
    Proposal: (
        "id",
        "position",
        "ident",
        "title",
        "summary",
        "words",
        "topic__slug",
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
_OF_THE_DOCUMENT = ("kind", "title", "short_title", "position", "sort_date", "collection__slug", "collection__position")


def stamps(ids: Iterable[int] | None = None) -> dict[int, str]:
    """The stamps of published documents, all or those with these ids."""
    published = Document.objects.published()
    if ids is not None:
        published = published.filter(pk__in=list(ids))
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for key, stamp in published.annotate(of=MD5(_joined(_OF_THE_DOCUMENT))).order_by("pk").values_list("pk", "of"):
        parts[key].append(stamp)
    for model, fields in _INDEXED.items():
        for key, stamp in _by_document(model, fields, published):
            parts[key].append(f"{model.__name__} {stamp}")
    return {key: hashlib.sha256(" ".join(found).encode()).hexdigest()[:16] for key, found in parts.items()}


def _by_document(model: type[Model], fields: tuple[str, ...], published: QuerySet[Document]) -> QuerySet[Model]:
    rows = StringAgg(MD5(_joined(fields)), delimiter=Value(" "), order_by="id", output_field=TextField())
    within = model._default_manager.filter(document__in=published.values("pk")).order_by("document_id")
    return within.values("document_id").annotate(of=MD5(rows)).values_list("document_id", "of")


def _joined(fields: tuple[str, ...]) -> Expression:
    """The fields as one text, with a mark between them that no text holds."""
    mark = Value("\x1f")
    texts: list[Expression] = []
    for field in fields:
        texts += (Coalesce(Cast(F(field), TextField()), Value("\x1e"), output_field=TextField()), mark)
    return Concat(*texts, output_field=CharField())
