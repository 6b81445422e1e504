"""From an edition to what it refers to: where the words stand, what they mean, the sentence around them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Footnote, Metadata, Reference, Text, note_text, reading_text, walk
from editions.readers.sources import read_source
from editions.references import resolve
from editions.references.designations import designations
from editions.references.found import Context, FoundReference, references_in
from editions.references.identifiers import authority, describe
from editions.references.sentences import LONGEST, sentence_around
from editions.writers.standoff import write_standoff
from tests.editions.made_up import editions
from tests.sources import source

NSAM = Context(volume="frus1961-63v25", number="388", written=date(1962, 2, 23))


def edition_of(*paragraphs: str, notes: tuple[str, ...] = (), title: str = "") -> Edition:
    return identify(
        Edition(
            Metadata(title=title),
            tuple(Block(BlockKind.PARAGRAPH, (Text(words),)) for words in paragraphs),
            tuple(
                Footnote(f"fn{number}", str(number), (Block(BlockKind.PARAGRAPH, (Text(words),)),))
                for number, words in enumerate(notes, 1)
            ),
        )
    )


def targets(found: tuple[FoundReference, ...]) -> list[str]:
    return [one.target for one in found]


def test_the_memorandum_refers_to_the_messages_of_february() -> None:
    edition = identify(read_source(source("nsam-129").encode(), "text").edition)
    found = references_in(edition, NSAM)
    assert [(one.place, one.words, one.target) for one in found if one.place == "fn2"] == [
        ("fn2", "Foreign Relations, 1961–1963, vol. VI, Documents 35", "frus1961-63v06/d35"),
        ("fn2", "36", "frus1961-63v06/d36"),
        ("fn2", "Document 389", "frus1961-63v25/d389"),
    ]
    assert found[-1].sentence == "See also Document 389."
    assert found[-1].title == "Foreign Relations of the United States, 1961–1963, volume XXV, document 389"


def test_what_is_marked_already_is_not_found_again() -> None:
    marked = Reference("frus1961-63v06/d35", (Text("Document 35"),))
    block = Block(BlockKind.PARAGRAPH, (Text("See "), marked, Text(" and Document 36.")))
    note = Footnote("fn1", "1", (Block(BlockKind.ITEM, (Text("See "), marked, Text(".")), label="a."),))
    found = references_in(identify(Edition(blocks=(block,), footnotes=(note,))), NSAM)
    assert [(one.words, one.target) for one in found] == [("Document 36", "frus1961-63v25/d36")]


def test_the_words_of_a_labelled_note_are_counted_from_its_label() -> None:
    note = Footnote("fn1", "1", (Block(BlockKind.ITEM, (Text("See Document 3."),), label="a."),))
    (found,) = references_in(Edition(footnotes=(note,)), NSAM)
    assert note_text(note)[found.start : found.end] == found.words == "Document 3"


def test_ibid_goes_on_from_note_to_note_and_not_from_the_text_to_the_notes() -> None:
    edition = edition_of(
        "See Foreign Relations, 1961–1963, vol. VI, Document 35.", notes=("See ibid., Document 2.", "Ibid.")
    )
    assert targets(references_in(edition, NSAM)) == [
        "frus1961-63v06/d35",
        "frus1961-63v25/d2",
        "frus1961-63v25/d2",
    ]


@pytest.mark.parametrize(
    ("kind", "title", "paragraphs", "expected"),
    [
        ("memorandum", "National Security Action Memorandum No. 129", ["The President desires"], {"nsam-129"}),
        ("report", "Special National Intelligence Estimate", ["Washington", "SNIE 62-62", "…"], {"snie-62-62"}),
        ("report", "National Security Council Report", ["NSC 5602/1", "See NSC 5501."], {"nsc-5602-1"}),
        (
            "telegram",
            "Telegram From the Embassy in the Soviet Union",
            ["1940. Eyes only."],
            {"telegram-1940-1962-02-21"},
        ),
        ("telegram", "Circular Telegram to All Posts", ["1940. Eyes only."], set()),
        ("memorandum", "Memorandum on NSAM 129", ["1940. Eyes only. As in NIE 11-8-62."], set()),
    ],
)
def test_designations(kind: str, title: str, paragraphs: list[str], expected: set[str]) -> None:
    assert designations(edition_of(*paragraphs), kind, title, date(1962, 2, 21)) == expected


def test_the_subject_of_a_memorandum_is_not_what_it_is() -> None:
    subject = Block(BlockKind.MEMO, (Text("SUBJECT"),), blocks=(Block(BlockKind.PARAGRAPH, (Text("NSC 5602"),)),))
    assert designations(Edition(blocks=(subject,)), "memorandum", "Memorandum", None) == frozenset()


@pytest.mark.parametrize(
    ("target", "words", "address"),
    [
        (
            "frus1961-63v06/d35#fn2",
            "Foreign Relations of the United States, 1961–1963, volume VI, document 35, note 2",
            "https://history.state.gov/historicaldocuments/frus1961-63v06/d35",
        ),
        (
            "frus1961-63v07-09mSupp/d3",
            "Foreign Relations of the United States, 1961–1963, volumes VII–IX, microfiche supplement, document 3",
            "https://history.state.gov/historicaldocuments/frus1961-63v07-09mSupp/d3",
        ),
        (
            "frus1958-60v04/pg_615",
            "Foreign Relations of the United States, 1958–1960, volume IV, page 615",
            "https://history.state.gov/historicaldocuments/frus1958-60v04/pg_615",
        ),
        (
            "frus1955-57v13/d293#fn2fn3",
            "Foreign Relations of the United States, 1955–1957, volume XIII, document 293, notes 2 and 3",
            "https://history.state.gov/historicaldocuments/frus1955-57v13/d293",
        ),
        (
            "frus1958-60v10p2",
            "Foreign Relations of the United States, 1958–1960, volume X, part 2",
            "https://history.state.gov/historicaldocuments/frus1958-60v10p2",
        ),
        (
            "frus1969-76ve04/d1",
            "Foreign Relations of the United States, 1969–1976, volume E–4, document 1",
            "https://history.state.gov/historicaldocuments/frus1969-76ve04/d1",
        ),
        (
            "frus1952-54Guat/d5",
            "Foreign Relations of the United States (frus1952-54Guat), document 5",
            "https://history.state.gov/historicaldocuments/frus1952-54Guat/d5",
        ),
        (
            "un-ga-res/1721-xvi",
            "United Nations General Assembly Resolution 1721 (XVI)",
            "https://undocs.org/A/RES/1721(XVI)",
        ),
        (
            "un-sc-res/186-1964",
            "United Nations Security Council Resolution 186 (1964)",
            "https://undocs.org/S/RES/186(1964)",
        ),
        (
            "ppp-1962-kennedy/60",
            "Public Papers of the Presidents of the United States: John F. Kennedy, 1962, item 60",
            "",
        ),
        ("nsam-129", "National Security Action Memorandum No. 129", ""),
        ("nsc-5602-1", "National Security Council paper NSC 5602/1", ""),
        ("nsc-action-1290-d", "National Security Council Action No. 1290d", ""),
        ("snie-85-3-62", "Special National Intelligence Estimate 85-3-62", ""),
        ("telegram-1940-1962-02-21", "Telegram 1940 of 21 February 1962", ""),
    ],
)
def test_an_identifier_is_said_in_plain_words_and_leads_out_where_there_is_a_lasting_address(
    target: str, words: str, address: str
) -> None:
    assert (describe(target), authority(target)) == (words, address)


def test_an_identifier_of_no_known_form_stands_for_itself() -> None:
    assert (describe("kennedy-1962-03-07"), authority("kennedy-1962-03-07")) == ("kennedy-1962-03-07", "")
    assert describe("telegram-1-1962-99-99") == "Telegram 1"


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. See vol. VI, Document 35. Three.", "Document 35", "See vol. VI, Document 35."),
        (
            "He left. The U.S. Ambassador cited NSAM No. 129 again. Then",
            "129",
            "The U.S. Ambassador cited NSAM No. 129 again.",
        ),
        ("Dr. A. B. Smith met Gen. Taylor at 3:15 p.m. on Jan. 5; see Document 4.", "Document 4", None),
        ("He asked “Why?” The answer is in Document 4.”  Next", "Document 4", "The answer is in Document 4.”"),
        ("Not printed. (Ibid., Document 5) Then", "Document 5", "(Ibid., Document 5)"),
        ("A line\nSee Document 4\nAnother", "Document 4", "See Document 4"),
        ("See Document 4", "Document 4", "See Document 4"),
        (
            "3:\nDEAR MR. PRESIDENT: I have your message. Next",
            "your message",
            "DEAR MR. PRESIDENT: I have your message.",
        ),
    ],
)
def test_the_sentence_around_words(text: str, words: str, sentence: str | None) -> None:
    at = text.index(words)
    assert sentence_around(text, at, at + len(words)) == (sentence or text)


def test_a_long_sentence_is_cut_around_the_words() -> None:
    text = "word " * 300 + "Document 4 " + "word " * 300
    sentence = sentence_around(text, 1500, 1510)
    assert sentence.startswith("… word") and sentence.endswith("word …") and "Document 4" in sentence
    assert len(sentence) <= LONGEST + 4


def test_standoff_lists_each_document_of_the_series_once_for_its_words() -> None:
    edition = edition_of(
        "See Documents 22–24, supra, NIE 11–8–61 and vol. VI, Document 35.", notes=("Footnote 1 above; Document 5.",)
    )
    assert write_standoff(edition, "x", NSAM)["references"] == [
        {"in": "text", "target": "#d22"},
        {"in": "text", "target": "#d24"},
        {"in": "text", "target": "frus1961-63v06#d35"},
        {"in": "footnote 1", "target": "#d388"},
        {"in": "footnote 1", "target": "#d5"},
    ]


pieces = st.sampled_from(
    [
        "Document ",
        "Documents ",
        "36",
        "35 and 36",
        "18, 20, and 22–24",
        "footnote ",
        "Footnotes ",
        "2",
        "3 and 4",
        ", ",
        ". ",
        "; ",
        "(",
        ")",
        "supra",
        "infra",
        "ibid.",
        "Ibid., ",
        "above",
        "below",
        "thereto",
        "Foreign Relations, 1961–1963, ",
        "vol. VI, ",
        "volume E–4, ",
        "Part 1, ",
        "Microfiche Supplement, ",
        "Item 60",
        "NSAM No. ",
        "129",
        "NSC ",
        "5602/1",
        "Action ",
        "NIE ",
        "11-8-62",
        "Resolution ",
        "1721 (XVI)",
        "Security Council ",
        "186 (1964)",
        "telegram ",
        "1940 of ",
        "February 21",
        ", 1962",
        " and ",
        "to ",
        "\n",
        "\t",
        "U.S. ",
        "A",
    ]
)
contexts = st.builds(
    Context,
    st.sampled_from(["", "frus1961-63v15", "frus1961-63v10-12mSupp", "elsewhere"]),
    st.sampled_from(["", "1", "12", "12a"]),
    st.sampled_from(["", "Public Papers of the Presidents of the United States: John F. Kennedy, 1962"]),
    st.sampled_from([None, date(1962, 3, 7), date(1, 1, 1), date(9999, 12, 31)]),
)


@given(st.lists(pieces | st.text(max_size=5), max_size=25).map("".join), contexts)
def test_in_any_text_the_words_found_are_in_it_in_order_and_apart(text: str, context: Context) -> None:
    check(edition_of(text, notes=(text, "Ibid.")), context)


@given(st.lists(pieces | st.text(max_size=5), max_size=25).map("".join), contexts)
def test_no_text_that_cites_something_is_passed_over(text: str, context: Context) -> None:
    """The quick looks at a text, which save reading most of them closely, change nothing."""
    edition = edition_of(text, notes=(text,))
    with patch.object(resolve, "may_cite", bool), patch.object(resolve, "may_name", bool):
        read_closely = references_in(edition, context)
    assert references_in(edition, context) == read_closely


@given(editions, contexts)
def test_in_any_edition_too(edition: Edition, context: Context) -> None:
    check(edition, context)


def check(edition: Edition, context: Context) -> None:
    texts = {block.id: reading_text(block.content) for block in walk(edition.blocks)}
    texts |= {note.id: note_text(note) for note in edition.footnotes}
    found = references_in(edition, context)
    for one in found:
        assert texts[one.place][one.start : one.end] == one.words != ""
        assert one.target and one.title and one.sentence
    for before, after in pairwise(found):
        is_range = (before.start, before.end) == (after.start, after.end)
        assert before.place != after.place or before.end <= after.start or is_range
