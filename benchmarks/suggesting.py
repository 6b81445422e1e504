"""How long it takes to suggest links for a thousand proposals, and to find that nothing has changed since.

Each has sixty words that do not stand in every text, as a paragraph of a letter has. They are drawn by lot, in the
measure in which the word of each rank stands in a text (Zipf); the lot falls the same way each time.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from documents.models import Collection, Document, Passage, Proposal, SuggestedLink
from ingest.suggesting import refresh

DOCUMENTS, EACH, WORDS, VOCABULARY = 100, 10, 60, 8_000
SYLLABLES = ["ba", "con", "der", "fi", "gor", "lan", "mis", "ner", "pol", "ra", "sat", "ti", "ul", "ver", "wex", "zon"]


@dataclass(frozen=True)
class Suggesting:
    """Seconds for all proposals, and milliseconds where nothing has changed."""

    proposals: int
    seconds: float
    unchanged: float


def measure() -> Suggesting:
    """Makes a collection of a thousand proposals and suggests links for them. Django must be set up."""
    collection = _made()
    began = time.perf_counter()
    assert refresh(collection)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    assert not refresh(collection)
    unchanged = (time.perf_counter() - began) * 1000
    assert SuggestedLink.objects.filter(later__document__collection=collection).count() > DOCUMENTS * EACH
    proposals = Proposal.objects.filter(document__collection=collection).count()
    Document.objects.filter(collection=collection).delete()
    collection.delete()
    return Suggesting(proposals, seconds, unchanged)


def _made() -> Collection:
    lot = random.Random(1962)
    words = ["".join(parts) for parts in product(SYLLABLES, repeat=4)]
    lot.shuffle(words)
    ranks = [1 / rank for rank in range(1, VOCABULARY + 1)]
    collection = Collection.objects.create(slug="suggesting", title="A long exchange")
    documents = Document.objects.bulk_create(
        Document(
            collection=collection,
            slug=f"suggesting-{number}",
            title=f"Letter {number}",
            side="second" if number % 2 else "first",
            sort_date=date(1962, 1, 1) + timedelta(days=number),
        )
        for number in range(DOCUMENTS)
    )
    passages = Passage.objects.bulk_create(
        Passage(
            document=document,
            ident=f"p{place}",
            position=place,
            kind="paragraph",
            text=" ".join(lot.choices(words[:VOCABULARY], ranks, k=WORDS)) + ".",
        )
        for document in documents
        for place in range(EACH)
    )
    Proposal.objects.bulk_create(
        Proposal(
            document=passage.document,
            ident=f"P{passage.position}",
            title=f"Proposal {passage.position}",
            position=passage.position,
            first_passage=passage,
            last_passage=passage,
        )
        for passage in passages
    )
    return collection
