"""What is cited by a name and number of its own, in whatever volume it may be printed."""

from __future__ import annotations

from collections.abc import Iterator

from editions.references.context import Context, Target
from editions.references.nations import resolutions
from editions.references.papers import council_papers, estimates, memoranda
from editions.references.public_papers import items
from editions.references.telegrams import telegrams


def named(text: str, context: Context) -> Iterator[Target]:
    """Yields what a text names: where the words start and end, and the identifier; dashes are hyphens in it."""
    if "esolution" in text or "es. " in text or "A/RES/" in text:
        yield from resolutions(text)
    if "NS" in text or "National Security " in text:
        yield from memoranda(text)
        yield from council_papers(text)
    if "NIE" in text or "Intelligence Estimate" in text:
        yield from estimates(text)
    if "elegram" in text or "tel " in text:
        yield from telegrams(text, context)
    if "Item" in text:
        yield from items(text, context)
