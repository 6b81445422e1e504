"""Texts that a test brings into the archive."""

from documents.models import Collection, Document
from ingest.prepare import prepare, store_prepared


def draft(source: bytes, name: str, format: str, collection: Collection) -> Document:
    """Stores a source as a draft, as an editor keeps it who brings it in and changes nothing."""
    return store_prepared(prepare(source, name, format), source, collection, "draft", by_hand=True).document
