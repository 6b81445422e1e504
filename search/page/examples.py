"""Searches to try, made from what the archive holds: each one with an address finds something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.models import Document, Participation, Topic
from documents.published import is_public
from search.finding import count
from search.page.asked import Asked

#: Short words make poor examples.
LONG_ENOUGH = 5


@dataclass(frozen=True)
class Example:
    meaning: str
    typed: str
    address: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the language with its examples."""

    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class _Material:
    """What examples are made of. An archive that has little gets the names of others."""

    words: tuple[str, str, str] = ("weather", "satellites", "communications")
    phrase: str = "outer space"
    name: str = "Kennedy"
    kind: str = "letter"
    year: int = 1962


def examples() -> list[Example]:
    """Examples of what is asked for most; without addresses while the archive is empty."""
    material = _material()
    if material == _Material():
        return [Example(meaning, typed) for meaning, typed in _common(material)]
    return [example for example in _tried(_common(material)) if example.address]


def sections() -> list[Section]:
    """All of the language. An example that finds nothing in this archive has no address."""
    material = _material()
    parts = {
        "Words": _of_words(material),
        "Phrases": _of_phrases(material),
        "Together": _together(material),
        "Where the words stand": _of_fields(material),
        "Dates": _of_dates(material),
    }
    return [Section(title, tuple(_tried(part))) for title, part in parts.items()]


def _tried(patterns: Iterable[tuple[str, str]]) -> Iterator[Example]:
    for meaning, typed in patterns:
        asked = Asked(typed)
        finds = asked.query is not None and count(asked.query)
        yield Example(meaning, typed, asked.address if finds else "")


def _common(material: _Material) -> Iterator[tuple[str, str]]:
    first, second, third = material.words
    yield "Any form of a word", second
    yield "All of several words, in any order", f"{first} {second}"
    if material.phrase:
        yield "Words next to each other, in this order", f'"{material.phrase}"'
    yield "One word or another", f"{first} OR {third}"
    yield "One word, but not another", f"{second} NOT {first}"
    yield "Every word that begins like this", f"{_beginning(third)}*"
    yield "Brackets keep together what belongs together", f"({first} OR {third}) {second}"


def _of_words(material: _Material) -> Iterator[tuple[str, str]]:
    first, second, third = material.words
    yield "Any form of a word; capitals and accents make no difference", second
    yield "All of several words, in any order", f"{first} {second}"
    yield "This form only", f"={second}"
    yield "Every word that begins like this", f"{_beginning(third)}*"
    yield "A question mark is any one character, a star any number of them", f"{first[:-2]}?{first[-1]}"
    yield "Words spelled almost like this; ~2 allows two slips", f"{second}~"


def _of_phrases(material: _Material) -> Iterator[tuple[str, str]]:
    phrase = material.phrase or _Material.phrase
    yield "Words next to each other, in this order, in any form", f'"{phrase}"'
    yield "These forms only", f'="{phrase}"'
    yield "Words near each other: at most so many places apart", f'"{phrase}"~5'


def _together(material: _Material) -> Iterator[tuple[str, str]]:
    first, second, third = material.words
    yield "One word or another", f"{first} OR {third}"
    yield "One word, but not another", f"{second} NOT {first}"
    yield "The same with a minus sign", f"{second} -{first}"
    yield "Brackets keep together what belongs together", f"({first} OR {third}) {second}"


def _of_fields(material: _Material) -> Iterator[tuple[str, str]]:
    first, second, _ = material.words
    yield "In the title", f"title:{second}"
    yield "In the text, and not in its notes", f"text:{second}"
    yield "In the editors’ and the authors’ notes", f"note:{second}"
    yield "In the source notes", f"source:{second}"
    yield (
        "From someone of this name; to: and person: are whom it is for, and anyone who has a part",
        f"from:{material.name}",
    )
    yield "Of a kind: letter, telegram, memorandum and so on", f"kind:{material.kind}"
    yield "On a topic", f"topic:{second}"
    yield "In a collection", f"collection:{second}"
    yield "A phrase or brackets after a field", f"text:({first} OR {second})"


def _of_dates(material: _Material) -> Iterator[tuple[str, str]]:
    year = material.year
    yield "Written in a year", f"year:{year}"
    yield "Written in a month", f"date:{year}-03"
    yield (
        "Written on these days; a document of uncertain date counts when it may be of them",
        f"date:{year}-02..{year}-03",
    )
    yield "From then on", f"date:{year}-05.."
    yield "Without a date", "date:none"


def _beginning(word: str) -> str:
    return word[: max(4, len(word) - 4)]


def _material() -> _Material:
    """Words, a name, a kind and a year of public documents; what an archive without words gets says nothing of it."""
    words = _words()
    if len(words) < 3 or not count(Asked(words[0]).reading.query):
        return _Material()
    public = Document.objects.published()
    kind, day = public.exclude(sort_date=None).order_by("pk").values_list("kind", "sort_date").first() or (
        "letter",
        None,
    )
    senders = Participation.objects.filter(is_public("document"), role=Participation.Role.FROM, person__isnull=False)
    sender = senders.order_by("pk").values_list("person__name", flat=True).first() or _Material.name
    year = day.year if day else _Material.year
    return _Material((words[0], words[1], words[2]), _phrase(), sender.split()[-1], kind, year)


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
