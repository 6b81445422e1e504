"""What others may call a document, read from its title and its first words: "nsam-129", "nie-11-8-62"."""

from __future__ import annotations

from datetime import date

from editions.model import Edition
from editions.references.context import Context
from editions.references.named import named


def designations(edition: Edition, kind: str, title: str, written: date | None) -> frozenset[str]:
    """Returns the identifiers that a document of this kind and title, written that day, may be cited by."""
    return frozenset(target for start, _, target in named(title, Context(written=written)) if start == 0)
