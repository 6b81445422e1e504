"""How long it takes to collate two witnesses of 10,000 words, alike and unlike."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from editions.collation.collate import collate
from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Text

WORDS, PARAGRAPH = 10_000, 80
#: As many words as a book of this length has, the common ones as common as in English (Zipf's law).
VOCABULARY = [f"{first}{middle}{last}" for first in "bdfglmnprst" for middle in "aeiou" for last in "bdglmnrstvz"]

Changed = Callable[[list[list[str]], random.Random], list[list[str]]]


def measure() -> dict[str, float]:
    """Returns the seconds of processor time of each comparison, by what the second witness is."""
    text = _text(random.Random(1))
    base, found = _edition(text), {}
    for name, changed in CHANGES.items():
        witness = _edition(changed(text, random.Random(2)))
        began = time.process_time()
        collate(base, witness).to_json()
        found[name] = time.process_time() - began
    return found


def _text(chance: random.Random) -> list[list[str]]:
    weights = [1 / rank for rank in range(1, len(VOCABULARY) + 1)]
    words = chance.choices(VOCABULARY, weights, k=WORDS)
    return [words[at : at + PARAGRAPH] for at in range(0, WORDS, PARAGRAPH)]


def _edition(paragraphs: list[list[str]]) -> Edition:
    blocks = (Block(BlockKind.PARAGRAPH, (Text(f"{' '.join(words).capitalize()}."),)) for words in paragraphs)
    return identify(Edition(blocks=tuple(blocks)))


def _some_words(text: list[list[str]], chance: random.Random, share: float = 0.05) -> list[list[str]]:
    return [[chance.choice(VOCABULARY) if chance.random() < share else word for word in words] for words in text]


def _most_words(text: list[list[str]], chance: random.Random) -> list[list[str]]:
    return _some_words(text, chance, 0.6)


def _shuffled(text: list[list[str]], chance: random.Random) -> list[list[str]]:
    return _some_words(chance.sample(text, len(text)), chance)


def _excerpt(text: list[list[str]], chance: random.Random) -> list[list[str]]:
    return _some_words(text[len(text) // 3 : -len(text) // 3], chance)


def _run_on(text: list[list[str]], chance: random.Random) -> list[list[str]]:
    return [[word for words in _some_words(text, chance) for word in words]]


def _another(text: list[list[str]], chance: random.Random) -> list[list[str]]:
    return _text(chance)


CHANGES: dict[str, Changed] = {
    "one word in twenty changed": _some_words,
    "most words changed": _most_words,
    "paragraphs in another order": _shuffled,
    "an excerpt": _excerpt,
    "without paragraphs": _run_on,
    "another text": _another,
}
