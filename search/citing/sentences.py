"""Says in words what a citation was understood to be."""

from __future__ import annotations

from search.citing.citation import Cited
from search.citing.citing_volumes import Volumes

#: More numbers than these are said by their first and last.
MOST_SAID = 5


def sentence_of(cited: Cited, volumes: Volumes) -> str:
    """E.g. "Document 36 in volume VI", "Documents 35 and 36", "Volume VI, 1961–1963"."""
    place = _place(cited, volumes)
    if not cited.numbers:
        return place[:1].upper() + place[1:]
    name = "Document" if len(cited.numbers) == 1 else "Documents"
    return f"{name} {_numbers(cited.numbers)}" + (f" in {place}" if place else "")


def _numbers(numbers: tuple[str, ...]) -> str:
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) > MOST_SAID:
        return f"{numbers[0]} to {numbers[-1]}"
    return f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def _place(cited: Cited, volumes: Volumes) -> str:
    years = "–".join(cited.years[:2])
    if cited.volume:
        return f"{cited.volume}, {years}" if years else str(cited.volume)
    if len(volumes.collections) == 1:
        return volumes.collections[0].title
    if cited.collection:
        return cited.collection
    if volumes.are_some:
        return f"{len(volumes.collections)} collections" + (f", {years}" if years else "")
    return ""
