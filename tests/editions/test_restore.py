"""Restoring the three texts is entirely right, without hints; what cannot be understood is kept."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.model import Block, BlockKind, NoteKind, NoteMarker, PageBreak, block_text, note_text, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.pasted import Restoration, restore
from editions.readers.pasted.ledger import Role
from editions.writers.archive_text import write_archive_text
from editions.writers.standoff import write_standoff
from tests.sources import NAMES, source

GOLDEN = Path(__file__).parent / "golden"


def anchored(text: str) -> dict[str, str]:
    """Maps each note, or page, to the words right before it."""
    document = write_standoff(restore(text).edition, "x")
    found = {note["label"]: document["text"][: note["offset"]] for note in document["footnotes"]}
    found |= {f"page {page['label']}": document["text"][: page["offset"]] for page in document["pages"]}
    return {label: " ".join(before.split()[-3:]) for label, before in found.items()}


def blocks_of(name: str, kind: BlockKind) -> list[Block]:
    return [block for block in walk(restore(source(name)).edition.blocks) if block.kind is kind]


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_edition_is_as_the_golden_file_has_it(name: str) -> None:
    """UPDATE_GOLDEN=1 writes the files anew; read the difference before you commit it."""
    path = GOLDEN / f"{name}.md"
    found = write_archive_text(restore(source(name)).edition)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_the_source_is_accounted_for(name: str) -> None:
    text, restoration = source(name), restore(source(name))
    assert "".join(text[s.start : s.end] for s in restoration.segments) == text
    assert all(a.end == b.start for a, b in zip(restoration.segments, restoration.segments[1:], strict=False))
    assert all(not text[s.start : s.end].strip() for s in restoration.segments if s.role is Role.SPACE)


@pytest.mark.parametrize("name", NAMES)
def test_what_each_character_is_said_to_be_is_where_it_ends_up(name: str) -> None:
    text, restoration = source(name), restore(source(name))
    edition = restoration.edition
    blocks = list(walk(edition.blocks))

    def said(role: Role) -> str:
        return squeezed("".join(text[s.start : s.end] for s in restoration.segments if s.role is role))

    def squeezed(words: str) -> str:
        return re.sub(r"\s", "", words)

    bare = [block_text(block).removeprefix(block.label) for block in blocks]
    assert said(Role.TEXT) == squeezed("".join(bare))
    assert said(Role.LABEL) == "".join(block.label for block in blocks)
    assert said(Role.NOTE) == squeezed("".join(note_text(note) for note in edition.footnotes))
    markers = [i for block in blocks for i in block.content if isinstance(i, NoteMarker)]
    assert said(Role.MARKER) == "".join(marker.note.removeprefix("fn") for marker in markers)
    assert len(markers) == len(edition.footnotes)
    pages = [i for block in blocks for i in block.content if isinstance(i, PageBreak)]
    assert said(Role.PAGE_BREAK) == "".join(f"[Page{page.label}]" for page in pages)


def test_nsam_129_has_its_notes_and_its_page_break_where_they_belong() -> None:
    assert anchored(source("nsam-129")) == {
        "1": "Memorandum No. 129",
        "2": "exploration of space.",
        "3": "has been made.",
        "4": "made. McGeorge Bundy",
        "page 888": "matters. These recommendations",
    }
    kinds = [note.kind for note in restore(source("nsam-129")).edition.footnotes]
    assert kinds == [NoteKind.SOURCE, NoteKind.EDITORIAL, NoteKind.EDITORIAL, NoteKind.EDITORIAL]


def test_nsam_129_has_its_number_its_memorandum_headings_and_its_signature() -> None:
    metadata = restore(source("nsam-129")).edition.metadata
    assert (metadata.number, metadata.title) == ("388", "National Security Action Memorandum No. 129")
    assert metadata.recipients == ("The Secretary of State",)
    assert metadata.subject == "U.S.-U.S.S.R. Cooperation in the Exploration of Space"
    assert metadata.written is None
    assert [(block_text(b), len(b.blocks)) for b in blocks_of("nsam-129", BlockKind.MEMO)] == [
        ("TO", 1),
        ("SUBJECT", 1),
    ]
    assert [block_text(b) for b in blocks_of("nsam-129", BlockKind.SIGNATURE)] == ["McGeorge Bundy"]


def test_kennedys_letter_has_its_note_and_five_items() -> None:
    assert anchored(source("kennedy-to-khrushchev")) == {"1": "exploration of space."}
    restoration = restore(source("kennedy-to-khrushchev"))
    assert note_text(restoration.edition.footnotes[0]) == "See Item 60."
    assert [b.label for b in blocks_of("kennedy-to-khrushchev", BlockKind.ITEM)] == ["1.", "2.", "3.", "4.", "5."]
    first = next(b for b in walk(restoration.edition.blocks) if b.id == "p1")
    assert block_text(first).endswith("exploration of space. I now present such proposals to you.")


def test_kennedys_letter_has_two_dates_from_its_release_note() -> None:
    metadata = restore(source("kennedy-to-khrushchev")).edition.metadata
    assert metadata.written is not None
    assert metadata.released is not None
    assert (metadata.written.iso, metadata.released.iso) == ("1962-03-07", "1962-03-18")
    assert metadata.senders == ("John F. Kennedy",)
    assert metadata.recipients == ("Chairman Khrushchev",)


def test_kennedys_letter_opens_and_closes_as_letters_do() -> None:
    kinds = [block.kind for block in restore(source("kennedy-to-khrushchev")).edition.blocks]
    assert kinds[:5] == [
        BlockKind.AUTHOR,
        BlockKind.DATELINE,
        BlockKind.HEADING,
        BlockKind.RELEASE,
        BlockKind.SALUTATION,
    ]
    assert kinds[-3:] == [BlockKind.CLOSER, BlockKind.SIGNATURE, BlockKind.ADDRESS]


def test_the_reply_has_six_items_and_the_third_has_two_paragraphs() -> None:
    items = blocks_of("khrushchev-to-kennedy", BlockKind.ITEM)
    assert [item.label for item in items] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert [len(item.blocks) for item in items] == [0, 0, 1, 0, 0, 0]
    assert block_text(items[2].blocks[0]).startswith("As our scientists see it")
    assert items[2].blocks[0].id == "p8"


def test_the_reply_is_known_by_its_source_line() -> None:
    metadata = restore(source("khrushchev-to-kennedy")).edition.metadata
    assert metadata.written is not None
    assert metadata.written.iso == "1962-03-20"
    assert metadata.senders == ("Chairman Nikita Khrushchev",)
    assert metadata.recipients == ("President John F Kennedy",)
    assert len(blocks_of("khrushchev-to-kennedy", BlockKind.SOURCE)) == 1


def test_a_judgement_comes_with_its_line_and_how_sure_it_is() -> None:
    remarks = restore(source("nsam-129")).remarks
    assert [(r.line, r.confidence < 1) for r in remarks] == [(1, True), (17, True)]


def test_a_note_that_nothing_calls_is_kept_and_reported() -> None:
    restoration = restore("A plain text.1 It goes on.\n\n  1. The first note.\n  2. The second note.")
    assert [note_text(note) for note in restoration.edition.footnotes] == ["The first note.", "The second note."]
    assert any("Note 2 is called nowhere" in remark.message and remark.line == 4 for remark in restoration.remarks)


@pytest.mark.parametrize(
    "text",
    [
        "It cost $5.2 million in 1962, he said in No. 129.\n\nNothing more.",
        "1. A first thing.\n2. A second thing.\n3. A third thing.",
        "They met on February 21 and again in 1962.\n\n1. One thing only.",
    ],
)
def test_numbers_and_lists_are_not_taken_for_notes(text: str) -> None:
    assert restore(text).edition.footnotes == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    "1. Source: x",
                    "  2. note",
                    "word.1",
                    "[Page 12]",
                    "TO",
                    "SUBJECT: y",
                    "Dear Sir:",
                    "• a",
                    "3",
                    "1See",
                    "(a) b",
                ]
            ),
        ),
        max_size=12,
    ).map("\n".join)
)
def test_any_text_is_restored_without_losing_a_character(text: str) -> None:
    restoration: Restoration = restore(text)
    assert "".join(text[s.start : s.end] for s in restoration.segments) == text
    written = write_archive_text(restoration.edition)
    assert parse_archive_text(written) == restoration.edition


def test_standoff_json_is_json() -> None:
    for name in NAMES:
        document = write_standoff(restore(source(name)).edition, name)
        assert json.loads(json.dumps(document)) == document
