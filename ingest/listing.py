"""Lists references by hand: over words that the archive found or that are marked, or over others of the text."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from documents.models import Collection, Designation, Document, Footnote, FormerAddress, Identifier, Passage, Reference
from editions.readers.archive_text import parse_archive_text
from editions.references.identifiers import describe
from ingest.derive import derive, own_names
from ingest.history import keeping
from ingest.places import Places
from ingest.references import NOTE, WEB, document_of, fragment_of
from ingest.referring import LONGEST_WORDS, Referring, context_of

#: The address of a document of this archive, as a browser shows it.
PAGE = re.compile(r"(?:https?://[^/\s]+)?/documents/(?P<slug>[-\w]+)/?(?P<fragment>#\S+)?")
#: The address of a document, or of a note, at the Office of the Historian; so the archive knows it when it arrives.
HISTORIAN = re.compile(
    r"https?://history\.state\.gov/historicaldocuments/(?P<name>frus[^/\s?#]+/d\d+\w*)/?(?P<fragment>#\S+)?"
)


class NotListed(Exception):
    """A reference cannot be listed; the message says why and what to do."""


def places_of(document: Document) -> Places:
    """The words of each passage and note of a document as it is stored. Raises ``ReadError``."""
    return Places.of(parse_archive_text(document.text))


def standing_words(words: str, ident: str, places: Places) -> str:
    """The words as they stand in a place, where only white space may differ; raises ``NotListed`` when they do not."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    if words.strip() and (found := pattern.search(places.texts.get(ident, ""))):
        return found[0]
    elsewhere = [place for place, text in places.texts.items() if words.strip() and pattern.search(text)]
    if elsewhere:
        raise NotListed(f"These words do not stand in {ident}. They stand in {', '.join(elsewhere[:3])}: choose that.")
    raise NotListed("These words stand nowhere in the text of this document. Copy them exactly from its page.")


def known_target(target: str) -> str:
    """A target in the form in which it is kept; an address of this archive, or of the series on the web,
    becomes the name of the document.

    Raises ``NotListed`` for what no one could resolve, and for a note that a document of the archive does not have.
    """
    page = PAGE.fullmatch(target)
    if page and Document.objects.filter(slug=page["slug"]).exists():
        target = page["slug"] + (page["fragment"] or "")
    elif series := HISTORIAN.fullmatch(target):
        target = series["name"] + (series["fragment"] or "")
    name, fragment = document_of(target), fragment_of(target)
    if (document := _document(name)) is not None:
        if fragment and not _has_place(document, fragment):
            raise NotListed(f"“{document}” has no passage or note {fragment}.")
    elif not WEB.fullmatch(target) and describe(name) == name and not Collection.objects.filter(slug=name).exists():
        raise NotListed(
            f"Nobody knows what “{name}” means. Write the identifier of a document, such as frus1961-63v06/d35, "
            "un-ga-res/1721-xvi or nsam-129, the address of a document of this archive, or a web address with https://."
        )
    return target


def _document(name: str) -> Document | None:
    """The document, published or not, that has this name or had this address."""
    for rows in (
        Document.objects.filter(slug=name),
        Document.objects.filter(pk__in=Identifier.objects.filter(value=name).values("document")),
        Document.objects.filter(pk__in=FormerAddress.objects.filter(slug=name).values("document")),
        Document.objects.filter(pk__in=Designation.objects.filter(value=name).values("document")),
    ):
        if found := rows.only("slug", "title", "short_title").first():
            return found
    return None


def _has_place(document: Document, fragment: str) -> bool:
    """Whether a document has a passage or note with this address, or a note with this number."""
    note = NOTE.fullmatch(fragment)
    notes = Footnote.objects.filter(document=document)
    return (
        notes.filter(ident=fragment).exists()
        or (note is not None and notes.filter(label=note["label"]).exists())
        or Passage.objects.filter(document=document, ident=fragment).exists()
    )


def words_over(reference: Reference) -> str:
    """The words of a reference that is derived, with as many of those before them as tell them from the same words
    further up in their place."""
    edition = parse_archive_text(reference.document.text)
    places = Places.of(edition)
    rows = reference.document.references.filter(origin=Reference.Origin.LISTED)
    listed = [at for row in rows if (at := places.find(row.words, [row.ident]))]
    referring = Referring.of(edition, context_of(reference.document), own_names(reference.document), listed)
    key = (reference.ident, reference.words, reference.target)
    for one in (*referring.marked, *referring.found):
        if (one.place, one.words, one.target) == key:
            words = _distinct(places.texts[one.place], one.start, one.end)
            return words if len(words) <= LONGEST_WORDS else reference.words
    return reference.words


def _distinct(text: str, start: int, end: int) -> str:
    """The part of a text from ``start`` to ``end``, begun so many words earlier that it stands there first."""
    while start and text.find(text[start:end]) != start:
        start = text.rfind(" ", 0, start - 1) + 1
    return text[start:end]


@transaction.atomic
def list_by_hand(reference: Reference, by: AbstractBaseUser | None) -> tuple[str, ...]:
    """Stores a reference as one that an editor lists, in place of what was derived over its words, and derives its
    document anew; returns a sentence for each quotation that no longer stands in the text."""
    reference.origin = Reference.Origin.LISTED.value
    return _changing(reference.document, by, "A reference listed", reference.save)


@transaction.atomic
def take_off_the_list(reference: Reference, by: AbstractBaseUser | None) -> tuple[str, ...]:
    """Deletes a reference that an editor listed: what is marked or found over its words comes back. As above."""
    return _changing(reference.document, by, "A reference no longer listed", reference.delete)


def _changing(document: Document, by: AbstractBaseUser | None, reason: str, change: Any) -> tuple[str, ...]:
    with keeping(document, by=by, reason=reason):
        change()
        Document.objects.filter(pk=document.pk).update(edited_here=True)
        return derive(document).lost
