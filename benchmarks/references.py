"""``python -m benchmarks.references FOLDER [NAME ...]``: what references are found in pasted texts, and how fast.

FOLDER has texts of documents as people copy them, named after volume and document ("frus1961-63v06-d41.txt"), and may
have ``answers.jsonl``, one document a line, with what the encoders of the volumes marked; NAME is a volume. Each text
is restored, identified and searched. What is found goes to standard output as ``manage.py inspect --json`` writes it;
precision and recall, in the way of the evaluation of the series, and the time go to standard error.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editions.errors import ReadError
from editions.identify import identify
from editions.readers.sources import read_source
from editions.references.context import context_of
from editions.references.found import references_in
from editions.writers.standoff import write_standoff

Found = set[tuple[str, str]]


@dataclass
class Seconds:
    """Processor time: ``restoring`` is reading and identifying, ``finding`` the search for references."""

    restoring: float = 0.0
    finding: float = 0.0
    documents: int = 0


@dataclass
class Score:
    """``wrong`` and ``missing`` count what one side alone has, by volume."""

    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, volume: str, expected: Found, found: Found) -> None:
        self.right += len(expected & found)
        self.wrong[volume] += len(found - expected)
        self.missing[volume] += len(expected - found)

    def __str__(self) -> str:
        precision = self.right / max(self.right + self.wrong.total(), 1)
        recall = self.right / max(self.right + self.missing.total(), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}, of {self.right + self.missing.total()}"


def recover(path: Path, seconds: Seconds) -> dict[str, Any]:
    """Returns what is understood of a pasted text, in standoff form."""
    began = time.process_time()
    edition = identify(read_source(path.read_bytes(), "text").edition)
    context = context_of(path.stem, edition.metadata)
    restored = time.process_time()
    references_in(edition, context)
    seconds.finding += time.process_time() - restored
    seconds.restoring += restored - began
    seconds.documents += 1
    return write_standoff(edition, path.stem, context)


def main(folder: Path, volumes: set[str]) -> None:
    """Measures the texts of a folder, or those of some volumes."""
    answers = {name: expected for name, expected in _answers(folder) if not volumes or _volume(name) in volumes}
    seconds, score = Seconds(), Score()
    for path in sorted(folder.glob("*.txt")):
        if volumes and _volume(path.stem) not in volumes:
            continue
        try:
            recovered = recover(path, seconds)
        except ReadError as error:
            sys.stderr.write(f"{path}: {error}\n")
            recovered = {"id": path.stem, "references": []}
        print(json.dumps(recovered, ensure_ascii=False))  # noqa: T201
        if path.stem in answers:
            score.add(_volume(path.stem), answers[path.stem], _references(recovered))
    if answers:
        sys.stderr.write(f"references: {score}\n")
    each = 1000 / max(seconds.documents, 1)
    restoring, finding = seconds.restoring * each, seconds.finding * each
    sys.stderr.write(
        f"{seconds.documents} documents: {restoring:.2f} ms to restore, {finding:.2f} ms to find references, "
        f"{1000 / max(restoring + finding, 1e-9):.0f} a second\n"
    )


def _answers(folder: Path) -> Iterator[tuple[str, Found]]:
    path = folder / "answers.jsonl"
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                yield document["id"], _references(document)


def _references(document: dict[str, Any]) -> Found:
    return {(one["in"], one["target"]) for one in document["references"]}


def _volume(name: str) -> str:
    return name.rpartition("-d")[0]


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), set(sys.argv[2:]))
