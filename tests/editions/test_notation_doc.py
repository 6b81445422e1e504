"""Every example in docs/archive-text.md is read as the page says, and the page shows everything the notation has."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from editions.errors import ReadError
from editions.model import (
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Gap,
    Inline,
    LineBreak,
    Mention,
    MentionKind,
    Metadata,
    NoteKind,
    NoteMarker,
    PageBreak,
    Reference,
    Text,
    inlines,
    walk,
)
from editions.readers.archive_text import parse_archive_text
from editions.writers.archive_text import write_archive_text

PAGE = (Path(__file__).parents[2] / "docs" / "archive-text.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```archive-text\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
REFUSED = re.compile(
    r"^```archive-text-refused\n(?P<text>.*?)^```\n\n```text\n(?P<message>.*?)^```$", re.DOTALL | re.MULTILINE
)
EXAMPLES = [match["text"] for match in EXAMPLE.finditer(PAGE)]


def everything(edition: Edition) -> list[Inline]:
    blocks = [*walk(edition.blocks), *(block for note in edition.footnotes for block in walk(note.blocks))]
    return [inline for block in blocks for inline in inlines(block.content)]


def test_it_finds_the_examples() -> None:
    assert PAGE.count("```archive-text\n") == len(EXAMPLES) >= 15
    assert PAGE.count("```archive-text-refused\n") == len(REFUSED.findall(PAGE)) >= 5


@pytest.mark.parametrize("text", EXAMPLES)
def test_it_reads_each_example_and_writes_it_again(text: str) -> None:
    edition = parse_archive_text(text)
    assert edition.blocks
    assert parse_archive_text(write_archive_text(edition)) == edition


@pytest.mark.parametrize(("text", "message"), REFUSED.findall(PAGE))
def test_it_refuses_what_the_page_says_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ReadError) as refusal:
        parse_archive_text(text)
    assert str(refusal.value) == " ".join(message.split("\n")).strip()


def test_it_shows_every_kind_of_block() -> None:
    shown = {block.kind for text in EXAMPLES for block in walk(parse_archive_text(text).blocks)}
    assert shown == set(BlockKind)
    assert all(f"`{{{kind.value}}}`" in PAGE for kind in BlockKind)


def test_it_shows_every_mark_within_a_block() -> None:
    shown = [inline for text in EXAMPLES for inline in everything(parse_archive_text(text))]
    kinds = {Text, Emphasis, NoteMarker, PageBreak, LineBreak, CellBreak, Correction, Gap, Reference, Mention}
    assert {type(inline) for inline in shown} == kinds
    assert {inline.kind for inline in shown if isinstance(inline, Emphasis)} == set(EmphasisKind)
    assert {inline.kind for inline in shown if isinstance(inline, Mention)} == set(MentionKind)
    assert any(isinstance(inline, PageBreak) and inline.facsimile for inline in shown)


def test_it_shows_every_kind_of_note_and_every_line_of_front_matter() -> None:
    editions = [parse_archive_text(text) for text in EXAMPLES]
    assert {note.kind for edition in editions for note in edition.footnotes} == set(NoteKind)
    full = [edition.metadata for edition in editions if edition.metadata != Metadata()]
    assert all(any(getattr(metadata, field.name) for metadata in full) for field in fields(Metadata))


def test_the_items_pages_and_addresses_are_what_the_page_says() -> None:
    by_words = {words: edition for words in EXAMPLES for edition in [parse_archive_text(words)]}
    addresses = next(edition for words, edition in by_words.items() if "#p7" in words)
    assert [block.id for block in addresses.blocks] == ["p1", "p3", "p7", "p8"]
    items = next(edition for words, edition in by_words.items() if words.startswith("1. Weather"))
    assert [block.label for block in items.blocks] == ["1.", "2.", "3."]
    escaped = next(edition for words, edition in by_words.items() if "no heading" in words)
    assert {block.kind for block in escaped.blocks} == {BlockKind.PARAGRAPH}
