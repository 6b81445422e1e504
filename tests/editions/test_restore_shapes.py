"""Text as people copy it from PDFs, web pages and word processors: each folder has it, and what it becomes."""

import os
import random
import re
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.identify import identify
from editions.model import NoteMarker, note_text, reading_text, walk
from editions.readers.archive_text import parse_archive_text
from editions.readers.pasted import Restoration, restore
from editions.readers.pasted.ledger import Role
from editions.readers.pasted.parties import read_parties
from editions.writers.archive_text import write_archive_text

SHAPES = sorted((Path(__file__).parent / "golden" / "pasted").iterdir())
SOURCES = [(shape / "source.txt").read_text(encoding="utf-8") for shape in SHAPES]


def shown(restoration: Restoration) -> str:
    remarks = [f"{r.line}: {r.message} ({r.confidence:.1f})" for r in restoration.remarks]
    return write_archive_text(restoration.edition) + "\n---- remarks\n" + "".join(f"{remark}\n" for remark in remarks)


def check(text: str) -> None:
    """The account covers the source, and every word of the text and of the notes arrives."""
    restoration = restore(text)
    assert "".join(text[s.start : s.end] for s in restoration.segments) == text
    said = "".join(text[s.start : s.end] for s in restoration.segments if s.role in (Role.TEXT, Role.NOTE, Role.LABEL))
    edition = restoration.edition
    arrived = "".join(block.label + reading_text(block.content) for block in walk(edition.blocks))
    arrived += "".join(note_text(note) for note in edition.footnotes)
    assert sorted(re.sub(r"\s", "", said)) == sorted(re.sub(r"\s", "", arrived))


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_a_copied_text_becomes_what_the_golden_file_has(shape: Path) -> None:
    """UPDATE_GOLDEN=1 writes the files anew; read the difference before you commit it."""
    found = shown(restore((shape / "source.txt").read_text(encoding="utf-8")))
    if os.environ.get("UPDATE_GOLDEN"):
        (shape / "restored.txt").write_text(found, encoding="utf-8")
    assert found == (shape / "restored.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", SOURCES, ids=[shape.name for shape in SHAPES])
def test_what_is_restored_can_be_edited_as_archive_text(text: str) -> None:
    edition = restore(text).edition
    assert identify(parse_archive_text(write_archive_text(edition))) == edition


def broken(text: str, seed: int) -> str:
    """The text with pieces taken out, doubled, moved or spoilt."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 80))
        piece = text[start:end]
        spoilt = "".join(chance.choice(string.printable + "¹†“—\f\u00ad") for _ in range(chance.randint(0, 4)))
        text = text[:start] + chance.choice(["", piece * 2, piece.replace("\n", " "), spoilt]) + text[end:]
    return text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SOURCES), st.integers(0, 2**32))
def test_no_word_of_a_spoilt_text_is_lost(text: str, seed: int) -> None:
    check(broken(text, seed))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="a1 .[](¹*†\n\f-•A:", max_size=200))
def test_no_sign_of_a_jumbled_text_is_lost(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("title", "senders", "recipients"),
    [
        ("Letter From President Kennedy to Chairman Khrushchev", ["President Kennedy"], ["Chairman Khrushchev"]),
        (
            "Telegram From the Embassy in the Soviet Union to the Department of State",
            ["Embassy in the Soviet Union"],
            ["Department of State"],
        ),
        (
            "Memorandum From the Ambassador to Iran (Holmes) to the Under Secretary of State (Ball)",
            ["Ambassador to Iran (Holmes)"],
            ["Under Secretary of State (Ball)"],
        ),
        (
            "Memorandum From Robert W. Komer of the National Security Council Staff to President Johnson in Texas",
            ["Robert W. Komer"],
            ["President Johnson"],
        ),
        (
            "Memorandum From Secretary of State Rusk and Secretary of Defense McNamara to President Kennedy",
            ["Secretary of State Rusk", "Secretary of Defense McNamara"],
            ["President Kennedy"],
        ),
        (
            "Memorandum of a Conversation Between the President and the Secretary of State, Washington, July 14, 1958",
            ["President"],
            ["Secretary of State"],
        ),
        (
            "Memorandum From the Director of the Oil and Gas Division (Stewart) to the Secretary of State",
            ["Director of the Oil and Gas Division (Stewart)"],
            ["Secretary of State"],
        ),
        (
            "MEMORANDUM FROM THE PRESIDENT'S SPECIAL ASSISTANT (BUNDY) TO THE SECRETARY OF STATE",
            ["President's Special Assistant (Bundy)"],
            ["Secretary of State"],
        ),
    ],
)
def test_a_title_tells_who_wrote_to_whom(title: str, senders: list[str], recipients: list[str]) -> None:
    assert read_parties(title) == (tuple(senders), tuple(recipients))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("A title.1 As in Embtel 4142. On March 12, 1962.\n\n  1. Source: x.\n  2. Two.\n", "in Embtel 414"),
        ("Source.1 On July 282 he left, at 2 p.m.\n\n  1. Source: x.\n  2. Two.\n", "On July 28"),
        ("A title.1 The word “space,”2 and 1962.\n\n  1. Source: x.\n  2. Two.\n", "word “space,”"),
        (
            "A title.1 The paper (NSC 5602; secret) came. They spoke of NSC 5602 and of No. 142 at length.\n\n"
            "  1. Source: x.\n  2. Two.\n",
            "of No. 14",
        ),
        ("A title.1 As in '23 he had a letter2 from him.3\n\n  1. Source: x.\n  2. Two.\n  3. Three.\n", "a letter"),
        (
            "A title.1 So it was in 1954–62. A telegram of October 12 came.\n\n  1. Source: x.\n  2. Two.\n",
            "of October 1",
        ),
        ("A title.1 In 19622 he left on May 2, 1963.\n\n  1. Source: x.\n  2. Two.\n", "In 1962"),
    ],
)
def test_a_marker_is_told_from_dates_hours_and_numbers(text: str, before: str) -> None:
    edition = restore(text).edition
    words = "".join(
        f"[{inline.note}]" if hasattr(inline, "note") else reading_text((inline,))
        for block in walk(edition.blocks)
        for inline in block.content
    )
    assert f"{before}[fn2]" in words or f"{before}.[fn2]" in words


def called(text: str) -> str:
    """The text with its notes in brackets where they are called."""
    return "|".join(
        "".join(
            f"[{inline.note}]" if isinstance(inline, NoteMarker) else reading_text((inline,))
            for inline in block.content
        )
        for block in walk(restore(text).edition.blocks)
    )


TWO_NOTES = "\n\n  1. Source: Kennedy Library.\n  2. The President's own words.\n"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Report From the Pentagon, undated12\n\nIt ran to lOOO2H. E-2 planes.", "undated[fn1][fn2]"),
        ("Telegram, March 20, 1972, 1020Z12\n\nO 201612Z MAR 72. See B–52.", "1020Z[fn1][fn2]"),
        ("Memorandum, June 16, 197212\n\nOn 9 June 1972.2 Nothing came.", "June 16, 1972[fn1][fn2]"),
        ("Memorandum, May 197212\n\nIt cost 1962 dollars. In 19622 it was less.", "May 1972[fn1][fn2]"),
        ("A Title1\n\nHe went to Athens.2,3 He came back in March 1962.3", "Athens.[fn2],[fn3]"),
        ("A Title1\n\nThere will be 300 by mid-1964.2–3 From 1963 there are more.", "mid-1964.[fn2]–[fn3] From"),
        ("A Title1\n\nMilitary Aid\n\nFar East 239.6 242.023 for 1962", "242.0[fn2][fn3] for"),
        ("A Title1\n\nA proposed resolution [Page 167] 2to all members.", "resolution [fn2] to all"),
        ("A Title1\n\nThey rejected this point of view.2….", "point of view.[fn2]…."),
    ],
)  # fmt: skip
def test_digits_glued_to_a_word_are_markers_all_of_them(text: str, whole: str) -> None:
    notes = TWO_NOTES + ("  3. A third.\n" if "3" in whole else "")
    assert whole in re.sub(r"\[fn2\]\s?to", "[fn2] to", called(text + notes))


def test_a_marker_on_a_line_of_its_own_belongs_to_what_stands_above_it() -> None:
    text = "Letter From the Secretary to the President1\n\nWashington, January 2, 1962.\n\n2\n\nI agree."
    assert called(text + TWO_NOTES).split("|")[1:] == ["Washington, January 2, 1962.[fn2]", "I agree."]
    [remark] = restore(text + TWO_NOTES).remarks
    assert "“January 2, 1962.”" in remark.message


def test_a_number_with_a_stop_begins_no_note() -> None:
    text = "Telegram From Saigon1\n\n1Source: Kennedy Library.\n\n20. See 14.2 As follows.\n\n2Not printed."
    assert "20. See 14.[fn2] As follows." in called(text)


def test_a_numbered_title_is_told_from_a_list_by_the_date_below_it() -> None:
    text = "4. Informal Remarks\n\nWashington, January 27, 1968.\n\nHe said:\n\n4. A fourth thing.\n\n5. A fifth thing."
    assert restore(text).edition.metadata.number == "4"
    assert restore(text.replace("Washington, January 27, 1968.", "As before.")).edition.metadata.number == ""
