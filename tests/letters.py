"""Letters that two people wrote to each other, stored as an editor stores them."""

from __future__ import annotations

from datetime import date

from documents.models import Collection, Document, DocumentDate, Participation, Person
from ingest.derive import derive, derive_related
from ingest.letters import Said, store_letter

ADAMS, BELL = "Abigail Adams", "John Bell"


def letter(
    slug: str,
    written: date | None,
    text: str,
    *,
    sender: str = ADAMS,
    recipient: str = BELL,
    answers: tuple[Document, ...] = (),
    identified: bool = True,
    published: bool = True,
    kind: str = "letter",
    collection: str = "letters",
) -> Document:
    """Stores a letter with all that is derived from it, and what is guessed around it."""
    shelf, _ = Collection.objects.get_or_create(slug=collection, defaults={"title": collection.capitalize()})
    document = Document.objects.create(
        collection=shelf,
        slug=slug,
        kind=kind,
        title=f"{sender} to {recipient}",
        text=text,
        status=Document.Status.PUBLISHED if published else Document.Status.DRAFT,
        position=shelf.documents.count() + 1,
    )
    if written:
        day = f"{written.day} {written:%B %Y}"
        DocumentDate.objects.create(document=document, display=day, earliest=written, latest=written)
    for position, (role, name) in enumerate((("from", sender), ("to", recipient))):
        person = _person(name) if identified else None
        Participation.objects.create(document=document, role=role, person=person, name=name, position=position)
    store_letter(document, Said(answers=answers))
    derive(document)
    derive_related(document)
    return document


def _person(name: str) -> Person:
    return Person.objects.get_or_create(slug=name.lower().replace(" ", "-"), defaults={"name": name})[0]


def back(slug: str, written: date | None, text: str, **kwargs: object) -> Document:
    """A letter the other way."""
    return letter(slug, written, text, sender=BELL, recipient=ADAMS, **kwargs)  # type: ignore[arg-type]
