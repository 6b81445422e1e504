"""Keeps the witnesses of a document that is deleted, and brings them back with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from django.db import models

from documents.models import Document, Witness
from ingest.witnesses import collate_witnesses, free_siglum

#: What is kept as it is.
FIELDS = (
    "siglum",
    "title",
    "status",
    "publication",
    "publication_url",
    "repository",
    "note",
    "source_name",
    "source_format",
    "text",
    "position",
    "likeness",
)


def kept_witnesses(document: Document) -> list[dict[str, Any]]:
    """The witnesses of a document, and those that it is of others, as plain values."""
    touching = Witness.objects.filter(models.Q(document=document) | models.Q(other=document))
    return [
        {
            "document": witness.document.slug,
            "other": witness.other.slug if witness.other else "",
            "source": b64encode(witness.source).decode(),
            **{name: getattr(witness, name) for name in FIELDS},
        }
        for witness in touching.select_related("document", "other").order_by("document", "position", "pk")
    ]


def bring_back_witnesses(kept: list[dict[str, Any]]) -> list[str]:
    """Stores witnesses that went with a document, and returns a sentence for each that cannot come back."""
    lost = []
    for values in kept:
        slugs = {slug for slug in (values["document"], values["other"]) if slug}
        found = {document.slug: document for document in Document.objects.filter(slug__in=slugs)}
        if missing := sorted(slugs - found.keys()):
            lost.append(f"The witness “{values['title']}” cannot come back: the document “{missing[0]}” is gone.")
            continue
        document, other = found[values["document"]], found.get(values["other"])
        if other and document.witnesses.filter(other=other).exists():
            continue
        fields = {name: values[name] for name in FIELDS} | {"source": b64decode(values["source"])}
        if document.witnesses.filter(siglum=fields["siglum"]).exists():
            fields["siglum"] = free_siglum(document)
        Witness.objects.create(document=document, other=other, **fields)
        collate_witnesses(document)
    return lost
