"""Marks are on the scale that the teacher chose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from classroom.marks import MarkError, read_scale


@pytest.mark.parametrize(
    ("typed", "in_words"),
    [
        ("", "no marks"),
        (" 20 ", "points up to 20"),
        ("A,  B ,C", "A, B, C"),
        ("pass, fail, ", "pass, fail"),
    ],
)
def test_a_scale_is_read(typed: str, in_words: str) -> None:
    assert read_scale(typed).in_words == in_words


@pytest.mark.parametrize(
    "typed", ["0", "-5", "2.5", "1001", "A", "²", "A, a", "A, " + "x" * 31, ",".join(map(str, range(31)))]
)
def test_what_is_no_scale_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(MarkError, match=r"\.$"):
        read_scale(typed)


@pytest.mark.parametrize(
    ("scale", "typed", "mark"),
    [("20", "", ""), ("20", "7,5", "7.5"), ("20", "20.0", "20"), ("20", "-0", "0"), ("A, B", " b ", "B"), ("", "", "")],
)
def test_a_mark_is_read(scale: str, typed: str, mark: str) -> None:
    assert read_scale(scale).read(typed) == mark


@pytest.mark.parametrize(
    ("scale", "typed"),
    [
        ("20", "20.5"),
        ("20", "-1"),
        ("20", "7.25"),
        ("20", "NaN"),
        ("20", "Infinity"),
        ("20", "A"),
        ("A, B", "C"),
        ("", "1"),
    ],
)
def test_a_mark_off_the_scale_is_refused(scale: str, typed: str) -> None:
    with pytest.raises(MarkError, match=r"\.$"):
        read_scale(scale).read(typed)


def test_marks_are_averaged_only_where_they_are_numbers() -> None:
    assert read_scale("20").average(["7", "8.5", "", "B"]) == Decimal("7.8")
    assert read_scale("1, 2, 3").average(["1", "2"]) == Decimal("1.5")
    assert read_scale("A, B, 3").average(["A", "3"]) is None
    assert read_scale("20").average([]) is None
    assert read_scale("1, 2, 3").total(["1", "2"]) is None
