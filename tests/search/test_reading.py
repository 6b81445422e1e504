"""What was typed is read into a query, whatever it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.models import Document
from search.analysis import tokens
from search.language import kinds
from search.language.explanation import explain
from search.language.reading import FUZZY_SIZE, MAX_DEPTH, MAX_LENGTH, MAX_TERMS, PAIR_SIZE, PATTERN_SIZE, read
from search.language.typed_words import MAX_NEAR
from search.query import (
    MAX_SLOP,
    And,
    Choice,
    Dates,
    Exact,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
    wanted,
)

a, b, c = Word("a"), Word("b"), Word("c")


def days(first: str = "", last: str = "", undated: bool = False) -> Dates:
    return Dates(*(date.fromisoformat(day) if day else None for day in (first, last)), undated)


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
        ("NOT NOT a", a),
        ("NOT (a OR b)", Not(Or((a, b)))),
        ('-"a b"', Not(Phrase(("a", "b")))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ("„a b“", Phrase(("a", "b"))),
        ("«a b»", Phrase(("a", "b"))),
        ('"a"', a),
        ('"a OR b"', Phrase(("a", "OR", "b"))),
        ("a or b", And((a, Word("or"), b))),
        ("nsam-129", Phrase(("nsam", "129"))),
        ("U.S.S.R.", Word("U.S.S.R.")),
        ("earth’s", Word("earth’s")),
        ("a - b", And((a, b))),
        ("a – b", And((a, b))),
        ("a, b; c!", And((a, b, c))),
        ("a:b", Phrase(("a", "b"))),
        ("http://a.b", Phrase(("http", "a.b"))),
        ("Subject: a", And((Word("Subject"), a))),
        ("Космос", Word("Космос")),
        ("", None),
        ("   ", None),
        ("—", None),
    ],
)
def test_it_reads_words_phrases_and_operators(typed: str, query: Query | None) -> None:
    assert_read(typed, query)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("cosmonaut*", Prefix("cosmonaut")),
        ("U.S.-Soviet*", And((Word("U.S."), Prefix("Soviet")))),
        ("U.S.S.*", Prefix("USS")),
        ("cosmo**", Prefix("cosmo")),
        ("wom?n", Wildcard("wom?n")),
        ("wom*n", Wildcard("wom*n")),
        ("wom?n*", Wildcard("wom?n*")),
        ("anti-wom?n", And((Word("anti"), Wildcard("wom?n")))),
        ("what happened?", And((Word("what"), Word("happened")))),
        ("khruschev~", Fuzzy("khruschev")),
        ("khruschev~1", Fuzzy("khruschev")),
        ("khruschev~2", Fuzzy("khruschev", distance=2)),
        ("nikita-khruschev~", And((Word("nikita"), Fuzzy("khruschev")))),
        ("=cooperation", Exact("cooperation")),
        ('="outer spaces"', Phrase(("outer", "spaces"), exact=True)),
        ("=“outer spaces”", Phrase(("outer", "spaces"), exact=True)),
        ('="spaces"', Exact("spaces")),
        ('"test ban"~5', Phrase(("test", "ban"), slop=5)),
        ('="test bans"~5', Phrase(("test", "bans"), slop=5, exact=True)),
        ('"test ban"~0', Phrase(("test", "ban"))),
        ('"ban tests ban test"~5', Phrase(("ban", "tests"), slop=5)),
    ],
)
def test_it_reads_how_a_word_is_meant(typed: str, query: Query | None) -> None:
    assert_read(typed, query)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("from:kennedy", Word("kennedy", "sender")),
        ("FROM:kennedy", Word("kennedy", "sender")),
        ('to:"Dean Rusk"', Phrase(("Dean", "Rusk"), "recipient")),
        ("person:rusk*", Prefix("rusk", "person")),
        ("topic:=space", Exact("space", "subject")),
        ("collection:vietnam~", Fuzzy("vietnam", "volume")),
        ('note:"test ban"~3', Phrase(("test", "ban"), "note", 3)),
        ("source:wom?n", Wildcard("wom?n", "source")),
        ("text:a b", And((Word("a", "text"), b))),
        ("title:(a OR b) c", And((Or((Word("a", "title"), Word("b", "title"))), c))),
        ("title:(a note:b)", And((Word("a", "title"), Word("b", "note")))),
        ("-from:kennedy", Not(Word("kennedy", "sender"))),
        ("from:-kennedy", Not(Word("kennedy", "sender"))),
        ("title:NOT", Word("NOT", "title")),
    ],
)
def test_a_field_stands_before_words_and_groups(typed: str, query: Query) -> None:
    assert_read(typed, query)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("kind:letter", ("letter",)),
        ("kind:Letters", ("letter",)),
        ("kind:memoranda", ("memorandum",)),
        ("kind:memor", ("memorandum", "conversation")),
        ('kind:"memorandum of conversation"', ("conversation",)),
        ("kind:editorial-note", ("editorial-note",)),
        ("kind:letter,telegrams", ("letter", "telegram")),
        ("kind:treaty", ("treaty",)),
    ],
)
def test_kinds_are_named_as_they_are_called(typed: str, values: tuple[str, ...]) -> None:
    assert_read(typed, Choice("kind", values))


def test_every_kind_of_document_can_be_named() -> None:
    assert list(kinds.NAMES) == Document.Kind.values
    for kind in Document.Kind:
        if kind != Document.Kind.OTHER:  # which is called "Document", as all of them are
            assert kinds.kinds_called(kind.label.lower()) == (kind,)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("date:1962-03-07", days("1962-03-07", "1962-03-07")),
        ("date:1962-03", days("1962-03-01", "1962-03-31")),
        ("date:1962", days("1962-01-01", "1962-12-31")),
        ("date:1962-02..1962-03", days("1962-02-01", "1962-03-31")),
        ("date:..1962", days(last="1962-12-31")),
        ("date:1962-05..", days("1962-05-01")),
        ('date:"march 1962"', days("1962-03-01", "1962-03-31")),
        ('date:"March 7, 1962"', days("1962-03-07", "1962-03-07")),
        ('date:"7 March 1962..20 March 1962"', days("1962-03-07", "1962-03-20")),
        ("date:none", Not(Dates())),
        ("-date:none", Dates()),
        ("date:1962,none", days("1962-01-01", "1962-12-31", undated=True)),
        ("date:(1961 OR 1963)", Or((days("1961-01-01", "1961-12-31"), days("1963-01-01", "1963-12-31")))),
        ("year:1962", days("1962-01-01", "1962-12-31")),
        ("year:1961-1963", days("1961-01-01", "1963-12-31")),
        ("year:1961–1963", days("1961-01-01", "1963-12-31")),
    ],
)
def test_dates_are_days_months_years_and_ranges(typed: str, query: Query) -> None:
    assert_read(typed, query)


def assert_read(typed: str, query: Query | None) -> None:
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
        ("*man", Word("man"), "*", "A letter stands before * or ?"),
        ("?oman*", Prefix("oman"), "?", "A letter stands before * or ?"),
        ("c*", Word("c"), "c*", "At least 2 letters stand before a star"),
        ("a w*n", a, "w*n", "At least 2 letters stand before a star"),
        ("a ab*c*d*e*f", a, "ab*c*d*e*f", "A word with * or ? has 40 characters and 3 stars at most"),
        ("a *", a, "*", "A letter stands before * or ?"),
        ("abc~", Word("abc"), "~", "A word with ~ has at least 4 letters"),
        ("khruschev~3", Fuzzy("khruschev", distance=2), "~3", "Words differ by 2 letters at most."),
        ("wom?n~", Wildcard("wom?n"), "~", "~ stands right after a word"),
        ("a ~ b", And((a, b)), "~", "~ stands right after a word"),
        ("= a", a, "=", "= stands right before a word or phrase"),
        ("a &", a, "&", "There is no letter or digit here"),
        ('"a b"~', Phrase(("a", "b")), "~", "How near?"),
        (
            '"a b"~99',
            Phrase(("a", "b"), slop=MAX_SLOP),
            "~99",
            "Words are near each other when they are 15",
        ),
        ('"a"~5', a, "~5", "Only two words or more can be near each other"),
        ("from: b", And((Word("from"), b)), "from:", "“from:” stands right before its word, as in from:kennedy."),
        ("author:b", And((Word("author"), b)), "author:", "“author:” is no field, and was searched as a word."),
        ('author:"b c"', And((Word("author"), Phrase(("b", "c")))), "author:", "“author:” is no field"),
        ("from:to:b", Word("b", "recipient"), "from:", "One field stands before a word"),
        ("a kind:poem", a, "poem", "There is no kind “poem”. There are: letter, memorandum, telegram"),
        ("a date:soon", a, "soon", "“soon” is no date that can be read"),
        ("a date:1962-13", a, "1962-13", "“1962-13” is no date that can be read"),
        ("date:1963..1961", days("1961-01-01", "1963-12-31"), "1963..1961", "These dates run backwards"),
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


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("words~", FUZZY_SIZE),
        ("word*", PATTERN_SIZE),
        ("w?rd", PATTERN_SIZE),
        ('"test ban"~5', PAIR_SIZE),
        ('"test ban treaty"~5', 3 * PAIR_SIZE),
    ],
)
def test_what_takes_an_engine_long_counts_as_several_words(typed: str, size: int) -> None:
    reading = read(" OR ".join([typed] * MAX_TERMS))

    assert len(reading.query.parts) == MAX_TERMS // size
    assert [problem.sentence[:12] for problem in reading.problems] == ["A search has"]


def test_a_near_phrase_of_as_many_words_as_it_may_have_is_no_more_than_a_search() -> None:
    words = " ".join(f"w{number}" for number in range(MAX_NEAR))

    assert not read(f'"{words}"~5').problems


@pytest.mark.parametrize("opening", ["(", "-(", "NOT ", "NOT ("])
def test_depth_has_an_end(opening: str) -> None:
    reading = read(opening * 200 + "a")

    assert reading.problems
    assert repr(reading.query).count("Not(") <= MAX_DEPTH


def test_a_phrase_longer_than_a_search_is_cut() -> None:
    reading = read('"' + " ".join(f"w{number}" for number in range(MAX_TERMS + 20)) + '"')

    assert len(reading.query.words) == MAX_TERMS
    assert len(reading.problems) == 1


PIECES = [
    *(
        "a",
        "Mars",
        "naïve",
        "khruschev",
        "U.S.",
        "o'",
        '"',
        "“",
        "(",
        ")",
        "-",
        "*",
        "?",
        "AND",
        "OR",
        "NOT",
        "~",
        "~5",
    ),
    *("&", ":", "=", " ", "from:", "title:", "kind:", "date:", "memo", "1962", "..", ",none", "none", "x:", "wom?n*"),
]
#: Text that looks like searches, and text that looks like nothing.
SEARCHES = st.one_of(
    st.text(max_size=2000),
    st.lists(st.sampled_from(PIECES), max_size=300).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.text(alphabet='ab "()-*?~=:.', max_size=200),
)


@settings(deadline=None)
@given(SEARCHES)
@example("ŉ* İ ß ﬁ ½ ㍿ \x00 \ud7ff")
@example("(" * 2000)
@example("from:" * 2000 + "a")
@example("a?" * 5000)
@example('"a b"~' + "9" * 5000)
@example("abcd~" + "9" * 5000)
@example("NOT " * 500)
def test_nothing_makes_it_fail(typed: str) -> None:
    reading = read(typed)

    assert all(0 <= problem.start < problem.end <= len(typed) for problem in reading.problems)
    if reading.query:
        assert explain(reading.query)
        assert len(list(wanted(reading.query))) <= MAX_TERMS


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


@pytest.mark.parametrize(
    "piece",
    ['"a b" ', "(a OR ", "-from:kennedy ", "wom?n*x ", "khruschev~2 ", '"', "a:b=c~d*e?f ", "date:1962..", "?", "~5"],
)
def test_ten_kilobytes_of_the_same_are_read(piece: str) -> None:
    typed = piece * (10_000 // len(piece))

    assert read(typed).typed == typed
