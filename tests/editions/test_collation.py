"""Two witnesses are collated: every word of both stands in the table once, and each difference has its sort."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.collation.collate import collate
from editions.collation.reading import Word, read_witness
from editions.collation.spelling import spelling_key
from editions.collation.table import Fate, Place, Row, Section, Sort, Table
from editions.identify import identify
from editions.model import (
    Block,
    BlockKind,
    CellBreak,
    Correction,
    Edition,
    Emphasis,
    EmphasisKind,
    Footnote,
    LineBreak,
    NoteMarker,
    Text,
)
from editions.readers.archive_text import parse_archive_text

LETTER = """Dear Mr. Chairman:

The exploration of space is a broad and varied activity, and the possibilities for cooperation are many.

I now present such proposals to you, and I hope for an answer.

Each country would train the other's technicians in the operation of its equipment.

Sincerely,
"""
PARAGRAPHS = LETTER.strip().split("\n\n")


def between(base: str, witness: str) -> Table:
    return collate(parse_archive_text(base), parse_archive_text(witness))


def fates(table: Table) -> list[str]:
    return [row.fate.value for row in table.section(Section.TEXT)]


def found(table: Table) -> list[tuple[str, str, str]]:
    """The differences of the text: sort, words of the base, words of the witness."""
    return [
        (segment.sort.value, segment.base.strip(), segment.witness.strip())
        for row in table.section(Section.TEXT)
        for segment in row.segments
        if segment.number
    ]


texts = st.lists(
    st.sampled_from(
        ["the", "The", "moon", "of", "a", ",", ".", "—", "--", "co-operation", "cooperation", "U.S.", "1,000"]
    )
).map(" ".join) | st.text(max_size=15)
contents = st.lists(
    st.builds(Text, texts)
    | st.builds(Emphasis, st.sampled_from(EmphasisKind), st.tuples(st.builds(Text, texts)))
    | st.builds(Correction, st.sampled_from(["dear", "the moon", "", "."]), st.just("clear"), st.just("A slip."))
    | st.sampled_from([NoteMarker("fn1"), LineBreak(), CellBreak()]),
    max_size=4,
).map(tuple)
leaves = st.builds(Block, st.sampled_from(BlockKind), contents, st.sampled_from(["", "1.", "•"]))
blocks = st.recursive(leaves, lambda inner: st.builds(replace, leaves, blocks=st.tuples(inner)), max_leaves=3)
notes = st.builds(Footnote, st.sampled_from(["fn1", "fn2"]), st.just("1"), st.tuples(leaves))
editions = st.builds(
    Edition, blocks=st.lists(blocks, max_size=8).map(tuple), footnotes=st.lists(notes, max_size=3).map(tuple)
).map(identify)


def written(words: tuple[Word, ...]) -> str:
    return "".join(f" {word.text}" if word.space else word.text for word in words).strip()


def side(table: Table, section: Section, name: str) -> list[tuple[str, str]]:
    """The addresses and words of one side in its own order; what continues a paragraph is joined to it."""
    rows: list[tuple[Place, str]] = []
    for row in table.section(section):
        place = row.base if name == "base" else row.witness
        if place:
            rows.append((place, "".join(getattr(segment, name) for segment in row.segments)))
    joined: list[tuple[str, str]] = []
    for position, (place, text) in enumerate(sorted(rows, key=lambda row: row[0].position)):
        assert place.position == position
        if place.begins:
            joined.append((place.ident, text))
        else:
            joined[-1] = (place.ident, joined[-1][1] + text)
    return [(ident, text.strip()) for ident, text in joined]


@settings(max_examples=200)
@given(editions, editions)
def test_every_word_of_both_sides_stands_once_and_in_order(base: Edition, witness: Edition) -> None:
    table = collate(base, witness)
    for section in Section:
        for name, edition in (("base", base), ("witness", witness)):
            expected = [(passage.ident, written(passage.words)) for passage in read_witness(edition)[section]]
            assert side(table, section, name) == expected


@settings(max_examples=200)
@given(editions, editions)
def test_differences_are_numbered_one_by_one_and_what_is_the_same_is_not(base: Edition, witness: Edition) -> None:
    table = collate(base, witness)
    numbers = [number for row in table.rows for number in row.numbers]
    assert numbers == list(range(1, table.differences + 1))
    assert sum(sum(counts.values()) for counts in table.counts().values()) == table.differences
    for row in table.rows:
        assert all((segment.number == 0) == (segment.sort is Sort.SAME) for segment in row.segments)
        assert (row.base is None) == (row.fate is Fate.ADDED)
        assert (row.witness is None) == (row.fate is Fate.OMITTED)
        assert (row.fate is Fate.MOVED) == bool(row.number)


@given(editions)
def test_a_text_is_the_same_as_itself(edition: Edition) -> None:
    table = collate(edition, edition)
    assert {row.fate for row in table.rows} <= {Fate.SAME}
    assert table.differences == 0


@settings(max_examples=50)
@given(editions, editions)
def test_a_table_is_the_same_each_time_and_after_it_was_written_down(base: Edition, witness: Edition) -> None:
    table = collate(base, witness)
    assert collate(base, witness) == table
    assert Table.from_json(table.to_json()) == table


@settings(max_examples=50)
@given(editions, editions)
def test_no_correction_is_left_out(base: Edition, witness: Edition) -> None:
    table = collate(base, witness)
    shown = sum(len(segment.corrections) for row in table.rows for segment in row.segments)
    passages = [p for edition in (base, witness) for section in read_witness(edition).values() for p in section]
    assert shown == sum(len(passage.corrections) for passage in passages)


def test_words_that_only_one_has_are_told_apart_from_words_in_place_of_others() -> None:
    witness = LETTER.replace("a broad and varied activity", "a varied activity indeed").replace("hope for", "await")
    assert found(between(LETTER, witness)) == [
        ("omission", "broad and", ""),
        ("addition", "", "indeed"),
        ("substitution", "hope for", "await"),
    ]


@pytest.mark.parametrize(
    ("base", "witness", "sort"),
    [
        ("the organization of", "the organisation of", "spelling"),
        ("our co-operation in", "our cooperation in", "spelling"),
        ("our space ships are", "our spaceships are", "spelling"),
        ("in the U.S.S.R. and", "in the USSR and", "spelling"),
        ("Chairman Khrushchev wrote", "Chairman Khruschev wrote", "spelling"),
        ("a naïve idea", "a naive idea", "spelling"),
        ("it was travelling on", "it was traveling on", "spelling"),
        ("Dear Mr. Chairman", "DEAR MR. CHAIRMAN", "case"),
        ("thus 'providing regular", "thus providing regular", "punctuation"),
        ("as may be necessary. to accommodate", "as may be necessary to accommodate", "punctuation"),
        ("communications, by satellite", "communications; by satellite", "punctuation"),
        ("should become dear as", "should become clear as", "substitution"),
        ("Assembly Resolution (XVI) that", "Assembly Resolution 1721 (XVI) that", "addition"),
        ("a share of 1.5 only", "a share of 15 only", "substitution"),
        ("pages 20-31 only", "pages 20–21 only", "substitution"),
        ("pages 20-31 only", "pages 2031 only", "substitution"),
    ],
)
def test_each_difference_has_its_sort(base: str, witness: str, sort: str) -> None:
    assert {one for one, _, _ in found(between(base, witness))} == {sort}


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        ('each other\'s "own" matters--shall we say--of state...', "each other’s “own” matters—shall we say—of state…"),
        ("An *emphasised* word\nin two lines.", "An emphasised word in two lines."),
        ("1. Weather satellites.", "1\\. Weather satellites."),
        ("Articles 3-5 of 1961–1963", "Articles 3–5 of 1961-1963"),
    ],
)
def test_how_a_text_is_set_is_no_difference(base: str, witness: str) -> None:
    table = between(base, witness)
    assert found(table) == []
    assert fates(table) == ["same"]


def test_paragraphs_that_are_missing_are_omitted_or_added_whole() -> None:
    without = "\n\n".join(PARAGRAPHS[2:4])
    assert fates(between(LETTER, without)) == ["omitted", "omitted", "same", "same", "omitted"]
    assert fates(between(without, LETTER)) == ["added", "added", "same", "same", "added"]


def test_a_paragraph_that_stands_elsewhere_has_moved_and_its_own_differences_are_shown() -> None:
    first, second, third, fourth, last = PARAGRAPHS
    table = between(LETTER, "\n\n".join([first, fourth.replace("train", "teach"), second, third, last]))
    assert fates(table) == ["same", "same", "same", "moved", "same"]
    row = table.rows[3]
    assert (row.base.position, row.witness.position, row.number) == (3, 1, 1)
    assert found(table) == [("substitution", "train", "teach")]
    assert table.counts()["text"] == {"substitution": 1, "transposition": 1}


def test_a_paragraph_with_its_words_in_another_order_has_changed_and_not_moved() -> None:
    reordered = " ".join(reversed(PARAGRAPHS[3].split()))
    assert fates(between(LETTER, LETTER.replace(PARAGRAPHS[3], reordered))) == [*["same"] * 3, "changed", "same"]


def test_a_paragraph_that_the_other_runs_on_is_no_difference_of_words() -> None:
    table = between(LETTER, "\n\n".join([" ".join(PARAGRAPHS[:3]), *PARAGRAPHS[3:]]))
    assert found(table) == []
    assert [(row.base.ident, row.witness.ident, row.witness.begins) for row in table.rows][:4] == [
        ("p1", "p1", True),
        ("p2", "p1", False),
        ("p3", "p1", False),
        ("p4", "p2", True),
    ]


def test_paragraphs_without_words_in_common_do_not_stand_against_each_other() -> None:
    witness = LETTER.replace(PARAGRAPHS[2], "Weather satellites would orbit over both poles.")
    assert fates(between(LETTER, witness)) == ["same", "same", "omitted", "added", "same", "same"]


def test_what_an_edition_sets_around_a_text_is_compared_apart() -> None:
    base = "{author} John F. Kennedy\n\n{dateline} March 18, 1962\n\n# Message to the Chairman\n\n" + LETTER
    witness = "# 41. Letter to the Chairman\n\n{dateline} Washington, March 7, 1962\n\n" + LETTER
    table = between(base, witness + "\n{source} From the archives.\n")
    assert fates(table) == ["added", "same", "same", "same", "same", "same"]
    assert table.rows[0].witness_text == "Washington, March 7, 1962"
    around = table.section(Section.PARATEXT)
    assert [row.base_text for row in around if row.base] == [
        "John F. Kennedy",
        "March 18, 1962",
        "Message to the Chairman",
    ]
    assert around[-1].witness_text == "From the archives."


def test_notes_are_compared_apart_and_their_numbers_are_not() -> None:
    base = "A word.[^1]\n\n[^1]: See Item 60.\n"
    table = between(base, "A word.[^2]\n\n[^2]: See Item 61.\n")
    assert found(table) == []
    assert table.counts() == {"text": {}, "paratext": {}, "note": {"substitution": 1}}


def test_a_correction_is_shown_where_the_source_prints_the_slip() -> None:
    base = "It should become {~~dear~>clear~~}{>>Slip.<<} soon, as Resolution {~~(XVI)~>1721 (XVI)~~}{>>Cut.<<} says."
    table = between(base, "It should become clear soon, as Resolution (XVI) says.")
    assert found(table) == [("substitution", "dear", "clear")]
    shown = [(s.base.strip(), s.corrections[0].corrected) for s in table.rows[0].segments if s.corrections]
    assert shown == [("dear", "clear"), ("soon, as Resolution (XVI) says.", "1721 (XVI)")]
    other = between("It should become clear soon.", "It should become {~~dear~>clear~~}{>>A misprint.<<} soon.")
    assert [(s.witness, s.corrections[0].in_base) for s in other.rows[0].segments if s.corrections] == [
        (" dear", False)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four", "for"),
        ("mourning", "morning"),
        ("filled", "filed"),
        ("dear", "clear"),
        ("proposal", "proposals"),
        ("needless", "needles"),
        ("missiles", "missives"),
        ("county", "country"),
        ("1.5", "15"),
    ],
)
def test_two_words_are_not_two_spellings(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L"]), min_size=1))
def test_case_is_no_matter_of_spelling(word: str) -> None:
    assert spelling_key(word) == spelling_key(word.upper()) == spelling_key(word.lower())


def test_a_row_that_is_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        Table.from_json([{"section": "elsewhere", "fate": "same", "segments": []}])
    assert Table.from_json([]).rows == ()
    assert Row(Section.TEXT, Fate.SAME, None, None, ()).numbers == ()
