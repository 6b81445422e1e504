"""Hits are found quickly and all of them, and the passages shown are those that say most."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stem, tokens
from search.fields import NOTE, TEXT
from search.language.reading import read
from search.matching import Matcher
from search.page.snippets import Place, best_of_each, best_snippets, marked

WORDS = [
    "space",
    "Spaces",
    "spacious",
    "U.S.S.R.",
    "USSR",
    "ussr",
    "naïve",
    "a",
    "Soviet’s",
    "soviet",
    "(moon)",
    "moon-",
    "o’moon",
    "end.moon",
    "x.space",
    "\n\n",
]


def said(html: str) -> str:
    return re.sub(r"</?mark>", "", html)


@given(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from([" ", "\n", "—", ", "]), min_size=1))
def test_every_word_with_the_stem_is_a_hit(words: list[str], spaces: list[str]) -> None:
    text = "".join(word + spaces[number % len(spaces)] for number, word in enumerate(words))
    wanted = {stem(word) for word in ("space", "USSR", "soviet", "moon")}
    hits = Matcher(read("space USSR soviet moon").query).hits(text)

    assert [(hit.start, hit.end) for hit in hits] == [
        (each.start, each.end) for each in tokens(text) if each.stem in wanted
    ]


@pytest.mark.parametrize(
    ("typed", "text"), [("USSR", "the U.S.S.R. agreed"), ("NATO", "in N.A.T.O."), ("nat*", "N.A.T.O.")]
)
def test_initials_with_stops_are_marked(typed: str, text: str) -> None:
    assert "<mark>" in marked(text, Matcher(read(typed).query))


def test_a_passage_that_adds_a_word_is_shown_beside_the_best() -> None:
    groups = [
        (3, [Place("p3", "Text", "A treaty on space and the moon.")]),
        (9, [Place("p9", "Text", "Nothing."), Place("p10", "Text", "Space alone.")]),
        (1, [Place("p1", "Text", "Satellites were named first.")]),
    ]
    found = best_of_each(groups, Matcher(read("space moon satellites").query))

    assert [snippet.ident for snippet in found] == ["p1", "p3"]


def test_words_of_another_voice_are_not_marked() -> None:
    matcher = Matcher(read("note:space").query)

    assert best_snippets([Place("p1", "Text", "space", TEXT)], matcher, 1) == []
    assert best_snippets([Place("fn1", "Note", "space", NOTE)], matcher, 1)[0].html == "<mark>space</mark>"


def test_a_snippet_of_a_long_text_shows_the_hits_and_begins_with_a_sentence() -> None:
    text = "Words before. " * 60 + "The outer space treaty was read. " + "Words after. " * 60
    html = best_snippets([Place("p1", "Text", text)], Matcher(read("treaty").query), 1)[0].html

    assert re.match(r"… (Words|The) ", html)
    assert "<mark>treaty</mark>" in html
    assert len(said(html)) < 340
