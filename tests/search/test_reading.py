"""What was typed is read into a query, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.analysis import tokens
from search.explanation import explain
from search.query import And, Not, Or, Phrase, Prefix, Query, Word
from search.reading import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, read

a, b, c = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("a", a),
        ("a b", And((a, b))),
        ("a AND b", And((a, b))),
        ("a OR b", Or((a, b))),
        ("a OR b OR c", Or((a, b, c))),
        ("a OR b c", Or((a, And((b, c))))),
        ("(a OR b) c", And((Or((a, b)), c))),
        ("a NOT b", And((a, Not(b)))),
        ("a AND NOT b", And((a, Not(b)))),
        ("a -b", And((a, Not(b)))),
        ("-a", Not(a)),
        ("NOT (a OR b)", Not(Or((a, b)))),
        ('-"a b"', Not(Phrase(("a", "b")))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ("„a b“", Phrase(("a", "b"))),
        ("«a b»", Phrase(("a", "b"))),
        ('"a"', a),
        ('"a OR b"', Phrase(("a", "OR", "b"))),
        ("cosmonaut*", Prefix("cosmonaut")),
        ("a or b", And((a, Word("or"), b))),
        ("nsam-129", Phrase(("nsam", "129"))),
        ("U.S.S.R.", Word("U.S.S.R.")),
        ("U.S.-Soviet*", And((Word("U.S."), Prefix("Soviet")))),
        ("earth’s", Word("earth’s")),
        ("a - b", And((a, b))),
        ("a – b", And((a, b))),
        ("a, b; c!", And((a, b, c))),
        ("Космос", Word("Космос")),
        ("", None),
        ("   ", None),
        ("—", None),
    ],
)
def test_it_reads_without_a_problem(typed: str, query: Query | None) -> None:
    reading = read(typed)

    assert reading.query == query
    assert not reading.problems


@pytest.mark.parametrize(
    ("typed", "query", "marked", "sentence"),
    [
        ('"a b', Phrase(("a", "b")), '"', "This quotation mark is not closed; the phrase was read to the end."),
        ('"a b OR c', Or((Phrase(("a", "b")), c)), '"', "This quotation mark is not closed; the phrase was read up to"),
        ("(a b", And((a, b)), "(", "This bracket is not closed"),
        ("a) b", And((a, b)), ")", "This bracket closes nothing"),
        ("a ()", a, "()", "There is no word between these brackets."),
        ('a ""', a, '""', "There is no word between these quotation marks."),
        ("AND a", a, "AND", "AND needs a word on both sides; there is none before it."),
        ("a AND", a, "AND", "AND needs a word on both sides; there is none after it."),
        ("a AND AND b", And((a, b)), "AND", "AND needs a word on both sides"),
        ("OR a", a, "OR", "OR needs a word on both sides; there is none before it."),
        ("a OR", a, "OR", "OR needs a word on both sides; there is none after it."),
        ("a NOT", a, "NOT", "NOT needs a word after it"),
        ("wom*n", Prefix("wom"), "n", "A star stands for the end of a word; what follows it was left out."),
        ("*man", Word("man"), "*", "A star stands for the end of a word"),
        ("a &", a, "&", "There is no letter or digit here"),
        ('"a b"~5', Phrase(("a", "b")), "~5", "Nearness (~) is not understood"),
        ("from:b", b, "from:", "“from:” is not read as a field"),
    ],
)
def test_it_marks_a_problem_and_reads_the_rest(typed: str, query: Query, marked: str, sentence: str) -> None:
    reading = read(typed)

    assert reading.query == query
    [problem] = reading.problems
    assert typed[problem.start : problem.end] == marked
    assert problem.sentence.startswith(sentence)


def test_it_reads_no_more_than_so_many_characters() -> None:
    reading = read("a " * MAX_LENGTH)

    assert [problem.start for problem in reading.problems if "characters" in problem.sentence] == [MAX_LENGTH]


def test_it_reads_no_more_than_so_many_words_and_says_so_once() -> None:
    reading = read(" ".join(f"w{number}" for number in range(MAX_TERMS + 20)))

    assert len(reading.query.parts) == MAX_TERMS
    assert [problem.sentence[:12] for problem in reading.problems] == ["A search has"]


@pytest.mark.parametrize("opening", ["(", "-(", "NOT ", "NOT ("])
def test_depth_has_an_end(opening: str) -> None:
    reading = read(opening * 200 + "a")

    assert reading.problems
    assert repr(reading.query).count("Not(") <= MAX_DEPTH


def test_one_can_read_the_repr() -> None:
    assert repr(read('(Mars OR Venus) -"heavenly bodies" cosmo*').query) == (
        "And(Or(Word('Mars'), Word('Venus')), Not(Phrase('heavenly bodies')), Prefix('cosmo'))"
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("weather", "any form of “weather”"),
        ('weather "heavenly matters"', "any form of “weather” and the phrase “heavenly matters”"),
        ("Mars OR Venus", "any form of “Mars” or any form of “Venus”"),
        ("space NOT medicine", "any form of “space”, but without any form of “medicine”"),
        ("NOT medicine", "anything without any form of “medicine”"),
        ("(Mars OR Venus) moon", "(either any form of “Mars” or any form of “Venus”) and any form of “moon”"),
        ("a OR b c", "any form of “a” or (any form of “b” and any form of “c”)"),
        (
            "cosmonaut* -x -y",
            "a word beginning with “cosmonaut”, but without any form of “x” and without any form of “y”",
        ),
        ("-x -y", "anything without any form of “x” and without any form of “y”"),
    ],
)
def test_it_is_said_back_in_plain_words(typed: str, words: str) -> None:
    assert explain(read(typed).query) == words


#: Text that looks like searches, and text that looks like nothing.
SEARCHES = st.one_of(
    st.text(max_size=2000),
    st.lists(
        st.sampled_from(["a", "Mars", "naïve", '"', "“", "(", ")", "-", "*", "AND", "OR", "NOT", "~5", "&", ":", " "]),
        max_size=300,
    ).map(" ".join),
    st.text(alphabet='ab "()-*~.', max_size=200),
)


@settings(deadline=None)
@given(SEARCHES)
@example("ŉ* İ ß ﬁ ½ ㍿ \x00 \ud7ff")
@example("(" * 2000)
@example("NOT " * 500)
def test_nothing_makes_it_fail(typed: str) -> None:
    reading = read(typed)

    assert all(0 <= problem.start < problem.end <= len(typed) for problem in reading.problems)
    if reading.query:
        assert explain(reading.query)
        assert repr(reading.query)


@settings(deadline=None)
@given(SEARCHES)
def test_typed_again_as_it_was_understood_it_is_the_same(typed: str) -> None:
    query = read(typed).query

    if query and len(str(query)) <= MAX_LENGTH:
        again = read(str(query))
        assert again.query == query
        assert not again.problems


@settings(deadline=None)
@given(st.text(max_size=300))
def test_tokens_are_where_they_say(text: str) -> None:
    found = list(tokens(text))

    assert all(token.stem and token.form and token.start < token.end for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
