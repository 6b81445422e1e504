"""Searches to try, made from what the archive holds: each one finds something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents.models import Document, Topic
from search.asked import Asked
from search.finding import count

#: Short words make poor examples.
LONG_ENOUGH = 5


@dataclass(frozen=True)
class Example:
    meaning: str
    typed: str
    address: str = ""


def examples() -> list[Example]:
    """One example for each thing that a search understands; without addresses while the archive is empty."""
    words = _words()
    if len(words) < 3 or not count(Asked(words[0]).reading.query):
        return [
            Example(meaning, typed)
            for meaning, typed in _patterns(("weather", "satellites", "communications"), "outer space")
        ]
    found = []
    for meaning, typed in _patterns((words[0], words[1], words[2]), _phrase()):
        asked = Asked(typed)
        if asked.query and count(asked.query):
            found.append(Example(meaning, typed, asked.address))
    return found


def _patterns(words: tuple[str, str, str], phrase: str) -> Iterator[tuple[str, str]]:
    first, second, third = words
    yield "Any form of a word", second
    yield "All of several words, in any order", f"{first} {second}"
    if phrase:
        yield "Words next to each other, in this order", f'"{phrase}"'
    yield "One word or another", f"{first} OR {third}"
    yield "One word, but not another", f"{second} NOT {first}"
    yield "Every word that begins like this", f"{third[: max(4, len(third) - 4)]}*"
    yield "Brackets keep together what belongs together", f"({first} OR {third}) {second}"


def _words() -> list[str]:
    """Long words from the names of topics that published proposals have, then from the titles of documents."""
    public = Document.objects.published()
    names = list(Topic.objects.filter(proposals__document__in=public).distinct().values_list("name", flat=True))
    titles = list(public.values_list("title", flat=True)[:10])
    words = [word.strip(".,:;()").lower() for title in [*names, *titles] for word in title.split()]
    return list(dict.fromkeys(word for word in words if len(word) >= LONG_ENOUGH and word.isalpha()))


def _phrase() -> str:
    """The last two words of a document's title."""
    for title in Document.objects.published().values_list("title", flat=True)[:10]:
        words = title.split()[-2:]
        if len(words) == 2 and all(word.isalpha() for word in words):
            return " ".join(words).lower()
    return ""
