"""Two editions are compared block by block and word by word, and nothing of either is missing from the comparison."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.align import align, in_order
from editions.compare import Change, Comparison, Difference, Fate, compare, runs, unlike
from editions.identify import identify
from editions.model import Block, BlockKind, Edition, Emphasis, EmphasisKind, Footnote, NoteMarker, PageBreak, Text
from editions.readers.archive_text import parse_archive_text
from editions.tokens import TokenKind, Tokens, block_parts, note_parts, tokens_of
from editions.writers.difference import write_difference, write_summary

LETTER = """Dear Mr. Chairman:

The exploration of space is a broad and varied activity.[^1]

I now present such proposals to you, and I hope for an answer.

My fourth proposal is about the mapping of the earth's magnetic field.

[^1]: See Item 60.
"""


def between(old: str, new: str, *, marks: bool = True) -> Comparison:
    return compare(parse_archive_text(old), parse_archive_text(new), marks=marks)


def fates(comparison: Comparison) -> list[str]:
    return [difference.fate.value for difference in comparison.blocks]


def said(difference: Difference) -> list[str]:
    """The runs of a block in short: "broad", "-and", "+or"."""
    sign = {Change.EQUAL: "", Change.DELETE: "-", Change.INSERT: "+"}
    return [sign[run.change] + " ".join(token.text for token in run.new or run.old) for run in difference.runs]


words = st.lists(st.sampled_from(["the", "moon", "Moon", "of", "a", ",", "—", "1,000", "Soviet-American", "<b>"]))
texts = words.map(" ".join) | st.text(max_size=20)
contents = st.lists(
    st.builds(Text, texts)
    | st.builds(Emphasis, st.sampled_from(EmphasisKind), st.tuples(st.builds(Text, texts)))
    | st.sampled_from([NoteMarker("fn1"), PageBreak("888")]),
    max_size=4,
).map(tuple)
leaves = st.builds(Block, st.sampled_from(BlockKind), contents, st.sampled_from(["", "1.", "•"]))
blocks = st.recursive(leaves, lambda inner: st.builds(replace, leaves, blocks=st.tuples(inner)), max_leaves=3)
notes = st.builds(Footnote, st.sampled_from(["fn1", "fn2"]), st.just("1"), st.tuples(leaves))
editions = st.builds(
    Edition, blocks=st.lists(blocks, max_size=8).map(tuple), footnotes=st.lists(notes, max_size=3).map(tuple)
).map(identify)


def sides(difference: Difference) -> tuple[Tokens, Tokens]:
    old = tuple(token for run in difference.runs for token in run.old)
    return old, tuple(token for run in difference.runs for token in run.new)


@settings(max_examples=150)
@given(editions, editions, st.booleans())
def test_both_sides_are_rebuilt_from_the_comparison(old: Edition, new: Edition, marks: bool) -> None:
    comparison = compare(old, new, marks=marks)
    for found, parts in ((comparison.blocks, block_parts), (comparison.notes, note_parts)):
        before = sorted((d for d in found if d.old), key=lambda d: d.old_place)
        after = [d for d in found if d.new]
        assert [d.old_place for d in before] == list(range(len(before)))
        assert [d.new_place for d in after] == list(range(len(after)))
        assert [d.old for d in before] == parts(old, marks=marks)
        assert [d.new for d in after] == parts(new, marks=marks)
        for d in found:
            assert sides(d) == (d.old.tokens if d.old else (), d.new.tokens if d.new else ())
            assert all(run.old == run.new for run in d.runs if run.change is Change.EQUAL)


@given(editions)
def test_an_edition_is_the_same_as_itself(edition: Edition) -> None:
    comparison = compare(edition, edition)
    assert comparison.is_same
    assert (comparison.words_added, comparison.words_removed, comparison.blocks_moved) == (0, 0, 0)


@given(texts)
def test_tokens_are_the_text_up_to_white_space_at_its_end(text: str) -> None:
    found = tokens_of((Text(text),), {})
    assert "".join(token.space + token.text for token in found) == text.rstrip()


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_sequences_are_aligned_in_order_and_on_equal_elements(old: list[int], new: list[int]) -> None:
    pairs = align(old, new)
    assert all(old[a] == new[b] for a, b in pairs)
    assert in_order(pairs) == pairs


@pytest.mark.parametrize("size", [3, 3000])
def test_one_insertion_among_equal_elements_is_one(size: int) -> None:
    assert len(align(["—"] * size, ["—"] * (size // 2) + ["x"] + ["—"] * (size - size // 2))) == size


def test_a_changed_word_is_told_within_its_block() -> None:
    found = between(LETTER, LETTER.replace("broad and varied", "broad, rich"))
    assert fates(found) == ["same", "changed", "same", "same"]
    assert said(found.blocks[1]) == [
        "The exploration of space is a broad",
        "-and varied",
        "+, rich",
        "activity . [note 1]",
    ]
    assert (found.words_added, found.words_removed, found.is_same) == (1, 2, False)


def test_a_block_that_moved_is_not_one_that_went_and_another_that_came() -> None:
    first, second, third, fourth, note = LETTER.strip().split("\n\n")
    found = between(LETTER, "\n\n".join([first, fourth, second, third, note]))
    assert fates(found) == ["same", "moved", "same", "same"]
    assert (found.words_added, found.words_removed, found.blocks_moved) == (0, 0, 1)


def test_a_block_that_moved_and_changed_is_both() -> None:
    first, second, third, fourth, note = LETTER.strip().split("\n\n")
    found = between(LETTER, "\n\n".join([first, fourth.replace("fourth", "first"), second, third, note]))
    assert (found.blocks[1].fate, found.blocks[1].moved) == (Fate.CHANGED, True)


def test_a_block_that_is_gone_stands_where_it_stood() -> None:
    first, second, _, fourth, note = LETTER.strip().split("\n\n")
    found = between(LETTER, "\n\n".join([first, second, fourth, "Sincerely yours.", note]))
    assert fates(found) == ["same", "same", "removed", "same", "added"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("broad and varied", "broad, rich"),
        ("Dear Mr. Chairman:", "Sir:"),
        ("See Item 60.", "See."),
        ("I now", "\n\nI now"),
    ],
)
def test_what_is_unlike_differs_as_much_as_the_whole(old: str, new: str) -> None:
    editions = parse_archive_text(LETTER), parse_archive_text(LETTER.replace(old, new))
    whole, part = compare(*editions), compare(*unlike(*editions))
    assert write_summary(whole) == write_summary(part)
    assert len(part.blocks) < len(whole.blocks)
    assert compare(*unlike(editions[0], editions[0])) == Comparison((), ())


def test_white_space_and_addresses_are_no_difference() -> None:
    assert between("One two\nthree.", "{paragraph #p7} One  two three.").is_same


def test_the_kind_of_a_block_is_a_difference_and_its_words_are_not() -> None:
    found = between("One two three.", "> One two three.")
    assert fates(found) == ["changed"]
    assert (found.words_added, found.words_removed) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One *two*.", "One two."),
        ("One {page 8}two.", "One two."),
        ("One {~~tow~>two~~}{>>A slip.<<}.", "One two."),
        ("See [Item 1](ppp/1).", "See [Item 1](ppp/2)."),
        ("One {gap a line} two.", "One {gap two lines} two."),
        ("One\\\ntwo", "One two"),
    ],
)
def test_marks_are_differences_unless_only_words_count(old: str, new: str) -> None:
    assert not between(old, new).is_same
    if "gap" not in old:
        assert between(old, new, marks=False).is_same


def test_punctuation_is_compared_by_itself() -> None:
    [difference] = between("Space is broad, and varied.", "Space is broad and varied!").blocks
    assert said(difference) == ["Space is broad", "-,", "and varied", "-.", "+!"]
    kinds = {token.kind for run in difference.runs if run.change is not Change.EQUAL for token in (*run.old, *run.new)}
    assert kinds == {TokenKind.PUNCTUATION}


def test_a_word_keeps_its_apostrophe_and_hyphen_and_a_number_its_comma() -> None:
    found = tokens_of((Text("Kennedy’s Soviet-American 1,000 cafe\u0301s"),), {})
    assert [token.text for token in found] == ["Kennedy’s", "Soviet-American", "1,000", "cafe\u0301s"]


def test_a_lone_word_between_larger_changes_is_no_island() -> None:
    old, new = (tokens_of((Text(text),), {}) for text in ("a b c d the e f g h", "i j k l the m n o p"))
    assert [run.change for run in runs(old, new)] == [Change.DELETE, Change.INSERT]


def test_notes_are_compared_as_blocks_are() -> None:
    found = between(LETTER, LETTER.replace("See Item 60.", "See Item 61.\n\n    And more!"))
    assert fates(found) == ["same"] * 4
    assert said(found.notes[0]) == ["See Item", "-60", "+61", ".", "+¶ And more !"]


def test_ten_thousand_words_without_a_word_in_common_are_one_deletion_and_one_insertion() -> None:
    old = Edition(blocks=(Block(BlockKind.PARAGRAPH, (Text(" ".join(f"a{n}" for n in range(10_000))),)),))
    new = Edition(blocks=(Block(BlockKind.PARAGRAPH, (Text(" ".join(f"b{n}" for n in range(10_000))),)),))
    found = compare(old, new)
    assert (fates(found), found.words_added, found.words_removed) == (["added", "removed"], 10_000, 10_000)


def test_the_difference_is_written_for_those_who_look_and_those_who_listen() -> None:
    html = write_difference(between(LETTER, LETTER.replace("varied", "<i>rich")))
    assert "<summary>1 block unchanged</summary>" in html
    assert "<summary>2 blocks unchanged</summary>" in html
    assert '<p class="fate"><b>p2</b> paragraph, changed</p>' in html
    assert (
        '<del><span class="visually-hidden">[removed: </span>varied<span class="visually-hidden">]</span></del>' in html
    )
    assert "</span>&lt;i&gt;rich<span" in html
    assert "<i>" not in html


def test_a_changed_target_is_written_out() -> None:
    html = write_difference(between("See [Item 1](ppp/1).", "See [Item 1](ppp/2)."))
    assert "→ reference ppp/1" in html
    assert "→ reference ppp/2" in html


@given(editions, editions)
def test_every_difference_is_written(old: Edition, new: Edition) -> None:
    html = write_difference(compare(old, new))
    assert ("The two texts are the same." in html) == compare(old, new).is_same
    assert html.count("<del>") == html.count("</del>")
    assert html.count("<div") == html.count("</div>")


def test_the_size_of_a_difference_is_said_in_words() -> None:
    assert write_summary(between(LETTER, LETTER)) == "the same text"
    assert write_summary(between(LETTER, LETTER.replace("varied", "very rich"))) == "2 words added, 1 word removed"
    assert write_summary(between("One two.", "One two!")) == "the same words, set or punctuated in another way"
