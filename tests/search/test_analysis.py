"""Words that a reader takes for the same are the same to the index."""

from __future__ import annotations

import pytest

from search.analysis import PARAGRAPH_GAP, stem, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("naive", "naïve"),
        ("naïve", "nai\u0308ve"),
        ("Weather", "WEATHER"),
        ("cooperation", "cooperating"),
        ("rescue", "rescuing"),
        ("satellite", "satellites"),
        ("earth's", "earth’s"),
        ("earth", "earth’s"),
        ("U.S.S.R.", "USSR"),
        ("U.N.", "UN"),
        ("Malmø", "Malmo"),
        ("Straße", "strasse"),
        ("co\u00adoperation", "cooperation"),
    ],
)
def test_they_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("space", "spade"), ("U.S.", "us"), ("1721", "1722")])
def test_they_have_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_are_letters_and_digits() -> None:
    text = "In space.I now, U.S.-Soviet 1961–1963: Mr. O’Neil (a)"

    assert " ".join(token.form for token in tokens(text)) == "in space i now u.s soviet 1961 1963 mr o'neil a"


def test_a_blank_line_is_a_gap() -> None:
    positions = [token.position for token in tokens("a b\n\nc\nd")]

    assert positions == [0, 1, PARAGRAPH_GAP + 2, PARAGRAPH_GAP + 3]
