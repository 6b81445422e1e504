"""A letter with other witnesses, for the pages that compare them."""

from __future__ import annotations

from documents.models import Collection, Document, Witness
from ingest.derive import derive
from ingest.witnesses import collate_witnesses

LETTER = "khrushchev-1962-03-20"
OPENING = ["Moscow, March 20, 1962.", "Having read your message, I note that it meets with understanding."]
CLOSING = "I should like to hear from you, and remain yours."
#: Words of the letter and of its other witness, in the order in which they stand; each is a difference.
CHANGES = {
    "have established fruitful": "have established lasting and fruitful",  # addition
    "noble cause": "cause",  # omission
    "What, then, should": "What then should",  # punctuation, twice
    "significant improvement": "notable improvement",  # substitution
    "organization of a world-wide weather": "organisation of a world-wide weather",  # spelling
    "artificial earth satellites. Precise": "artificial Earth satellites. Precise",  # case
}
MOVED = "Now, in our opinion, it is necessary to go further."


def other_text(document: Document) -> str:
    """The letter with paragraphs before and after it, words changed, and one short paragraph moved to the end."""
    text = document.text
    for printed, other in CHANGES.items():
        assert text.count(printed) == 1, printed
        text = text.replace(printed, other)
    blocks = [block for block in text.strip().split("\n\n") if not block.startswith("{source}")]
    blocks.remove(MOVED)
    blocks.insert(len(blocks) - 1, MOVED)
    return "\n\n".join([*OPENING, *blocks, CLOSING]) + "\n"


def add_witness(document: Document, siglum: str, text: str = "", **values: object) -> Witness:
    """Gives a document a witness, with a text of its own or as ``other``, and collates it."""
    values.setdefault("title", f"The text of {siglum}")
    witness = Witness.objects.create(document=document, siglum=siglum, text=text, **values)
    collate_witnesses(document)
    return witness


def add_document(collection: Collection, slug: str, text: str, **values: object) -> Document:
    """Adds a public document with this text, derived as any other."""
    values = {"title": "The published letter", "status": Document.Status.PUBLISHED, "position": 20, **values}
    document = Document.objects.create(collection=collection, slug=slug, text=text, **values)
    derive(document)
    return document
