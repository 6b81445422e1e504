"""What a document refers to and what it is called: references marked in its text and found in its words, designations.

What an editor lists comes before both: over the same words nothing else is marked, found or kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Several
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from documents.models import Document, DocumentDate, Identifier
from editions.model import Edition, Inlines, Reference, Span, block_text, inlines, note_text, reading_text, walk
from editions.references.designations import designations
from editions.references.found import Context, FoundReference, references_in
from editions.references.sentences import sentence_around
from editions.writers.html import Annotation, reference_mark
from ingest.references import Targets
from ingest.rows import Rows

#: A document of a volume, by the number that it has there: "frus1961-63v25/d388".
OF_VOLUME = re.compile(r"(?P<volume>[^\s/#]+)/d(?P<number>\d\w*)")
#: The address of a collection that is a volume of a series known to number its documents.
VOLUME = re.compile(r"frus\d{4}[\w-]*")
LONGEST_WORDS = 500
LONGEST_TARGET = 200
LONGEST_TITLE = 300

#: The id of a place, and where in its text words begin and end.
Words = tuple[str, int, int]


@dataclass(frozen=True)
class Referring:
    """The references of an edition that are ``marked`` in it, and those ``found`` in its words, in reading order."""

    marked: tuple[FoundReference, ...]
    found: tuple[FoundReference, ...]

    @classmethod
    def of(cls, edition: Edition, context: Context, own: Several[str] = (), listed: Several[Words] = ()) -> Referring:
        """Gathers the references of an edition, without those over words that are ``listed`` already.

        ``own`` are the names of the document itself: by its own name it refers to nothing.
        """
        marked = (one for one in marked_in(edition) if not _among(one, listed))
        found = (one for one in references_in(edition, context) if one.target not in own and not _among(one, listed))
        return cls(tuple(filter(_fits, marked)), tuple(filter(_fits, found)))

    def targets(self) -> Iterator[str]:
        return (one.target for one in (*self.marked, *self.found))

    def rows(self) -> Rows:
        """The rows by place, words and target; what is said twice in one place in the same words is one of them."""
        rows: Rows = {}
        for origin, one in (*(("marked", one) for one in self.marked), *(("found", one) for one in self.found)):
            rows.setdefault(
                (one.place, one.words, one.target),
                {
                    "ident": one.place,
                    "words": one.words,
                    "target": one.target,
                    "title": one.title[:LONGEST_TITLE],
                    "sentence": one.sentence,
                    "origin": origin,
                },
            )
        return rows

    def annotations(self, targets: Targets) -> list[Annotation]:
        """How what was found shows in the text: words lead to the first document that they mean. What is marked in the
        text shows by itself."""
        first = {(one.place, one.start): one for one in reversed(self.found)}
        return [
            reference_mark(one.place, one.start, one.end, one.target, targets.address(one.target), one.title)
            for one in first.values()
        ]


def marked_in(edition: Edition) -> Iterator[FoundReference]:
    """Yields the references that are marked in a text, each with its sentence, in reading order."""
    for block in walk(edition.blocks):
        if _has_reference(block.content):
            yield from _marked(block.id, reading_text(block.content), _spans(block.content, 0))
    for note in edition.footnotes:
        blocks = list(walk(note.blocks))
        if not any(_has_reference(block.content) for block in blocks):
            continue
        spans, end = [], -1
        for block in blocks:
            end += 1 + len(block_text(block))
            spans += _spans(block.content, end - len(reading_text(block.content)))
        yield from _marked(note.id, note_text(note), spans)


def _has_reference(content: Inlines) -> bool:
    return any(isinstance(inline, Reference) for inline in inlines(content))


def _marked(place: str, text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[FoundReference]:
    for start, end, target in spans:
        words = " ".join(text[start:end].split())[:LONGEST_WORDS]
        yield FoundReference(place, start, end, words, target, "", sentence_around(text, start, end))


def _spans(content: Inlines, offset: int) -> Iterator[tuple[int, int, str]]:
    """Where the references of a run of inlines begin and end in a text in which it begins at ``offset``."""
    for inline in content:
        end = offset + len(reading_text((inline,)))
        if isinstance(inline, Reference):
            yield offset, end, inline.target
        if isinstance(inline, Span):
            yield from _spans(inline.content, offset)
        offset = end


def _among(one: FoundReference, listed: Iterable[Words]) -> bool:
    return any(place == one.place and start < one.end and one.start < end for place, start, end in listed)


def _fits(one: FoundReference) -> bool:
    return 0 < len(one.target) <= LONGEST_TARGET and len(one.words) <= LONGEST_WORDS


def context_of(document: Document) -> Context:
    """Where the text of a stored document stands: in which volume and under which number, and when it was written.

    The volume is that of its own identifier, or else its collection, where that is one.
    """
    identifiers = document.identifiers.order_by("value").values_list("value", flat=True)
    written = document.dates.filter(event=DocumentDate.Event.WRITTEN).first()
    context = context_with(identifiers, document.number, document.publication, written.earliest if written else None)
    if context.volume:
        return context
    return Context(_volume(document), context.number, context.publication, context.written)


def context_with(identifiers: Iterable[str], number: str, publication: str, written: date | None) -> Context:
    """Where a text stands of which this is known."""
    found = next(filter(None, map(OF_VOLUME.fullmatch, identifiers)), None)
    if found is None:
        return Context("", number, publication, written)
    return Context(found["volume"], found["number"], publication, written)


def _volume(document: Document) -> str:
    """The identifier of the volume that the collection of a document is, or nothing."""
    slug = document.collection.slug
    if not VOLUME.fullmatch(slug):
        return ""
    named = Identifier.objects.filter(document__collection=document.collection_id, value__istartswith=f"{slug}/")
    found = next(filter(None, map(OF_VOLUME.fullmatch, named.values_list("value", flat=True)[:1])), None)
    return found["volume"] if found and slugify(found["volume"]) == slug else slug


def designations_of(edition: Edition, kind: str, title: str, written: date | None) -> frozenset[str]:
    """What others may call a document in their words, as far as a name fits into its column."""
    return frozenset(name for name in designations(edition, kind, title, written) if len(name) <= LONGEST_TARGET)
