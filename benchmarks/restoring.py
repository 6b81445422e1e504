"""How long restoring a pasted text takes: the letters of the first collection, and texts as people copy them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from archive.environment import ROOT
from editions.readers.pasted import restore

LETTERS = ROOT / "fixtures" / "space-1962" / "sources"
COPIED = ROOT / "tests" / "editions" / "golden" / "pasted"
#: How often all texts are restored.
ROUNDS = 100


@dataclass(frozen=True)
class Restored:
    """``words`` are those of a text on average, ``milliseconds`` the processor time that it took."""

    words: int
    milliseconds: float


def measure() -> Restored:
    """Restores every text many times, and returns what one took on average."""
    texts = _texts()
    for text in texts:
        restore(text)
    began = time.process_time()
    for _ in range(ROUNDS):
        for text in texts:
            restore(text)
    taken = time.process_time() - began
    return Restored(sum(len(text.split()) for text in texts) // len(texts), taken * 1000 / (ROUNDS * len(texts)))


def _texts() -> list[str]:
    """Returns two letters with each copied text, so that they are about as long as documents of an edition."""
    letters, copied = cycle(_read(sorted(LETTERS.glob("*.txt")))), _read(sorted(COPIED.glob("*/source.txt")))
    return [text for one in copied for text in (one, next(letters), next(letters))]


def _read(paths: list[Path]) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in paths]
