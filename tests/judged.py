"""Exchanges whose links were judged by hand (tests/judgements), read as the method of suggestions takes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from editions.affinity import Candidate, Dated, Proposed, suggest
from editions.model import BODY_KINDS, reading_text, walk
from editions.readers.sources import read_source
from editions.readers.tei.document import read_tei_document
from editions.readers.tei.volume import scan_volume
from tests.sources import FIXTURES
from tests.volumes import FOLDER

JUDGEMENTS = Path(__file__).parent / "judgements"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """An exchange: its documents in order, its proposals with their names, and which answers which."""

    documents: list[Dated]
    proposals: list[Proposed]
    names: list[str]
    links: list[Pair]

    def ranks(self) -> dict[Pair, tuple[int, int]]:
        """The place of each true partner: among the candidates of the later proposal, and among the answers."""
        found = suggest(self.documents, self.proposals)
        return {pair: (_place(found, self, pair, 0), _place(found, self, pair, 1)) for pair in self.links}


def _place(found: list[Candidate], judged: Judged, pair: Pair, side: int) -> int:
    """The place of a pair among those with the same later (0) or earlier (1) proposal; 99 if not there."""
    named = [((judged.names[one.later], judged.names[one.earlier]), one.score) for one in found]
    rivals = sorted((one for one in named if one[0][side] == pair[side]), key=lambda one: -one[1])
    return next((place for place, (other, _) in enumerate(rivals, 1) if other == pair), 99)


def within(judged: Judged, first: int) -> tuple[float, float]:
    """How much of the links has the true partner among the first, seen from the later and from the earlier proposal."""
    ranks = list(judged.ranks().values())
    return tuple(sum(rank[side] <= first for rank in ranks) / len(ranks) for side in (0, 1))  # type: ignore[return-value]


@cache
def space() -> Judged:
    """The three documents of the archive, without what editors wrote of their proposals."""
    folder = FIXTURES / "space-1962"
    record = yaml.safe_load((folder / "collection.yaml").read_text(encoding="utf-8"))
    record["documents"].sort(key=lambda one: one["id"] != "nsam-129")
    documents, proposals, names = [], [], []
    for key, document in enumerate(record["documents"]):
        edition = read_source((folder / document["source"]).read_bytes(), "text").edition
        texts = {block.id: reading_text(block.content) for block in walk(edition.blocks) if block.kind in BODY_KINDS}
        documents.append(Dated(key, document["side"]))
        for one in document["proposals"]:
            around = _between(texts, one["passages"])
            words = one.get("words", "")
            proposals.append(Proposed(len(proposals), key, words or around, around if words else ""))
            names.append(one["id"])
    pairs = [(link["answer"].split("/"), link["answered"].split("/")) for link in record["links"]]
    return Judged(documents, proposals, names, [(a[1], b[1]) for a, b in pairs if len(a) == 2])


def _between(texts: dict[str, str], written: str) -> str:
    first, _, last = written.partition("-")
    idents = list(texts)
    return "\n".join(texts[ident] for ident in idents[idents.index(first) : idents.index(last or first) + 1])


@cache
def judged(name: str) -> Judged:
    """An exchange of a volume, by the name of its file; skips the test where the volume is not there."""
    record: dict[str, Any] = yaml.safe_load((JUDGEMENTS / f"{name}.yaml").read_text(encoding="utf-8"))
    path = FOLDER / f"{record['volume']}.xml"
    if not path.exists():
        pytest.skip(f"{path} is not there; FRUS_VOLUMES names a folder that has it")
    source = path.read_bytes()
    slices = {one.ident: one for one in scan_volume(source).documents}
    documents, proposals, names = [], [], []
    for key, document in enumerate(record["documents"]):
        part = slices[document["ident"]]
        edition = read_tei_document(source[part.start : part.end], volume=record["volume"]).edition
        passages = [reading_text(block.content) for block in walk(edition.blocks) if block.kind in BODY_KINDS]
        documents.append(Dated(key, document["side"]))
        for ident, words in document["proposals"].items():
            text, around = _words_of("\n".join(passages), words)
            proposals.append(Proposed(len(proposals), key, text, around))
            names.append(ident)
    return Judged(documents, proposals, names, [(later, earlier) for later, earlier in record["links"]])


def _words_of(text: str, written: str) -> tuple[str, str]:
    """The words from those before the dots to those after them, and the passages that they stand in."""
    begin, end = written.split(" … ")
    found = re.search(f"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)
    assert found, f"“{written}” does not stand in the document"
    start = text.rfind("\n", 0, found.start()) + 1
    stop = text.find("\n", found.end())
    return found[0], text[start : stop if stop >= 0 else len(text)]
