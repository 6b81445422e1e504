"""A search is said back in plain words."""

from __future__ import annotations

import pytest

from search.language.explanation import MOST_SAID, attributes, explain, has_or_is
from search.language.reading import read


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
        ("note:weather", "any form of “weather” in the editor’s notes"),
        ("source:library title:moon", "any form of “library” in the source note and any form of “moon” in the title"),
        ('"test ban"~5', "the words “test” and “ban” at most 5 words apart"),
        ('"test ban treaty"~1', "the words “test”, “ban” and “treaty” at most 1 word apart"),
        ("=cooperation", "exactly “cooperation”"),
        ('="outer space"', "exactly the phrase “outer space”"),
        ("khruschev~", "“khruschev” or a word that differs by one letter at most"),
        ("khruschev~2", "“khruschev” or a word that differs by 2 letters at most"),
        ("wom?n", "a word like “wom?n”, where ? is any letter"),
        ("from:kennedy", "from someone named “kennedy”"),
        ('to:"Dean Rusk"', "to someone named “Dean Rusk”"),
        ("person:rusk*", "involving someone whose name has a word beginning with “rusk”"),
        ("topic:space", "on a topic named “space”"),
        ("collection:vietnam", "in a collection named “vietnam”"),
        ("space -from:kennedy", "any form of “space”, but not from someone named “kennedy”"),
        ("kind:letter,telegram", "of the kind “letter” or “telegram”"),
        ("-kind:memcon", "anything not of the kind “memorandum of conversation”"),
        ("date:1962-02-01..1962-03-31", "written between 1 February 1962 and 31 March 1962"),
        ("date:1962-03", "written in March 1962"),
        ("date:1962", "written in 1962"),
        ("year:1961-1963", "written between 1961 and 1963"),
        ("date:1962-03-07", "written on 7 March 1962"),
        ("date:..1962", "written on or before 31 December 1962"),
        ("date:1962-05..", "written on or after 1 May 1962"),
        ("date:1962,none", "written in 1962, or without a date"),
        ("space date:none", "any form of “space” and without a date"),
        ("-date:none", "with a date"),
        ("apollo 11", "any form of “apollo” and “11”"),
        (
            "moon -(from:kennedy OR to:rusk)",
            "any form of “moon”, but not (either from someone named “kennedy” or to someone named “rusk”)",
        ),
    ],
)
def test_it_is_said_back_in_plain_words(typed: str, words: str) -> None:
    assert explain(read(typed).query) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("weather moon", "with any form of “weather” and any form of “moon”"),
        ("from:kennedy", "from someone named “kennedy”"),
        (
            "weather from:kennedy date:1962",
            "from someone named “kennedy” and written in 1962, with any form of “weather”",
        ),
        ("from:kennedy -moon", "from someone named “kennedy”, but without any form of “moon”"),
        ("weather -from:kennedy", "with any form of “weather”, but not from someone named “kennedy”"),
        ("from:kennedy OR to:kennedy", "from someone named “kennedy” or to someone named “kennedy”"),
        ("from:kennedy OR weather", "with any form of “weather” or from someone named “kennedy”"),
        ("-moon", "without any form of “moon”"),
        ("-kind:memcon", "not of the kind “memorandum of conversation”"),
        ("date:none", "without a date"),
    ],
)
def test_it_is_said_of_results_after_their_number(typed: str, words: str) -> None:
    query = read(typed).query

    assert query is not None
    assert attributes(query) == words


def test_a_long_search_is_said_by_its_beginning() -> None:
    said = explain(read(" ".join(f"w{number}" for number in range(MOST_SAID + 20))).query)

    assert said.count("any form") == MOST_SAID
    assert said.endswith("and 20 more")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("weather", "has any form of “weather”"),
        ("from:kennedy", "is from someone named “kennedy”"),
        ("date:1962", "is written in 1962"),
        ("date:none", "is without a date"),
    ],
)
def test_it_can_follow_nothing_in_a_sentence(typed: str, words: str) -> None:
    assert has_or_is(read(typed).query) == words
