"""Entries of small made-up documents and people, without a database."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from search.indexing.entries import Entry, entries_of_document, entry_of_agent
from search.indexing.loaded import LoadedAgent, LoadedDocument, LoadedNote, LoadedPart, LoadedPassage, LoadedProposal

#: Words that share stems, differ by a letter or two, have accents, apostrophes and stops, or are of other scripts.
VOCABULARY = (
    *("cooperation", "cooperate", "cooperating", "Cooper", "corporation", "test", "tests", "testing", "ban", "banned"),
    *("naïve", "naive", "Khrushchev", "Khruschev", "Krushchev", "woman", "women", "womb", "weather", "satellite"),
    *("satellites", "president", "president's", "presidents", "U.S.S.R.", "USSR", "U.S.", "us", "Москва", "Москве"),
    *("Straße", "strasse", "1962", "the", "the", "the", "of", "of", "a", "x"),
)
KINDS = ("letter", "memorandum", "telegram")
#: Values as no one would choose them for an address: an engine may not take them apart.
AGENTS = ("kennedy-john-f", 'o\'brien, "pat" jr.', "Čapek karel", "a", "a b", "АБВ")
TOPICS = ("outer space", "weather, satellites", "test-ban")


def document(pk: int, *texts: str, **values: Any) -> LoadedDocument:
    """A document with a passage for each text; any other value as ``LoadedDocument`` has it, dates too.

    Notes are texts, with ``source`` for those of source notes; ``written`` is one day, or the first and the last.
    """
    written = values.pop("written", None)
    first, last = written if isinstance(written, tuple) else (written, written)
    notes = [LoadedNote(pk * 100 + n, n, "editorial", text) for n, text in enumerate(values.pop("notes", ()), 1)]
    sources = values.pop("source", ())
    notes += [LoadedNote(pk * 100 + n, n, "source", text) for n, text in enumerate(sources, len(notes) + 1)]
    kept = {
        "kind": "letter",
        "title": f"Document {pk}",
        "short_title": "",
        "position": pk,
        "slug": f"d{pk}",
        "sort_date": first,
        "collection": "tests",
        "collection_title": "Tests",
        "collection_position": 1,
        "earliest": first,
        "latest": last,
        "passages": [LoadedPassage(n, "paragraph", text) for n, text in enumerate(texts, 1)],
        "proposals": (),
        "parts": (),
    }
    return LoadedDocument(pk=pk, notes=notes, **{**kept, **values})


def part(role: str, name: str, slug: str = "") -> LoadedPart:
    return LoadedPart(role, name, slug, name)


def proposal(pk: int, title: str, first: int, last: int, topic: str = "") -> LoadedProposal:
    return LoadedProposal(pk, pk, f"p{pk}", title, "", "", first, last, topic or None, topic.title() or None)


def entries(*documents: LoadedDocument, stamp: str = "stamped") -> list[Entry]:
    return [entry for document in documents for entry in entries_of_document(document, stamp)]


def many(count: int = 40, seed: int = 4) -> list[Entry]:
    """The entries of documents and people made up at random, the same each time."""
    chance = random.Random(seed)
    found = entries(*(_made_up(chance, pk) for pk in range(1, count + 1)))
    for number, slug in enumerate(AGENTS, 1):
        named = LoadedAgent(f"person.{number}", slug, _text(chance, 2), f"{slug}, sorted", _text(chance, 9), ["X"])
        found.append(entry_of_agent(named, "stamped"))
    return found


def _made_up(chance: random.Random, pk: int) -> LoadedDocument:
    texts = [
        "\n\n".join(_text(chance, chance.randrange(3, 90)) for _ in range(chance.randrange(1, 3))) for _ in "12345"
    ]
    kinds = chance.choices(("paragraph", "source"), (5, 1), k=len(texts))
    return document(
        pk,
        *texts,
        kind=chance.choice(KINDS),
        title=_text(chance, 4),
        short_title=_text(chance, 2),
        collection=f"volume-{pk % 3}",
        collection_title=f"Volume {pk % 3}: {VOCABULARY[pk % 3]}",
        collection_position=pk % 3,
        written=_days(chance),
        notes=[_text(chance, chance.randrange(1, 40)) for _ in range(chance.randrange(3))],
        source=[_text(chance, 12) for _ in range(chance.randrange(2))],
        passages=[LoadedPassage(n, kind, text) for n, (kind, text) in enumerate(zip(kinds, texts, strict=True), 1)],
        proposals=[
            proposal(pk * 10 + n, _text(chance, 3), n, n + 1, chance.choice(("", *TOPICS)))
            for n in range(chance.randrange(3))
        ],
        parts=[
            part(role, _text(chance, 2), chance.choice(("", *AGENTS)))
            for role in ("from", "to", "copy")
            for _ in range(chance.randrange(3))
        ],
    )


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=words))


def _days(chance: random.Random) -> tuple[date, date] | None:
    if chance.random() < 0.2:
        return None
    first = date(1961, 1, 1) + timedelta(days=chance.randrange(800))
    return first, first + timedelta(days=chance.choice((0, 0, 3, 40, 400)))


def of_units(found: Iterable[Entry], units: Sequence[str]) -> list[Entry]:
    return [entry for entry in found if entry.unit in units]
