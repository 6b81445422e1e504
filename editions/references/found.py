"""The pipeline: an edition and where it stands go in, what its words refer to comes out."""

from __future__ import annotations

from collections.abc import Iterator

from editions.model import Edition, Footnote, Inlines, Reference, Span, block_text, note_text, reading_text, walk
from editions.references.context import Context, FoundReference, Target
from editions.references.identifiers import describe
from editions.references.resolve import Resolver
from editions.references.sentences import sentence_around

__all__ = ["Context", "FoundReference", "references_in"]

Spans = list[tuple[int, int]]


def references_in(edition: Edition, context: Context) -> tuple[FoundReference, ...]:
    """Finds what the blocks and notes of an edition refer to, outside of references that are marked already.

    They come in the order of the text, blocks before notes. Those of one place are in order and do not overlap, but
    for a range: the documents between "22" and "24" share the words of the last number with it, and come after it.
    """
    return tuple(_found(edition, context))


def _found(edition: Edition, context: Context) -> Iterator[FoundReference]:
    labels = {note.label for note in edition.footnotes}
    resolver = Resolver(context, labels)
    for block in walk(edition.blocks):
        text = reading_text(block.content)
        if targets := resolver.targets(text):
            yield from _in_place(block.id, text, targets, marked(block.content))
    resolver = Resolver(context, labels)
    for note in edition.footnotes:
        text = note_text(note)
        if targets := resolver.targets(text):
            yield from _in_place(note.id, text, targets, _marked_in_note(note))


def _in_place(place: str, text: str, targets: list[Target], taken: Spans) -> Iterator[FoundReference]:
    for start, end, target in targets:
        if any(start < until and since < end for since, until in taken):
            continue
        sentence = sentence_around(text, start, end)
        yield FoundReference(place, start, end, text[start:end], target, describe(target), sentence)


def marked(content: Inlines, start: int = 0) -> Spans:
    """Returns where the references that are marked stand, as characters of the reading text."""
    spans: Spans = []
    for inline in content:
        length = len(reading_text((inline,)))
        if isinstance(inline, Reference):
            spans.append((start, start + length))
        elif isinstance(inline, Span):
            spans += marked(inline.content, start)
        start += length
    return spans


def _marked_in_note(note: Footnote) -> Spans:
    spans: Spans = []
    start = 0
    for block in walk(note.blocks):
        end = start + len(block_text(block))
        spans += marked(block.content, end - len(reading_text(block.content)))
        start = end + 1
    return spans
