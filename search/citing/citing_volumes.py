"""Which public collections a citation means by a volume, years and words of a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents import published
from documents.models import Collection
from editions.references.volume_numbers import volume_in
from search.citing.citation import DASHES, WORD, Cited


@dataclass(frozen=True)
class Volumes:
    """``are_some`` is False when the citation means any collection.

    ``explain_all_words`` tells whether each of its words is from the title of these.
    """

    collections: Sequence[Collection] = ()
    are_some: bool = False
    explain_all_words: bool = True


def volumes_meant(cited: Cited) -> Volumes:
    """Some collections, or none of them, when the citation has a place; otherwise any. One query at most."""
    named = bool(cited.volume or cited.collection or cited.years)
    if not named and not cited.words:
        return Volumes()
    found = [each for each in published.collections().defer("description") if _is_meant(each, cited)]
    titled = [each for each in found if set(cited.words) <= _words(each.title)]
    if cited.words and titled:
        return Volumes(titled, are_some=True)
    if named:
        return Volumes(found, are_some=True, explain_all_words=not cited.words)
    return Volumes(explain_all_words=not cited.words)


def _is_meant(collection: Collection, cited: Cited) -> bool:
    if cited.collection and collection.slug != cited.collection:
        return False
    if cited.volume:
        volume = volume_in(collection.title.translate(DASHES))
        if not volume or not cited.volume.means(volume):
            return False
    return set(cited.years) <= _words(collection.title)


def _words(title: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(title)}
