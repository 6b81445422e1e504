"""The page of a collation, for any two texts: nothing is lost, and every difference is there once."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from documents.apparatus import apparatus, shortened
from documents.collation_page import CollationPage
from documents.collation_rows import Look, Selection, Words
from documents.models import Document, Witness
from documents.variants import Side
from editions.collation.collate import collate
from editions.collation.table import ACCIDENTALS, Sort
from editions.readers.archive_text import parse_archive_text

WORDS = st.sampled_from(
    [
        "space",
        "Space",
        "spaces",
        "peace",
        "colour",
        "color",
        "man's",
        "man’s",
        "the",
        "the.",
        ",",
        "&",
        "<b>",
        "Resolution",
        "1721",
    ]
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=7)
SELECTIONS = st.builds(Selection, st.frozensets(st.sampled_from(sorted(ACCIDENTALS))), st.booleans())
ID = re.compile(r'id="difference-(\d+)"')


def page_of(base: list[str], witness: list[str], selection: Selection | None = None) -> CollationPage:
    """The page of two texts; ``z`` before each paragraph keeps it from being taken for anything else."""
    editions = [parse_archive_text("\n\n".join(f"z {each}" for each in text)) for text in (base, witness)]
    document = Document(slug="letter", title="Letter", status=Document.Status.PUBLISHED)
    sides = Side(document), Side(document, Witness(document=document, siglum="B"))
    return CollationPage(collate(*editions), *sides, selection or Selection(), "/compare/")


def words_of(words: Words) -> str:
    """What one reads there, without what is only said and without numbers."""
    bare = re.sub(r'<span class="visually-hidden">.*?</span>|<sup.*?</sup>', "", words.html)
    return " ".join(unescape(strip_tags(bare)).split())


@given(PARAGRAPHS, PARAGRAPHS, SELECTIONS)
def test_every_word_of_both_is_on_the_page_once(base: list[str], witness: list[str], selection: Selection) -> None:
    page = page_of(base, witness, selection)
    pairs = [pair for part in page.parts for group in part.groups if group.look != Look.POINTER for pair in group.pairs]
    assert [pair.row for pair in pairs] == list(page.table.rows)
    for pair in pairs:
        if pair.base:
            assert words_of(pair.base) == " ".join(pair.row.base_text.split())
        if pair.witness:
            assert words_of(pair.witness) == " ".join(pair.row.witness_text.split())


@given(PARAGRAPHS, PARAGRAPHS, SELECTIONS)
def test_every_difference_shown_is_marked_once_and_stands_in_the_apparatus(
    base: list[str], witness: list[str], selection: Selection
) -> None:
    page = page_of(base, witness, selection)
    groups = [group for part in page.parts for group in part.groups]
    assert [number for group in groups for number in group.numbers] == page.shown
    within = [pair for group in groups if group.look in (Look.CHANGED, Look.MOVED) for pair in group.pairs]
    marked = [int(number) for pair in within for number in ID.findall(pair.base.html)]
    assert marked == [number for pair in within for number in pair.numbers if number != pair.row.number]
    listed = [entry.number for part in apparatus(page) for each in part.places for entry in each.entries]
    assert listed == page.shown


@given(PARAGRAPHS, PARAGRAPHS, SELECTIONS)
def test_steps_go_through_all_that_is_shown(base: list[str], witness: list[str], selection: Selection) -> None:
    page = page_of(base, witness, selection)
    seen = []
    for group in (group for part in page.parts for group in part.groups if group.numbers):
        assert group.previous == (seen[-1] if seen else 0)
        seen += group.numbers
        assert group.following == next((number for number in page.shown if number > seen[-1]), 0)


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_that_moved_is_pointed_to(base: list[str], witness: list[str]) -> None:
    for part in page_of(base, witness).parts:
        moved = [group.pairs for group in part.groups if group.look == Look.MOVED]
        pointed = [group.pairs for group in part.groups if group.look == Look.POINTER]
        assert sorted(map(repr, moved)) == sorted(map(repr, pointed))


@given(PARAGRAPHS, PARAGRAPHS)
def test_pointers_stand_where_the_witness_has_the_paragraph(base: list[str], witness: list[str]) -> None:
    for part in page_of(base, witness).parts:
        shown = [group for group in part.groups if group.look != Look.MOVED]
        places = [pair.witness.place.position for group in shown for pair in group.pairs if pair.witness]
        assert places == sorted(places)


def test_what_a_reader_hides_is_read_from_the_address() -> None:
    assert Selection.read(["spelling", "omission", "", "<b>"], "fold") == Selection(frozenset({Sort.SPELLING}), True)
    assert Selection.read([], "folded").query() == ""
    selection = Selection(frozenset({Sort.CASE, Sort.SPELLING}), True)
    assert selection.query("apparatus") == "?view=apparatus&hide=spelling&hide=case&alike=fold"


def test_a_long_reading_is_given_by_its_ends() -> None:
    assert shortened("one  two\nthree") == "one two three"
    words = [f"w{number}" for number in range(20)]
    assert shortened(" ".join(words)) == "w0 w1 w2 w3 w4 … w15 w16 w17 w18 w19"


def lemmas(base: str, witness: str) -> list[tuple[str, str, str, int]]:
    page = page_of([base], [witness])
    found = [entry for part in apparatus(page) for each in part.places for entry in each.entries]
    return [(entry.lemma, entry.verb, entry.reading, entry.occurrence) for entry in found]


def test_punctuation_is_given_with_its_word() -> None:
    assert lemmas("as may be necessary. to go", "as may be necessary to go") == [("necessary.", "", "necessary", 0)]
    assert lemmas("two satellites one in", "two satellites, one in") == [("satellites", "", "satellites,", 0)]
    assert lemmas("thus 'providing more", "thus providing more") == [("'providing", "", "providing", 0)]


def test_what_is_added_stands_after_the_word_before_it() -> None:
    assert lemmas("the Resolution of the UN", "the Resolution 1721 of the UN") == [("Resolution", "add.", "1721", 0)]
    assert lemmas("peace and peace again", "peace and peace now again") == [("peace", "add.", "now", 2)]


def test_the_summary_says_where_the_differences_are() -> None:
    assert page_of(["peace"], ["peace"]).summary == "The same text, word for word."
    assert page_of(["peace"], ["war"]).summary == "1 difference in the text."
    assert page_of(["peace now"], ["Peace later"]).summary == "2 differences in the text."
