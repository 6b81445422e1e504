"""What the encoders of volumes marked is found in the words of the same volumes once the marks are taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from editions.identify import identify
from editions.model import Block, Edition, Inlines, Reference, inlines, reading_text, walk
from editions.readers.tei.document import read_tei_document
from editions.readers.tei.volume import scan_volume
from editions.references.found import Context, references_in
from tests.volumes import needs_volumes, volumes

DOCUMENT = re.compile(r"frus[^/#]+/d\d+")
Found = set[tuple[str, str]]


def documents() -> Iterator[tuple[Edition, Context]]:
    for path in volumes():
        source = path.read_bytes()
        volume = scan_volume(source)
        for piece in volume.documents:
            edition = read_tei_document(source[piece.start : piece.end], volume=volume.ident).edition
            yield identify(edition), Context(volume.ident, edition.metadata.number)


def unmarked(edition: Edition) -> Edition:
    def plain(content: Inlines) -> Inlines:
        return tuple(
            part
            for inline in content
            for part in (plain(inline.content) if isinstance(inline, Reference) else (inline,))
        )

    def block(one: Block) -> Block:
        return replace(one, content=plain(one.content), blocks=tuple(map(block, one.blocks)))

    notes = tuple(replace(note, blocks=tuple(map(block, note.blocks))) for note in edition.footnotes)
    return replace(edition, blocks=tuple(map(block, edition.blocks)), footnotes=notes)


def marked_in(edition: Edition) -> Found:
    """The documents that the marked references point at; those without a number in their words are left out."""
    places = [(block.id, block.content) for block in walk(edition.blocks)]
    places += [(note.id, block.content) for note in edition.footnotes for block in walk(note.blocks)]
    return {
        (place, document[0])
        for place, content in places
        for inline in inlines(content)
        if isinstance(inline, Reference) and re.search(r"\d", reading_text(inline.content))
        if (document := DOCUMENT.match(inline.target))
    }


def found_in(edition: Edition, context: Context) -> Found:
    spans: dict[tuple[str, int], str] = {}
    for one in references_in(edition, context):
        if re.search(r"\d", one.words) and (document := DOCUMENT.match(one.target)):
            spans.setdefault((one.place, one.start), document[0])
    return {(place, document) for (place, _), document in spans.items()}


@needs_volumes
def test_nearly_all_that_is_marked_is_found_without_the_marks_and_nothing_beside_them() -> None:
    counts: Counter[str] = Counter()
    for edition, context in documents():
        marked, found, beside = marked_in(edition), found_in(unmarked(edition), context), found_in(edition, context)
        counts.update(marked=len(marked), found=len(found), both=len(marked & found), again=len(marked & beside))
    assert counts["marked"] > 100
    assert counts["both"] >= 0.96 * counts["marked"], counts
    assert counts["both"] >= 0.93 * counts["found"], counts
    assert counts["again"] <= 0.01 * counts["marked"], counts
