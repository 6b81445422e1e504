"""JSON: one array with an object for each document. The keys are in docs/export.md; every object has all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from editions.dates import HistoricalDate
from interchange.bibliography import Name, Record


def write(records: Iterable[Record]) -> Iterator[str]:
    """Yields the array piece by piece, one object on each line; all of it together is one value."""
    before = "[\n"
    for record in records:
        yield before + json.dumps(as_object(record), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_object(record: Record) -> dict[str, Any]:
    """The record as JSON has it; what is not known is an empty text, an empty array or null."""
    return {
        "id": record.slug,
        "url": record.address,
        "kind": record.kind,
        "number": record.number,
        "title": record.title,
        "short_title": record.short_title,
        "senders": [_name(name) for name in record.senders],
        "recipients": [_name(name) for name in record.recipients],
        "date": date_as_object(record.date) if record.date else None,
        "place": record.place,
        "collection": record.collection,
        "publication": record.publication,
        "publication_url": record.publication_url,
        "repository": record.repository,
        "classification": record.classification,
        "abstract": record.abstract,
        "topics": list(record.topics),
        "identifiers": list(record.identifiers),
        "archive": record.archive,
    }


def _name(name: Name) -> dict[str, str]:
    family, given, suffix = name.parts or ("", "", "")
    return {"name": name.usual, "family": family, "given": given, "suffix": suffix}


def date_as_object(date: HistoricalDate) -> dict[str, Any]:
    """A date as written, and its first and last day."""
    return {
        "display": date.display,
        "earliest": date.earliest.isoformat(),
        "latest": date.latest.isoformat(),
        "precision": date.precision.value,
        "supplied": date.supplied,
    }
